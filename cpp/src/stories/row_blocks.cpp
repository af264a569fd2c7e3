#include "stories/row_blocks.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "clustering/kept_entries.hpp"
#include "samestory/weighting.hpp"
#include "text/weighting.hpp"

namespace samestory {
namespace {

template <class Value, class Other>
void append(CsrMatrix<Value>& all, CsrMatrix<Other>&& block) {
  const auto begin = all.offsets.back();
  for (std::int64_t row = 1; row <= block.n_rows; ++row)
    all.offsets.push_back(begin + block.offsets[row]);
  for (const auto column : block.columns)
    all.columns.push_back(static_cast<std::int32_t>(column + all.n_columns));
  for (const auto value : block.values)
    all.values.push_back(static_cast<Value>(value));
  all.n_rows += block.n_rows;
  all.n_columns += block.n_columns;
  block = {};
}

template <class Value>
CsrMatrix<Value> appended(std::vector<AnyCsrMatrix>&& blocks) {
  CsrMatrix<Value> all{0, 0, {0}, {}, {}};
  std::int64_t n_entries = 0;
  for (const auto& block : blocks)
    n_entries += std::visit([](const auto& matrix) { return matrix.n_entries(); }, block);
  all.columns.reserve(n_entries);
  all.values.reserve(n_entries);
  for (auto& block : blocks)
    std::visit([&](auto& matrix) { append(all, std::move(matrix)); }, block);
  return all;
}

bool is_single(const AnyCsrMatrix& matrix) {
  return std::holds_alternative<CsrMatrix<float>>(matrix);
}

}  // namespace

AnyCsrMatrix diagonal_blocks(std::vector<AnyCsrMatrix>&& blocks) {
  if (blocks.size() == 1) return std::move(blocks[0]);
  if (std::any_of(blocks.begin(), blocks.end(), is_single))
    return appended<float>(std::move(blocks));
  return appended<double>(std::move(blocks));
}

CsrMatrix<double> blended(const CsrMatrix<double>& left, const CsrMatrix<double>& right,
                          double share, const Control& control) {
  const double of_left = std::sqrt(1.0 - share), of_right = std::sqrt(share);
  CsrMatrix<double> both{left.n_rows, left.n_columns + right.n_columns, {0}, {}, {}};
  both.columns.reserve(left.n_entries() + right.n_entries());
  both.values.reserve(left.n_entries() + right.n_entries());
  for (std::int64_t row = 0; row < left.n_rows; ++row) {
    for (auto i = left.offsets[row]; i < left.offsets[row + 1]; ++i) {
      both.columns.push_back(left.columns[i]);
      both.values.push_back(left.values[i] * of_left);
    }
    for (auto i = right.offsets[row]; i < right.offsets[row + 1]; ++i) {
      both.columns.push_back(static_cast<std::int32_t>(left.n_columns + right.columns[i]));
      both.values.push_back(right.values[i] * of_right);
    }
    both.offsets.push_back(std::ssize(both.columns));
  }
  normalize_rows<double, std::int64_t>(both.values, both.offsets, Norm::l2, control);
  return both;
}

CsrMatrix<double> blended(const AnyCsrMatrix& left, std::span<const double> right,
                          std::int64_t n_dimensions, double share, const Control& control) {
  const auto in_double = std::visit(
      [](const auto& rows) {
        return CsrMatrix<double>{rows.n_rows,
                                 rows.n_columns,
                                 rows.offsets,
                                 rows.columns,
                                 {rows.values.begin(), rows.values.end()}};
      },
      left);
  CsrMatrix<double> dense{in_double.n_rows, n_dimensions, {0}, {}, {right.begin(), right.end()}};
  for (std::int64_t row = 0; row < dense.n_rows; ++row) {
    for (std::int64_t d = 0; d < n_dimensions; ++d)
      dense.columns.push_back(static_cast<std::int32_t>(d));
    dense.offsets.push_back(std::ssize(dense.columns));
  }
  return blended(in_double, dense, share, control);
}

AnyCsrMatrix without_zeros(AnyCsrMatrix&& matrix, const Control& control) {
  return std::visit(
      [&](auto&& any) -> AnyCsrMatrix {
        const auto is_stored = [](auto value) { return value != 0; };
        if (std::all_of(any.values.begin(), any.values.end(), is_stored)) return std::move(any);
        std::vector<char> is_kept(any.values.size());
        std::transform(any.values.begin(), any.values.end(), is_kept.begin(), is_stored);
        return kept_entries(any.view(), is_kept, control);
      },
      std::move(matrix));
}

}  // namespace samestory
