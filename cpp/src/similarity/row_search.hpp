#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "similarity/best_list.hpp"
#include "similarity/dense_sums.hpp"
#include "similarity/exact_products.hpp"
#include "similarity/search_plan.hpp"
#include "similarity/shared_best.hpp"
#include "similarity/sum_bounds.hpp"
#include "support/parallel.hpp"

namespace samestory::similarity {

/// Which targets a query of a join with itself is compared with.
enum class Scope { others, earlier };

/// The kept pairs of consecutive queries, each query's sorted by target row.
template <class Value>
struct ChunkResult {
  std::vector<std::int64_t> counts;
  Buffer<std::int32_t> columns;
  Buffer<Value> values;
};

/// Searches the targets for a chunk of queries, tile by tile, so that a tile stays in the cache
/// while the queries pass. Single-precision sums propose candidates: as in L2AP (Anastasiu and
/// Karypis, 2014) the most frequent features of a query may be left out of a sum and bounded by
/// the product of the norms of what was left out. Candidates are then verified exactly.
template <class Value>
class RowSearch {
 public:
  explicit RowSearch(const SearchPlan<Value>& plan);
  /// What one search takes, up to the candidates of a join by threshold.
  static std::int64_t work_bytes(const SearchPlan<Value>& plan);

  /// Appends the results of these queries (positions in the order of the queries' side).
  void run(std::span<const std::int64_t> queries, Scope scope, const Stop& stop,
           ChunkResult<Value>& out);

  /// The steps of a join with itself that compares each pair once, for consecutive rows of a tile:
  /// their best in their own tile, where all of its pairs are met from both sides ...
  void search_home(std::span<const std::int64_t> queries, std::size_t home, SharedBest& shared,
                   const Stop& stop);
  /// ... then all pairs with rows of earlier tiles, for both sides; all tiles' homes come first ...
  void search_earlier(std::span<const std::int64_t> queries, std::size_t home, SharedBest& shared,
                      const Stop& stop);
  /// ... and what came of it, when everything has been searched.
  void take(std::span<const std::int64_t> queries, SharedBest& shared, const Stop& stop,
            ChunkResult<Value>& out);

  /// Where products take long, before that: drops what cannot matter any more of each list ...
  void settle(std::span<const std::int64_t> queries, SharedBest& shared);
  /// ... finds the exact similarities, those that two lists need for the later row's list alone ...
  void verify(std::span<const std::int64_t> queries, SharedBest& shared, const Stop& stop);
  /// ... and gives the earlier rows' lists what the later ones' say.
  void copy_verified(std::span<const std::int64_t> queries, SharedBest& shared);

 private:
  struct Query {
    std::int64_t position = 0;
    double time = std::numeric_limits<double>::quiet_NaN();
    TargetRanges ranges;
    BestList best;
    double bound = 0;  ///< the list's, as last seen
  };
  /// A candidate for the list of a row that others may be adding to.
  struct Offer {
    std::int64_t owner;
    Candidate candidate;
  };
  /// How one query meets one tile.
  struct Meeting {
    Query* query;
    int level = 0;
    float remainder = 0;
    float bound = 0;
    std::int64_t n_postings = 0;
    std::size_t lists_begin = 0, lists_end = 0;
    DenseQuery dense = {};
  };
  struct WeightedList {
    const Posting* postings;
    std::uint32_t size;
    float weight;
  };

  std::span<Query> start_queries(std::span<const std::int64_t> positions, Scope scope);
  std::vector<std::size_t> tiles_by_nearness(std::span<const std::int64_t> queries) const;
  void search_tile(const Tile& tile, std::span<Query> queries, const Stop& stop);
  void search_batch(const Tile& tile, std::span<Query> batch);
  void plan_meetings(const Tile& tile, std::span<Query> batch);
  double cut_share(std::int64_t position) const;
  void choose_level(const Tile& tile, Meeting& meeting) const;
  void look_up_features(const Tile& tile, Meeting& meeting);
  void add_lists(const Meeting& meeting, float* sums) const;
  std::int64_t collect_touched(const Tile& tile, const Meeting& meeting, float* sums);
  void raise_bound_by_maxima(const Tile& tile, Meeting& meeting, const float* sums);
  const float* excess_of_sums(const Tile& tile, const Meeting& meeting);
  bool few_are_touched(const Tile& tile, const Meeting& meeting) const;
  std::int64_t collect(const Tile& tile, const Meeting& meeting, float* sums);
  void propose(const Tile& tile, const Meeting& meeting, std::int64_t n_found);
  void propose_to_both(const Tile& tile, const Meeting& meeting, std::int64_t n_found);
  template <class Raise>
  void hand_over(std::vector<Offer>& offers, std::size_t tile, SharedBest& shared, Raise&& raise);
  void finish(Query& query, ChunkResult<Value>& out, const Stop& stop);
  bool sums_may_hide(const Query& query) const;
  void propose_everything(Query& query);

  const SearchPlan<Value>& plan_;
  bool is_plain_;  // a similarity is the cosine itself
  SumBounds<Value> bounds_;
  bool may_vanish_;
  double largest_length_ = 0;
  std::int64_t stride_;
  ExactProducts<Value> products_;
  DenseSums dense_;
  std::vector<Query> queries_;
  std::vector<Meeting> meetings_;
  std::vector<WeightedList> lists_;
  AlignedFloats sums_;  // the largest batch times `stride_`, zero between searches of tiles
  Buffer<std::int32_t> found_rows_;
  Buffer<float> found_values_;
  Buffer<float> maxima_;
  Buffer<float> excess_;
  // While pairs are compared for both sides: what the targets still take, and what was found.
  TileBounds target_bounds_;
  bool is_for_both_ = false;
  std::vector<Offer> target_offers_, query_offers_;
  BestList scratch_;
};

}  // namespace samestory::similarity
