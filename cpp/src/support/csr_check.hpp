#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "samestory/csr.hpp"

namespace samestory {

/// What a compressed sparse matrix holds together: its rows (CSR) or its columns (CSC).
enum class MajorAxis : std::uint8_t { rows, columns };

/// Where the entries of a compressed sparse matrix stand, as somebody handed it over: nothing about
/// it is trusted yet. `n_values` is how many values come with it.
template <class Offset, class Index>
struct UncheckedStructure {
  std::int64_t n_major;
  std::int64_t n_minor;
  std::span<const Offset> offsets;
  std::span<const Index> indices;
  std::size_t n_values;
};

/// Throws std::invalid_argument, naming the argument, the row and the limit, unless the offsets are
/// one more than the rows, start at 0, never fall and end within `n_entries`.
template <class Offset>
void check_offsets(std::span<const Offset> offsets, std::int64_t n_major, std::size_t n_entries,
                   MajorAxis axis, std::string_view name);

/// The same unless also as many indices as values are there, and every index that the offsets reach
/// is in [0, n_minor).
template <class Offset, class Index>
void check_structure(const UncheckedStructure<Offset, Index>& matrix, MajorAxis axis,
                     std::string_view name);

/// A sparse matrix by rows as somebody handed it over: nothing about it is trusted yet.
template <class Value, class Offset, class Column>
struct UncheckedCsr {
  std::int64_t n_rows;
  std::int64_t n_columns;
  std::span<const Offset> offsets;
  std::span<const Column> columns;
  std::span<const Value> values;

  UncheckedStructure<Offset, Column> structure() const {
    return {n_rows, n_columns, offsets, columns, values.size()};
  }
};

/// What a check found besides errors.
struct CsrForm {
  bool sorted_unique = true;  ///< every row's columns strictly ascend
};

/// Throws std::invalid_argument, naming the argument, the row and the limit, unless the structure
/// is sound (see check_structure), n_columns is below 2^31, and every value is finite.
template <class Value, class Offset, class Column>
CsrForm check_csr(const UncheckedCsr<Value, Offset, Column>& matrix, std::string_view name);

/// A checked copy with 64-bit offsets, 32-bit columns, rows sorted and duplicates summed (in the
/// order in which they stood). The matrix has to have passed check_csr; throws
/// std::invalid_argument where duplicates sum up to infinity.
template <class Value, class Offset, class Column>
CsrMatrix<Value> canonical_copy(const UncheckedCsr<Value, Offset, Column>& matrix,
                                std::string_view name);

}  // namespace samestory
