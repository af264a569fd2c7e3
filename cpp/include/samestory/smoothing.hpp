#pragma once

#include <cstdint>

#include "samestory/control.hpp"
#include "samestory/csr.hpp"

namespace samestory {

/// The `n_neighbors` strongest positive entries of every row of a similarity graph, the diagonal
/// left out; of equal ones the lower column. Columns ascend.
template <class Value>
CsrMatrix<Value> strongest_neighbors(const CsrView<Value>& graph, std::int64_t n_neighbors,
                                     const Control& control);

/// Neighbour smoothing (Rocchio's expansion of a query by its nearest documents): every row becomes
/// normalize(row + sum over its neighbours of weight * neighbour). `weights` holds the neighbours,
/// as strongest_neighbors() gives them. Sums are made in double precision in a fixed order: the row
/// itself, then its neighbours by column.
template <class Value>
CsrMatrix<Value> smooth_rows(const CsrView<Value>& rows, const CsrView<Value>& weights,
                             const Control& control);

}  // namespace samestory
