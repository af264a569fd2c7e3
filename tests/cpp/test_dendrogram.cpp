#include <gtest/gtest.h>

#include <stdexcept>

#include "samestory/dendrogram.hpp"

namespace samestory {
namespace {

Dendrogram five_rows() {
  const std::vector<FoundMerge> merges{{3, 4, .5}, {0, 1, .9}, {0, 3, .7}};
  return make_dendrogram(5, merges);
}

TEST(Dendrogram, OrdersMergesAndLowersInversions) {
  const auto dendrogram = five_rows();
  EXPECT_EQ(dendrogram.similarity, (std::vector<double>{.9, .5, .5}));
  EXPECT_EQ(dendrogram.left, (std::vector<std::int64_t>{0, 3, 5}));
  EXPECT_EQ(dendrogram.right, (std::vector<std::int64_t>{1, 4, 6}));
  EXPECT_EQ(dendrogram.size, (std::vector<std::int64_t>{2, 2, 4}));
}

TEST(Dendrogram, CutsIntoLabelsByFallingSize) {
  const auto dendrogram = five_rows();
  EXPECT_EQ(labels_after(dendrogram, 0), (std::vector<std::int64_t>{0, 1, 2, 3, 4}));
  EXPECT_EQ(labels_after(dendrogram, 2), (std::vector<std::int64_t>{0, 0, 2, 1, 1}));
  EXPECT_EQ(labels_after(dendrogram, 3), (std::vector<std::int64_t>{0, 0, 1, 0, 0}));
  EXPECT_THROW(labels_after(dendrogram, 4), std::out_of_range);
}

TEST(Dendrogram, FindsTheMergesAtALevel) {
  const auto dendrogram = five_rows();
  EXPECT_EQ(merges_at(dendrogram, .95), 0);
  EXPECT_EQ(merges_at(dendrogram, .9), 1);
  EXPECT_EQ(merges_at(dendrogram, .5), 3);
}

TEST(Dendrogram, JoinsTheForestAtDistanceOne) {
  const auto linkage = to_linkage(five_rows());
  ASSERT_EQ(linkage.size(), 16U);
  EXPECT_EQ(linkage[12], 2.0);  // the row that is left
  EXPECT_EQ(linkage[13], 7.0);
  EXPECT_EQ(linkage[14], 1.0);
  EXPECT_EQ(linkage[15], 5.0);
  EXPECT_TRUE(to_linkage(make_dendrogram(1, {})).empty());
  EXPECT_TRUE(to_linkage(make_dendrogram(0, {})).empty());
}

TEST(OrderedLabels, PutsTheLargestFirstAndTiesByRow) {
  const std::vector<std::int32_t> labels{7, 2, 2, 0, 7, 5};
  EXPECT_EQ(ordered_labels(labels), (std::vector<std::int64_t>{0, 1, 1, 2, 0, 3}));
  EXPECT_TRUE(ordered_labels({}).empty());
}

}  // namespace
}  // namespace samestory
