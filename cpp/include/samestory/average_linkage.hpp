#pragma once

#include "samestory/control.hpp"
#include "samestory/csr.hpp"
#include "samestory/dendrogram.hpp"

namespace samestory {

/// Average linkage (UPGMA) of a symmetric graph of similarities in [0, 1], an absent pair counting
/// as similarity 0: what SciPy's linkage(method="average") finds on the dense matrix, of ties those
/// with the lowest rows first. The diagonal is ignored. Clusters without any similarity stay apart.
template <class Value>
Dendrogram average_linkage(const CsrView<Value>& graph, const Control& control);

/// Average linkage of sparse rows of length 1 over the cluster pairs that `pairs` proposes.
///
/// Two clusters are compared if `pairs` (symmetric; its values are the rows' dot products) holds a
/// pair of their members, and then by the exact average over all pairs of members, which is the dot
/// product of the sums of their rows over the product of their sizes. Clusters that are each
/// other's most similar merge, until no compared pair has a positive average.
template <class Value>
Dendrogram forest_linkage(const CsrView<Value>& rows, const CsrView<Value>& pairs,
                          const Control& control);

}  // namespace samestory
