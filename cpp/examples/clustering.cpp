// Groups four articles, given as counts of five words, into stories.
#include <Eigen/SparseCore>
#include <cmath>
#include <cstdio>
#include <vector>

#include "samestory/average_linkage.hpp"
#include "samestory/candidates.hpp"
#include "samestory/eigen.hpp"
#include "samestory/smoothing.hpp"
#include "samestory/worth.hpp"

int main() {
  using Rows = Eigen::SparseMatrix<double, Eigen::RowMajor>;
  Rows counts(4, 5);
  const std::vector<Eigen::Triplet<double>> words{{0, 0, 2}, {0, 1, 1}, {1, 0, 1}, {1, 1, 1},
                                                  {1, 4, 1}, {2, 2, 1}, {2, 3, 2}, {3, 2, 2},
                                                  {3, 3, 1}, {3, 4, 1}};
  counts.setFromTriplets(words.begin(), words.end());
  for (Eigen::Index i = 0; i < counts.rows(); ++i)
    counts.row(i) /= counts.row(i).norm();
  const Rows similarities = counts * counts.transpose();

  const samestory::Control control;
  const auto rows = samestory::from_eigen(counts);
  const auto graph = samestory::from_eigen(similarities);
  const std::vector<double> zeros(4, 0.0);
  const samestory::TextTraits texts{zeros, zeros};
  const auto weights = samestory::smoothing_weights(graph.view(), texts, {}, {}, control);
  const auto smoothed = samestory::smooth_rows(rows.view(), weights.view(), control);
  const auto pairs = samestory::candidate_pairs(smoothed.view(), graph.view(), 10, control);
  const auto dendrogram = samestory::forest_linkage(smoothed.view(), pairs.view(), {}, control);

  const std::vector<double> once(4, 1.0), undated(4, std::nan("")), growth(4, 0.12), price(4, 0.2);
  const auto tree =
      samestory::story_tree(samestory::linkage_of(dendrogram), {once, undated, growth, price}, {});
  std::int64_t n_whole = 0;
  for (std::size_t k = 0; k < tree.linkage.size(); ++k) {
    const double granularity = 1 - tree.linkage[k].distance;
    n_whole += granularity >= 0.5;
    std::printf("nodes %g and %g: similarity %.3f, one story up to granularity %.3f\n",
                tree.linkage[k].left, tree.linkage[k].right, tree.similarity[k], granularity);
  }
  const auto labels = samestory::labels_at(tree.linkage, 4, 0.5);
  return n_whole == 2 && labels == std::vector<std::int64_t>{0, 0, 1, 1} ? 0 : 1;
}
