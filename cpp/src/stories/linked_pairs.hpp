#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "samestory/average_linkage.hpp"
#include "samestory/control.hpp"
#include "samestory/csr.hpp"

namespace samestory {

/// The pairs that are at most `max_gap` apart in time, or of which one has no time.
template <class Value>
CsrMatrix<Value> within_gap(CsrMatrix<Value>&& pairs, std::span<const double> times, double max_gap,
                            const Control& control);

/// Pairs that have to be together added to symmetric pairs of rows, with the rows' dot products; a
/// pair that shares nothing gets the least value that there is, since only what is stored counts.
template <class Value>
CsrMatrix<Value> with_links(CsrMatrix<Value>&& pairs, std::span<const RowPair> must_link,
                            const CsrView<Value>& rows);

/// For each of `n` rows a number that is the same for rows that `pairs` joins.
std::vector<std::int64_t> linked_groups(std::span<const RowPair> pairs, std::int64_t n);

}  // namespace samestory
