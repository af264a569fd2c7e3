#pragma once

#include <span>
#include <vector>

#include "clustering/agglomeration.hpp"

namespace samestory {

/// Rewrites the links of one cluster, or of two that join, in the names that hold after a round.
class LinkRewriter {
 public:
  explicit LinkRewriter(std::span<const std::int32_t> partner) : partner_(partner) {}

  /// The links of `pair.lower` (and `pair.higher`, unless that is -1) after the round, into `out`.
  void rewrite(const ClusterPair& pair, std::span<const Link> of_lower,
               std::span<const Link> of_higher, std::vector<Link>& out);

 private:
  /// An old link under its new name. Between clusters {A, B} and {E, F} there are four: slot 0 is
  /// A to E, 1 A to F, 2 B to E, 3 B to F; A and E are the lower names.
  struct Item {
    std::int32_t name;
    std::int32_t slot;
    double total;
  };
  void collect(const ClusterPair& pair, std::span<const Link> links, std::int32_t slot);
  void sort_items();
  static Link combined(std::span<const Item> items);

  std::span<const std::int32_t> partner_;
  std::vector<Item> items_;
  std::vector<Item> renamed_;
};

}  // namespace samestory
