#include "similarity/prepared_rows.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cmath>
#include <numeric>

#include "support/parallel.hpp"

namespace samestory::similarity {
namespace {

/// Shares of the work of a full sum, the sum over features of (rows with it)^2, to leave out.
constexpr std::array kLevelShares{.05, .1,  .2, .3,  .4,  .5,  .6,  .7,
                                  .8,  .85, .9, .95, .98, .99, .995};
/// Below this a product of two values may underflow in single precision.
constexpr double kTiny = 1e-15;
/// Covers the rounding of a bound to single precision.
constexpr double kRoundUp = 1 + 1e-6;
/// Half an ulp of a single-precision number near 1, with a little to spare.
constexpr double kUnitRoundoff = 6.1e-8;

std::vector<std::int32_t> levels_of(std::span<const std::int32_t> rows_of_rank) {
  const auto work = [&](std::int32_t rank) {
    return static_cast<double>(rows_of_rank[rank]) * rows_of_rank[rank];
  };
  const auto n = static_cast<std::int32_t>(rows_of_rank.size());
  double total = 0;
  for (std::int32_t rank = 0; rank < n; ++rank)
    total += work(rank);
  std::vector<std::int32_t> cuts{n};
  std::int32_t rank = n;
  double left_out = 0;
  for (const double share : kLevelShares) {
    while (rank > 0 && left_out < share * total)
      left_out += work(--rank);
    cuts.push_back(rank);
  }
  return cuts;
}

template <class Value>
Buffer<std::int32_t> count_rows(const CsrView<Value>& targets, const Control& control) {
  constexpr std::int64_t kGrain = std::int64_t{1} << 20;
  const auto n_columns = static_cast<std::size_t>(targets.n_columns);
  std::vector<Buffer<std::int32_t>> counts(resolve_threads(control));
  counts[0].assign(n_columns, 0);
  const auto count = [&](std::int64_t begin, std::int64_t end, int worker, const Stop&) {
    auto& own = counts[worker];
    if (own.size() < n_columns) own.assign(n_columns, 0);
    for (auto entry = begin; entry < end; ++entry)
      own[targets.columns[entry]] += targets.values[entry] != 0;
  };
  parallel_for(control, targets.n_entries(), kGrain, count);
  for (std::size_t worker = 1; worker < counts.size(); ++worker) {
    for (std::size_t column = 0; column < counts[worker].size(); ++column)
      counts[0][column] += counts[worker][column];
  }
  return std::move(counts[0]);
}

/// Columns with at least `least_rows` rows, stably sorted by how many they have.
Buffer<std::int32_t> rare_to_frequent(const Buffer<std::int32_t>& counts, std::int32_t least_rows) {
  Buffer<std::int32_t> columns;
  for (std::size_t column = 0; column < counts.size(); ++column) {
    if (counts[column] >= least_rows) columns.push_back(static_cast<std::int32_t>(column));
  }
  std::stable_sort(columns.begin(), columns.end(),
                   [&](auto a, auto b) { return counts[a] < counts[b]; });
  return columns;
}

/// Fills one row after another; one for each worker.
template <class Value>
class RowPreparer {
 public:
  RowPreparer(const ExactRows<Value>& rows, const FeatureOrder& features, PreparedRows& out)
      : rows_(rows), features_(features), out_(out) {}

  std::int64_t count(std::int64_t row) const {
    const auto& view = rows_.view();
    std::int64_t kept = 0;
    for (auto entry = view.offsets[row]; entry < view.offsets[row + 1]; ++entry)
      kept += is_kept(entry);
    return kept;
  }

  void fill(std::int64_t row, std::int64_t position) {
    gather(row);
    auto place = out_.offsets[position];
    for (const auto key : keys_) {
      out_.features[place] = static_cast<std::int32_t>(key >> 32);
      out_.values[place++] = std::bit_cast<float>(static_cast<std::uint32_t>(key));
    }
    out_.lengths[position] = rows_.length(row);
    out_.margins[position] =
        static_cast<float>((static_cast<double>(keys_.size()) + 12) * kUnitRoundoff);
    fill_remainders(position);
  }

  bool may_vanish() const { return may_vanish_; }

 private:
  bool is_kept(std::int64_t entry) const {
    const auto& view = rows_.view();
    return view.values[entry] != 0 && features_.rank_of_column[view.columns[entry]] >= 0;
  }

