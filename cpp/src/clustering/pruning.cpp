// Which branches are whole at which factor on all prices: weakest-link pruning, from leaves to
// roots.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include "samestory/worth.hpp"

namespace samestory {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// The branches that are whole at the lowest prices, as leftist heaps (Crane 1972) of merges, the
/// one that is broken up first as the factor rises on top.
class Heaps {
 public:
  explicit Heaps(std::vector<double>& factor)
      : factor_(factor),
        left_(factor.size(), -1),
        right_(factor.size(), -1),
        rank_(factor.size(), 1) {}

  std::int64_t melded(std::int64_t a, std::int64_t b) {
    // From the top down along the right spines, which are logarithmic; then up again, for the
    // ranks.
    std::vector<std::int64_t> spine;
    while (a >= 0 && b >= 0) {
      if (factor_[b] < factor_[a]) std::swap(a, b);
      spine.push_back(a);
      a = right_[a];
    }
    auto rest = a >= 0 ? a : b;
    for (auto top = spine.rbegin(); top != spine.rend(); ++top) {
      right_[*top] = rest;
      if (rank_of(left_[*top]) < rank_of(right_[*top])) std::swap(left_[*top], right_[*top]);
      rank_[*top] = rank_of(right_[*top]) + 1;
      rest = *top;
    }
    return rest;
  }

  std::int64_t without_top(std::int64_t heap) { return melded(left_[heap], right_[heap]); }

  std::int64_t with_new_top(std::int64_t top, std::int64_t heap) {
    left_[top] = heap;
    return top;
  }

 private:
  int rank_of(std::int64_t merge) const { return merge < 0 ? 0 : rank_[merge]; }

  std::vector<double>& factor_;
  std::vector<std::int64_t> left_, right_;
  std::vector<int> rank_;
};

/// Worth and price summed over the branches that are whole.
struct Sum {
  double worth = 0;
  double price = 0;

  Sum operator+(const Sum& other) const { return {worth + other.worth, price + other.price}; }
  Sum operator-(const Sum& other) const { return {worth - other.worth, price - other.price}; }
  /// Up to which factor this many more of worth are worth this much more of price.
  double break_even() const {
    if (price > 0) return worth / price;
    return worth >= 0 ? kInfinity : -kInfinity;
  }
};

}  // namespace

std::vector<double> whole_up_to(std::span<const LinkageRow> linkage, std::int64_t n_leaves,
                                const Branches& branches) {
  const auto m = std::ssize(linkage);
  std::vector<double> factor(linkage.size(), -kInfinity);
  Heaps heaps(factor);
  std::vector<Sum> best(static_cast<std::size_t>(n_leaves + m));  // at the lowest prices
  std::vector<Sum> gain(linkage.size());  // of the whole branch over its best parts
  std::vector<std::int64_t> heap(best.size(), -1);
  const auto whole = [&](std::int64_t node) {
    return Sum{branches.worth[node], branches.price[node]};
  };
  for (std::int64_t leaf = 0; leaf < n_leaves; ++leaf)
    best[leaf] = whole(leaf);
  for (std::int64_t k = 0; k < m; ++k) {
    const Children of(linkage[k]);
    const auto node = n_leaves + k;
    if (branches.is_leaf[node]) {
      factor[k] = kInfinity;
      best[node] = whole(node);
      continue;
    }
    best[node] = best[of.left] + best[of.right];
    heap[node] = heaps.melded(heap[of.left], heap[of.right]);
    if (branches.is_part[node]) continue;
    gain[k] = whole(node) - best[node];
    // A part that breaks up while the branch is still better whole never is a story by itself.
    while (heap[node] >= 0 && gain[k].break_even() > factor[heap[node]]) {
      gain[k] = gain[k] + gain[heap[node]];
      heap[node] = heaps.without_top(heap[node]);
    }
    factor[k] = gain[k].break_even();
    best[node] = whole(node);
    heap[node] = heaps.with_new_top(k, heap[node]);
  }
  // What is part of something whole is not parted.
  for (auto k = m - 1; k >= 0; --k) {
    const Children of(linkage[k]);
    for (const auto child : {of.left, of.right}) {
      if (child >= n_leaves)
        factor[child - n_leaves] = std::max(factor[child - n_leaves], factor[k]);
    }
  }
  return factor;
}

double granularity_of(double factor) {
  // Within what a distance of 1 - g can tell from 0 and 1.
  constexpr double kLeast = 0x1p-40;
  return std::clamp(1.0 / (1.0 + std::exp(1.0 - factor)), kLeast, 1.0 - kLeast);
}

namespace {

template <class Value>
void reorder(std::vector<Value>& values, std::int64_t n_leaves,
             std::span<const std::int64_t> order) {
  const std::vector<Value> merges(values.begin() + n_leaves, values.end());
  for (std::size_t i = 0; i < order.size(); ++i)
    values[n_leaves + i] = merges[order[i]];
}

}  // namespace

StoryTree story_tree(std::span<const LinkageRow> linkage, const Leaves& leaves,
                     const WorthOptions& options) {
  const auto n = leaves.size();
  StoryTree tree{{linkage.begin(), linkage.end()}, {}, judged_branches(linkage, leaves, options)};
  auto& b = tree.branches;
  const auto factor = whole_up_to(linkage, n, b);
  for (std::size_t k = 0; k < linkage.size(); ++k)
    tree.linkage[k].distance = b.is_leaf[n + k] ? 0.0 : 1.0 - granularity_of(factor[k]);
  const auto order = order_by_distance(tree.linkage);
  for (const auto k : order)
    tree.similarity.push_back(1.0 - linkage[k].distance);
  tree.linkage = reordered(tree.linkage, n, order);
  for (auto* values : {&b.n_texts, &b.n_articles, &b.within, &b.next, &b.silhouette, &b.silence,
                       &b.worth, &b.price}) {
    reorder(*values, n, order);
  }
  reorder(b.is_leaf, n, order);
  reorder(b.is_part, n, order);
  return tree;
}

}  // namespace samestory
