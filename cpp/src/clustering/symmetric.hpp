#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "samestory/control.hpp"
#include "samestory/csr.hpp"

namespace samestory {

/// Rows as columns; columns ascend.
template <class Value>
CsrMatrix<Value> transposed(const CsrView<Value>& matrix);

/// Entries that either triangle has. Where both have one, the mean of the two values, which does
/// not depend on the order of the rows.
template <class Value>
CsrMatrix<Value> symmetric_union(const CsrView<Value>& matrix, const Control& control);

/// For every entry, where its mirror image stands. Throws std::invalid_argument, naming the matrix
/// and the row, unless the matrix is square and every entry has one.
template <class Value>
Buffer<std::int64_t> mirrored_links(const CsrView<Value>& matrix, std::string_view name);

/// Throws std::invalid_argument unless the graph is symmetric (within rounding) and its weights are
/// 0 or more, and those off the diagonal at most `highest` (1 or infinity; within rounding).
template <class Value>
void check_weights(const CsrView<Value>& graph, std::string_view name, double highest);

}  // namespace samestory
