#include <gtest/gtest.h>

#include <stdexcept>

#include "clustering_data.hpp"
#include "samestory/average_linkage.hpp"
#include "samestory/cut.hpp"

namespace samestory {
namespace {

using testing::similarities;
using testing::sparse;
using testing::unit_rows;

// Two tight pairs: .8 inside, .1 or so across.
const std::vector<std::vector<double>> kPairs{{.9486832980505138, .31622776601683794, 0, 0},
                                              {.5692099788303082, .8221921916437787, 0, 0},
                                              {0, 0, .9486832980505138, .31622776601683794},
                                              {0, 0, .5692099788303082, .8221921916437787}};

TEST(CutCurve, IsHighestAtTheTwoPairs) {
  const auto rows = sparse(kPairs);
  const auto graph = sparse(similarities(kPairs));
  const auto dendrogram = forest_linkage(rows.view(), graph.view(), {}, Control{});
  const auto levels = spread_levels(dendrogram, 100);
  ASSERT_EQ(levels, (std::vector<std::int64_t>{0, 2}));
  const CutCriterion criterion{2.0, .5};
  const auto curve =
      cut_curve(rows.view(), graph.view(), dendrogram, levels, criterion, 0.0, {}, Control{});
  EXPECT_NEAR(curve.score[0], std::log(3.0) * (.5 - .8) / .5, 1e-12);
  EXPECT_NEAR(curve.score[1], std::log(4.0) * .8, 1e-12);
  const auto by_tree = tree_cut_curve(dendrogram, levels, criterion);
  EXPECT_NEAR(by_tree.score[0], curve.score[0], 1e-12);
  EXPECT_NEAR(by_tree.score[1], curve.score[1], 1e-12);
}

// Levels on the way change what is computed again, never what comes out.
TEST(CutCurve, DoesNotDependOnOtherLevelsOrThreads) {
  const auto dense = unit_rows(3000, 40, 9);
  const auto rows = sparse(dense);
  std::vector<std::vector<double>> kept = similarities(dense);
  for (auto& row : kept) {
    for (auto& value : row)
      value = value > .75 ? value : 0;
  }
  const auto pairs = sparse(kept);
  const auto dendrogram = forest_linkage(rows.view(), pairs.view(), {}, Control{2});
  const auto levels = spread_levels(dendrogram, 20);
  const auto all =
      cut_curve(rows.view(), pairs.view(), dendrogram, levels, CutCriterion{}, 0.0, {}, Control{3});
  const auto last = cut_curve(rows.view(), pairs.view(), dendrogram, {levels.back()},
                              CutCriterion{}, 0.0, {}, Control{1});
  EXPECT_NEAR(last.score[0], all.score.back(), 1e-12);
}

TEST(CutCurve, RefusesLevelsOutOfOrder) {
  const auto rows = sparse(kPairs);
  const auto graph = sparse(similarities(kPairs));
  const auto dendrogram = forest_linkage(rows.view(), graph.view(), {}, Control{});
  EXPECT_THROW(tree_cut_curve(dendrogram, {2, 1}, {}), std::invalid_argument);
  EXPECT_THROW(tree_cut_curve(dendrogram, {3}, {}), std::invalid_argument);
  EXPECT_THROW(spread_levels(dendrogram, 1), std::invalid_argument);
}

}  // namespace
}  // namespace samestory
