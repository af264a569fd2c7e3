#include "samestory/similarity_join.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

#include "similarity/assemble.hpp"
#include "similarity/row_search.hpp"
#include "similarity/tile_index.hpp"
#include "similarity/time_order.hpp"
#include "support/parallel.hpp"

namespace samestory {
namespace {

using namespace similarity;

constexpr std::string_view kStage = "comparing rows", kHomeStage = "comparing neighboring rows";

void check_times(std::span<const double> times, std::int64_t n_rows, const std::string& name) {
  if (static_cast<std::int64_t>(times.size()) != n_rows) {
    throw std::invalid_argument(name + " has " + std::to_string(times.size()) +
                                " entries; it needs one for each of the " + std::to_string(n_rows) +
                                " rows");
  }
  const auto bad = std::find_if(times.begin(), times.end(), [](double t) { return std::isinf(t); });
  if (bad != times.end()) {
    throw std::invalid_argument(name + ": entry " + std::to_string(bad - times.begin()) +
                                " is infinite; a time is finite, or NaN where it is not known");
  }
}

void check_positive(std::optional<double> value, const std::string& name, bool zero_allowed) {
  if (!value) return;
  if (!std::isfinite(*value) || *value < 0 || (*value == 0 && !zero_allowed)) {
    throw std::invalid_argument(name + " is " + std::to_string(*value) +
                                "; it has to be finite and " +
                                (zero_allowed ? "not negative" : "positive"));
  }
}

void check_wanted(const JoinOptions& options) {
  if (!options.threshold && !options.top_n) {
    throw std::invalid_argument("give threshold, top_n or both: without them every pair is meant");
  }
  // Written so that NaN fails too.
  if (options.threshold && !(*options.threshold > 0 && *options.threshold <= 1)) {
    throw std::invalid_argument("threshold is " + std::to_string(*options.threshold) +
                                "; it has to be in (0, 1]");
  }
  if (options.top_n && *options.top_n < 1) {
    throw std::invalid_argument("top_n is " + std::to_string(*options.top_n) +
                                "; it has to be at least 1");
  }
}

void check_options(const JoinOptions& options, std::int64_t n_x, std::int64_t n_y,
                   bool is_self_join) {
  check_wanted(options);
  check_positive(options.max_gap, "max_gap", true);
  check_positive(options.half_life, "half_life", false);
  if ((options.max_gap || options.half_life) && options.times_x.empty() && n_x > 0) {
    throw std::invalid_argument("max_gap and half_life need times");
  }
  if (!options.times_x.empty()) check_times(options.times_x, n_x, "times");
  if (!is_self_join && (!options.times_x.empty() || !options.times_y.empty())) {
    check_times(options.times_x, n_x, "times");
    check_times(options.times_y, n_y, "times_y");
  }
  if (options.triangle && (!is_self_join || options.top_n)) {
    throw std::invalid_argument(
        "triangle=True is for a join of X with itself by threshold alone: only that is symmetric");
  }
}

void check_tuning(const JoinTuning& tuning) {
  if (tuning.tile_rows < kBlockRows || tuning.tile_rows > 65536 ||
      tuning.tile_rows % kBlockRows != 0 || tuning.chunk_rows < 1) {
    throw std::invalid_argument("tile_rows has to be a multiple of 128 in [128, 65536]");
  }
}

/// Up to 4 ulp below the threshold counts as reaching it.
double lowered(std::optional<double> threshold) {
  if (!threshold) return -std::numeric_limits<double>::infinity();
  double floor = *threshold;
  for (int ulp = 0; ulp < 4; ++ulp)
    floor = std::nextafter(floor, 0.0);
  return floor;
}

template <class Value>
Side<Value> make_side(const CsrView<Value>& view, std::span<const double> times, bool normalize,
                      const FeatureOrder& features, const Control& control) {
  ExactRows<Value> exact(view, normalize, control);
  TimeOrder order(view.n_rows, times);
  auto prepared = prepare_rows(exact, order.rows(), features, control);
  return {std::move(exact), std::move(order), std::move(prepared)};
}

/// Tiles much longer than a window of time would mostly hold rows that a query may not meet.
std::int64_t tile_rows_for(const TimeOrder& order, const JoinOptions& options,
                           const JoinTuning& tuning) {
  constexpr std::int64_t kShortest = 512;
  if (!options.max_gap || order.size() == 0 || tuning.tile_rows <= kShortest) {
    return tuning.tile_rows;
  }
  std::int64_t total = 0;
  constexpr std::int64_t kSamples = 64;
  for (std::int64_t sample = 0; sample < kSamples; ++sample) {
    const auto range = order.within(order.time(sample * order.size() / kSamples), options.max_gap);
    total += range.end - range.begin;
  }
  auto rows = kShortest;
  while (rows < total / kSamples && rows < tuning.tile_rows)
    rows *= 2;
  return std::min(rows, tuning.tile_rows);
}

}  // namespace

template <class Value>
class SimilarityJoiner<Value>::Implementation {
 public:
  Implementation(const CsrView<Value>& x, const CsrView<Value>* y, const JoinOptions& options,
                 const Control& control, const JoinTuning& tuning)
      : options_(options), tuning_(tuning), is_self_join_(y == nullptr) {
    const auto& targets = is_self_join_ ? x : *y;
    if (x.n_columns != targets.n_columns) {
      throw std::invalid_argument("X has " + std::to_string(x.n_columns) + " columns, but Y has " +
                                  std::to_string(targets.n_columns) + "; they have to agree");
    }
    check_options(options, x.n_rows, targets.n_rows, is_self_join_);
    check_tuning(tuning);
    constexpr std::int64_t kLongest = std::int64_t{1} << 40;  // more than there are rows
    if (options_.top_n) options_.top_n = std::min(*options_.top_n, kLongest);
    features_ = order_features(targets, is_self_join_, control);
    queries_ = std::make_unique<Side<Value>>(
        make_side(x, options.times_x, options.normalize, features_, control));
    if (!is_self_join_) {
      targets_ = std::make_unique<Side<Value>>(
          make_side(*y, options.times_y, options.normalize, features_, control));
    }
    build_tiles(control);
  }

