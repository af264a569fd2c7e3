#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace samestory {

/// Merges over `n_rows` leaves, of one tree or of several. Node k < n_rows is row k; merge m makes
/// node n_rows + m. Similarities never rise from one merge to the next, so every prefix of the
/// merges is a clustering.
struct Dendrogram {
  std::int64_t n_rows = 0;
  std::vector<std::int64_t> left;   ///< the lower of the two nodes joined
  std::vector<std::int64_t> right;  ///< the higher one
  std::vector<double> similarity;   ///< average similarity at which they were joined
  std::vector<std::int64_t> size;   ///< rows below the new node

  std::int64_t n_merges() const { return static_cast<std::int64_t>(left.size()); }
};

/// One merge as it was found: the clusters are named by their lowest rows.
struct FoundMerge {
  std::int32_t lower;
  std::int32_t higher;
  double similarity;
};

/// Orders merges by similarity, each after those it builds on. A merge of more similarity than one
/// below it (an inversion) is lowered to that one's.
Dendrogram make_dendrogram(std::int64_t n_rows, std::span<const FoundMerge> merges);

/// SciPy's linkage matrix, row by row: (left, right, 1 - similarity, size). Trees that remain are
/// joined two by two at distance 1.
std::vector<double> to_linkage(const Dendrogram& dendrogram);

/// The clustering after the first `n_merges` merges. Label 0 is the largest cluster; of clusters of
/// one size, that with the lowest row comes first.
std::vector<std::int64_t> labels_after(const Dendrogram& dendrogram, std::int64_t n_merges);

/// How many merges have at least this similarity.
std::int64_t merges_at(const Dendrogram& dendrogram, double similarity);

/// Any labels renumbered: 0 the largest cluster, ties by lowest row.
std::vector<std::int64_t> ordered_labels(std::span<const std::int32_t> labels);

}  // namespace samestory
