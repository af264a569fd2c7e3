#pragma once

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

}  // namespace samestory
