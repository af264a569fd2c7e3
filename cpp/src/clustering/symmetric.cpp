#include "clustering/symmetric.hpp"

#include <utility>

#include "clustering/row_assembly.hpp"

namespace samestory {

template <class Value>
CsrMatrix<Value> transposed(const CsrView<Value>& matrix) {
  CsrMatrix<Value> result{matrix.n_columns, matrix.n_rows, {}, {}, {}};
  const auto n_entries = matrix.n_entries();
  result.offsets.assign(matrix.n_columns + 1, 0);
  result.columns.resize(n_entries);
  result.values.resize(n_entries);
  for (std::int64_t i = 0; i < n_entries; ++i)
    ++result.offsets[matrix.columns[i] + 1];
  for (std::int64_t i = 0; i < matrix.n_columns; ++i)
    result.offsets[i + 1] += result.offsets[i];
  std::vector<std::int64_t> next(result.offsets.begin(), result.offsets.end() - 1);
  for (std::int64_t row = 0; row < matrix.n_rows; ++row) {
    for (auto i = matrix.offsets[row]; i < matrix.offsets[row + 1]; ++i) {
      const auto place = next[matrix.columns[i]]++;
      result.columns[place] = static_cast<std::int32_t>(row);
      result.values[place] = matrix.values[i];
    }
  }
  return result;
}

template <class Value>
CsrMatrix<Value> symmetric_union(const CsrView<Value>& matrix, const Control& control) {
  const auto backward = transposed(matrix);
  const auto other = backward.view();
  const auto make_row = [&](std::int64_t row, int, auto& chunk) {
    auto a = matrix.offsets[row];
    auto b = other.offsets[row];
    const auto a_end = matrix.offsets[row + 1];
    const auto b_end = other.offsets[row + 1];
    while (a < a_end || b < b_end) {
      if (b == b_end || (a < a_end && matrix.columns[a] < other.columns[b])) {
        chunk.push(matrix.columns[a], matrix.values[a]);
        ++a;
      } else if (a == a_end || other.columns[b] < matrix.columns[a]) {
        chunk.push(other.columns[b], other.values[b]);
        ++b;
      } else {
        chunk.push(matrix.columns[a], (matrix.values[a] + other.values[b]) / 2);
        ++a, ++b;
      }
    }
  };
  return RowAssembly<Value>::build(matrix.n_rows, matrix.n_columns, 1024, control, make_row);
}

template CsrMatrix<float> transposed(const CsrView<float>&);
template CsrMatrix<double> transposed(const CsrView<double>&);
template CsrMatrix<float> symmetric_union(const CsrView<float>&, const Control&);
template CsrMatrix<double> symmetric_union(const CsrView<double>&, const Control&);

}  // namespace samestory
