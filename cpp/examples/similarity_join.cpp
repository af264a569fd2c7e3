// Which rows of a sparse matrix are similar? Eigen in, Eigen out.
#include <Eigen/SparseCore>
#include <iostream>
#include <vector>

#include "samestory/samestory.hpp"

int main() {
  // Four texts counted by hand: rain, harbour, flood, football, final.
  const std::vector<Eigen::Triplet<double>> counts{
      {0, 0, 2}, {0, 1, 1}, {0, 2, 1},  // rain floods the harbour
      {1, 0, 1}, {1, 2, 2},             // flood after rain
      {2, 3, 1}, {2, 4, 2},             // the football final
      {3, 1, 1}, {3, 3, 2}, {3, 4, 2},  // football final at the harbour
  };
  Eigen::SparseMatrix<double, Eigen::RowMajor> texts(4, 5);
  texts.setFromTriplets(counts.begin(), counts.end());

  const auto rows = samestory::from_eigen(texts);
  const auto similar =
      samestory::to_eigen(samestory::similarity_join(rows.view(), {.threshold = 0.5}));

  std::cout << "pairs at a cosine of 0.5 or more:\n";
  for (Eigen::Index row = 0; row < similar.rows(); ++row) {
    for (decltype(similar)::InnerIterator pair(similar, row); pair; ++pair) {
      if (pair.row() < pair.col())
        std::cout << pair.row() << " " << pair.col() << " " << pair.value() << "\n";
    }
  }
  return similar.nonZeros() == 4 ? 0 : 1;
}