  JoinMemory memory() const {
    JoinMemory memory;
    memory.held = features_.n_bytes() + queries_->n_bytes();
    if (!is_self_join_) memory.held += targets_->n_bytes();
    for (const auto& tile : tiles_)
      memory.held += tile.n_bytes();
    memory.per_thread = RowSearch<Value>::work_bytes(make_plan());
    if (can_meet_pairs_once()) memory.lists = list_bytes();
    return memory;
  }

  CsrMatrix<Value> all(const Control& control, std::int64_t most_list_bytes) const {
    const auto queries = every_query();
    if (can_meet_pairs_once() && list_bytes() <= most_list_bytes) {
      return assemble_rows(search_pairs(queries, control), queries_->order.rows(),
                           targets().order.size(), control);
    }
    if (is_self_join_ && !options_.top_n) {
      return assemble_pairs(search(queries, Scope::earlier, control), targets().order,
                            options_.triangle);
    }
    return assemble_rows(search(queries, Scope::others, control), queries_->order.rows(),
                         targets().order.size(), control);
  }

  CsrMatrix<Value> rows(std::span<const std::int64_t> wanted, const Control& control) const {
    std::vector<std::int64_t> position_of(queries_->order.size());
    for (std::int64_t position = 0; position < queries_->order.size(); ++position)
      position_of[queries_->order.row(position)] = position;
    std::vector<std::int64_t> queries;
    for (const auto row : wanted) {
      if (row < 0 || row >= queries_->order.size()) {
        throw std::out_of_range("row " + std::to_string(row) + " is outside of [0, " +
                                std::to_string(queries_->order.size()) + ")");
      }
      queries.push_back(position_of[row]);
    }
    std::vector<std::int64_t> destination(wanted.size());
    std::iota(destination.begin(), destination.end(), 0);
    return assemble_rows(search(queries, Scope::others, control), destination,
                         targets().order.size(), control);
  }

  JoinEdges<Value> pairs(std::int64_t begin, std::int64_t end, const Control& control) const {
    if (!is_self_join_ || options_.top_n) {
      throw std::invalid_argument("pairs are for a join of X with itself by threshold alone");
    }
    if (begin < 0 || begin > end || end > queries_->order.size()) {
      throw std::out_of_range("the block of rows is outside of the matrix");
    }
    std::vector<std::int64_t> queries(end - begin);
    std::iota(queries.begin(), queries.end(), begin);
    return assemble_edges(search(queries, Scope::earlier, control), queries, targets().order);
  }

 private:
  const Side<Value>& targets() const { return is_self_join_ ? *queries_ : *targets_; }

  std::vector<std::int64_t> every_query() const {
    std::vector<std::int64_t> queries(queries_->order.size());
    std::iota(queries.begin(), queries.end(), 0);
    return queries;
  }

  void build_tiles(const Control& control) {
    const auto n = targets().order.size();
    const auto rows = tile_rows_for(targets().order, options_, tuning_);
    constexpr double kLeastProducts = 0.6;
    const auto rule = tuning_.dense_share > 0 ? DenseRule{tuning_.dense_share, 0}
                                              : DenseRule{kernels_.dense_share, kLeastProducts};
    tiles_.resize((n + rows - 1) / rows);
    parallel_for(control, static_cast<std::int64_t>(tiles_.size()), 1,
                 [&](std::int64_t tile, std::int64_t, int, const Stop& stop) {
                   tiles_[tile] = build_tile(targets().prepared, features_, tile * rows,
                                             std::min(n, (tile + 1) * rows), rule, stop);
                 });
  }

