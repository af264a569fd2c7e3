#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "samestory/control.hpp"
#include "samestory/document.hpp"
#include "samestory/recurring.hpp"

namespace samestory {

/// A line that is not of the article it stands in.
struct RecurringLine {
  std::int64_t document, line;  ///< lines are counted from 0, empty ones too
  bool is_link;                 ///< the headline of another article, else a line of many
};

/// Articles, and what helps to read them. Nothing of them may be UTF-8.
struct ArticleTexts {
  std::span<const Document> titles, texts;  ///< one of each an article
  std::span<const Document> date_names;     ///< of months and weekdays, casefolded
};

/// The lines of articles that recur in articles which share nothing else: site names, bylines,
/// footers, lists of links.
///
/// Lines are compared without the spaces around them and without dates. What recurs is found by
/// words over all articles (see recurring_spans), then line by line, those of the most articles
/// first: whoever it is that puts a line into its articles, up to 48 articles with that line are
/// looked at together, beside as many others, without what is known already; what they have in
/// common is judged as for a corpus of its own. A line of one report that many print does not
/// count: at least half of the articles of a line have a headline of their own and prose that no
/// other has. Labels and links that stand below one and the same label of a site go with it, and so
/// do headlines of other articles, but for the first line.
///
/// Nothing depends on the order of the articles or on threads. Returns lines in order of document
/// and line. Throws std::invalid_argument where titles and texts are not equally many.
std::vector<RecurringLine> recurring_lines(const ArticleTexts& articles, const WordWeights& weights,
                                           const Control& control);

/// What each line of a text is compared by, empty ones too: without the spaces around it, and with
/// 0 in the place of a date if it has two words besides.
std::vector<std::u32string> compared_lines(const Document& text,
                                           std::span<const Document> date_names);

}  // namespace samestory
