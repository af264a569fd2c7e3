#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "samestory/graph_layout.hpp"

namespace samestory {

/// Points in the plane, grouped by square cells within cells, for sums over all of them in which
/// far groups count as one. Built anew for every round; the same points give the same tree.
class Quadtree {
 public:
  void build(std::span<const Point> points, std::span<const double> masses);

  /// The order of the points along the cells: near ones follow each other.
  std::span<const std::int32_t> order() const { return order_; }

  struct Repulsion {
    Point force;          ///< sum of m q^2 (y - other), q = 1 / (1 + distance^2)
    double nearness = 0;  ///< sum of m q
  };
  /// The sums over all points but the one itself.
  Repulsion repulsion(std::int32_t point, double opening) const;

 private:
  struct Cell {
    Point centre;  // of mass
    double mass = 0;
    double width = 0;
    std::int32_t begin = 0, end = 0;  // of order_
    std::int32_t next = 0;            // the cell after this one and all within it
    bool is_leaf = false;
  };
  void add_cell(std::int32_t begin, std::int32_t end, int level, double width);

  std::vector<std::int32_t> order_;
  std::vector<std::uint64_t> codes_;  // by place in order_
  std::vector<Point> points_;
  std::vector<double> masses_;
  std::vector<Cell> cells_;  // a cell, then what is within it
};

}  // namespace samestory
