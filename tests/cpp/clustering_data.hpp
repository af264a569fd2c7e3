#pragma once

#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "samestory/csr.hpp"

namespace samestory::testing {

/// A dense matrix by rows as CSR; zeros are left out.
inline CsrMatrix<double> sparse(const std::vector<std::vector<double>>& dense) {
  CsrMatrix<double> matrix;
  matrix.n_rows = static_cast<std::int64_t>(dense.size());
  matrix.n_columns = dense.empty() ? 0 : static_cast<std::int64_t>(dense[0].size());
  matrix.offsets.push_back(0);
  for (const auto& row : dense) {
    for (std::size_t column = 0; column < row.size(); ++column) {
      if (row[column] == 0) continue;
      matrix.columns.push_back(static_cast<std::int32_t>(column));
      matrix.values.push_back(row[column]);
    }
    matrix.offsets.push_back(static_cast<std::int64_t>(matrix.columns.size()));
  }
  return matrix;
}

/// Random rows of length 1 around a few centres.
inline std::vector<std::vector<double>> unit_rows(int n, int width, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<std::vector<double>> rows(n, std::vector<double>(width, 0.0));
  for (int i = 0; i < n; ++i) {
    double squares = 0;
    for (int k = 0; k < width; ++k) {
      const bool is_present = random() % 4 == 0 || k == (i * 7) % width;
      rows[i][k] = is_present ? 0.1 + static_cast<double>(random() % 1000) / 1000 : 0.0;
      squares += rows[i][k] * rows[i][k];
    }
    for (auto& value : rows[i])
      value /= std::sqrt(squares);
  }
  return rows;
}

/// All dot products of different rows.
inline std::vector<std::vector<double>> similarities(const std::vector<std::vector<double>>& rows) {
  std::vector<std::vector<double>> graph(rows.size(), std::vector<double>(rows.size(), 0.0));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t j = 0; j < rows.size(); ++j) {
      for (std::size_t k = 0; i != j && k < rows[i].size(); ++k)
        graph[i][j] += rows[i][k] * rows[j][k];
    }
  }
  return graph;
}

}  // namespace samestory::testing
