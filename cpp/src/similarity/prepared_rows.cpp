#include "similarity/prepared_rows.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cmath>
#include <numeric>
#include <optional>

#include "support/parallel.hpp"
#include "support/scrambled.hpp"

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

/// What is known of a column: how many rows have it, which ones, and what it adds up to.
struct Column {
  std::int32_t n_rows = 0;
  std::uint64_t mark = 0;  ///< the sum of its rows' marks: different for different sets of rows
  double total = 0;
};

template <class Value>
void add_columns(const CsrView<Value>& view, std::int64_t begin, std::int64_t end,
                 Buffer<Column>& columns) {
  for (auto row = begin; row < end; ++row) {
    const auto mark = scrambled(static_cast<std::uint64_t>(row));
    for (auto entry = view.offsets[row]; entry < view.offsets[row + 1]; ++entry) {
      if (view.values[entry] == 0) continue;
      auto& column = columns[view.columns[entry]];
      ++column.n_rows;
      column.mark += mark;
      column.total += static_cast<double>(view.values[entry]);
    }
  }
}

template <class Value>
Buffer<Column> count_columns(const CsrView<Value>& view, const Control& control) {
  constexpr std::int64_t kGrain = 1024;
  const auto n_columns = static_cast<std::size_t>(view.n_columns);
  std::vector<Buffer<Column>> parts(resolve_threads(control));
  parts[0].assign(n_columns, {});
  parallel_for(control, view.n_rows, kGrain,
               [&](std::int64_t begin, std::int64_t end, int worker, const Stop&) {
                 if (parts[worker].size() < n_columns) parts[worker].assign(n_columns, {});
                 add_columns(view, begin, end, parts[worker]);
               });
  for (std::size_t worker = 1; worker < parts.size(); ++worker) {
    for (std::size_t i = 0; i < parts[worker].size(); ++i) {
      parts[0][i].n_rows += parts[worker][i].n_rows;
      parts[0][i].mark += parts[worker][i].mark;
      parts[0][i].total += parts[worker][i].total;
    }
  }
  return std::move(parts[0]);
}

/// Columns with at least `least_rows` rows by how many they have, those of the same rows side by
/// side.
Buffer<std::int32_t> rare_to_frequent(const Buffer<Column>& columns, std::int32_t least_rows) {
  Buffer<std::int32_t> order;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].n_rows >= least_rows) order.push_back(static_cast<std::int32_t>(i));
  }
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) {
    return columns[a].n_rows != columns[b].n_rows ? columns[a].n_rows < columns[b].n_rows
                                                  : columns[a].mark < columns[b].mark;
  });
  return order;
}

bool are_twins(const Column& a, const Column& b) {
  return a.n_rows == b.n_rows && a.mark == b.mark;
}

/// Gives two columns their parts of a row of usual proportions; false where those make no sense.
bool pair_up(const Column& a, const Column& b, FeatureOrder::Place& first,
             FeatureOrder::Place& second) {
  const double length = std::hypot(a.total, b.total);
  const auto share = static_cast<float>(a.total / length);
  const auto other = static_cast<float>(b.total / length);
  if (!(share > 0 && other > 0 && std::isfinite(length))) return false;
  first.share = share;
  second = {first.rank, other};
  return true;
}

template <class Value>
bool has_negative(const CsrView<Value>& view, const Control& control) {
  constexpr std::int64_t kGrain = std::int64_t{1} << 20;
  std::atomic<bool> found{false};
  parallel_for(control, view.n_entries(), kGrain,
               [&](std::int64_t begin, std::int64_t end, int, const Stop&) {
                 if (std::any_of(view.values.begin() + begin, view.values.begin() + end,
                                 [](Value value) { return value < 0; }))
                   found = true;
               });
  return found;
}

/// Fills one row after another; one for each worker.
template <class Value>
class RowPreparer {
 public:
  RowPreparer(const ExactRows<Value>& rows, const FeatureOrder& features, PreparedRows& out)
      : rows_(rows), features_(features), out_(out) {
    if (features.has_twins) twin_of_rank_.assign(features.n_features, 0);
  }

