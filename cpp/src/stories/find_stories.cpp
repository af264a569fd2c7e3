#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>

#include "samestory/stories.hpp"

namespace samestory {
namespace {

using Numbers = std::vector<std::int64_t>;

/// The text of an article that a pair names.
std::int32_t text_of(const Numbers& text_of_article, std::int32_t article) {
  if (article < 0 || article >= std::ssize(text_of_article)) {
    throw std::invalid_argument("must_link and cannot_link have to name articles from 0 to " +
                                std::to_string(std::ssize(text_of_article) - 1));
  }
  if (text_of_article[article] < 0) {
    throw std::invalid_argument("must_link or cannot_link names article " +
                                std::to_string(article) + ", which has no words");
  }
  return static_cast<std::int32_t>(text_of_article[article]);
}

/// Pairs of articles as pairs of different texts.
std::vector<RowPair> pairs_of_texts(std::span<const RowPair> pairs, const Numbers& text_of_article,
                                    bool may_be_copies) {
  std::vector<RowPair> linked;
  for (const auto& pair : pairs) {
    const RowPair texts{text_of(text_of_article, pair.first),
                        text_of(text_of_article, pair.second)};
    if (texts.first != texts.second) {
      linked.push_back(texts);
    } else if (!may_be_copies) {
      throw std::invalid_argument("cannot_link parts articles " + std::to_string(pair.first) +
                                  " and " + std::to_string(pair.second) +
                                  ", which are copies of one text");
    }
  }
  return linked;
}

}  // namespace

Stories find_stories(const ArticleTexts& articles, const WordData& words,
                     const StoryOptions& options, const Control& control,
                     std::span<const RowPair> must_link, std::span<const RowPair> cannot_link) {
  Stories stories;
  stories.texts = text_rows(articles, words, options, control);
  const auto& text_of_article = stories.texts.text_of_article;
  const auto together = pairs_of_texts(must_link, text_of_article, true);
  const auto apart = pairs_of_texts(cannot_link, text_of_article, false);
  stories.grouped = group_texts(std::move(stories.texts), together, apart, options, control);
  stories.labels = labels_of_articles(stories.grouped.labels, text_of_article);
  return stories;
}

}  // namespace samestory
