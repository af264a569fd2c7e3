#include <gtest/gtest.h>

#include <stdexcept>

#include "clustering_data.hpp"
#include "samestory/components.hpp"
#include "samestory/leiden.hpp"

namespace samestory {
namespace {

using testing::sparse;

/// Cliques in a ring, each tied to the next by one edge.
CsrMatrix<double> ring_of_cliques(int n_cliques, int size) {
  const int n = n_cliques * size;
  std::vector<std::vector<double>> graph(n, std::vector<double>(n, 0.0));
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < n; ++j)
      graph[i][j] = i != j && i / size == j / size ? 1.0 : 0.0;
  }
  for (int clique = 0; clique < n_cliques; ++clique) {
    const int a = clique * size;
    const int b = (a + size + 1) % n;
    graph[a][b] = graph[b][a] = 1.0;
  }
  return sparse(graph);
}

TEST(Leiden, FindsTheCliquesOfARing) {
  const auto graph = ring_of_cliques(8, 5);
  for (const auto objective : {LeidenObjective::kModularity, LeidenObjective::kCpm}) {
    LeidenOptions options;
    options.objective = objective;
    options.resolution = objective == LeidenObjective::kCpm ? .3 : 1.0;
    for (const int n_threads : {1, 2, 3, 7}) {
      const auto labels = leiden(graph.view(), options, Control{n_threads});
      for (int i = 0; i < 40; ++i)
        EXPECT_EQ(labels[i], i / 5);
    }
  }
}

TEST(Leiden, RefusesBadOptionsAndWeights) {
  LeidenOptions options;
  options.resolution = -1;
  EXPECT_THROW(leiden(ring_of_cliques(3, 3).view(), options, Control{}), std::invalid_argument);
  EXPECT_THROW(leiden(sparse({{0, -1}, {-1, 0}}).view(), {}, Control{}), std::invalid_argument);
}

TEST(ConnectedComponents, FollowEdgesBothWays) {
  const auto graph = sparse({{0, 0, 0, 0}, {0, 0, 0, 1}, {0, 0, 0, 0}, {0, 0, 0, 0}});
  EXPECT_EQ(connected_components(graph.view(), Control{}), (std::vector<std::int64_t>{1, 0, 2, 0}));
}

}  // namespace
}  // namespace samestory
