#pragma once

#include <cstdint>

#include "samestory/control.hpp"
#include "samestory/csr.hpp"

namespace samestory {

/// Pairs of rows worth considering for one story, with their exact similarity (dot product).
///
/// A row's candidates are its neighbours in `graph` and the strongest neighbours (`weights`) of
/// its own strongest neighbours; the `n_candidates` most similar with a positive similarity stay
/// (of equal ones the lower column). The result is symmetric: a pair is in if either row keeps it.
template <class Value>
CsrMatrix<Value> candidate_pairs(const CsrView<Value>& rows, const CsrView<Value>& graph,
                                 const CsrView<Value>& weights, std::int64_t n_candidates,
                                 const Control& control);

/// The pattern of `pairs` with the dot products of `rows` as values.
template <class Value>
CsrMatrix<Value> pair_similarities(const CsrView<Value>& rows, const CsrView<Value>& pairs,
                                   const Control& control);

}  // namespace samestory
