#pragma once

#include <Eigen/SparseCore>
#include <algorithm>
#include <cstdint>
#include <limits>
#include <stdexcept>

#include "samestory/csr.hpp"

namespace samestory {

/// The rows of a compressed or uncompressed row-major Eigen matrix, copied with 64-bit offsets.
template <class Value, int Options, class StorageIndex>
CsrMatrix<Value> from_eigen(const Eigen::SparseMatrix<Value, Options, StorageIndex>& matrix) {
  static_assert(Options & Eigen::RowMajorBit, "samestory works on row-major matrices");
  using Iterator = typename Eigen::SparseMatrix<Value, Options, StorageIndex>::InnerIterator;
  if (matrix.cols() > std::numeric_limits<std::int32_t>::max()) {
    throw std::invalid_argument("a matrix may have at most 2^31 - 1 columns");
  }
  CsrMatrix<Value> rows{matrix.rows(), matrix.cols(), {}, {}, {}};
  rows.offsets.reserve(matrix.rows() + 1);
  rows.columns.reserve(matrix.nonZeros());
  rows.values.reserve(matrix.nonZeros());
  rows.offsets.push_back(0);
  for (Eigen::Index row = 0; row < matrix.rows(); ++row) {
    for (Iterator entry(matrix, row); entry; ++entry) {
      rows.columns.push_back(static_cast<std::int32_t>(entry.col()));
      rows.values.push_back(entry.value());
    }
    rows.offsets.push_back(static_cast<std::int64_t>(rows.columns.size()));
  }
  return rows;
}

/// A copy as an Eigen matrix with 64-bit indices.
template <class Value>
Eigen::SparseMatrix<Value, Eigen::RowMajor, std::int64_t> to_eigen(const CsrMatrix<Value>& rows) {
  Eigen::SparseMatrix<Value, Eigen::RowMajor, std::int64_t> matrix(rows.n_rows, rows.n_columns);
  matrix.resizeNonZeros(rows.n_entries());
  std::copy(rows.offsets.begin(), rows.offsets.end(), matrix.outerIndexPtr());
  std::copy(rows.columns.begin(), rows.columns.end(), matrix.innerIndexPtr());
  std::copy(rows.values.begin(), rows.values.end(), matrix.valuePtr());
  return matrix;
}

}  // namespace samestory
