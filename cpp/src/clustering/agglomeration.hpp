#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "clustering/cluster_pair.hpp"
#include "samestory/control.hpp"
#include "samestory/csr.hpp"
#include "samestory/dendrogram.hpp"

namespace samestory {

/// The sum of the similarities over all pairs of members of two clusters.
struct Link {
  double total;
  std::int32_t other;
};

/// Clusters, their sizes and links, merging in rounds: in each, all pairs that are each other's
/// most similar. Average linkage is reducible (Bruynooghe 1977): such pairs are merged sooner or
/// later by the one-at-a-time method too, so rounds find the same dendrogram. A cluster is named by
/// its lowest row, and ties go to the lowest names, so nothing depends on threads.
class Agglomeration {
 public:
  /// Clusters of one, linked as the graph says (symmetric; its diagonal is left out). Absent pairs
  /// have no similarity.
  template <class Value>
  Agglomeration(const CsrView<Value>& graph, const Control& control);

  /// The pairs that are each other's most similar now; none: done.
  const std::vector<ClusterPair>& choose_pairs();
  /// Joins them; the lower name stays.
  void join_pairs();

  const std::vector<FoundMerge>& merges() const { return merges_; }

 private:
  double average(std::int32_t cluster, const Link& link) const;
  std::int32_t strongest(std::int32_t cluster) const;
  Link& link_to(std::int32_t cluster, std::int32_t other);
  std::vector<std::int32_t> touched_clusters(const std::vector<std::vector<Link>>& joined);
  void commit(std::vector<std::vector<Link>>& joined, std::vector<std::int32_t> touched);

  const Control& control_;
  std::vector<std::vector<Link>> links_;  // by cluster, ascending by `other`
  std::vector<std::int64_t> sizes_;
  std::vector<std::int32_t> best_;     // most similar cluster, -1 for none
  std::vector<std::int32_t> partner_;  // whom a cluster joins in this round, -1 for nobody
  std::vector<std::int32_t> active_;   // clusters whose links changed, ascending
  std::vector<char> marked_;           // scratch: membership of a set under construction
  std::vector<ClusterPair> pairs_;
  std::vector<FoundMerge> merges_;
};

}  // namespace samestory
