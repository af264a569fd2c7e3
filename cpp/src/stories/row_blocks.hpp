#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "samestory/control.hpp"
#include "samestory/csr.hpp"

namespace samestory {

/// Blocks below and beside each other, none sharing a row or a column: in single precision if one
/// is, for that is the block of many texts, beside which a few others should not double the memory.
AnyCsrMatrix diagonal_blocks(std::vector<AnyCsrMatrix>&& blocks);

/// Rows side by side, `share` of the dot products being that of the right ones; of unit length.
CsrMatrix<double> blended(const CsrMatrix<double>& left, const CsrMatrix<double>& right,
                          double share, const Control& control);

/// The same with dense rows to the right.
CsrMatrix<double> blended(const AnyCsrMatrix& left, std::span<const double> right,
                          std::int64_t n_dimensions, double share, const Control& control);

/// Leaves out what is stored though it is 0.
AnyCsrMatrix without_zeros(AnyCsrMatrix&& matrix, const Control& control);

}  // namespace samestory
