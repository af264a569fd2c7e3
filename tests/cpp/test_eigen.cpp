#include <gtest/gtest.h>

#include "samestory/eigen.hpp"

namespace samestory {
namespace {

TEST(Eigen, RowsComeBackAsTheyWent) {
  Eigen::SparseMatrix<double, Eigen::RowMajor> matrix(3, 4);
  matrix.insert(0, 3) = 1.5;
  matrix.insert(2, 0) = -2.0;
  const auto rows = from_eigen(matrix);
  EXPECT_EQ(rows.offsets, (Buffer<std::int64_t>{0, 1, 1, 2}));
  const auto back = to_eigen(rows);
  EXPECT_EQ(back.rows(), 3);
  EXPECT_EQ(back.coeff(0, 3), 1.5);
  EXPECT_EQ(back.coeff(2, 0), -2.0);
}

}  // namespace
}  // namespace samestory
