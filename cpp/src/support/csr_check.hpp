#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "samestory/control.hpp"
#include "samestory/csr.hpp"

namespace samestory {

/// A sparse matrix as somebody handed it over: nothing about it is trusted yet.
template <class Value, class Offset, class Column>
struct UncheckedCsr {
  std::int64_t n_rows;
  std::int64_t n_columns;
  std::span<const Offset> offsets;
  std::span<const Column> columns;
  std::span<const Value> values;
};

/// What a check found besides errors.
struct CsrForm {
  bool sorted_unique = true;  ///< every row's columns strictly ascend
};

/// Throws std::invalid_argument, naming the argument, the row and the limit, unless the offsets
/// start at 0, never fall and end within the arrays, every column is in [0, n_columns), n_columns
/// is below 2^31, and every value is finite.
template <class Value, class Offset, class Column>
CsrForm check_csr(const UncheckedCsr<Value, Offset, Column>& matrix, std::string_view name);

/// A checked copy with 64-bit offsets, 32-bit columns, rows sorted and duplicates summed (in the
/// order in which they stood). The matrix has to have passed check_csr.
template <class Value, class Offset, class Column>
CsrMatrix<Value> canonical_copy(const UncheckedCsr<Value, Offset, Column>& matrix);

}  // namespace samestory
