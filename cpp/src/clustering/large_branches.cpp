// Large stories: branches below the level of the cut that are one story rather than many.
#include <cmath>
#include <utility>

#include "clustering/linkage_order.hpp"
#include "samestory/branches.hpp"

namespace samestory {
namespace {

/// Branches of fewer texts are left to the level; texts of one story are this similar on average.
constexpr double kLeastSize = kLargeStory, kLeastSimilarity = 0.2;
/// A branch of n texts scores n ln(2 + n) times the log of how much more similar its texts are to
/// one another than to the next story, similarities counting from -.3. It has to score this many
/// times what its parts do.
constexpr double kOffset = 0.3, kGain = 2.0;
constexpr double kLoneSimilarity = 0.85;
/// Half of the dated texts of a large story lie within so many days.
constexpr double kMostDays = 14.0;
/// Nothing is known of the days of a branch of which less than half has one. Where more than this
/// share of the leaves are alone, it is then a story only if next to nothing else is like it:
/// there are topics, of which a story would be a part.
constexpr double kMostAlone = 0.4, kMostNext = 0.05;

/// Whether the middle half of the days lies within two weeks; where less than half are known,
/// whether the branch is taken for a story without.
bool is_of_a_few_days(std::vector<double> days, bool is_story_undated) {
  const auto n_leaves = days.size();
  std::erase_if(days, [](double day) { return std::isnan(day); });
  if (2 * days.size() < n_leaves && !is_story_undated) return false;
  if (days.empty()) return true;
  std::sort(days.begin(), days.end());
  return quantile(days, 0.75) - quantile(days, 0.25) <= kMostDays;
}

/// No node is less similar to the next than `least_next`, nor within than to the next.
void raise(NodeSimilarities& nodes, double least_next) {
  for (std::size_t node = 0; node < nodes.size.size(); ++node) {
    nodes.up[node] = std::max(nodes.up[node], least_next);
    nodes.own[node] = std::max(nodes.own[node], nodes.up[node]);
  }
}

/// What each node scores as a story.
std::vector<double> scores(const NodeSimilarities& nodes) {
  std::vector<double> score(nodes.size.size());
  for (std::size_t node = 0; node < score.size(); ++node) {
    const double contrast =
        std::log(nodes.own[node] + kOffset) - std::log(nodes.up[node] + kOffset);
    score[node] = nodes.size[node] * std::log(2.0 + nodes.size[node]) * contrast;
  }
  return score;
}

/// Which merges, from the first on, lie inside a branch that is one story.
std::vector<char> inside_whole_branches(std::span<const LinkageRow> linkage, double level,
                                        std::span<const double> days, double least_next) {
  const auto n = std::ssize(days);
  const auto first = n_kept(linkage, level);
  auto nodes = node_similarities(linkage, n, kLoneSimilarity);
  raise(nodes, least_next);
  auto best = scores(nodes);
  const bool has_topics = share_alone(linkage, n, level) > kMostAlone;
  std::vector<char> is_whole(linkage.size(), 0);
  for (auto k = first; k < std::ssize(linkage); ++k) {
    const auto node = n + k;
    const Children children(linkage[k]);
    const double parts = best[children.left] + best[children.right];
    const bool can_be_whole = nodes.size[node] >= kLeastSize && nodes.own[node] >= kLeastSimilarity;
    const bool is_story_undated = !has_topics || nodes.up[node] <= kMostNext;
    if (can_be_whole && best[node] > kGain * parts &&
        is_of_a_few_days(days_below(node, linkage, days), is_story_undated)) {
      is_whole[k] = 1;
    } else {
      best[node] = parts;
    }
  }
  mark_below(linkage, n, first, is_whole);
  return is_whole;
}

}  // namespace

double quantile(std::span<const double> ascending, double share) {
  const double place = share * static_cast<double>(ascending.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const auto above = std::min(below + 1, ascending.size() - 1);
  const double rise = ascending[above] - ascending[below];
  return ascending[below] + rise * (place - static_cast<double>(below));
}

std::vector<double> days_below(std::int64_t node, std::span<const LinkageRow> linkage,
                               std::span<const double> days) {
  const auto n = std::ssize(days);
  std::vector<double> found;
  std::vector<std::int64_t> waiting{node};
  while (!waiting.empty()) {
    const auto next = waiting.back();
    waiting.pop_back();
    if (next < n) {
      found.push_back(days[next]);
      continue;
    }
    const Children children(linkage[next - n]);
    waiting.insert(waiting.end(), {children.left, children.right});
  }
  return found;
}

Linkage joined_large_branches(Linkage linkage, double level, std::span<const double> days,
                              double least_next) {
  const auto first = n_kept(linkage, level);
  const bool has_large = std::any_of(linkage.begin() + first, linkage.end(),
                                     [](const LinkageRow& row) { return row.size >= kLeastSize; });
  if (!has_large) return linkage;
  const auto is_raised = inside_whole_branches(linkage, level, days, least_next);
  for (std::size_t k = 0; k < linkage.size(); ++k) {
    if (is_raised[k]) linkage[k].distance = 1.0 - level;
  }
  return sorted_linkage(std::move(linkage), std::ssize(days));
}

}  // namespace samestory
