#pragma once

#include <cstdint>
#include <vector>

#include "samestory/control.hpp"
#include "samestory/csr.hpp"

namespace samestory {

/// Labels of the connected components of a graph, every entry other than 0 being an edge both ways.
/// Label 0 is the largest component; of components of one size, that with the lowest row is first.
template <class Value>
std::vector<std::int64_t> connected_components(const CsrView<Value>& graph, const Control& control);

}  // namespace samestory
