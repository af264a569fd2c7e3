// Gaps in time: what two events of one kind, months apart, have and one story has not.
#include <cmath>
#include <limits>
#include <utility>

#include "clustering/linkage_order.hpp"
#include "samestory/branches.hpp"

namespace samestory {
namespace {

/// Across a gap of a month a merge counts two thirds of its similarity, of several months half.
constexpr double kScaleDays = 30.0, kFloor = 0.5;

/// The share of its similarity that a merge across a gap keeps.
double faded(double gap_days) {
  return kFloor + (1.0 - kFloor) * std::exp(-gap_days / kScaleDays);
}

/// The first and the last day of a branch; the first is later than the last where no day is known.
struct Span {
  double begin = std::numeric_limits<double>::infinity();
  double end = -std::numeric_limits<double>::infinity();
};

double gap_between(const Span& a, const Span& b) {
  const bool is_dated = a.begin <= a.end && b.begin <= b.end;
  return is_dated ? std::max({a.begin - b.end, b.begin - a.end, 0.0}) : 0.0;
}

/// Which of the first merges a gap weakens below the level, and those that build on one of them.
std::vector<char> weakened(std::span<const LinkageRow> linkage, double level,
                           std::span<const double> days) {
  const auto n = std::ssize(days);
  std::vector<Span> spans(days.size());
  spans.reserve(days.size() + linkage.size());
  for (std::size_t leaf = 0; leaf < days.size(); ++leaf) {
    if (!std::isnan(days[leaf])) spans[leaf] = {days[leaf], days[leaf]};
  }
  std::vector<char> refused(linkage.size());
  const auto is_refused = [&](std::int64_t node) { return node >= n && refused[node - n]; };
  for (std::size_t k = 0; k < linkage.size(); ++k) {
    const Children children(linkage[k]);
    const auto a = spans[children.left], b = spans[children.right];
    const double distance = linkage[k].distance;
    // Copies and pairs that the user links are at distance 0: they stay together.
    const bool is_parted =
        distance > 0.0 && (1.0 - distance) * faded(gap_between(a, b)) < level - 1e-12;
    refused[k] = is_parted || is_refused(children.left) || is_refused(children.right);
    spans.push_back({std::min(a.begin, b.begin), std::max(a.end, b.end)});
  }
  return refused;
}

}  // namespace

Linkage parted_at_gaps(Linkage linkage, double level, std::span<const double> days) {
  const bool is_dated = std::any_of(days.begin(), days.end(), [](double d) { return d == d; });
  if (!is_dated) return linkage;
  const auto first_below = static_cast<std::size_t>(n_kept(linkage, level));
  const auto refused = weakened(std::span(linkage).first(first_below), level, days);
  for (std::size_t k = 0; k < linkage.size(); ++k) {
    if (k >= first_below || refused[k]) lower_below(level, linkage[k]);
  }
  return sorted_linkage(std::move(linkage), std::ssize(days));
}

}  // namespace samestory
