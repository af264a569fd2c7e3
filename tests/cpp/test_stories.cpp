#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "samestory/stories.hpp"

namespace samestory {
namespace {

using Labels = std::vector<std::int64_t>;

/// Two stories of two texts, and one text alone.
CsrMatrix<double> five_rows() {
  return {
      5, 5, {0, 2, 4, 6, 8, 9}, {0, 1, 0, 1, 2, 3, 2, 3, 4}, {.8, .6, .6, .8, .8, .6, .6, .8, 1}};
}

const Labels kLong(5, 100);

TEST(GroupTexts, FindsTheStories) {
  const auto found = group_texts(five_rows().view(), {.n_words = kLong}, {});
  EXPECT_EQ(found.labels, (Labels{0, 0, 1, 1, 2}));
  EXPECT_FALSE(found.rows.has_value());
}

TEST(GroupTexts, TakesTheRowsOfTextsUnlessShortOnesHaveVectors) {
  TextRows texts;
  texts.rows = five_rows();
  texts.n_words = kLong;
  auto with_vectors = texts;
  // One text of one word, which is most of what the text is about.
  with_vectors.meanings =
      Meanings{{5, 1, {0, 1, 1, 1, 1, 1}, {0}, {64}}, {1, 2}, 2, {0.1, 0, 0, 0, 0}};
  const auto found = group_texts(std::move(texts), {}, {}, {});
  EXPECT_EQ(std::get<CsrMatrix<double>>(*found.rows).values, five_rows().values);
  EXPECT_EQ(std::get<CsrMatrix<float>>(texts.rows).n_rows, 0);  // empty
  EXPECT_FALSE(group_texts(std::move(with_vectors), {}, {}, {}).rows.has_value());
  EXPECT_EQ(std::get<CsrMatrix<double>>(with_vectors.rows).n_rows, 5);
}

TEST(GroupTexts, KeepsLinks) {
  const std::vector<RowPair> must{{0, 4}}, cannot{{2, 3}};
  const TextFacts facts{.n_words = kLong, .must_link = must, .cannot_link = cannot};
  const auto labels = group_texts(five_rows().view(), facts, {}).labels;
  EXPECT_EQ(labels[0], labels[4]);
  EXPECT_NE(labels[2], labels[3]);
}

TEST(GroupTexts, TakesNeighboursThatAreKnown) {
  const auto rows = five_rows();
  const auto found = group_texts(rows.view(), {.n_words = kLong}, {});
  const auto graph = std::get<CsrMatrix<double>>(*found.graph).view();
  const auto again = group_texts(rows.view(), {.n_words = kLong}, {}, {}, &graph);
  EXPECT_EQ(again.labels, found.labels);
  EXPECT_EQ(again.tree.similarity, found.tree.similarity);
  EXPECT_FALSE(again.graph.has_value());
  const CsrView<double> none{4, 4, std::span(graph.offsets).first(5), {}, {}};
  EXPECT_THROW(group_texts(rows.view(), {.n_words = kLong}, {}, {}, &none), std::invalid_argument);
}

TEST(GroupTexts, RefusesFactsOfOtherTexts) {
  const Labels four(4, 100);
  EXPECT_THROW(group_texts(five_rows().view(), {.n_words = four}, {}), std::invalid_argument);
  const std::vector<RowPair> beyond{{0, 5}};
  EXPECT_THROW(group_texts(five_rows().view(), {.cannot_link = beyond}, {}), std::invalid_argument);
}

TEST(StoryLabels, AtZeroAllAreOneButForThoseApart) {
  const auto rows = five_rows();
  const std::vector<RowPair> cannot{{0, 2}};
  const TextFacts facts{.n_words = kLong, .cannot_link = cannot};
  const auto found = group_texts(rows.view(), facts, {.granularity = 0});
  EXPECT_EQ(found.labels, (Labels{0, 0, 1, 1, 0}));
  EXPECT_EQ(story_labels(found.tree.linkage, 5, {}, 0.0), (Labels{0, 0, 0, 0, 0}));
  EXPECT_EQ(story_labels(found.tree.linkage, 5, {}, 1.0), (Labels{0, 1, 2, 3, 4}));
}

TEST(StoryLabels, OfArticlesAreOrderedByTheseAndNotByTexts) {
  EXPECT_EQ(labels_of_articles(Labels{0, 0, 1}, Labels{2, 0, 2, -1, 2}), (Labels{0, 1, 0, -1, 0}));
}

TEST(StoryOptions, ShortnessFallsWithTheLogarithm) {
  const StoryOptions options;
  EXPECT_EQ(options.shortness(0), 1);
  EXPECT_EQ(options.shortness(20), 1);
  EXPECT_NEAR(options.shortness(35), 0.49, 0.01);
  EXPECT_EQ(options.shortness(60), 0);
}

}  // namespace
}  // namespace samestory
