#pragma once

#include <pybind11/pybind11.h>

#include <cstdint>
#include <vector>

#include "samestory/average_linkage.hpp"

namespace samestory::bindings {

/// An array of shape (n, 2), or None, as pairs of different rows in [0, n_rows).
std::vector<RowPair> row_pairs(const pybind11::object& object, std::int64_t n_rows,
                               const char* name);

}  // namespace samestory::bindings
