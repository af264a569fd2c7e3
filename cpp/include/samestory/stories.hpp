#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "samestory/average_linkage.hpp"
#include "samestory/control.hpp"
#include "samestory/csr.hpp"
#include "samestory/meaning.hpp"
#include "samestory/story_options.hpp"
#include "samestory/text_rows.hpp"
#include "samestory/words.hpp"
#include "samestory/worth.hpp"

namespace samestory {

/// What is known of distinct texts besides their rows. A span has an entry for each text, or none
/// where nothing is known.
struct TextFacts {
  /// Distinct words of each, stop words left out.
  std::span<const std::int64_t> n_words = {};
  /// The product of those of two texts is the least cosine of two texts of one story.
  std::span<const double> least_similarity = {};
  /// Of the earliest dated copy, for smoothing and silences; NaN where none has a date.
  std::span<const double> days = {};
  /// For StoryOptions::max_gap, in a unit of the caller's; NaN is near any time.
  std::span<const double> times = {};
  /// See Leaves.
  std::span<const double> remitted = {};
  std::span<const double> least_next = {};
  std::span<const double> compared = {};
  /// Pairs of different texts that have to be in one story, or in two.
  std::span<const RowPair> must_link = {};
  std::span<const RowPair> cannot_link = {};
  const Meanings* meanings = nullptr;
};

/// Texts in stories, and everything that these rest on.
struct GroupedTexts {
  /// The rows of texts that were handed over, unless short ones have vectors: the texts then keep
  /// them, and with_meaning() sets the vectors, which take much memory, to their right.
  std::optional<AnyCsrMatrix> rows;
  /// The strongest cosines of each text; none where they were given.
  std::optional<AnyCsrMatrix> graph;
  AnyCsrMatrix weights;   ///< the neighbours that smooth it: normalize(row + weights * rows)
  AnyCsrMatrix smoothed;  ///< what was clustered
  AnyCsrMatrix pairs;     ///< of smoothed rows; they proposed the merges
  StoryTree tree;         ///< the dendrogram over granularity, and what each branch is worth
  /// A story for each text at the granularity asked for: 0 the largest, ties by first text.
  std::vector<std::int64_t> labels;
};

/// Groups distinct texts, given as unit-length rows: exact similarity join, what short texts mean,
/// neighbour smoothing, average linkage, and the branches that are worth most.
///
/// Where the neighbours of each text are known, `graph` has their cosines, and no text is compared
/// again; the rows then hold what short texts mean already.
template <class Value>
GroupedTexts group_texts(const CsrView<Value>& rows, const TextFacts& facts,
                         const StoryOptions& options, const Control& control = {},
                         const CsrView<Value>* graph = nullptr);

/// The same of the rows of texts, which go over into the result unless short ones have vectors.
GroupedTexts group_texts(TextRows&& texts, std::span<const RowPair> must_link,
                         std::span<const RowPair> cannot_link, const StoryOptions& options,
                         const Control& control = {});

/// Stories of articles, and everything that they rest on.
struct Stories {
  TextRows texts;  ///< without its rows where these are in `grouped`
  GroupedTexts grouped;
  /// A story for each article: 0 the largest, ties by first article; -1 for one without words.
  std::vector<std::int64_t> labels;
};

/// The whole way from texts to stories. The pairs are of articles that have to be in one story, or
/// in two. Throws std::invalid_argument where they contradict each other, name an article without
/// words, or part copies of a text.
Stories find_stories(const ArticleTexts& articles, const WordData& words,
                     const StoryOptions& options = {}, const Control& control = {},
                     std::span<const RowPair> must_link = {},
                     std::span<const RowPair> cannot_link = {});

/// The stories of a dendrogram over granularity, at one. At 0 all texts are one story, but for
/// those that have to be in two: each group goes to the first story that it may be in, those with
/// the lowest text first.
std::vector<std::int64_t> story_labels(std::span<const LinkageRow> linkage, std::int64_t n_texts,
                                       std::span<const RowPair> cannot_link, double granularity);

/// Labels of texts as those of their articles, numbered anew by the articles of each story; -1 for
/// an article of no text.
std::vector<std::int64_t> labels_of_articles(std::span<const std::int64_t> labels,
                                             std::span<const std::int64_t> text_of_article);

}  // namespace samestory
