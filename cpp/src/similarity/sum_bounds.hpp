#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>

#include "similarity/search_plan.hpp"

namespace samestory::similarity {

/// What the single-precision sum of a query and a target says of their exact similarity. Queries
/// and targets are positions in the orders of their sides.
template <class Value>
class SumBounds {
 public:
  explicit SumBounds(const SearchPlan<Value>& plan)
      : plan_(plan),
        may_vanish_(plan.queries.prepared.may_vanish || plan.targets.prepared.may_vanish) {}

  /// Whether products can cancel or be too small for single precision.
  bool may_vanish() const { return may_vanish_; }

  /// How far the cosine can be above what a sum and the parts left out of it come to.
  double margin(std::int64_t query) const {
    // Where products may cancel, what postings are too large by does not only add.
    return plan_.queries.prepared.margins[query] + (may_vanish_ ? kPostingExcess : 0);
  }

  double largest_margin(std::span<const std::int64_t> queries) const {
    float largest = 0;
    for (const auto query : queries)
      largest = std::max(largest, plan_.queries.prepared.margins[query]);
    return largest;
  }

  /// What the cosine is at least, where at most `added` was added to the sum.
  double lowest(std::int64_t query, double sum, double added) const {
    return (may_vanish_ ? sum : sum * (1 - kPostingExcess)) - added - margin(query);
  }

  /// What the sum of a row of the tile may have too much by settling dense features and by twins.
  template <class DenseValues>
  double most_added(const Tile& tile, const DenseValues& dense, std::int64_t query,
                    std::int64_t row) const {
    return 2 * tile.dense.error(dense, row) + plan_.queries.prepared.losses[query] +
           plan_.targets.prepared.losses[tile.begin + row];
  }

  /// A similarity is the cosine times this.
  double factor(std::int64_t query, double time, std::int64_t target) const {
    double factor = plan_.queries.prepared.lengths[query] * plan_.targets.prepared.lengths[target];
    if (plan_.half_life) {
      factor *= std::exp2(-plan_.targets.order.gap(time, target) / *plan_.half_life);
    }
    return factor;
  }

  /// At the most, for all rows of a tile.
  double largest_factor(std::int64_t query, double time, const Tile& tile) const {
    double largest = plan_.queries.prepared.lengths[query] * tile.largest_length;
    if (plan_.half_life) {
      const double gap = plan_.targets.order.least_gap(time, tile.begin, tile.end);
      largest *= std::exp2(-gap / *plan_.half_life) * (1 + 1e-9);
    }
    return largest;
  }

 private:
  const SearchPlan<Value>& plan_;
  bool may_vanish_;
};

}  // namespace samestory::similarity
