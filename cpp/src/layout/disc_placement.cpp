#include "samestory/disc_placement.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <stdexcept>
#include <unordered_map>

#include "support/parallel.hpp"

namespace samestory {
namespace {

// Places on a sunflower's spiral, which cover the plane evenly (Vogel 1979).
const double kGoldenAngle = std::numbers::pi * (3 - std::sqrt(5.0));
// Places tried are this share of a disc's radius apart.
constexpr double kSpacing = 0.7;

/// The discs that are placed, found by the square cells they touch.
class PlacedDiscs {
 public:
  explicit PlacedDiscs(double cell_width) : cell_width_(cell_width) {}

  bool is_free(const Point& at, double radius) const {
    bool is_free = true;
    visit_cells(at, radius, [&](std::uint64_t cell) {
      const auto found = discs_.find(cell);
      if (found == discs_.end()) return true;
      for (const auto& disc : found->second) {
        const double dx = at.x - disc.at.x, dy = at.y - disc.at.y, reach = radius + disc.radius;
        if (dx * dx + dy * dy < reach * reach) return is_free = false;
      }
      return true;
    });
    return is_free;
  }

  void add(const Point& at, double radius) {
    visit_cells(at, radius, [&](std::uint64_t cell) {
      discs_[cell].push_back({at, radius});
      return true;
    });
  }

  std::uint64_t cell_of(const Point& at) const { return key(place(at.x), place(at.y)); }

 private:
  struct Disc {
    Point at;
    double radius;
  };

  std::int64_t place(double x) const { return std::llround(std::floor(x / cell_width_)); }
  static std::uint64_t key(std::int64_t x, std::int64_t y) {
    return static_cast<std::uint64_t>(x) << 32 ^ (static_cast<std::uint64_t>(y) & 0xFFFFFFFFull);
  }

  template <class Visit>
  void visit_cells(const Point& at, double radius, const Visit& visit) const {
    for (auto x = place(at.x - radius); x <= place(at.x + radius); ++x) {
      for (auto y = place(at.y - radius); y <= place(at.y + radius); ++y) {
        if (!visit(key(x, y))) return;
      }
    }
  }

  double cell_width_;
  std::unordered_map<std::uint64_t, std::vector<Disc>> discs_;
};

Point on_spiral(const Point& middle, std::int64_t step, double spacing) {
  const double distance = spacing * std::sqrt(static_cast<double>(step));
  const double angle = kGoldenAngle * static_cast<double>(step);
  return {middle.x + distance * std::cos(angle), middle.y + distance * std::sin(angle)};
}

void check(std::span<const Point> wanted, std::span<const double> radii, double gap) {
  if (wanted.size() != radii.size())
    throw std::invalid_argument("wanted and radii have to have an entry for every disc");
  if (!(gap >= 0 && std::isfinite(gap)))
    throw std::invalid_argument("gap has to be a number of 0 or more");
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (!(radii[i] > 0 && std::isfinite(radii[i])))
      throw std::invalid_argument("radii have to be finite numbers above 0");
    if (!(std::abs(wanted[i].x) < 1e9 * radii[i] && std::abs(wanted[i].y) < 1e9 * radii[i]))
      throw std::invalid_argument("wanted places have to be finite and within 1e9 radii");
  }
}

}  // namespace

std::vector<Point> disc_placement(std::span<const Point> wanted, std::span<const double> radii,
                                  double gap, const Control& control) {
  check(wanted, radii, gap);
  std::vector<Point> places;
  if (wanted.empty()) return places;
  const double least = *std::min_element(radii.begin(), radii.end()) + gap / 2;
  PlacedDiscs placed(4 * least);
  // Where a crowd has been searched in vain for one disc, the next as large begins further out.
  std::unordered_map<std::uint64_t, std::pair<double, std::int64_t>> searched;
  Poller poller(control);
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const double radius = radii[i] + gap / 2;
    auto& [searched_for, from] = searched[placed.cell_of(wanted[i])];
    std::int64_t step = radius >= searched_for ? from : 0;
    Point at = on_spiral(wanted[i], step, kSpacing * radius);
    while (!placed.is_free(at, radius)) {
      poller.step();
      at = on_spiral(wanted[i], ++step, kSpacing * radius);
    }
    searched_for = radius;
    from = step - step / 8;
    placed.add(at, radius);
    places.push_back(at);
  }
  return places;
}

}  // namespace samestory