  std::int64_t chunk_rows(std::size_t n_queries, int n_threads) const {
    constexpr std::int64_t kChunksPerThread = 16, kShortest = 16;
    const auto share = static_cast<std::int64_t>(n_queries) / (n_threads * kChunksPerThread);
    return std::min(tuning_.chunk_rows, std::max(share, kShortest));
  }

  SearchPlan<Value> make_plan() const {
    return {*queries_,         targets(),       features_,        tiles_,
            kernels_,          tuning_,         is_self_join_,    lowered(options_.threshold),
            options_.top_n,    list_capacity(), options_.max_gap, options_.half_life,
            options_.normalize};
  }

  /// Whether each pair can be compared once for the best of both of its rows: that takes lists of
  /// all rows at once, and similarities that are plain cosines.
  bool can_meet_pairs_once() const {
    return is_self_join_ && options_.top_n && options_.normalize && !options_.half_life &&
           !queries_->prepared.may_vanish && tiles_.size() > 1;
  }
  /// As large as can be said where the lists would be longer than any memory.
  std::int64_t list_bytes() const {
    const double bytes = static_cast<double>(SharedBest::bytes_per_row(list_capacity())) *
                         static_cast<double>(queries_->order.size());
    return static_cast<std::int64_t>(std::min(bytes, 9e18));
  }
  std::int64_t list_capacity() const {
    return options_.top_n ? BestList::capacity(*options_.top_n, entries_per_row()) : 0;
  }
  double entries_per_row() const {
    const auto& rows = targets().prepared;
    return static_cast<double>(rows.offsets.back()) /
           static_cast<double>(std::max<std::int64_t>(rows.n_rows, 1));
  }

  struct HomeChunk {
    std::size_t tile;
    std::span<const std::int64_t> queries;
  };

  /// Parts of one tile each, in order.
  std::vector<HomeChunk> home_chunks(std::span<const std::int64_t> queries, int n_threads) const {
    const auto size = chunk_rows(queries.size(), n_threads);
    std::vector<HomeChunk> chunks;
    for (std::size_t tile = 0; tile < tiles_.size(); ++tile) {
      for (auto begin = tiles_[tile].begin; begin < tiles_[tile].end; begin += size)
        chunks.push_back({tile, queries.subspan(begin, std::min(size, tiles_[tile].end - begin))});
    }
    return chunks;
  }

  /// The best of every row, each pair of rows in different tiles being compared once.
  std::vector<ChunkResult<Value>> search_pairs(std::span<const std::int64_t> queries,
                                               const Control& control) const {
    const auto plan = make_plan();
    const int n_threads = resolve_threads(control);
    const auto homes = home_chunks(queries, n_threads);
    const auto n_chunks = static_cast<std::int64_t>(homes.size());
    std::vector<ChunkResult<Value>> chunks(homes.size());
    SharedBest shared(tiles_, *options_.top_n, plan.floor, plan.list_capacity);
    std::vector<std::unique_ptr<RowSearch<Value>>> workers(n_threads);
    const auto each_chunk = [&](std::string_view stage, auto&& step) {
      parallel_for(
          control, n_chunks, 1,
          [&](std::int64_t i, std::int64_t, int worker, const Stop& stop) {
            if (!workers[worker]) workers[worker] = std::make_unique<RowSearch<Value>>(plan);
            // The last rows have the most earlier ones: the longest tasks first.
            step(*workers[worker], n_chunks - 1 - i, stop);
          },
          stage);
    };
    each_chunk(kHomeStage, [&](RowSearch<Value>& search, std::int64_t i, const Stop& stop) {
      search.search_home(homes[i].queries, homes[i].tile, shared, stop);
    });
    each_chunk(kStage, [&](RowSearch<Value>& search, std::int64_t i, const Stop& stop) {
      search.search_earlier(homes[i].queries, homes[i].tile, shared, stop);
    });
    // Looking for a pair in the other row's list is less work than a product of long rows only.
    constexpr double kLongRow = 64;
    const bool are_long = entries_per_row() >= kLongRow;
    if (are_long) {
      each_chunk({}, [&](RowSearch<Value>& search, std::int64_t i, const Stop&) {
        search.settle(homes[i].queries, shared);
      });
      each_chunk({}, [&](RowSearch<Value>& search, std::int64_t i, const Stop& stop) {
        search.verify(homes[i].queries, shared, stop);
      });
      each_chunk({}, [&](RowSearch<Value>& search, std::int64_t i, const Stop&) {
        search.copy_verified(homes[i].queries, shared);
      });
    }
    // The lists go as the results come, so that both are never there as a whole.
    std::vector<std::atomic<std::int64_t>> n_left(tiles_.size());
    for (const auto& home : homes)
      ++n_left[home.tile];
    each_chunk({}, [&](RowSearch<Value>& search, std::int64_t i, const Stop& stop) {
      search.take(homes[i].queries, shared, stop, chunks[i]);
      if (--n_left[homes[i].tile] == 0) shared.forget(homes[i].tile);
    });
    return chunks;
  }