  std::int64_t count(std::int64_t row) {
    const auto& view = rows_.view();
    std::int64_t kept = 0;
    twins_.clear();
    for (auto entry = view.offsets[row]; entry < view.offsets[row + 1]; ++entry) {
      const auto& place = features_.place_of_column[view.columns[entry]];
      if (view.values[entry] == 0 || place.rank < 0) continue;
      if (place.share > 0) {
        if (find_twin(place.rank) != nullptr) continue;
        add_twin({place.rank, 0, 0});
      }
      ++kept;
    }
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
    out_.losses[position] = loss();
    fill_remainders(position);
  }

  bool may_vanish() const { return may_vanish_; }

 private:
  /// A feature of two columns in the row at hand.
  struct Twin {
    std::int32_t rank;
    std::size_t key;  ///< where its value is
    double usual;     ///< the product of its values with the usual ones
  };

  /// What earlier rows left behind is recognized by what is there now.
  Twin* find_twin(std::int32_t rank) {
    const auto i = twin_of_rank_[rank];
    return i < twins_.size() && twins_[i].rank == rank ? &twins_[i] : nullptr;
  }
  void add_twin(const Twin& twin) {
    twin_of_rank_[twin.rank] = static_cast<std::uint32_t>(twins_.size());
    twins_.push_back(twin);
  }

  static std::uint64_t make_key(std::int32_t rank, double value) {
    return static_cast<std::uint64_t>(rank) << 32 |
           std::bit_cast<std::uint32_t>(static_cast<float>(value));
  }
  static double value_of_key(std::uint64_t key) {
    return std::bit_cast<float>(static_cast<std::uint32_t>(key));
  }

  void gather(std::int64_t row) {
    const auto& view = rows_.view();
    keys_.clear();
    twins_.clear();
    for (auto entry = view.offsets[row]; entry < view.offsets[row + 1]; ++entry) {
      const auto& place = features_.place_of_column[view.columns[entry]];
      if (view.values[entry] == 0 || place.rank < 0) continue;
      const double value = rows_.normalized(row, entry);
      may_vanish_ |= value < kTiny;
      if (place.share == 0 || !joins_twin(place, value))
        keys_.push_back(make_key(place.rank, value));
    }
    measure_twins();
    sort_keys();
  }

  /// By rank, which no two keys have in common; a digit after the other where there are many.
  void sort_keys() {
    constexpr std::size_t kMany = 128;
    constexpr int kMostBits = 10, kRankShift = 32;
    if (keys_.size() < kMany) {
      std::sort(keys_.begin(), keys_.end());
      return;
    }
    const int n_bits = std::bit_width(static_cast<std::uint32_t>(features_.n_features));
    const int n_digits = (n_bits + kMostBits - 1) / kMostBits;
    const int digit_bits = (n_bits + n_digits - 1) / n_digits;
    for (int digit = 0; digit < n_digits; ++digit)
      sort_by_digit(kRankShift + digit * digit_bits, digit_bits);
  }

  void sort_by_digit(int shift, int n_bits) {
    const std::uint64_t mask = (std::uint64_t{1} << n_bits) - 1;
    places_.assign(mask + 1, 0);
    for (const auto key : keys_)
      ++places_[key >> shift & mask];
    std::exclusive_scan(places_.begin(), places_.end(), places_.begin(), 0U);
    sorted_.resize(keys_.size());
    for (const auto key : keys_)
      sorted_[places_[key >> shift & mask]++] = key;
    keys_.swap(sorted_);
  }

  /// Whether the row's other column of the feature has been there before.
  bool joins_twin(const FeatureOrder::Place& place, double value) {
    auto* twin = find_twin(place.rank);
    if (twin == nullptr) {
      add_twin({place.rank, keys_.size(), value * place.share});
      return false;
    }
    const double other = value_of_key(keys_[twin->key]);
    keys_[twin->key] = make_key(place.rank, std::sqrt(other * other + value * value));
    twin->usual += value * place.share;
    return true;
  }

