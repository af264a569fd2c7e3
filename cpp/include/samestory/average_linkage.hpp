#pragma once

#include <cstdint>
#include <limits>
#include <span>

#include "samestory/control.hpp"
#include "samestory/csr.hpp"
#include "samestory/dendrogram.hpp"

namespace samestory {

/// Average linkage (UPGMA) of a symmetric graph of similarities in [0, 1], an absent pair counting
/// as similarity 0: what SciPy's linkage(method="average") finds on the dense matrix, of ties those
/// with the lowest rows first. The diagonal is ignored. Clusters without any similarity stay apart.
template <class Value>
Dendrogram average_linkage(const CsrView<Value>& graph, const Control& control);

/// Two rows.
struct RowPair {
  std::int32_t first;
  std::int32_t second;
};

/// What limits or forces merges.
struct LinkageOptions {
  /// Clusters of a lower average stay apart.
  double min_similarity = 0.0;
  /// Members of two clusters of which no pair is known are taken to be at most so much more similar
  /// on average than those of which one is: where that is not enough for the clusters to be each
  /// other's most similar, their average is not computed. Infinity: every average is computed.
  double slack = std::numeric_limits<double>::infinity();
  /// Pairs of a lower similarity propose no merge: of clusters that are more similar than that on
  /// average, some pair is so too.
  double min_pair = 0.0;
  /// Rows that are merged first, at similarity 1; `pairs` has to hold every such pair.
  std::span<const RowPair> must_link = {};
  /// Rows that never come to be in one cluster.
  std::span<const RowPair> cannot_link = {};
};

/// Average linkage of sparse rows of length 1 over the cluster pairs that `pairs` proposes.
///
/// Two clusters are compared if `pairs` (symmetric; its values are the rows' dot products) holds a
/// pair of their members, and then by the exact average over all pairs of members, which is the dot
/// product of the sums of their rows over the product of their sizes. Clusters that are each
/// other's most similar merge, until no compared pair has a positive average of at least
/// `min_similarity`. Throws std::invalid_argument where must_link and cannot_link contradict.
template <class Value>
Dendrogram average_linkage_of_rows(const CsrView<Value>& rows, const CsrView<Value>& pairs,
                                   const LinkageOptions& options, const Control& control);

template <class Value>
Dendrogram average_linkage_of_rows(const CsrView<Value>& rows, const CsrView<Value>& pairs,
                                   const Control& control) {
  return average_linkage_of_rows(rows, pairs, LinkageOptions{}, control);
}

}  // namespace samestory