  std::vector<ChunkResult<Value>> search(std::span<const std::int64_t> queries, Scope scope,
                                         const Control& control) const {
    const auto plan = make_plan();
    const int n_threads = resolve_threads(control);
    const auto n = static_cast<std::int64_t>(queries.size());
    const auto size = chunk_rows(queries.size(), n_threads);
    const auto n_chunks = (n + size - 1) / size;
    std::vector<ChunkResult<Value>> chunks(n_chunks);
    std::vector<std::unique_ptr<RowSearch<Value>>> workers(n_threads);
    parallel_for(
        control, n_chunks, 1,
        [&](std::int64_t step, std::int64_t, int worker, const Stop& stop) {
          if (!workers[worker]) workers[worker] = std::make_unique<RowSearch<Value>>(plan);
          // The last rows have the most earlier ones: the longest tasks first.
          const auto chunk = n_chunks - 1 - step;
          const auto begin = chunk * size;
          workers[worker]->run(queries.subspan(begin, std::min(size, n - begin)), scope, stop,
                               chunks[chunk]);
        },
        kStage);
    return chunks;
  }

  JoinOptions options_;
  JoinTuning tuning_;
  bool is_self_join_;
  const Kernels& kernels_ = kernels_for(active_instruction_set());
  FeatureOrder features_;
  std::unique_ptr<Side<Value>> queries_;
  std::unique_ptr<Side<Value>> targets_;
  std::vector<Tile> tiles_;
};

template <class Value>
SimilarityJoiner<Value>::SimilarityJoiner(const CsrView<Value>& x, const JoinOptions& options,
                                          const Control& control, const JoinTuning& tuning)
    : implementation_(std::make_unique<Implementation>(x, nullptr, options, control, tuning)) {}

template <class Value>
SimilarityJoiner<Value>::SimilarityJoiner(const CsrView<Value>& x, const CsrView<Value>& y,
                                          const JoinOptions& options, const Control& control,
                                          const JoinTuning& tuning)
    : implementation_(std::make_unique<Implementation>(x, &y, options, control, tuning)) {}

template <class Value>
SimilarityJoiner<Value>::~SimilarityJoiner() = default;
template <class Value>
SimilarityJoiner<Value>::SimilarityJoiner(SimilarityJoiner&&) noexcept = default;

template <class Value>
JoinMemory SimilarityJoiner<Value>::memory() const {
  return implementation_->memory();
}

template <class Value>
CsrMatrix<Value> SimilarityJoiner<Value>::all(const Control& control,
                                              std::int64_t list_bytes) const {
  return implementation_->all(control, list_bytes);
}

template <class Value>
CsrMatrix<Value> SimilarityJoiner<Value>::rows(std::span<const std::int64_t> wanted,
                                               const Control& control) const {
  return implementation_->rows(wanted, control);
}

template <class Value>
JoinEdges<Value> SimilarityJoiner<Value>::pairs(std::int64_t begin, std::int64_t end,
                                                const Control& control) const {
  return implementation_->pairs(begin, end, control);
}

template <class Value>
CsrMatrix<Value> similarity_join(const CsrView<Value>& x, const JoinOptions& options,
                                 const Control& control, const JoinTuning& tuning) {
  return SimilarityJoiner<Value>(x, options, control, tuning).all(control);
}

template <class Value>
CsrMatrix<Value> similarity_join(const CsrView<Value>& x, const CsrView<Value>& y,
                                 const JoinOptions& options, const Control& control,
                                 const JoinTuning& tuning) {
  return SimilarityJoiner<Value>(x, y, options, control, tuning).all(control);
}

#define SAMESTORY_INSTANTIATE(Value)                                                      \
  template class SimilarityJoiner<Value>;                                                 \
  template CsrMatrix<Value> similarity_join(const CsrView<Value>&, const JoinOptions&,    \
                                            const Control&, const JoinTuning&);           \
  template CsrMatrix<Value> similarity_join(const CsrView<Value>&, const CsrView<Value>&, \
                                            const JoinOptions&, const Control&,           \
                                            const JoinTuning&);
SAMESTORY_INSTANTIATE(float)
SAMESTORY_INSTANTIATE(double)
#undef SAMESTORY_INSTANTIATE

}  // namespace samestory
