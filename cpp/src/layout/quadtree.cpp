#include "layout/quadtree.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

namespace samestory {
namespace {

constexpr int kLevels = 20;
constexpr std::int32_t kLeafSize = 6;

/// Sets the 32 bits of a number apart, so that two can be interleaved (Morton order).
std::uint64_t spread_bits(std::uint64_t bits) {
  bits = (bits | bits << 16) & 0x0000FFFF0000FFFFull;
  bits = (bits | bits << 8) & 0x00FF00FF00FF00FFull;
  bits = (bits | bits << 4) & 0x0F0F0F0F0F0F0F0Full;
  bits = (bits | bits << 2) & 0x3333333333333333ull;
  return (bits | bits << 1) & 0x5555555555555555ull;
}

struct Square {
  double left, bottom, width;

  explicit Square(std::span<const Point> points) : left(0), bottom(0), width(1) {
    if (points.empty()) return;
    const auto [x_low, x_high] = std::minmax_element(points.begin(), points.end(),
                                                     [](auto& a, auto& b) { return a.x < b.x; });
    const auto [y_low, y_high] = std::minmax_element(points.begin(), points.end(),
                                                     [](auto& a, auto& b) { return a.y < b.y; });
    left = x_low->x;
    bottom = y_low->y;
    width = std::max({x_high->x - left, y_high->y - bottom, 1e-12});
  }

  std::uint64_t code(const Point& point) const {
    const double cells = static_cast<double>(1 << kLevels);
    const auto place = [&](double offset) {
      return static_cast<std::uint64_t>(std::clamp(offset / width * cells, 0.0, cells - 1));
    };
    return spread_bits(place(point.x - left)) | spread_bits(place(point.y - bottom)) << 1;
  }
};

}  // namespace

void Quadtree::build(std::span<const Point> points, std::span<const double> masses) {
  points_.assign(points.begin(), points.end());
  masses_.assign(masses.begin(), masses.end());
  const Square square(points);
  std::vector<std::pair<std::uint64_t, std::int32_t>> keys(points.size());
  for (std::size_t i = 0; i < points.size(); ++i)
    keys[i] = {square.code(points[i]), static_cast<std::int32_t>(i)};
  std::sort(keys.begin(), keys.end());
  order_.resize(keys.size());
  codes_.resize(keys.size());
  for (std::size_t i = 0; i < keys.size(); ++i)
    std::tie(codes_[i], order_[i]) = keys[i];
  cells_.clear();
  if (!order_.empty()) add_cell(0, static_cast<std::int32_t>(order_.size()), 0, square.width);
}

void Quadtree::add_cell(std::int32_t begin, std::int32_t end, int level, double width) {
  const auto place = cells_.size();
  Cell cell;
  cell.width = width;
  cell.begin = begin;
  cell.end = end;
  for (auto i = begin; i < end; ++i) {
    const double mass = masses_[order_[i]];
    cell.mass += mass;
    cell.centre.x += mass * points_[order_[i]].x;
    cell.centre.y += mass * points_[order_[i]].y;
  }
  cell.centre.x /= cell.mass;
  cell.centre.y /= cell.mass;
  cell.is_leaf = end - begin <= kLeafSize || level == kLevels;
  cells_.push_back(cell);
  if (!cell.is_leaf) {
    const int shift = 2 * (kLevels - 1 - level);
    for (auto from = begin; from < end;) {
      const auto quarter = codes_[from] >> shift;
      const auto to =
          std::partition_point(codes_.begin() + from, codes_.begin() + end,
                               [&](std::uint64_t code) { return code >> shift == quarter; });
      const auto until = static_cast<std::int32_t>(to - codes_.begin());
      add_cell(from, until, level + 1, width / 2);
      from = until;
    }
  }
  cells_[place].next = static_cast<std::int32_t>(cells_.size());
}

Quadtree::Repulsion Quadtree::repulsion(std::int32_t point, double opening) const {
  const Point at = points_[point];
  const double wide = opening * opening;
  Repulsion sum;
  const auto add = [&](double dx, double dy, double mass) {
    const double q = 1.0 / (1.0 + dx * dx + dy * dy);
    sum.nearness += mass * q;
    sum.force.x += mass * q * q * dx;
    sum.force.y += mass * q * q * dy;
  };
  for (std::size_t i = 0; i < cells_.size();) {
    const Cell& cell = cells_[i];
    const double dx = at.x - cell.centre.x, dy = at.y - cell.centre.y;
    if (cell.width * cell.width < wide * (dx * dx + dy * dy)) {
      add(dx, dy, cell.mass);
      i = static_cast<std::size_t>(cell.next);
    } else if (cell.is_leaf) {
      for (auto k = cell.begin; k < cell.end; ++k) {
        const auto other = order_[k];
        if (other == point) continue;
        add(at.x - points_[other].x, at.y - points_[other].y, masses_[other]);
      }
      i = static_cast<std::size_t>(cell.next);
    } else {
      ++i;
    }
  }
  return sum;
}

}  // namespace samestory
