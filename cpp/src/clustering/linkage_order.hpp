#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "samestory/branches.hpp"

namespace samestory {

/// The nodes that a row joins, as whole numbers.
struct Children {
  explicit Children(const LinkageRow& row)
      : left(static_cast<std::int64_t>(row.left)), right(static_cast<std::int64_t>(row.right)) {}
  std::int64_t left;
  std::int64_t right;
};

/// Counts the merges at a level or above.
inline std::int64_t n_kept(std::span<const LinkageRow> linkage, double level) {
  const double farthest = 1.0 - level + 1e-12;
  const auto end = std::partition_point(linkage.begin(), linkage.end(), [&](const LinkageRow& row) {
    return row.distance <= farthest;
  });
  return end - linkage.begin();
}

/// Moves a merge to just below a level, unless it is farther below.
inline void lower_below(double level, LinkageRow& row) {
  row.distance = std::max(row.distance, 1.0 - level * (1.0 - 1e-6));
}

/// Marks the merges, from the first one on, below those that are marked.
void mark_below(std::span<const LinkageRow> linkage, std::int64_t n_leaves, std::int64_t first,
                std::vector<char>& marks);

/// The share of leaves that no merge at a level or above reaches.
double share_alone(std::span<const LinkageRow> linkage, std::int64_t n_leaves, double level);

/// The days of the leaves below a node.
std::vector<double> days_below(std::int64_t node, std::span<const LinkageRow> linkage,
                               std::span<const double> days);

/// The value below which a share of ascending numbers lie, between two by a straight line.
double quantile(std::span<const double> ascending, double share);

/// Orders merges by distance again, each after those it builds on, and numbers them anew.
Linkage sorted_linkage(Linkage linkage, std::int64_t n_leaves);

}  // namespace samestory
