#include "samestory/dendrogram.hpp"

#include <algorithm>
#include <deque>
#include <numeric>
#include <stdexcept>

namespace samestory {
namespace {

struct Tree {
  std::int64_t node;
  std::int64_t size;
};

void append(std::vector<double>& linkage, const Tree& a, const Tree& b, double distance) {
  linkage.push_back(static_cast<double>(std::min(a.node, b.node)));
  linkage.push_back(static_cast<double>(std::max(a.node, b.node)));
  linkage.push_back(distance);
  linkage.push_back(static_cast<double>(a.size + b.size));
}

/// The trees after all merges, those with the lowest node first.
std::deque<Tree> remaining_trees(const Dendrogram& dendrogram) {
  const auto n_nodes = dendrogram.n_rows + dendrogram.n_merges();
  std::vector<bool> is_root(n_nodes, true);
  for (std::int64_t m = 0; m < dendrogram.n_merges(); ++m)
    is_root[dendrogram.left[m]] = is_root[dendrogram.right[m]] = false;
  std::deque<Tree> trees;
  for (std::int64_t node = 0; node < n_nodes; ++node) {
    if (!is_root[node]) continue;
    trees.push_back(
        {node, node < dendrogram.n_rows ? 1 : dendrogram.size[node - dendrogram.n_rows]});
  }
  return trees;
}

}  // namespace

Dendrogram make_dendrogram(std::int64_t n_rows, std::span<const FoundMerge> merges) {
  std::vector<double> height(n_rows, 1.0e300);
  std::vector<double> lowered(merges.size());
  for (std::size_t m = 0; m < merges.size(); ++m) {
    const auto [lower, higher, similarity] = merges[m];
    lowered[m] = std::min({similarity, height[lower], height[higher]});
    height[lower] = lowered[m];
  }
  std::vector<std::int64_t> order(merges.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](auto a, auto b) { return lowered[a] > lowered[b]; });

  Dendrogram result{n_rows, {}, {}, {}, {}};
  std::vector<Tree> trees(n_rows);
  for (std::int64_t row = 0; row < n_rows; ++row)
    trees[row] = {row, 1};
  for (const auto m : order) {
    auto& a = trees[merges[m].lower];
    const auto& b = trees[merges[m].higher];
    result.left.push_back(std::min(a.node, b.node));
    result.right.push_back(std::max(a.node, b.node));
    result.similarity.push_back(lowered[m]);
    result.size.push_back(a.size + b.size);
    a = {n_rows + result.n_merges() - 1, a.size + b.size};
  }
  return result;
}

std::vector<double> to_linkage(const Dendrogram& dendrogram) {
  const auto n = dendrogram.n_rows;
  std::vector<double> linkage;
  linkage.reserve(n > 0 ? 4 * (n - 1) : 0);
  const auto tree = [&](std::int64_t node) {
    return Tree{node, node < n ? 1 : dendrogram.size[node - n]};
  };
  for (std::int64_t m = 0; m < dendrogram.n_merges(); ++m) {
    append(linkage, tree(dendrogram.left[m]), tree(dendrogram.right[m]),
           std::max(0.0, 1 - dendrogram.similarity[m]));
  }
  // Two by two, so that many trees do not become one deep chain.
  auto trees = remaining_trees(dendrogram);
  for (auto node = n + dendrogram.n_merges(); trees.size() > 1; ++node) {
    const auto a = trees[0];
    const auto b = trees[1];
    trees.erase(trees.begin(), trees.begin() + 2);
    append(linkage, a, b, 1.0);
    trees.push_back({node, a.size + b.size});
  }
  return linkage;
}

std::vector<std::int64_t> ordered_labels(std::span<const std::int32_t> labels) {
  struct Group {
    std::int64_t size = 0;
    std::int64_t first = 0;
    std::int32_t label = 0;
  };
  const auto highest = labels.empty() ? -1 : *std::max_element(labels.begin(), labels.end());
  std::vector<Group> groups(static_cast<std::size_t>(highest) + 1);
  for (auto row = std::ssize(labels) - 1; row >= 0; --row) {
    auto& group = groups[labels[row]];
    ++group.size;
    group.first = row;
    group.label = labels[row];
  }
  std::sort(groups.begin(), groups.end(), [](const Group& a, const Group& b) {
    return a.size != b.size ? a.size > b.size : a.first < b.first;
  });
  std::vector<std::int64_t> rank(groups.size());
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (groups[i].size > 0) rank[groups[i].label] = static_cast<std::int64_t>(i);
  }
  std::vector<std::int64_t> result(labels.size());
  for (std::size_t row = 0; row < labels.size(); ++row)
    result[row] = rank[labels[row]];
  return result;
}

std::vector<std::int64_t> labels_after(const Dendrogram& dendrogram, std::int64_t n_merges) {
  if (n_merges < 0 || n_merges > dendrogram.n_merges()) {
    throw std::out_of_range("the number of merges has to be between 0 and that of the dendrogram");
  }
  const auto n = dendrogram.n_rows;
  // From the last merge down, every node takes its parent's name.
  std::vector<std::int32_t> name(n + n_merges);
  std::iota(name.begin(), name.end(), 0);
  for (auto m = n_merges - 1; m >= 0; --m)
    name[dendrogram.left[m]] = name[dendrogram.right[m]] = name[n + m];
  // Names of merges lie past the rows: give every cluster the name of its first row.
  std::vector<std::int32_t> first(n + n_merges, -1);
  std::vector<std::int32_t> labels(n);
  for (std::int64_t row = 0; row < n; ++row) {
    auto& seen = first[name[row]];
    if (seen < 0) seen = static_cast<std::int32_t>(row);
    labels[row] = seen;
  }
  return ordered_labels(labels);
}

std::int64_t merges_at(const Dendrogram& dendrogram, double similarity) {
  const auto& levels = dendrogram.similarity;
  const auto end = std::partition_point(levels.begin(), levels.end(),
                                        [&](double level) { return level >= similarity; });
  return end - levels.begin();
}

}  // namespace samestory
