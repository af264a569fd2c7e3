#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "samestory/dendrogram.hpp"
#include "samestory/stories.hpp"

namespace samestory {
namespace {

using Labels = std::vector<std::int64_t>;

/// The groups that each group must not be joined with.
std::map<std::int64_t, std::set<std::int64_t>> apart_from(const Labels& groups,
                                                          std::span<const RowPair> cannot_link) {
  std::map<std::int64_t, std::set<std::int64_t>> apart;
  for (const auto& [first, second] : cannot_link) {
    apart[groups[first]].insert(groups[second]);
    apart[groups[second]].insert(groups[first]);
  }
  return apart;
}

/// The lowest story in which no group is that `group` must not be joined with.
std::int32_t first_free(const std::set<std::int64_t>& others,
                        const std::vector<std::int32_t>& story) {
  std::set<std::int32_t> taken;
  for (const auto other : others)
    taken.insert(story[other]);
  std::int32_t free = 0;
  while (taken.contains(free))
    ++free;
  return free;
}

Labels joined_but_apart(const Labels& groups, std::span<const RowPair> cannot_link) {
  auto apart = apart_from(groups, cannot_link);
  std::vector<std::int32_t> story(groups.size(), -1);
  std::vector<std::int32_t> labels(groups.size());
  for (std::size_t text = 0; text < groups.size(); ++text) {
    auto& own = story[groups[text]];
    if (own < 0) own = first_free(apart[groups[text]], story);
    labels[text] = own;
  }
  return ordered_labels(labels);
}

}  // namespace

Labels story_labels(std::span<const LinkageRow> linkage, std::int64_t n_texts,
                    std::span<const RowPair> cannot_link, double granularity) {
  auto groups = labels_at(linkage, n_texts, granularity);
  return granularity > 0 ? groups : joined_but_apart(groups, cannot_link);
}

Labels labels_of_articles(std::span<const std::int64_t> labels,
                          std::span<const std::int64_t> text_of_article) {
  std::vector<std::int32_t> known;
  for (const auto text : text_of_article) {
    if (text >= 0) known.push_back(static_cast<std::int32_t>(labels[text]));
  }
  const auto ordered = ordered_labels(known);
  Labels of_articles;
  auto next = ordered.begin();
  for (const auto text : text_of_article)
    of_articles.push_back(text >= 0 ? *next++ : -1);
  return of_articles;
}

}  // namespace samestory
