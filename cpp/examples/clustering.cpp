// Groups four articles, given as counts of five words, into stories.
#include <Eigen/SparseCore>
#include <cstdio>
#include <vector>

#include "samestory/average_linkage.hpp"
#include "samestory/candidates.hpp"
#include "samestory/cut.hpp"
#include "samestory/eigen.hpp"
#include "samestory/smoothing.hpp"

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
  const auto weights = samestory::strongest_neighbors(graph.view(), 5, control);
  const auto smoothed = samestory::smooth_rows(rows.view(), weights.view(), control);
  const auto pairs = samestory::candidate_pairs(smoothed.view(), graph.view(), 10, control);
  const auto dendrogram = samestory::forest_linkage(smoothed.view(), pairs.view(), {}, control);

  for (std::int64_t k = 0; k <= dendrogram.n_merges(); ++k) {
    const auto curve = samestory::tree_cut_curve(dendrogram, {k}, {});
    std::printf("%ld merges: criterion %.3f, stories", static_cast<long>(k), curve.score[0]);
    for (const auto label : samestory::labels_after(dendrogram, k))
      std::printf(" %ld", static_cast<long>(label));
    std::printf("\n");
  }
  return samestory::labels_after(dendrogram, 2) == std::vector<std::int64_t>{0, 0, 1, 1} ? 0 : 1;
}
