#include "samestory/worth.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace samestory {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

void check(const Leaves& leaves) {
  const auto n = leaves.n_articles.size();
  for (const auto size : {leaves.days.size(), leaves.growth.size(), leaves.price.size(),
                          leaves.group.empty() ? n : leaves.group.size(),
                          leaves.remitted.empty() ? n : leaves.remitted.size(),
                          leaves.least_next.empty() ? n : leaves.least_next.size(),
                          leaves.compared.empty() ? n : leaves.compared.size()}) {
    if (size != n) throw std::invalid_argument("every leaf has to have an entry in every array");
  }
}

/// The group of each leaf, by the lowest leaf that is in it.
std::vector<std::int64_t> groups_of(const Leaves& leaves) {
  std::vector<std::int64_t> group(leaves.n_articles.size());
  std::vector<std::int64_t> lowest(group.size(), -1);
  for (std::size_t leaf = 0; leaf < group.size(); ++leaf) {
    const auto given = leaves.group.empty() ? static_cast<std::int64_t>(leaf) : leaves.group[leaf];
    if (given < 0 || given >= std::ssize(group)) {
      throw std::invalid_argument("the number of a group has to be that of a leaf");
    }
    if (lowest[given] < 0) lowest[given] = static_cast<std::int64_t>(leaf);
    group[leaf] = lowest[given];
  }
  return group;
}

/// Days, of each group the earliest alone: it counts as one text.
std::vector<double> days_of_groups(std::span<const double> days,
                                   std::span<const std::int64_t> group) {
  std::vector<double> earliest(days.begin(), days.end());
  for (std::size_t leaf = 0; leaf < days.size(); ++leaf) {
    auto& first = earliest[group[leaf]];
    if (group[leaf] == static_cast<std::int64_t>(leaf)) continue;
    if (!(first <= days[leaf]) && !std::isnan(days[leaf])) first = days[leaf];
    earliest[leaf] = kUnknown;
  }
  return earliest;
}

/// What is added up from leaves to roots to judge the nodes of a dendrogram.
class Judge {
 public:
  Judge(std::span<const LinkageRow> linkage, const Leaves& leaves)
      : linkage_(linkage), n_(leaves.size()), group_(groups_of(leaves)) {
    const auto n_nodes = static_cast<std::size_t>(n_) + linkage.size();
    for (auto* values :
         {&b_.n_texts, &b_.n_articles, &b_.next, &b_.silhouette, &b_.worth, &b_.price}) {
      values->assign(n_nodes, 0.0);
    }
    for (auto* values : {&similarity_, &growth_, &dearest_})
      values->assign(n_nodes, 0.0);
    b_.within.assign(n_nodes, 1.0);
    b_.is_leaf.assign(n_nodes, 0);
    b_.is_part.assign(n_nodes, 0);
    group_.resize(n_nodes, -1);
    for (std::int64_t leaf = 0; leaf < n_; ++leaf)
      start(leaf, leaves);
    for (std::int64_t k = 0; k < std::ssize(linkage); ++k)
      add(n_ + k, Children(linkage[k]), 1.0 - linkage[k].distance);
    mark_parts();
    // Until here the price of all articles; the dearest is not paid for.
    for (std::size_t node = 0; node < n_nodes; ++node)
      b_.price[node] -= dearest_[node];
  }

  Branches judged(const Leaves& leaves, const WorthOptions& options) {
    const std::span groups(group_);
    const auto days = days_of_groups(leaves.days, groups.first(leaves.n_articles.size()));
    fade_next(days, options);
    set_least_next(leaves.least_next);
    b_.silence = worst_silences(linkage_, days, options.silence_days);
    count_at_once(days, options.at_once_days);
    add_unknown_silences(days, options.unknown_silence);
    for (std::size_t node = 0; node < b_.worth.size(); ++node) {
      if (!b_.is_leaf[node]) judge(node, options);
    }
    remit(leaves.remitted);
    pay_for_chance(leaves.compared, options.chance);
    return std::move(b_);
  }

 private:
  void start(std::int64_t leaf, const Leaves& leaves) {
    b_.n_texts[leaf] = 1;
    b_.n_articles[leaf] = leaves.n_articles[leaf];
    b_.is_leaf[leaf] = 1;
    growth_[leaf] = leaves.growth[leaf];
    dearest_[leaf] = leaves.price[leaf];
    b_.price[leaf] = leaves.price[leaf] * leaves.n_articles[leaf];
  }

  void add(std::int64_t node, const Children& of, double merged_at) {
    b_.n_articles[node] = b_.n_articles[of.left] + b_.n_articles[of.right];
    b_.price[node] = b_.price[of.left] + b_.price[of.right];
    dearest_[node] = std::max(dearest_[of.left], dearest_[of.right]);
    if (group_[of.left] >= 0 && group_[of.left] == group_[of.right]) {
      group_[node] = group_[of.left];
      b_.is_leaf[node] = 1;
      b_.n_texts[node] = 1;
      growth_[node] = std::max(growth_[of.left], growth_[of.right]);
      return;
    }
    const double left = b_.n_texts[of.left], right = b_.n_texts[of.right], both = left + right;
    b_.n_texts[node] = both;
    growth_[node] = growth_[of.left] + growth_[of.right];
    similarity_[node] = similarity_[of.left] + similarity_[of.right] + left * right * merged_at;
    b_.within[node] = similarity_[node] / (both * (both - 1) / 2);
    b_.next[of.left] = b_.next[of.right] = merged_at;
  }

