#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace samestory {

/// A row of SciPy's linkage matrix: two nodes, 1 - similarity, and the leaves below both. Row k
/// makes node n + k of a forest of n leaves; rows ascend by distance, and the forest may end
/// before everything is one tree.
struct LinkageRow {
  double left;
  double right;
  double distance;
  double size;
};

using Linkage = std::vector<LinkageRow>;

/// What is known of each node of a forest, leaves first.
struct NodeSimilarities {
  std::vector<double> size;
  std::vector<double> own;  ///< mean similarity of its leaves to one another
  std::vector<double> up;   ///< similarity at which it merges next, 0 for a root
};

/// A leaf's own similarity is `lone_similarity`.
NodeSimilarities node_similarities(std::span<const LinkageRow> linkage, std::int64_t n_leaves,
                                   double lone_similarity);

/// Lowers the merges just above a level that their branches are better off without.
///
/// Between the level g and g (1 + .7 g), a merge stays only if its branch scores better whole than
/// in parts (dynamic programming from the leaves up). Refused merges are lowered to just below g,
/// so that the dendrogram cut at g is the result.
Linkage settled_branches(Linkage linkage, std::int64_t n_leaves, double level);

/// Lowers the merges above a level that a gap in time weakens to less than it.
///
/// The gap is that between the last leaf of one branch and the first of the other; there is none
/// where they overlap, or where one has no day (NaN).
Linkage parted_at_gaps(Linkage linkage, double level, std::span<const double> days);

/// A large story has as many texts at the least.
constexpr std::int64_t kLargeStory = 40;

/// Raises the merges of large branches that are one story to a level.
///
/// One level cannot suit stories of a few texts and stories of hundreds: texts of a large story
/// differ more among themselves, and a level that keeps small stories apart breaks a large one into
/// slivers. A large branch is made one story where it stands out from the rest of the corpus more
/// than its parts do from each other, and where it is the news of a few days. The next story is
/// taken to be similar by `least_next` at the least.
Linkage joined_large_branches(Linkage linkage, double level, std::span<const double> days,
                              double least_next);

/// Parts from each large story what was published long before or after most of it.
///
/// The parts of a story are the branches that merges raised to the level have made one. A part with
/// days, none of them within two weeks of the middle half of the story's, is merged last, just
/// below the level.
Linkage parted_distant_days(Linkage linkage, double level, std::span<const double> days,
                            std::int64_t least_size = kLargeStory);

}  // namespace samestory
