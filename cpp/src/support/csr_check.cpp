#include "support/csr_check.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace samestory {
namespace {

[[noreturn]] void fail(std::string_view name, const std::string& what) {
  throw std::invalid_argument(std::string(name) + ": " + what);
}

std::string in_row(std::int64_t row) {
  return "row " + std::to_string(row) + ": ";
}

template <class Value, class Offset, class Column>
void check_shape(const UncheckedCsr<Value, Offset, Column>& matrix, std::string_view name) {
  if (matrix.n_rows < 0 || matrix.n_columns < 0) fail(name, "the shape has a negative number");
  if (matrix.n_columns > std::numeric_limits<std::int32_t>::max()) {
    fail(name, "has " + std::to_string(matrix.n_columns) + " columns; the limit is 2^31 - 1");
  }
  if (static_cast<std::int64_t>(matrix.offsets.size()) != matrix.n_rows + 1) {
    fail(name, "indptr has " + std::to_string(matrix.offsets.size()) + " entries; a matrix of " +
                   std::to_string(matrix.n_rows) + " rows needs one more than its rows");
  }
  if (matrix.columns.size() != matrix.values.size()) {
    fail(name, "indices has " + std::to_string(matrix.columns.size()) + " entries, but data has " +
                   std::to_string(matrix.values.size()));
  }
}

template <class Value, class Offset, class Column>
void check_offsets(const UncheckedCsr<Value, Offset, Column>& matrix, std::string_view name) {
  if (matrix.offsets[0] != 0) {
    fail(name, "indptr starts at " + std::to_string(matrix.offsets[0]) + "; it has to start at 0");
  }
  for (std::int64_t row = 0; row < matrix.n_rows; ++row) {
    if (matrix.offsets[row + 1] < matrix.offsets[row]) {
      fail(name, in_row(row) + "indptr falls from " + std::to_string(matrix.offsets[row]) + " to " +
                     std::to_string(matrix.offsets[row + 1]) + "; it may never fall");
    }
  }
  if (static_cast<std::uint64_t>(matrix.offsets[matrix.n_rows]) > matrix.columns.size()) {
    fail(name, "indptr ends at " + std::to_string(matrix.offsets[matrix.n_rows]) +
                   ", but indices and data hold only " + std::to_string(matrix.columns.size()) +
                   " entries");
  }
}

/// Says what is wrong with a row, if anything is.
template <class Value, class Offset, class Column>
void explain_row(const UncheckedCsr<Value, Offset, Column>& matrix, std::int64_t row,
                 std::string_view name) {
  for (auto entry = matrix.offsets[row]; entry < matrix.offsets[row + 1]; ++entry) {
    const auto column = static_cast<std::int64_t>(matrix.columns[entry]);
    if (column < 0 || column >= matrix.n_columns) {
      fail(name, in_row(row) + "column index " + std::to_string(column) + " is outside of [0, " +
                     std::to_string(matrix.n_columns) + ")");
    }
    if (!std::isfinite(matrix.values[entry])) {
      fail(name, in_row(row) + "the value in column " + std::to_string(column) +
                     " is NaN or infinite; every value has to be finite");
    }
  }
}

/// Whether the columns of a row strictly ascend. Loops without a way out, so that a compiler sees
/// that it can use vectors: long matrices are checked with each call.
template <class Value, class Offset, class Column>
bool check_row(const UncheckedCsr<Value, Offset, Column>& matrix, std::int64_t row,
               std::string_view name) {
  using Unsigned = std::make_unsigned_t<Column>;
  using Bits = std::conditional_t<sizeof(Value) == 8, std::uint64_t, std::uint32_t>;
  const auto infinite = std::bit_cast<Bits>(std::numeric_limits<Value>::infinity());
  const auto limit = static_cast<Unsigned>(matrix.n_columns);
  const auto begin = matrix.offsets[row], count = matrix.offsets[row + 1] - begin;
  const auto* columns = matrix.columns.data() + begin;
  const auto* values = matrix.values.data() + begin;
  Unsigned n_wrong = 0, n_falls = 0;
  Bits n_not_finite = 0;
  for (Offset i = 0; i < count; ++i)
    n_wrong += static_cast<Unsigned>(columns[i]) >= limit;
  for (Offset i = 0; i < count; ++i)
    n_not_finite += (std::bit_cast<Bits>(values[i]) & infinite) == infinite;
  for (Offset i = 1; i < count; ++i)
    n_falls += columns[i] <= columns[i - 1];
  if (n_wrong != 0 || n_not_finite != 0) explain_row(matrix, row, name);
  return n_falls == 0;
}

/// Appends one row with its columns sorted and its duplicates summed.
template <class Value>
void append_canonical(std::vector<std::pair<std::int32_t, Value>>& row, CsrMatrix<Value>& out) {
  std::stable_sort(row.begin(), row.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  const auto first = out.columns.size();
  for (const auto& [column, value] : row) {
    if (out.columns.size() > first && out.columns.back() == column) {
      out.values.back() += value;
    } else {
      out.columns.push_back(column);
      out.values.push_back(value);
    }
  }
  out.offsets.push_back(static_cast<std::int64_t>(out.columns.size()));
}

}  // namespace

template <class Value, class Offset, class Column>
CsrForm check_csr(const UncheckedCsr<Value, Offset, Column>& matrix, std::string_view name) {
  check_shape(matrix, name);
  check_offsets(matrix, name);
  CsrForm form;
  for (std::int64_t row = 0; row < matrix.n_rows; ++row) {
    form.sorted_unique &= check_row(matrix, row, name);
  }
  return form;
}

template <class Value, class Offset, class Column>
CsrMatrix<Value> canonical_copy(const UncheckedCsr<Value, Offset, Column>& matrix) {
  CsrMatrix<Value> out{matrix.n_rows, matrix.n_columns, {}, {}, {}};
  out.offsets.push_back(0);
  out.columns.reserve(matrix.offsets[matrix.n_rows]);
  out.values.reserve(matrix.offsets[matrix.n_rows]);
  std::vector<std::pair<std::int32_t, Value>> entries;
  for (std::int64_t row = 0; row < matrix.n_rows; ++row) {
    entries.clear();
    for (auto entry = matrix.offsets[row]; entry < matrix.offsets[row + 1]; ++entry) {
      entries.emplace_back(static_cast<std::int32_t>(matrix.columns[entry]), matrix.values[entry]);
    }
    append_canonical(entries, out);
  }
  return out;
}

#define SAMESTORY_INSTANTIATE(Value, Offset, Column)                                        \
  template CsrForm check_csr(const UncheckedCsr<Value, Offset, Column>&, std::string_view); \
  template CsrMatrix<Value> canonical_copy(const UncheckedCsr<Value, Offset, Column>&);
#define SAMESTORY_INSTANTIATE_VALUE(Value)                 \
  SAMESTORY_INSTANTIATE(Value, std::int32_t, std::int32_t) \
  SAMESTORY_INSTANTIATE(Value, std::int64_t, std::int32_t) \
  SAMESTORY_INSTANTIATE(Value, std::int64_t, std::int64_t) \
  SAMESTORY_INSTANTIATE(Value, std::int32_t, std::int64_t)
SAMESTORY_INSTANTIATE_VALUE(float)
SAMESTORY_INSTANTIATE_VALUE(double)
#undef SAMESTORY_INSTANTIATE_VALUE
#undef SAMESTORY_INSTANTIATE

}  // namespace samestory
