#include "similarity/row_search.hpp"

#include <algorithm>
#include <cmath>

namespace samestory::similarity {
namespace {

/// Queries that pass a tile together: as many as keep their sums in the cache, or, where a tile's
/// dense part is too large for that, so many that it is read from farther away less often.
constexpr std::size_t kBatch = 16, kLargeBatch = 128;
constexpr std::int64_t kLargeDenseBytes = std::int64_t{1} << 20;
/// Covers the rounding of what a level may have left out to single precision.
constexpr float kRoundUp = 1 + 1e-6F;
constexpr double kNone = -std::numeric_limits<double>::infinity();

std::int64_t largest_tile(const std::vector<Tile>& tiles) {
  std::int64_t largest = 0;
  for (const auto& tile : tiles)
    largest = std::max(largest, tile.n_padded);
  return largest;
}

std::size_t batch_size(const Tile& tile) {
  return tile.dense.n_bytes() > kLargeDenseBytes ? kLargeBatch : kBatch;
}

std::size_t largest_batch(const std::vector<Tile>& tiles) {
  std::size_t largest = 0;
  for (const auto& tile : tiles)
    largest = std::max(largest, batch_size(tile));
  return largest;
}

/// A single-precision number at or below a double.
float round_down(double value) {
  return std::nextafter(static_cast<float>(value), -std::numeric_limits<float>::infinity());
}

}  // namespace

template <class Value>
RowSearch<Value>::RowSearch(const SearchPlan<Value>& plan)
    : plan_(plan),
      is_plain_(plan.normalize && !plan.half_life),
      bounds_(plan),
      may_vanish_(bounds_.may_vanish()),
      products_(plan),
      dense_(plan.kernels, static_cast<std::int64_t>(largest_batch(plan.tiles)), may_vanish_) {
  const auto n_rows = largest_tile(plan.tiles);
  // Rows of sums a power of two apart would compete for the same lines of the cache.
  stride_ = n_rows + kBlockRows + 16;
  const auto n_batch = static_cast<std::int64_t>(largest_batch(plan.tiles));
  sums_.assign(stride_ * n_batch, 0.0F);
  found_rows_.resize(n_rows + 16);
  found_values_.resize(n_rows + 16);
  maxima_.resize(n_rows);
  excess_.resize(n_rows);
  for (const auto& tile : plan.tiles)
    largest_length_ = std::max(largest_length_, tile.largest_length);
}

template <class Value>
std::int64_t RowSearch<Value>::work_bytes(const SearchPlan<Value>& plan) {
  constexpr std::int64_t kSum = sizeof(float), kOtherRowSums = 5, kFound = 2;
  const auto n_rows = largest_tile(plan.tiles);
  const auto n_batch = static_cast<std::int64_t>(largest_batch(plan.tiles));
  std::int64_t bytes = n_rows * kSum * (n_batch + kOtherRowSums + kFound);
  bytes += ExactProducts<Value>::n_bytes(plan);
  if (plan.top_n) {
    const auto longest = std::min(plan.list_capacity, 2 * plan.targets.order.size());
    bytes += plan.tuning.chunk_rows * static_cast<std::int64_t>(sizeof(Candidate)) * longest;
  }
  return bytes;
}

template <class Value>
void RowSearch<Value>::run(std::span<const std::int64_t> queries, Scope scope, const Stop& stop,
                           ChunkResult<Value>& out) {
  const auto started = start_queries(queries, scope);
  for (const auto tile : tiles_by_nearness(queries))
    search_tile(plan_.tiles[tile], started, stop);
  for (auto& query : started)
    finish(query, out, stop);
}

template <class Value>
void RowSearch<Value>::search_home(std::span<const std::int64_t> queries, std::size_t home,
                                   SharedBest& shared, const Stop& stop) {
  const auto started = start_queries(queries, Scope::others);
  search_tile(plan_.tiles[home], started, stop);
  for (const auto& query : started)
    shared.store(query.position, query.best);
}

template <class Value>
void RowSearch<Value>::search_earlier(std::span<const std::int64_t> queries, std::size_t home,
                                      SharedBest& shared, const Stop& stop) {
  const auto started = start_queries(queries, Scope::others);
  const double margin = bounds_.largest_margin(queries);
  {
    const std::lock_guard guard(shared.lock_of(home));
    for (auto& query : started)
      query.bound = shared.bound(query.position);
  }
  is_for_both_ = true;
  for (auto tile = home; tile-- > 0;) {
    const auto& targets = plan_.tiles[tile];
    target_bounds_.load(shared, tile, targets, margin);
    for (std::size_t begin = 0; begin < started.size(); begin += batch_size(targets)) {
      stop.check();
      const auto size = std::min(batch_size(targets), started.size() - begin);
      search_batch(targets, started.subspan(begin, size));
      hand_over(target_offers_, tile, shared, [&](std::int64_t position, double bound) {
        target_bounds_.raise(position - targets.begin, bound);
      });
      hand_over(query_offers_, home, shared, [&](std::int64_t position, double bound) {
        started[position - queries.front()].bound = bound;
      });
    }
  }
  is_for_both_ = false;
}

template <class Value>
void RowSearch<Value>::settle(std::span<const std::int64_t> queries, SharedBest& shared) {
  for (const auto position : queries) {
    shared.load(position, scratch_);
    scratch_.drop_hopeless();
    shared.store(position, scratch_);
  }
}

/// Only positions are read of the lists of other rows: those stay what they are.
template <class Value>
void RowSearch<Value>::verify(std::span<const std::int64_t> queries, SharedBest& shared,
                              const Stop& stop) {
  for (const auto position : queries) {
    stop.check();
    const auto candidates = shared.candidates(position);
    for (const auto& candidate : candidates)
      if (candidate.position > position) shared.prefetch_list(candidate.position);
    products_.make_exact(position, candidates, [&](const Candidate& candidate) {
      return candidate.position > position && shared.find(candidate.position, position) != nullptr;
    });
  }
}

template <class Value>
void RowSearch<Value>::copy_verified(std::span<const std::int64_t> queries, SharedBest& shared) {
  for (const auto position : queries) {
    for (auto& candidate : shared.candidates(position)) {
      if (candidate.is_known()) continue;
      candidate.lower = shared.find(candidate.position, position)->lower;
      candidate.spread = 0;
    }
  }
}

template <class Value>
void RowSearch<Value>::take(std::span<const std::int64_t> queries, SharedBest& shared,
                            const Stop& stop, ChunkResult<Value>& out) {
  std::size_t most = 0;
  for (const auto position : queries)
    most += std::min(shared.candidates(position).size(), static_cast<std::size_t>(*plan_.top_n));
  out.columns.reserve(most);
  out.values.reserve(most);
  for (auto& query : start_queries(queries, Scope::others)) {
    shared.load(query.position, query.best);
    finish(query, out, stop);
  }
}

template <class Value>
auto RowSearch<Value>::start_queries(std::span<const std::int64_t> positions, Scope scope)
    -> std::span<Query> {
  queries_.resize(std::max(queries_.size(), positions.size()));
  for (std::size_t i = 0; i < positions.size(); ++i) {
    auto& query = queries_[i];
    query.position = positions[i];
    query.time = plan_.queries.order.time(query.position);
    query.ranges = plan_.targets.order.within(query.time, plan_.max_gap);
    if (plan_.is_self_join) query.ranges.own = query.position;
    if (scope == Scope::earlier) query.ranges.keep_before(query.position);
    query.best.start(plan_.top_n.value_or(0), plan_.floor, plan_.list_capacity);
    query.bound = query.best.bound();
  }
  return {queries_.data(), positions.size()};
}

/// The tile of the queries themselves first: neighbours in the input are often alike, and good
/// bounds found early save work later.
template <class Value>
std::vector<std::size_t> RowSearch<Value>::tiles_by_nearness(
    std::span<const std::int64_t> queries) const {
  std::vector<std::size_t> order;
  std::size_t home = 0;
  for (std::size_t i = 0; i < plan_.tiles.size(); ++i) {
    if (plan_.is_self_join && !queries.empty() && plan_.tiles[i].begin <= queries.front()) home = i;
    order.push_back(i);
  }
  const auto distance = [&](std::size_t i) { return i < home ? home - i : i - home; };
  std::stable_sort(order.begin(), order.end(),
                   [&](auto a, auto b) { return distance(a) < distance(b); });
  return order;
}

template <class Value>
void RowSearch<Value>::search_tile(const Tile& tile, std::span<Query> queries, const Stop& stop) {
  const auto size = batch_size(tile);
  for (std::size_t begin = 0; begin < queries.size(); begin += size) {
    stop.check();
    search_batch(tile, queries.subspan(begin, std::min(size, queries.size() - begin)));
  }
}

template <class Value>
void RowSearch<Value>::search_batch(const Tile& tile, std::span<Query> batch) {
  plan_meetings(tile, batch);
  dense_.add_to(sums_.data(), stride_, tile.n_padded, tile.dense);
  for (std::size_t i = 0; i < meetings_.size(); ++i) {
    auto& meeting = meetings_[i];
    float* sums = sums_.data() + static_cast<std::int64_t>(i) * stride_;
    add_lists(meeting, sums);
    if (is_for_both_) {
      propose_to_both(tile, meeting, collect(tile, meeting, sums));
    } else {
      if (!few_are_touched(tile, meeting)) raise_bound_by_maxima(tile, meeting, sums);
      propose(tile, meeting, collect(tile, meeting, sums));
    }
  }
}

/// Few sums were touched, and no others matter: looking at those alone is less than at all.
template <class Value>
bool RowSearch<Value>::few_are_touched(const Tile& tile, const Meeting& meeting) const {
  if (!meeting.dense.is_empty() || meeting.n_postings * 32 >= tile.n_padded) return false;
  return !is_for_both_ || meeting.remainder == 0 ||
         meeting.remainder * tile.largest_remainders[meeting.level] * kRoundUp <
             std::min(meeting.bound, target_bounds_.least());
}

template <class Value>
std::int64_t RowSearch<Value>::collect(const Tile& tile, const Meeting& meeting, float* sums) {
  if (few_are_touched(tile, meeting)) return collect_touched(tile, meeting, sums);
  const float* remainders = tile.level_remainders(meeting.level);
  if (is_for_both_) {
    return plan_.kernels.collect_pairs(sums, remainders, meeting.remainder, target_bounds_.data(),
                                       meeting.bound, tile.n_padded, found_rows_.data(),
                                       found_values_.data());
  }
  return plan_.kernels.collect(sums, remainders, meeting.remainder, meeting.bound, tile.n_padded,
                               found_rows_.data(), found_values_.data());
}

template <class Value>
void RowSearch<Value>::plan_meetings(const Tile& tile, std::span<Query> batch) {
  meetings_.clear();
  lists_.clear();
  dense_.start();
  for (auto& query : batch) {
    if (!query.ranges.meets(tile.begin, tile.end)) continue;
    Meeting meeting{.query = &query};
    choose_level(tile, meeting);
    look_up_features(tile, meeting);
    if (meeting.n_postings == 0 && meeting.dense.is_empty()) continue;
    meetings_.push_back(meeting);
    dense_.keep(meeting.dense);
  }
}

template <class Value>
double RowSearch<Value>::cut_share(std::int64_t position) const {
  if (!plan_.top_n) return plan_.tuning.cut_share_threshold;
  // What is left out makes candidates, and those of long rows take long to verify.
  constexpr double kLong = 160;
  const auto& offsets = plan_.queries.prepared.offsets;
  const auto size = static_cast<double>(offsets[position + 1] - offsets[position]);
  return plan_.tuning.cut_share_top_n * std::min(1.0, kLong / size);
}

/// Leaves out as many frequent features as keep what they could add well below the bound.
template <class Value>
void RowSearch<Value>::choose_level(const Tile& tile, Meeting& meeting) const {
  const auto& prepared = plan_.queries.prepared;
  const auto position = meeting.query->position;
  const double margin = bounds_.margin(position);
  const double bound = meeting.query->bound;
  const double factor = bounds_.largest_factor(position, meeting.query->time, tile);
  const double cosine = bound > 0 ? bound / factor - margin : kNone;
  // A sum of zero says that no feature is shared, unless sums can cancel or vanish.
  const double least = may_vanish_ ? margin : std::numeric_limits<float>::denorm_min();
  meeting.bound = round_down(std::max(cosine, least));
  if (meeting.bound <= 0) meeting.bound = std::numeric_limits<float>::denorm_min();
  const double share = cut_share(position);
  // A few targets with lower bounds than most are proposed in vain rather than looked at by all.
  const double usual =
      is_for_both_ ? std::min(cosine, static_cast<double>(target_bounds_.low())) : cosine;
  const float* remainders = prepared.row_remainders(position);
  for (int level = prepared.n_levels - 1; level > 0 && usual > least; --level) {
    if (static_cast<double>(remainders[level]) * tile.largest_remainders[level] > share * usual)
      continue;
    meeting.level = level;
    meeting.remainder = remainders[level];
    return;
  }
}

template <class Value>
void RowSearch<Value>::look_up_features(const Tile& tile, Meeting& meeting) {
  const auto& prepared = plan_.queries.prepared;
  const auto position = meeting.query->position;
  const auto end = prepared.cut(position, meeting.level, plan_.features);
  meeting.lists_begin = lists_.size();
  dense_.start_query();
  for (auto entry = prepared.offsets[position]; entry < end; ++entry) {
    const auto* list = tile.find(prepared.features[entry]);
    if (list == nullptr) continue;
    if (list->size == 0) {
      dense_.add(static_cast<std::int32_t>(list->begin), prepared.values[entry]);
    } else {
      lists_.push_back({tile.postings.data() + list->begin, list->size, prepared.values[entry]});
      meeting.n_postings += list->size;
    }
  }
  meeting.lists_end = lists_.size();
  meeting.dense = dense_.finish_query(tile.dense);
}

template <class Value>
void RowSearch<Value>::add_lists(const Meeting& meeting, float* sums) const {
  for (auto i = meeting.lists_begin; i < meeting.lists_end; ++i) {
    const auto& list = lists_[i];
    constexpr std::size_t kAhead = 3;
    if (i + kAhead < meeting.lists_end) {
      const auto& next = lists_[i + kAhead];
      for (std::uint32_t k = 0; k < std::min<std::uint32_t>(next.size, 256); k += 16)
        prefetch(next.postings + k);
    }
    add_list(sums, list.postings, list.size, list.weight);
  }
}

template <class Value>
std::int64_t RowSearch<Value>::collect_touched(const Tile& tile, const Meeting& meeting,
                                               float* sums) {
  const float* remainders = tile.level_remainders(meeting.level);
  std::int64_t found = 0;
  for (auto i = meeting.lists_begin; i < meeting.lists_end; ++i) {
    const auto list = lists_[i];
    for (std::uint32_t k = 0; k < list.size; ++k) {
      const auto row = row_of(list.postings[k]);
      const float sum = sums[row];
      sums[row] = 0;
      const float bound =
          is_for_both_ ? std::min(meeting.bound, target_bounds_[row]) : meeting.bound;
      // A sum of zero was seen before, or would be below the bound in any case.
      found_rows_[found] = row;
      found_values_[found] = sum;
      found += sum != 0 && !(sum + meeting.remainder * remainders[row] < bound);
    }
  }
  return found;
}

/// What the sums of the tile's rows may have too much, beside what the query's twins and postings
/// add; enlarged, to be taken off before lowest() makes what is left smaller.
template <class Value>
const float* RowSearch<Value>::excess_of_sums(const Tile& tile, const Meeting& meeting) {
  if (meeting.dense.is_empty()) return tile.losses.data();
  constexpr auto kTwice = static_cast<float>(2 * kEnlarged);
  tile.dense.add_errors(meeting.dense.values, kTwice, tile.losses.data(), excess_.data());
  return excess_.data();
}

/// The n-th largest of maxima over disjoint groups of rows is no larger than the n-th largest of
/// all: a first bound for a query that has none, much cheaper than ordering all sums.
template <class Value>
void RowSearch<Value>::raise_bound_by_maxima(const Tile& tile, Meeting& meeting,
                                             const float* sums) {
  auto& query = *meeting.query;
  std::int64_t n_maxima = tile.n_padded / (tile.n_padded % 256 == 0 ? 16 : 8);
  if (!plan_.top_n || !is_plain_ || query.bound > 0 || *plan_.top_n >= n_maxima / 2 ||
      !query.ranges.covers(tile.begin, tile.end)) {
    return;
  }
  constexpr std::int64_t kEnoughForEach = 8;
  while (n_maxima % 32 == 0 && n_maxima / 2 >= kEnoughForEach * (*plan_.top_n + 1))
    n_maxima /= 2;
  plan_.kernels.maxima(sums, excess_of_sums(tile, meeting), tile.n_padded, maxima_.data(),
                       n_maxima);
  const auto nth = maxima_.begin() + *plan_.top_n;  // one more than n: the query itself may be one
  std::nth_element(maxima_.begin(), nth, maxima_.begin() + n_maxima, std::greater<>());
  constexpr double kRounding = 1e-6;
  const double least = bounds_.lowest(query.position, *nth,
                                      plan_.queries.prepared.losses[query.position] + kRounding);
  const double margin = bounds_.margin(query.position);
  if (least <= margin) return;
  query.best.raise_bound(least);
  meeting.bound = std::max(meeting.bound, round_down(query.best.bound() - margin));
}

template <class Value>
void RowSearch<Value>::propose(const Tile& tile, const Meeting& meeting, std::int64_t n_found) {
  auto& query = *meeting.query;
  const double margin = bounds_.margin(query.position);
  const float* remainders = tile.level_remainders(meeting.level);
  for (std::int64_t i = 0; i < n_found; ++i) {
    const auto position = tile.begin + found_rows_[i];
    if (!query.ranges.contains(position)) continue;
    const double sum = found_values_[i];
    const double left_out = static_cast<double>(meeting.remainder) * remainders[found_rows_[i]];
    const double scale =
        is_plain_ ? 1 : bounds_.factor(query.position, query.time, position) * (1 + 1e-9);
    const double added =
        bounds_.most_added(tile, meeting.dense.values, query.position, found_rows_[i]);
    const double lower = bounds_.lowest(query.position, sum, added) - (may_vanish_ ? left_out : 0);
    query.best.add(Candidate::between(is_plain_ ? lower : lower * scale - 1e-8 * scale,
                                      (sum + left_out * kRoundUp + margin) * scale, position));
  }
  if (!plan_.top_n) return;
  query.best.compact([&](auto& candidates) { products_.resolve(query.position, candidates); });
  query.bound = query.best.bound();
}

/// Similarities are the cosines themselves here, and sums of zero are zero.
template <class Value>
void RowSearch<Value>::propose_to_both(const Tile& tile, const Meeting& meeting,
                                       std::int64_t n_found) {
  const auto& query = *meeting.query;
  const double margin = bounds_.margin(query.position);
  const float* remainders = tile.level_remainders(meeting.level);
  for (std::int64_t i = 0; i < n_found; ++i) {
    const auto row = found_rows_[i];
    const auto position = tile.begin + row;
    if (!query.ranges.contains(position)) continue;
    const double sum = found_values_[i];
    const double left_out = static_cast<double>(meeting.remainder) * remainders[row];
    const double added = bounds_.most_added(tile, meeting.dense.values, query.position, row);
    const double lower = bounds_.lowest(query.position, sum, added);
    const double upper = sum + left_out * kRoundUp + margin;
    if (!(upper < query.bound))
      query_offers_.push_back({query.position, Candidate::between(lower, upper, position)});
    if (!(upper < target_bounds_[row]))
      target_offers_.push_back({position, Candidate::between(lower, upper, query.position)});
  }
}

/// Adds to the lists of rows of one tile, and tells how far each list's bound has risen.
template <class Value>
template <class Raise>
void RowSearch<Value>::hand_over(std::vector<Offer>& offers, std::size_t tile, SharedBest& shared,
                                 Raise&& raise) {
  if (offers.empty()) return;
  const std::lock_guard guard(shared.lock_of(tile));
  constexpr std::size_t kAhead = 8;
  for (std::size_t i = 0; i < offers.size(); ++i) {
    if (i + kAhead < offers.size()) shared.prefetch_row(offers[i + kAhead].owner);
    const auto owner = offers[i].owner;
    if (shared.add(owner, offers[i].candidate)) continue;
    shared.load(owner, scratch_);
    scratch_.compact([&](auto& candidates) { products_.resolve(owner, candidates); });
    shared.store(owner, scratch_);
    raise(owner, scratch_.bound());
  }
  offers.clear();
}

/// Whether a row whose single-precision sum was too small to be proposed might belong to the
/// result: only where sums can cancel or vanish, and the result reaches down to their noise.
template <class Value>
bool RowSearch<Value>::sums_may_hide(const Query& query) const {
  if (!may_vanish_) return false;
  const double noise = 2.0 * bounds_.margin(query.position) * largest_length_ *
                       plan_.queries.prepared.lengths[query.position];
  return !(query.best.bound() > noise * (1 + 1e-6));
}

template <class Value>
void RowSearch<Value>::propose_everything(Query& query) {
  auto& candidates = query.best.candidates();
  candidates.clear();
  const auto add_range = [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t position = begin; position < end; ++position) {
      if (position != query.ranges.own) candidates.push_back(Candidate::between(-1, 1, position));
    }
  };
  add_range(query.ranges.begin, query.ranges.end);
  add_range(query.ranges.undated_begin, query.ranges.undated_end);
}

template <class Value>
void RowSearch<Value>::finish(Query& query, ChunkResult<Value>& out, const Stop& stop) {
  stop.check();
  auto& candidates = query.best.candidates();
  if (plan_.top_n) query.best.drop_hopeless();
  products_.resolve(query.position, candidates);
  if (plan_.top_n && may_vanish_) query.best.drop_hopeless();
  if (sums_may_hide(query)) {
    propose_everything(query);
    products_.resolve(query.position, candidates);
  }
  const auto& order = plan_.targets.order;
  std::sort(candidates.begin(), candidates.end(), [&](const auto& a, const auto& b) {
    return order.row(a.position) < order.row(b.position);
  });
  out.counts.push_back(static_cast<std::int64_t>(candidates.size()));
  for (const auto& candidate : candidates) {
    out.columns.push_back(static_cast<std::int32_t>(order.row(candidate.position)));
    out.values.push_back(static_cast<Value>(candidate.lower));
  }
}

template class RowSearch<float>;
template class RowSearch<double>;

}  // namespace samestory::similarity