  void gather(std::int64_t row) {
    const auto& view = rows_.view();
    keys_.clear();
    for (auto entry = view.offsets[row]; entry < view.offsets[row + 1]; ++entry) {
      if (!is_kept(entry)) continue;
      const double unit = rows_.unit(row, entry);
      may_vanish_ |= unit < kTiny;
      const auto rank = static_cast<std::uint64_t>(features_.rank_of_column[view.columns[entry]]);
      keys_.push_back(rank << 32 | std::bit_cast<std::uint32_t>(static_cast<float>(unit)));
    }
    std::sort(keys_.begin(), keys_.end());
  }

  void fill_remainders(std::int64_t position) {
    auto entry = out_.offsets[position + 1];
    double squares = 0;
    for (int level = 0; level < out_.n_levels; ++level) {
      while (entry > out_.offsets[position] && out_.features[entry - 1] >= features_.cuts[level]) {
        --entry;
        squares += static_cast<double>(out_.values[entry]) * out_.values[entry];
      }
      out_.remainders[position * out_.n_levels + level] =
          static_cast<float>(std::sqrt(squares) * kRoundUp);
    }
  }

  const ExactRows<Value>& rows_;
  const FeatureOrder& features_;
  PreparedRows& out_;
  std::vector<std::uint64_t> keys_;
  bool may_vanish_ = false;
};

}  // namespace

std::int64_t PreparedRows::cut(std::int64_t row, int level, const FeatureOrder& order) const {
  if (level == 0) return offsets[row + 1];
  const auto* first = features.data() + offsets[row];
  const auto* last = features.data() + offsets[row + 1];
  return std::lower_bound(first, last, order.cuts[level]) - features.data();
}

template <class Value>
FeatureOrder order_features(const CsrView<Value>& targets, std::int32_t least_rows,
                            const Control& control) {
  const auto counts = count_rows(targets, control);
  const auto columns = rare_to_frequent(counts, least_rows);
  FeatureOrder order;
  order.n_features = static_cast<std::int32_t>(columns.size());
  order.rank_of_column.assign(targets.n_columns, -1);
  Buffer<std::int32_t> rows_of_rank(columns.size());
  for (std::int32_t rank = 0; rank < order.n_features; ++rank) {
    order.rank_of_column[columns[rank]] = rank;
    rows_of_rank[rank] = counts[columns[rank]];
  }
  order.cuts = levels_of(rows_of_rank);
  return order;
}

template <class Value>
PreparedRows prepare_rows(const ExactRows<Value>& rows, std::span<const std::int64_t> order,
                          const FeatureOrder& features, const Control& control) {
  const auto n = static_cast<std::int64_t>(order.size());
  PreparedRows out;
  out.n_rows = n;
  out.n_levels = features.n_levels();
  out.offsets.assign(n + 1, 0);
  out.lengths.resize(n);
  out.margins.resize(n);
  out.remainders.resize(n * out.n_levels);
  parallel_for(control, n, 1024, [&](std::int64_t begin, std::int64_t end, int, const Stop&) {
    const RowPreparer<Value> preparer(rows, features, out);
    for (std::int64_t position = begin; position < end; ++position)
      out.offsets[position + 1] = preparer.count(order[position]);
  });
  std::partial_sum(out.offsets.begin(), out.offsets.end(), out.offsets.begin());
  out.features.resize(out.offsets[n]);
  out.values.resize(out.offsets[n]);
  std::atomic<bool> may_vanish{false};
  parallel_for(control, n, 1024, [&](std::int64_t begin, std::int64_t end, int, const Stop&) {
    RowPreparer<Value> preparer(rows, features, out);
    for (std::int64_t position = begin; position < end; ++position)
      preparer.fill(order[position], position);
    if (preparer.may_vanish()) may_vanish = true;
  });
  out.may_vanish = may_vanish;
  return out;
}

#define SAMESTORY_INSTANTIATE(Value)                                                         \
  template FeatureOrder order_features(const CsrView<Value>&, std::int32_t, const Control&); \
  template PreparedRows prepare_rows(const ExactRows<Value>&, std::span<const std::int64_t>, \
                                     const FeatureOrder&, const Control&);
SAMESTORY_INSTANTIATE(float)
SAMESTORY_INSTANTIATE(double)
#undef SAMESTORY_INSTANTIATE

}  // namespace samestory::similarity