  /// Merges of one height are one node.
  void mark_parts() {
    for (std::int64_t k = 0; k < std::ssize(linkage_); ++k) {
      const Children of(linkage_[k]);
      for (const auto child : {of.left, of.right}) {
        if (child < n_ || b_.is_leaf[child]) continue;
        b_.is_part[child] = linkage_[child - n_].distance == linkage_[k].distance;
      }
    }
  }

  /// What lies between dated and undated texts.
  void add_unknown_silences(std::span<const double> days, double share) {
    std::vector<double> n_dated(b_.n_texts.size(), 0.0);
    std::transform(days.begin(), days.end(), n_dated.begin(),
                   [](double day) { return std::isnan(day) ? 0.0 : 1.0; });
    for (std::int64_t k = 0; k < std::ssize(linkage_); ++k) {
      const Children of(linkage_[k]);
      const auto node = n_ + k;
      n_dated[node] = n_dated[of.left] + n_dated[of.right];
      b_.silence[node] += share * 2 * std::min(n_dated[node], b_.n_texts[node] - n_dated[node]);
    }
  }

  /// What tells of another time is a weaker alternative.
  void fade_next(std::span<const double> days, const WorthOptions& options) {
    std::vector<double> first(days.begin(), days.end()), last = first;
    for (const auto& row : linkage_) {
      const Children of(row);
      const double gap = std::max(first[of.right] - last[of.left], first[of.left] - last[of.right]);
      first.push_back(std::fmin(first[of.left], first[of.right]));
      last.push_back(std::fmax(last[of.left], last[of.right]));
      if (gap <= 0 || (std::isnan(first[of.left]) && std::isnan(first[of.right]))) continue;
      // Where one side has no dates, nothing says that they are of one time.
      const double near = std::isnan(gap) ? 0.0 : std::exp(-gap / options.next_days);
      const double faded = options.next_floor + (1 - options.next_floor) * near;
      b_.next[of.left] *= faded;
      b_.next[of.right] *= faded;
    }
  }

  /// The texts of one time, those without a date among them.
  void count_at_once(std::span<const double> days, double scale) {
    std::vector<double> is_dated(days.size());
    std::transform(days.begin(), days.end(), is_dated.begin(),
                   [](double day) { return std::isnan(day) ? 0.0 : 1.0; });
    const auto n_dated = summed(is_dated);
    at_once_ = most_at_once(linkage_, days, scale);
    for (std::size_t node = 0; node < at_once_.size(); ++node)
      at_once_[node] += b_.n_texts[node] - n_dated[node];
  }

  double size_factor(std::size_t node, const WorthOptions& options) const {
    return std::pow(std::min(at_once_[node], options.large), growth_[node] / b_.n_texts[node]);
  }

  /// Sums over the leaves below each node.
  std::vector<double> summed(std::span<const double> of_leaves) const {
    std::vector<double> sum(of_leaves.begin(), of_leaves.end());
    for (const auto& row : linkage_) {
      const Children of(row);
      sum.push_back(sum[of.left] + sum[of.right]);
    }
    return sum;
  }

  void set_least_next(std::span<const double> least_next) {
    if (least_next.empty()) return;
    std::vector<double> squares(least_next.begin(), least_next.end());
    for (auto& value : squares)
      value *= value;
    const std::vector<double> ones(squares.size(), 1.0);
    const auto n = summed(ones), sum = summed(least_next), square = summed(squares);
    for (std::size_t node = static_cast<std::size_t>(n_); node < sum.size(); ++node) {
      const double least = (sum[node] * sum[node] - square[node]) / (n[node] * (n[node] - 1));
      b_.next[node] = std::max(b_.next[node], least);
    }
  }

  /// What is not asked for counts as worth, so that the price itself stays what granularity scales.
  void remit(std::span<const double> remitted) {
    if (remitted.empty()) return;
    const std::vector<double> ones(remitted.size(), 1.0);
    const auto n = summed(ones), sum = summed(remitted);
    for (std::size_t node = 0; node < sum.size(); ++node)
      b_.worth[node] += sum[node] / n[node] * b_.price[node];
  }

  void pay_for_chance(std::span<const double> compared, double chance) {
    if (compared.empty()) return;
    const std::vector<double> ones(compared.size(), 1.0);
    const auto n = summed(ones), sum = summed(compared);
    for (std::size_t node = 0; node < sum.size(); ++node) {
      const double texts = b_.n_texts[node];
      if (!b_.is_leaf[node])
        b_.worth[node] -= chance * (sum[node] / n[node]) / (texts * (texts - 1) / 2);
    }
  }

  void judge(std::size_t node, const WorthOptions& options) {
    const double a = b_.within[node], b = b_.next[node];
    b_.silhouette[node] = (a - b) / std::max({1 - a, 1 - b, options.least_room});
    b_.worth[node] = b_.n_articles[node] * size_factor(node, options) * b_.silhouette[node] -
                     options.silence * b_.silence[node];
  }

  std::span<const LinkageRow> linkage_;
  std::int64_t n_;
  std::vector<std::int64_t> group_;  // of leaves that have to be together, else -1
  std::vector<double> similarity_;   // summed over pairs of texts
  std::vector<double> growth_;       // summed over texts
  std::vector<double> dearest_;
  std::vector<double> at_once_;  // texts of one time
  Branches b_;
};

}  // namespace

Branches judged_branches(std::span<const LinkageRow> linkage, const Leaves& leaves,
                         const WorthOptions& options) {
  check(leaves);
  return Judge(linkage, leaves).judged(leaves, options);
}

}  // namespace samestory
