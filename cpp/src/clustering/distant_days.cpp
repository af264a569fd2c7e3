// Parts of a large story that lie far from its days: other events in the same words.
#include <cmath>
#include <utility>

#include "clustering/linkage_order.hpp"
#include "samestory/branches.hpp"

namespace samestory {
namespace {

/// A part belongs if any of it is this near to the days of the middle half of the story.
constexpr double kNearDays = 14.0;
/// Merges this near to the level are those that made a large story whole.
constexpr double kTolerance = 1e-12;

bool is_raised(const LinkageRow& row, double level) {
  return std::abs(row.distance - (1.0 - level)) <= kTolerance;
}

/// The raised merges of one story, and the nodes that they join.
struct RaisedParts {
  std::vector<std::int64_t> merges;
  std::vector<std::int64_t> nodes;
};

RaisedParts raised_parts(std::int64_t top, std::span<const LinkageRow> linkage, std::int64_t n,
                         double level) {
  RaisedParts found;
  std::vector<std::int64_t> waiting{n + top};
  while (!waiting.empty()) {
    const auto node = waiting.back();
    waiting.pop_back();
    if (node < n || !is_raised(linkage[node - n], level)) {
      found.nodes.push_back(node);
      continue;
    }
    found.merges.push_back(node - n);
    const Children children(linkage[node - n]);
    waiting.insert(waiting.end(), {children.left, children.right});
  }
  std::sort(found.merges.begin(), found.merges.end());
  std::sort(found.nodes.begin(), found.nodes.end());
  return found;
}

/// The days around the middle half of a story.
struct Window {
  double first;
  double last;
};

Window window_around(std::vector<double> days) {
  std::erase_if(days, [](double day) { return std::isnan(day); });
  if (days.empty()) return {};
  std::sort(days.begin(), days.end());
  return {quantile(days, 0.25) - kNearDays, quantile(days, 0.75) + kNearDays};
}

/// Whether some days are known, and none of them lies in the window.
bool is_distant(std::span<const double> days, const Window& window) {
  bool is_dated = false;
  for (const double day : days) {
    if (day >= window.first && day <= window.last) return false;
    is_dated |= !std::isnan(day);
  }
  return is_dated;
}

/// Writes the merges of a story anew: one part after the other, and from `end_of_near` on below
/// the level.
void chain(Linkage& linkage, std::int64_t n, double level, const RaisedParts& parts,
           std::size_t end_of_near) {
  const auto size_of = [&](std::int64_t node) { return node < n ? 1.0 : linkage[node - n].size; };
  auto node = parts.nodes.front();
  double size = size_of(node);
  for (std::size_t i = 0; i < parts.merges.size(); ++i) {
    const auto part = parts.nodes[i + 1];
    size += size_of(part);
    auto& row = linkage[parts.merges[i]];
    row = {static_cast<double>(node), static_cast<double>(part), 1.0 - level, size};
    if (i + 1 >= end_of_near) lower_below(level, row);
    node = n + parts.merges[i];
  }
}

}  // namespace

Linkage parted_distant_days(Linkage linkage, double level, std::span<const double> days,
                            std::int64_t least_size) {
  const auto n = std::ssize(days);
  std::vector<char> is_top(linkage.size());
  for (std::size_t k = 0; k < linkage.size(); ++k) {
    if (!is_raised(linkage[k], level)) continue;
    is_top[k] = linkage[k].size >= static_cast<double>(least_size);
    const Children children(linkage[k]);
    for (const auto child : {children.left, children.right}) {
      if (child >= n) is_top[child - n] = 0;
    }
  }
  // Stories have no merge in common: what one has become does not matter to the next.
  for (std::size_t k = 0; k < linkage.size(); ++k) {
    if (!is_top[k]) continue;
    const auto top = static_cast<std::int64_t>(k);
    auto parts = raised_parts(top, linkage, n, level);
    const auto window = window_around(days_below(n + top, linkage, days));
    const auto end_of_near = std::stable_partition(
        parts.nodes.begin(), parts.nodes.end(),
        [&](std::int64_t part) { return !is_distant(days_below(part, linkage, days), window); });
    if (end_of_near != parts.nodes.end())
      chain(linkage, n, level, parts, static_cast<std::size_t>(end_of_near - parts.nodes.begin()));
  }
  return sorted_linkage(std::move(linkage), n);
}

}  // namespace samestory
