#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "samestory/dendrogram.hpp"

namespace samestory {

/// A row of SciPy's linkage matrix: two nodes, a distance, and the leaves below both. Row k makes
/// node n + k over n leaves; rows ascend by distance, and may end before everything is one tree.
struct LinkageRow {
  double left;
  double right;
  double distance;
  double size;
};

using Linkage = std::vector<LinkageRow>;

/// The nodes that a row joins, as whole numbers.
struct Children {
  explicit Children(const LinkageRow& row)
      : left(static_cast<std::int64_t>(row.left)), right(static_cast<std::int64_t>(row.right)) {}
  std::int64_t left;
  std::int64_t right;
};

/// The merges at distance 1 - similarity.
Linkage linkage_of(const Dendrogram& dendrogram);

/// Labels of the leaves when merges up to a distance of 1 - level are kept: 0 the largest, ties by
/// first leaf.
std::vector<std::int64_t> labels_at(std::span<const LinkageRow> linkage, std::int64_t n_leaves,
                                    double level);

/// The order of rows by their distance, each after those that it builds on: a stable sort, for rows
/// whose distances never fall from a row to one that builds on it.
std::vector<std::int64_t> order_by_distance(std::span<const LinkageRow> linkage);

/// The rows in another order, their nodes numbered anew.
Linkage reordered(std::span<const LinkageRow> linkage, std::int64_t n_leaves,
                  std::span<const std::int64_t> order);

}  // namespace samestory
