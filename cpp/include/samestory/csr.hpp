#pragma once

#include <cstdint>
#include <span>
#include <variant>

#include "samestory/buffer.hpp"

namespace samestory {

/// A sparse matrix by rows that somebody else owns: row i holds columns[offsets[i] .. offsets[i+1])
/// and their values. Offsets are 64-bit, so a matrix may hold more than 2^31 entries; a kernel may
/// rely on sorted, unique, in-range columns (see check_csr in support/csr_check.hpp).
template <class Value>
struct CsrView {
  std::int64_t n_rows = 0;
  std::int64_t n_columns = 0;
  std::span<const std::int64_t> offsets;
  std::span<const std::int32_t> columns;
  std::span<const Value> values;

  std::int64_t n_entries() const { return offsets.empty() ? 0 : offsets[n_rows]; }
  std::int64_t row_size(std::int64_t row) const { return offsets[row + 1] - offsets[row]; }
  std::span<const std::int32_t> row_columns(std::int64_t row) const {
    return columns.subspan(offsets[row], row_size(row));
  }
  std::span<const Value> row_values(std::int64_t row) const {
    return values.subspan(offsets[row], row_size(row));
  }
};

/// A sparse matrix by rows that owns its arrays.
template <class Value>
struct CsrMatrix {
  std::int64_t n_rows = 0;
  std::int64_t n_columns = 0;
  Buffer<std::int64_t> offsets;
  Buffer<std::int32_t> columns;
  Buffer<Value> values;

  CsrView<Value> view() const { return {n_rows, n_columns, offsets, columns, values}; }
  std::int64_t n_entries() const { return offsets.empty() ? 0 : offsets.back(); }
};

/// In single or in double precision.
using AnyCsrMatrix = std::variant<CsrMatrix<float>, CsrMatrix<double>>;

}  // namespace samestory
