#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <set>
#include <vector>

#include "similarity/prepared_rows.hpp"

namespace samestory::similarity {
namespace {

/// Rows of `n` columns and a second set of n columns: those of the first times what `factor` says.
template <class Factor>
CsrMatrix<double> doubled_rows(std::int64_t n_rows, std::int32_t n, Factor&& factor) {
  std::mt19937 random(11);
  CsrMatrix<double> rows;
  rows.n_rows = n_rows;
  rows.n_columns = 2 * n;
  rows.offsets.push_back(0);
  for (std::int64_t row = 0; row < n_rows; ++row) {
    std::vector<double> values(n);
    for (auto& value : values)
      value = random() % 3 == 0 ? 1 + static_cast<double>(random() % 5) : 0;
    for (std::int32_t column = 0; column < 2 * n; ++column) {
      const double value = values[column % n] * (column < n ? 1 : factor(row, column - n));
      if (value == 0) continue;
      rows.columns.push_back(column);
      rows.values.push_back(value);
    }
    rows.offsets.push_back(static_cast<std::int64_t>(rows.columns.size()));
  }
  return rows;
}

struct Prepared {
  FeatureOrder order;
  PreparedRows rows;
};

Prepared prepare(const CsrMatrix<double>& matrix) {
  const ExactRows<double> exact(matrix.view(), true, {});
  std::vector<std::int64_t> every(matrix.n_rows);
  std::iota(every.begin(), every.end(), 0);
  auto order = order_features(matrix.view(), true, {});
  auto rows = prepare_rows(exact, every, order, {});
  return {std::move(order), std::move(rows)};
}

double product(const PreparedRows& rows, std::int32_t n_features, std::int64_t i, std::int64_t j) {
  std::vector<double> values(n_features);
  for (auto k = rows.offsets[i]; k < rows.offsets[i + 1]; ++k)
    values[rows.features[k]] = rows.values[k];
  double sum = 0;
  for (auto k = rows.offsets[j]; k < rows.offsets[j + 1]; ++k)
    sum += values[rows.features[k]] * rows.values[k];
  return sum;
}

double cosine(const CsrMatrix<double>& matrix, std::int64_t i, std::int64_t j) {
  std::vector<double> x(matrix.n_columns), y(matrix.n_columns);
  for (auto k = matrix.offsets[i]; k < matrix.offsets[i + 1]; ++k)
    x[matrix.columns[k]] = matrix.values[k];
  for (auto k = matrix.offsets[j]; k < matrix.offsets[j + 1]; ++k)
    y[matrix.columns[k]] = matrix.values[k];
  const auto dot = [](const auto& a, const auto& b) {
    return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
  };
  return dot(x, y) / std::sqrt(dot(x, x) * dot(y, y));
}

/// A product of prepared rows is at least the cosine, and at most the rows' losses above it.
void expect_bounds(const CsrMatrix<double>& matrix) {
  const auto [order, rows] = prepare(matrix);
  for (std::int64_t i = 0; i < matrix.n_rows; ++i) {
    for (std::int64_t j = 0; j < matrix.n_rows; ++j) {
      if (matrix.offsets[i] == matrix.offsets[i + 1] || matrix.offsets[j] == matrix.offsets[j + 1])
        continue;
      const double sum = product(rows, order.n_features, i, j), exact = cosine(matrix, i, j);
      EXPECT_GE(sum + rows.margins[i], exact) << i << " " << j;
      EXPECT_LE(sum - rows.losses[i] - rows.losses[j] - rows.margins[i], exact) << i << " " << j;
    }
  }
}

TEST(PreparedRows, TwinsInProportionAreOneFeatureWithoutLoss) {
  const auto matrix = doubled_rows(60, 20, [](auto, auto column) { return 0.5 + column; });
  const auto [order, rows] = prepare(matrix);
  EXPECT_EQ(order.n_features, 20);
  EXPECT_EQ(2 * rows.offsets.back(), matrix.offsets.back());
  for (const float loss : rows.losses)
    EXPECT_LT(loss, 2e-6);
  expect_bounds(matrix);
}

TEST(PreparedRows, TwinsOutOfProportionLoseNoMoreThanIsSaid) {
  std::mt19937 random(12);
  std::uniform_real_distribution<double> factor(0.1, 3);
  const auto matrix = doubled_rows(60, 20, [&](auto, auto) { return factor(random); });
  const auto [order, rows] = prepare(matrix);
  EXPECT_EQ(order.n_features, 20);
  expect_bounds(matrix);
}

TEST(PreparedRows, ColumnsOfDifferentRowsAreNoTwins) {
  const auto matrix =
      doubled_rows(60, 20, [](auto row, auto) { return row == 7 || row == 8 ? 0.0 : 1.0; });
  // Rows 7 and 8 have columns of the first set only; where they have none, the rest agree.
  std::set<std::int32_t> apart;
  for (auto k = matrix.offsets[7]; k < matrix.offsets[9]; ++k)
    apart.insert(matrix.columns[k]);
  ASSERT_FALSE(apart.empty());
  EXPECT_EQ(prepare(matrix).order.n_features, 20 + static_cast<std::int32_t>(apart.size()));
  expect_bounds(matrix);
}

TEST(PreparedRows, LongRowsAreSortedFromRareToFrequent) {
  const auto matrix = doubled_rows(
      300, 3000, [](auto row, auto column) { return (row + column) % 7 == 0 ? 0.0 : 1.0; });
  const auto [order, rows] = prepare(matrix);
  ASSERT_GT(rows.offsets[1], 1000);
  for (std::int64_t row = 0; row < rows.n_rows; ++row) {
    const auto* features = rows.features.data();
    EXPECT_TRUE(std::is_sorted(features + rows.offsets[row], features + rows.offsets[row + 1]));
  }
  EXPECT_NEAR(product(rows, order.n_features, 3, 250), cosine(matrix, 3, 250), 1e-4);
}

TEST(PreparedRows, ColumnsWithNegativeValuesAreNoTwins) {
  const auto matrix = doubled_rows(60, 20, [](auto row, auto) { return row == 7 ? -1.0 : 1.0; });
  EXPECT_EQ(prepare(matrix).order.n_features, 40);
}

TEST(PreparedRows, RowsOfAnotherMatrixMayHaveOneOfTwoColumns) {
  const auto matrix = doubled_rows(60, 20, [](auto, auto) { return 1.0; });
  EXPECT_EQ(order_features(matrix.view(), false, {}).n_features, 40);
}

}  // namespace
}  // namespace samestory::similarity