  /// For vectors x and y of two values each and a unit vector d, |x||y| - x.y is |x||y| times
  /// 1 - cos(x, y), which is at most 2 (1 - cos(x, d)) + 2 (1 - cos(y, d)). Summed over features,
  /// by Cauchy and Schwarz: at most the norm of all 2 (|x| - x.d) times that of all |y|, which is
  /// no more than 1, and the same the other way round.
  void measure_twins() {
    constexpr double kRounding = 1e-6;
    loss_squares_ = 0;
    for (const auto& twin : twins_) {
      const double length = value_of_key(keys_[twin.key]);
      const double most = 2 * std::max(length - twin.usual, 0.0) + kRounding * length;
      loss_squares_ += most * most;
    }
  }
  float loss() const { return static_cast<float>(std::sqrt(loss_squares_) * kRoundUp); }

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
  std::vector<std::uint64_t> keys_, sorted_;
  std::vector<std::uint32_t> places_;
  std::vector<Twin> twins_;
  Buffer<std::uint32_t> twin_of_rank_;
  double loss_squares_ = 0;
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
FeatureOrder order_features(const CsrView<Value>& targets, bool is_self_join,
                            const Control& control) {
  const auto columns = count_columns(targets, control);
  const auto sorted = rare_to_frequent(columns, is_self_join ? 2 : 1);
  // Rows of another matrix may have one of two columns, and negative products may cancel.
  const bool may_pair = is_self_join && !has_negative(targets, control);
  FeatureOrder order;
  order.place_of_column.assign(targets.n_columns, {});
  Buffer<std::int32_t> rows_of_rank;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    const auto& column = columns[sorted[i]];
    auto& place = order.place_of_column[sorted[i]];
    place.rank = static_cast<std::int32_t>(rows_of_rank.size());
    rows_of_rank.push_back(column.n_rows);
    if (!may_pair || i + 1 == sorted.size() || !are_twins(column, columns[sorted[i + 1]])) continue;
    if (!pair_up(column, columns[sorted[i + 1]], place, order.place_of_column[sorted[i + 1]]))
      continue;
    order.has_twins = true;
    ++i;
  }
  order.n_features = static_cast<std::int32_t>(rows_of_rank.size());
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
  out.losses.resize(n);
  out.remainders.resize(n * out.n_levels);
  std::vector<std::optional<RowPreparer<Value>>> preparers(resolve_threads(control));
  const auto preparer_of = [&](int worker) -> RowPreparer<Value>& {
    if (!preparers[worker]) preparers[worker].emplace(rows, features, out);
    return *preparers[worker];
  };
  parallel_for(control, n, 1024,
               [&](std::int64_t begin, std::int64_t end, int worker, const Stop&) {
                 auto& preparer = preparer_of(worker);
                 for (std::int64_t position = begin; position < end; ++position)
                   out.offsets[position + 1] = preparer.count(order[position]);
               });
  std::partial_sum(out.offsets.begin(), out.offsets.end(), out.offsets.begin());
  out.features.resize(out.offsets[n]);
  out.values.resize(out.offsets[n]);
  parallel_for(control, n, 1024,
               [&](std::int64_t begin, std::int64_t end, int worker, const Stop&) {
                 auto& preparer = preparer_of(worker);
                 for (std::int64_t position = begin; position < end; ++position)
                   preparer.fill(order[position], position);
               });
  for (const auto& preparer : preparers)
    out.may_vanish |= preparer && preparer->may_vanish();
  return out;
}

#define SAMESTORY_INSTANTIATE(Value)                                                         \
  template FeatureOrder order_features(const CsrView<Value>&, bool, const Control&);         \
  template PreparedRows prepare_rows(const ExactRows<Value>&, std::span<const std::int64_t>, \
                                     const FeatureOrder&, const Control&);
SAMESTORY_INSTANTIATE(float)
SAMESTORY_INSTANTIATE(double)
#undef SAMESTORY_INSTANTIATE

}  // namespace samestory::similarity
