// Groups four articles, given as counts of five words, into stories.
#include <Eigen/SparseCore>
#include <cstdio>
#include <vector>

#include "samestory/eigen.hpp"
#include "samestory/stories.hpp"

int main() {
  Eigen::SparseMatrix<double, Eigen::RowMajor> counts(4, 5);
  const std::vector<Eigen::Triplet<double>> words{{0, 0, 2}, {0, 1, 1}, {1, 0, 1}, {1, 1, 1},
                                                  {1, 4, 1}, {2, 2, 1}, {2, 3, 2}, {3, 2, 2},
                                                  {3, 3, 1}, {3, 4, 1}};
  counts.setFromTriplets(words.begin(), words.end());
  for (Eigen::Index i = 0; i < counts.rows(); ++i)
    counts.row(i) /= counts.row(i).norm();

  const auto rows = samestory::from_eigen(counts);
  const std::vector<std::int64_t> n_words(4, 100);  // long texts: a shared word is no chance
  const auto found = samestory::group_texts(rows.view(), {.n_words = n_words}, {});
  for (std::size_t k = 0; k < found.tree.linkage.size(); ++k) {
    const auto& merge = found.tree.linkage[k];
    std::printf("nodes %g and %g: similarity %.3f, one story up to granularity %.3f\n", merge.left,
                merge.right, found.tree.similarity[k], 1 - merge.distance);
  }
  return found.labels == std::vector<std::int64_t>{0, 0, 1, 1} ? 0 : 1;
}
