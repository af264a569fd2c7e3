#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

#include "clustering_data.hpp"
#include "layout/quadtree.hpp"
#include "samestory/disc_placement.hpp"
#include "samestory/graph_layout.hpp"

namespace samestory {
namespace {

std::vector<Point> random_points(int n, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<Point> points(n);
  for (auto& point : points)
    point = {static_cast<double>(random() % 1000) / 50, static_cast<double>(random() % 1000) / 50};
  return points;
}

double distance(const Point& a, const Point& b) {
  return std::hypot(a.x - b.x, a.y - b.y);
}

// The slow sum that the tree stands for; an opening of 0 looks at every point.
TEST(Quadtree, SumsOverAllOtherPoints) {
  auto points = random_points(300, 1);
  points[7] = points[8];  // two in one place
  std::vector<double> masses(points.size());
  for (std::size_t i = 0; i < masses.size(); ++i)
    masses[i] = 1.0 + static_cast<double>(i % 5);
  Quadtree tree;
  tree.build(points, masses);
  for (const std::int32_t i : {0, 7, 299}) {
    double nearness = 0, x = 0;
    for (std::size_t j = 0; j < points.size(); ++j) {
      if (static_cast<std::int32_t>(j) == i) continue;
      const double q = 1 / (1 + std::pow(distance(points[i], points[j]), 2));
      nearness += masses[j] * q;
      x += masses[j] * q * q * (points[i].x - points[j].x);
    }
    EXPECT_NEAR(tree.repulsion(i, 0).nearness, nearness, 1e-9 * nearness);
    EXPECT_NEAR(tree.repulsion(i, 0).force.x, x, 1e-9);
    EXPECT_NEAR(tree.repulsion(i, .5).nearness, nearness, .02 * nearness);
  }
}

TEST(GraphLayout, BringsLinkedNodesTogether) {
  // Two cliques of ten, and nothing between them.
  std::vector<std::vector<double>> dense(20, std::vector<double>(20, 0));
  for (int i = 0; i < 20; ++i) {
    for (int j = 0; j < 20; ++j)
      dense[i][j] = i != j && i % 2 == j % 2 ? 1 : 0;
  }
  const auto links = testing::sparse(dense);
  const auto start = random_points(20, 2);
  const std::vector<double> masses(20, 1);
  const auto places = graph_layout(links.view(), masses, start, {}, {});
  double farthest_within = 0, nearest_between = 1e9;
  for (int i = 0; i < 20; ++i) {
    for (int j = 0; j < i; ++j) {
      const double gap = distance(places[i], places[j]);
      if (i % 2 == j % 2)
        farthest_within = std::max(farthest_within, gap);
      else
        nearest_between = std::min(nearest_between, gap);
    }
  }
  EXPECT_LT(farthest_within, nearest_between);
}

TEST(GraphLayout, IsTheSameForAnyNumberOfThreads) {
  const auto links = testing::sparse(testing::similarities(testing::unit_rows(400, 30, 3)));
  const auto start = random_points(400, 4);
  const std::vector<double> masses(400, 1);
  const GraphLayoutOptions few{.n_early = 10, .n_late = 10};
  const auto one = graph_layout(links.view(), masses, start, few, Control{.n_threads = 1});
  const auto three = graph_layout(links.view(), masses, start, few, Control{.n_threads = 3});
  for (int i = 0; i < 400; ++i) {
    EXPECT_EQ(one[i].x, three[i].x);
    EXPECT_EQ(one[i].y, three[i].y);
  }
}

TEST(GraphLayout, RefusesWhatIsNoGraph) {
  const auto links = testing::sparse({{0, 1}, {1, 0}});
  const auto wide = testing::sparse({{0, 1, 0}, {1, 0, 0}});
  const auto negative = testing::sparse({{0, -1}, {-1, 0}});
  const std::vector<Point> start{{0, 0}, {1, 1}}, endless{{0, 0}, {NAN, 1}};
  const std::vector<double> masses{1, 1}, weightless{1, 0};
  EXPECT_NO_THROW(graph_layout(links.view(), masses, start, {}, {}));
  EXPECT_THROW(graph_layout(wide.view(), masses, start, {}, {}), std::invalid_argument);
  EXPECT_THROW(graph_layout(negative.view(), masses, start, {}, {}), std::invalid_argument);
  EXPECT_THROW(graph_layout(links.view(), weightless, start, {}, {}), std::invalid_argument);
  EXPECT_THROW(graph_layout(links.view(), masses, endless, {}, {}), std::invalid_argument);
}

TEST(DiscPlacement, LeavesNoTwoDiscsOverEachOther) {
  auto wanted = random_points(300, 5);
  std::vector<double> radii(300);
  for (int i = 0; i < 300; ++i)
    radii[i] = i < 20 ? 5.0 - i * .2 : .5;
  std::fill(wanted.begin() + 100, wanted.begin() + 200, wanted[0]);  // a crowd
  const auto places = disc_placement(wanted, radii, .25, {});
  EXPECT_EQ(places[0].x, wanted[0].x);
  for (int i = 0; i < 300; ++i) {
    for (int j = 0; j < i; ++j)
      EXPECT_GE(distance(places[i], places[j]), radii[i] + radii[j] + .25 - 1e-9);
  }
}

TEST(DiscPlacement, RefusesWhatIsNoDisc) {
  const std::vector<Point> one{{0, 0}}, endless{{INFINITY, 0}};
  const std::vector<double> radius{1}, none{0};
  EXPECT_THROW(disc_placement(one, none, 0, {}), std::invalid_argument);
  EXPECT_THROW(disc_placement(endless, radius, 0, {}), std::invalid_argument);
  EXPECT_THROW(disc_placement(one, radius, -1, {}), std::invalid_argument);
  EXPECT_TRUE(disc_placement({}, {}, 1, {}).empty());
}

}  // namespace
}  // namespace samestory
