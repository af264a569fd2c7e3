#pragma once

#include <cstdint>

#include "samestory/control.hpp"
#include "samestory/csr.hpp"

namespace samestory {

/// Pairs of rows worth considering for one story: each row with its `n_candidates` strongest
/// neighbours in `graph`. The values are the dot products of `rows`; those not above 0 are left
/// out. The result is symmetric: a pair is in if it is among the strongest of either row.
template <class Value>
CsrMatrix<Value> candidate_pairs(const CsrView<Value>& rows, const CsrView<Value>& graph,
                                 std::int64_t n_candidates, const Control& control);

/// The two steps of it, for callers that need the graph no more when the pairs are known: which
/// pairs those are, with any values ...
template <class Value>
CsrMatrix<Value> proposed_pairs(const CsrView<Value>& graph, std::int64_t n_candidates,
                                const Control& control);
/// ... and, for symmetric pairs, their dot products.
template <class Value>
CsrMatrix<Value> compared_pairs(const CsrView<Value>& rows, CsrMatrix<Value>&& pairs,
                                const Control& control);

/// What candidate_pairs() gives for fewer candidates of the same graph, without its dot products:
/// those of its `pairs` that are among the `n_candidates` strongest of either row.
template <class Value>
CsrMatrix<Value> narrowed_pairs(const CsrView<Value>& pairs, const CsrView<Value>& graph,
                                std::int64_t n_candidates, const Control& control);

}  // namespace samestory
