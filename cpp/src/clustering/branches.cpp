#include "samestory/branches.hpp"

#include <numeric>
#include <utility>

#include "clustering/linkage_order.hpp"

namespace samestory {
namespace {

/// Branches decide between the level g and g (1 + kWindow g).
constexpr double kWindow = 0.7;
/// The similarity that a story of one is granted when branches are compared, what it gains by each
/// share of leaves beyond a tenth that are alone, and the most that it comes to.
constexpr double kLoneSimilarity = 0.7, kLoneFrom = 0.1, kLoneGain = 0.8, kMostLone = 0.92;
/// What a split has to gain for each article.
constexpr double kMargin = 0.03;
constexpr double kLeast = 1e-3;

/// Where most leaves are alone, a link between two takes more evidence.
double lone_similarity(std::span<const LinkageRow> linkage, std::int64_t n, double level) {
  const double beyond = std::max(share_alone(linkage, n, level) - kLoneFrom, 0.0);
  return std::min(kLoneSimilarity + kLoneGain * beyond, kMostLone);
}

/// The silhouette on similarities.
double share(double own, double other) {
  return (own - other) / std::max({1.0 - own, 1.0 - other, kLeast});
}

/// Which merges lie within a story.
std::vector<char> kept_merges(std::span<const LinkageRow> linkage, std::int64_t n, double level) {
  const auto nodes = node_similarities(linkage, n, lone_similarity(linkage, n, level));
  const double top = level * (1.0 + kWindow * level);
  std::vector<double> best(nodes.size.size());
  for (std::size_t node = 0; node < best.size(); ++node)
    best[node] = nodes.size[node] * share(nodes.own[node], nodes.up[node]);
  std::vector<char> joins(linkage.size(), 1);
  for (std::size_t k = 0; k < linkage.size(); ++k) {
    const double similarity = 1.0 - linkage[k].distance;
    if (similarity >= top) continue;
    const Children children(linkage[k]);
    const auto node = static_cast<std::size_t>(n) + k;
    const double parts = best[children.left] + best[children.right];
    if (similarity < level || parts > best[node] + kMargin * nodes.size[node]) {
      best[node] = parts;
      joins[k] = 0;
    }
  }
  mark_below(linkage, n, 0, joins);
  return joins;
}

}  // namespace

NodeSimilarities node_similarities(std::span<const LinkageRow> linkage, std::int64_t n_leaves,
                                   double lone_similarity) {
  const auto n_nodes = static_cast<std::size_t>(n_leaves) + linkage.size();
  NodeSimilarities nodes{std::vector<double>(n_nodes, 1.0),
                         std::vector<double>(n_nodes, lone_similarity),
                         std::vector<double>(n_nodes, 0.0)};
  std::vector<double> within(n_nodes, 0.0);  // similarity summed over pairs of leaves
  for (std::size_t k = 0; k < linkage.size(); ++k) {
    const auto node = static_cast<std::size_t>(n_leaves) + k;
    const auto [left, right] = Children(linkage[k]);
    const double similarity = 1.0 - linkage[k].distance;
    const double size = linkage[k].size;
    within[node] = within[left] + within[right] + nodes.size[left] * nodes.size[right] * similarity;
    nodes.size[node] = size;
    nodes.own[node] = within[node] / (size * (size - 1.0) / 2.0);
    nodes.up[left] = nodes.up[right] = similarity;
  }
  return nodes;
}

void mark_below(std::span<const LinkageRow> linkage, std::int64_t n_leaves, std::int64_t first,
                std::vector<char>& marks) {
  for (auto k = std::ssize(linkage) - 1; k >= first; --k) {
    if (!marks[k]) continue;
    const Children children(linkage[k]);
    for (const auto child : {children.left, children.right}) {
      if (child >= n_leaves + first) marks[child - n_leaves] = 1;
    }
  }
}

double share_alone(std::span<const LinkageRow> linkage, std::int64_t n_leaves, double level) {
  std::int64_t n_merged = 0;
  for (const auto& row : linkage.first(n_kept(linkage, level))) {
    const Children children(row);
    n_merged += (children.left < n_leaves) + (children.right < n_leaves);
  }
  return 1.0 - static_cast<double>(n_merged) / static_cast<double>(n_leaves);
}

Linkage sorted_linkage(Linkage linkage, std::int64_t n_leaves) {
  std::vector<std::int64_t> order(linkage.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](auto a, auto b) { return linkage[a].distance < linkage[b].distance; });
  std::vector<double> number(linkage.size());
  for (std::size_t i = 0; i < order.size(); ++i)
    number[order[i]] = static_cast<double>(n_leaves) + static_cast<double>(i);
  const auto numbered = [&](double node) {
    return node < static_cast<double>(n_leaves)
               ? node
               : number[static_cast<std::int64_t>(node) - n_leaves];
  };
  Linkage sorted;
  sorted.reserve(linkage.size());
  for (const auto k : order) {
    const auto& row = linkage[k];
    const auto [left, right] = std::minmax({numbered(row.left), numbered(row.right)});
    sorted.push_back({left, right, row.distance, row.size});
  }
  return sorted;
}

Linkage settled_branches(Linkage linkage, std::int64_t n_leaves, double level) {
  const auto kept = kept_merges(linkage, n_leaves, level);
  // Those that were below the level anyway move too, or one could come before a part of it.
  for (std::size_t k = 0; k < linkage.size(); ++k) {
    if (!kept[k]) lower_below(level, linkage[k]);
  }
  return sorted_linkage(std::move(linkage), n_leaves);
}

}  // namespace samestory
