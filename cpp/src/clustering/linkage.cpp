#include "samestory/linkage.hpp"

#include <algorithm>
#include <numeric>

namespace samestory {

Linkage linkage_of(const Dendrogram& dendrogram) {
  Linkage linkage;
  linkage.reserve(dendrogram.similarity.size());
  for (std::int64_t m = 0; m < dendrogram.n_merges(); ++m) {
    linkage.push_back(
        {static_cast<double>(dendrogram.left[m]), static_cast<double>(dendrogram.right[m]),
         std::max(0.0, 1 - dendrogram.similarity[m]), static_cast<double>(dendrogram.size[m])});
  }
  return linkage;
}

std::vector<std::int64_t> labels_at(std::span<const LinkageRow> linkage, std::int64_t n_leaves,
                                    double level) {
  const auto kept =
      std::partition_point(linkage.begin(), linkage.end(),
                           [&](const LinkageRow& row) { return row.distance <= 1 - level; }) -
      linkage.begin();
  // From the last merge down, every node takes its parent's name.
  std::vector<std::int64_t> name(static_cast<std::size_t>(n_leaves + kept));
  std::iota(name.begin(), name.end(), 0);
  for (auto k = kept - 1; k >= 0; --k) {
    const Children of(linkage[k]);
    name[of.left] = name[of.right] = name[n_leaves + k];
  }
  std::vector<std::int32_t> first(name.size(), -1);
  std::vector<std::int32_t> group(static_cast<std::size_t>(n_leaves));
  for (std::int64_t leaf = 0; leaf < n_leaves; ++leaf) {
    auto& seen = first[name[leaf]];
    if (seen < 0) seen = static_cast<std::int32_t>(leaf);
    group[leaf] = seen;
  }
  return ordered_labels(group);
}

std::vector<std::int64_t> order_by_distance(std::span<const LinkageRow> linkage) {
  std::vector<std::int64_t> order(linkage.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](auto a, auto b) { return linkage[a].distance < linkage[b].distance; });
  return order;
}

Linkage reordered(std::span<const LinkageRow> linkage, std::int64_t n_leaves,
                  std::span<const std::int64_t> order) {
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

}  // namespace samestory
