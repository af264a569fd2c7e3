#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "samestory/buffer.hpp"
#include "samestory/control.hpp"
#include "samestory/csr.hpp"

namespace samestory {

/// Columns added up: column c of the counts becomes part of column target[c], or is left out where
/// that is negative. Whole numbers are added exactly.
template <class Value>
CsrMatrix<Value> joined_columns(const CsrView<Value>& counts, std::span<const std::int32_t> target,
                                std::int64_t n_targets, const Control& control);

/// How often some columns occur, with a weight for each, and a length for what they give.
template <class Value>
struct Field {
  CsrView<Value> counts;
  std::span<const double> idf;
  double scale = 1.0;
};

/// The fields' entries (1 + ln count) idf, each field scaled to its length, side by side: the dot
/// product of two rows is the sum of the fields' cosines, weighted by the squares of the scales. A
/// field without weight in a row stays 0. Sums are made in double precision, by column.
template <class Result, class Value>
CsrMatrix<Result> weighed_fields(std::span<const Field<Value>> fields, const Control& control);

/// 128 bits for each row, as two numbers: sums over the entries (column c, count v) of
/// v (v + 1) h(c) with fixed random numbers h, as in Zobrist hashing. Rows of equal entries have
/// equal hashes, and all but certainly others have not.
template <class Value>
Buffer<std::uint64_t> row_hashes(const CsrView<Value>& counts, const Control& control);

}  // namespace samestory
