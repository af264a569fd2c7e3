#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "samestory/worth.hpp"

namespace samestory {
namespace {

const std::vector<double> kOnes(4, 1.0), kUndated(4, std::nan("")), kGrowth(4, 0.0), kPrice(4, 0.2);

// Two pairs at .8 that meet at .1.
const Linkage kPairs{{0, 1, 0.2, 2}, {2, 3, 0.2, 2}, {4, 5, 0.9, 4}};

TEST(Worth, OfAPairIsItsSilhouetteLessThePrice) {
  const auto branches = judged_branches(kPairs, {kOnes, kUndated, kGrowth, kPrice}, {});
  EXPECT_NEAR(branches.worth[4], 2 * (0.8 - 0.1) / 0.9, 1e-12);
  EXPECT_NEAR(branches.price[4], 0.2, 1e-12);
  EXPECT_NEAR(branches.within[6], (2 * 0.8 + 4 * 0.1) / 6, 1e-12);
  EXPECT_EQ(branches.next[6], 0.0);
}

TEST(Worth, OfPairsIsMoreThanOfOneStory) {
  const auto tree = story_tree(kPairs, {kOnes, kUndated, kGrowth, kPrice}, {});
  EXPECT_EQ(labels_at(tree.linkage, 4, 0.5), (std::vector<std::int64_t>{0, 0, 1, 1}));
  EXPECT_EQ(labels_at(tree.linkage, 4, 1.0), (std::vector<std::int64_t>{0, 1, 2, 3}));
}

TEST(Worth, FallsWithASilence) {
  const std::vector<double> days{0.0, 30.0, std::nan(""), std::nan("")};
  const auto silences = worst_silences(kPairs, days, 30.0);
  EXPECT_NEAR(silences[4], 2 * (1 - std::exp(-1.0)), 1e-12);
  EXPECT_EQ(silences[5], 0.0);
  EXPECT_EQ(silences[6], silences[4]);
}

TEST(Worth, ForgetsANextOfAnotherTime) {
  const std::vector<double> days{0.0, 1.0, 8.0, std::nan("")};
  const auto branches = judged_branches(kPairs, {kOnes, days, kGrowth, kPrice}, {});
  // Seven days lie between the pairs.
  EXPECT_NEAR(branches.next[4], 0.1 * (0.75 + 0.25 * std::exp(-1.0)), 1e-12);
  EXPECT_NEAR(branches.next[5], branches.next[4], 1e-12);
  EXPECT_NEAR(branches.next[3], 0.75 * 0.8, 1e-12);  // the other text has no date
}

TEST(Worth, CountsTheTextsOfOneTime) {
  const std::vector<double> days{0.0, 14.0, 14.5, std::nan("")};
  EXPECT_EQ(most_at_once(kPairs, days, 14.0), (std::vector<double>{1, 1, 1, 0, 2, 1, 2}));
  const std::vector<double> growth(4, 0.5);
  WorthOptions options;
  options.silence = 0;
  options.unknown_silence = 0;
  const auto branches = judged_branches(kPairs, {kOnes, days, growth, kPrice}, options);
  // Two of two weeks, and one that may be of it.
  EXPECT_NEAR(branches.worth[6], 4 * std::sqrt(3.0) * branches.silhouette[6], 1e-12);
}

TEST(Worth, RefusesArraysOfAnotherLength) {
  const std::vector<double> three(3, 1.0);
  EXPECT_THROW(judged_branches(kPairs, {kOnes, three, kGrowth, kPrice}, {}), std::invalid_argument);
}

TEST(Granularity, IsHalfAtThePricesAsTheyAre) {
  EXPECT_EQ(granularity_of(1.0), 0.5);
  EXPECT_LT(granularity_of(0.5), 0.5);
  EXPECT_GT(granularity_of(INFINITY), 0.99);
  EXPECT_GT(granularity_of(-INFINITY), 0.0);
}

}  // namespace
}  // namespace samestory
