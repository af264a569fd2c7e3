#include <gtest/gtest.h>

#include <limits>

#include "samestory/branches.hpp"

namespace samestory {
namespace {

constexpr double kNoDay = std::numeric_limits<double>::quiet_NaN();

std::vector<double> distances(const Linkage& linkage) {
  std::vector<double> all;
  for (const auto& row : linkage)
    all.push_back(row.distance);
  return all;
}

// Leaves 0 and 1 at .8, leaf 2 to both at .4.
const Linkage kThree{{0, 1, 1 - .8, 2}, {2, 3, 1 - .4, 3}};

TEST(NodeSimilarities, AreMeansOverPairsOfLeaves) {
  const auto nodes = node_similarities(kThree, 3, .7);
  EXPECT_EQ(nodes.size, (std::vector<double>{1, 1, 1, 2, 3}));
  const std::vector<double> own{.7, .7, .7, .8, (.8 + .4 + .4) / 3}, up{.8, .8, .4, .4, 0};
  for (std::size_t node = 0; node < own.size(); ++node) {
    EXPECT_NEAR(nodes.own[node], own[node], 1e-15);
    EXPECT_NEAR(nodes.up[node], up[node], 1e-15);
  }
}

// A merge that is lowered past a later one changes places with it, and nodes their numbers.
TEST(PartedAtGaps, NumbersMergesAnew) {
  const Linkage linkage{{0, 1, .1, 2}, {2, 3, .2, 2}, {4, 5, .3, 4}};
  const auto parted = parted_at_gaps(linkage, .6, std::vector<double>{0, 300, 5, 5});
  EXPECT_EQ(distances(parted)[0], .2);
  EXPECT_GT(distances(parted)[1], 1 - .6);
  EXPECT_EQ(parted[1].left, 0);
  EXPECT_EQ(parted[1].right, 1);
  EXPECT_EQ(parted[2].left, 4);
  EXPECT_EQ(parted[2].right, 5);
  EXPECT_EQ(parted[2].size, 4);
}

TEST(PartedAtGaps, KeepsCopiesAndTheUndated) {
  const Linkage linkage{{0, 1, 0, 2}, {2, 3, .3, 3}};
  const auto parted = parted_at_gaps(linkage, .6, std::vector<double>{0, 300, kNoDay});
  EXPECT_EQ(parted[0].distance, 0);
  // One of the days of that branch is known, the other branch has none.
  EXPECT_EQ(parted[1].distance, .3);
}

/// A story of so many leaves, each joined to those before it.
Linkage chain(int n_leaves, double similarity) {
  Linkage linkage;
  for (int k = 0; k + 1 < n_leaves; ++k) {
    const double grown = k == 0 ? 0 : n_leaves + k - 1;
    linkage.push_back(
        {std::min(k + 1.0, grown), std::max(k + 1.0, grown), 1 - similarity, k + 2.0});
  }
  return linkage;
}

TEST(JoinedLargeBranches, JoinsTheNewsOfAFewDaysOnly) {
  const auto linkage = chain(60, .4);
  for (const double days_apart : {0.0, .4, .6}) {
    std::vector<double> days(60);
    for (std::size_t leaf = 0; leaf < days.size(); ++leaf)
      days[leaf] = static_cast<double>(leaf) * days_apart;
    // Half of 60 leaves span 29.5 times the days between two.
    const bool is_long = days_apart * 29.5 > 14;
    const auto joined = joined_large_branches(linkage, .6, days, 0.1);
    for (const auto distance : distances(joined))
      EXPECT_EQ(distance, is_long ? 1 - .4 : 1 - .6);
  }
}

// Of texts that are all alone at the level, with no days.
TEST(JoinedLargeBranches, TakesABranchWithoutDaysForATopicUnlessNothingIsLikeIt) {
  const auto linkage = chain(60, .4);
  const std::vector<double> no_days(60, kNoDay);
  EXPECT_EQ(distances(joined_large_branches(linkage, .6, no_days, 0.1))[0], 1 - .4);
  EXPECT_EQ(distances(joined_large_branches(linkage, .6, no_days, 0.0))[0], 1 - .6);
}

// Leaf 3 comes a month after the others, which were joined by merges raised to the level.
TEST(PartedDistantDays, MergesWhatIsFarInTimeLast) {
  const double raised = 1 - .6;
  const Linkage linkage{{0, 3, raised, 2}, {1, 4, raised, 3}, {2, 5, raised, 4}};
  const auto parted = parted_distant_days(linkage, .6, std::vector<double>{1, 2, 3, 40}, 4);
  EXPECT_EQ(parted[0].distance, raised);
  EXPECT_EQ(parted[1].distance, raised);
  EXPECT_GT(parted[2].distance, raised);
  EXPECT_EQ(parted[2].left, 3);
  EXPECT_EQ(parted[2].size, 4);
}

TEST(JoinedLargeBranches, LeavesSmallOnesAlone) {
  const auto linkage = chain(39, .4);
  const auto joined = joined_large_branches(linkage, .6, std::vector<double>(39, 0.0), 0.1);
  EXPECT_EQ(distances(joined), distances(linkage));
}

}  // namespace
}  // namespace samestory
