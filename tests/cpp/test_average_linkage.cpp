#include <gtest/gtest.h>

#include <stdexcept>

#include "clustering_data.hpp"
#include "samestory/average_linkage.hpp"
#include "samestory/candidates.hpp"
#include "samestory/smoothing.hpp"

namespace samestory {
namespace {

using testing::similarities;
using testing::sparse;
using testing::unit_rows;

TEST(AverageLinkage, MergesByTheMeanOverAllPairs) {
  const auto graph = sparse({{0, .8, .6}, {.8, 0, 0}, {.6, 0, 0}});
  const auto dendrogram = average_linkage(graph.view(), Control{});
  ASSERT_EQ(dendrogram.n_merges(), 2);
  EXPECT_EQ(dendrogram.left, (std::vector<std::int64_t>{0, 2}));
  EXPECT_EQ(dendrogram.right, (std::vector<std::int64_t>{1, 3}));
  EXPECT_DOUBLE_EQ(dendrogram.similarity[0], .8);
  EXPECT_DOUBLE_EQ(dendrogram.similarity[1], .3);
}

TEST(AverageLinkage, RefusesWhatIsNoSimilarity) {
  EXPECT_THROW(average_linkage(sparse({{0, .5}, {.4, 0}}).view(), Control{}),
               std::invalid_argument);
  EXPECT_THROW(average_linkage(sparse({{0, -.5}, {-.5, 0}}).view(), Control{}),
               std::invalid_argument);
  EXPECT_THROW(average_linkage(sparse({{0, .5, 0}, {.5, 0, 0}}).view(), Control{}),
               std::invalid_argument);
}

// With every pair a candidate, exact averages of rows are averages of the graph.
TEST(ForestLinkage, EqualsAverageLinkageOfTheFullGraph) {
  for (const unsigned seed : {1U, 2U, 3U}) {
    const auto dense = unit_rows(80, 12, seed);
    const auto rows = sparse(dense);
    const auto graph = sparse(similarities(dense));
    const auto expected = average_linkage(graph.view(), Control{});
    const auto found = average_linkage_of_rows(rows.view(), graph.view(), {}, Control{});
    EXPECT_EQ(found.left, expected.left);
    EXPECT_EQ(found.right, expected.right);
    for (std::int64_t m = 0; m < found.n_merges(); ++m)
      EXPECT_NEAR(found.similarity[m], expected.similarity[m], 1e-12);
  }
}

TEST(ForestLinkage, GivesOneResultForAnyThreadCount) {
  const auto dense = unit_rows(900, 60, 4);
  const auto rows = sparse(dense);
  const auto graph = sparse(similarities(dense));
  const auto weights = strongest_neighbors(graph.view(), 5, Control{1});
  const auto smoothed = smooth_rows(rows.view(), weights.view(), Control{1});
  const auto pairs = candidate_pairs(smoothed.view(), graph.view(), 6, Control{1});
  const auto expected = average_linkage_of_rows(smoothed.view(), pairs.view(), {}, Control{1});
  for (const int n_threads : {2, 3, 7}) {
    const auto found =
        average_linkage_of_rows(smoothed.view(), pairs.view(), {}, Control{n_threads});
    EXPECT_EQ(found.left, expected.left);
    EXPECT_EQ(found.right, expected.right);
    EXPECT_EQ(found.similarity, expected.similarity);
  }
}

TEST(Candidates, AreThePairsThatAreProposedWithTheirProducts) {
  const auto dense = unit_rows(200, 30, 6);
  const auto rows = sparse(dense);
  const auto all = sparse(similarities(dense));
  const auto nearest = strongest_neighbors(all.view(), 4, Control{1});
  for (const auto& graph : {all, nearest}) {  // the second one is taken as it is
    const auto expected = candidate_pairs(rows.view(), all.view(), 4, Control{1});
    const auto found =
        compared_pairs(rows.view(), proposed_pairs(graph.view(), 4, Control{2}), Control{2});
    EXPECT_EQ(found.offsets, expected.offsets);
    EXPECT_EQ(found.columns, expected.columns);
    EXPECT_EQ(found.values, expected.values);
  }
}

TEST(ForestLinkage, EndsSoonAfterTheCallerSaysSo) {
  Control control{2};
  control.check_interrupt = [] { throw Interrupted(); };
  const auto dense = unit_rows(300, 20, 5);
  const auto rows = sparse(dense);
  const auto graph = sparse(similarities(dense));
  EXPECT_THROW(average_linkage_of_rows(rows.view(), graph.view(), {}, control), Interrupted);
}

TEST(ForestLinkage, LeavesRowsApartThatShareNothing) {
  const auto rows = sparse({{1, 0}, {0, 1}, {0, 0}});
  const auto pairs = sparse({{0, 0, 0}, {0, 0, 0}, {0, 0, 0}});
  EXPECT_EQ(average_linkage_of_rows(rows.view(), pairs.view(), {}, Control{}).n_merges(), 0);
}

}  // namespace
}  // namespace samestory
