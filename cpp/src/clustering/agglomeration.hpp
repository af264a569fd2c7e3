#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "samestory/average_linkage.hpp"
#include "samestory/control.hpp"
#include "samestory/csr.hpp"
#include "samestory/dendrogram.hpp"

namespace samestory {

/// What a cluster knows of another: the sum of the similarities over all pairs of their members is
/// within `slack` of `total`.
struct Link {
  double total;
  float slack;
  std::int32_t other;
};

/// Two clusters, named by their lowest rows.
struct ClusterPair {
  std::int32_t lower;
  std::int32_t higher;
};

/// Clusters, their sizes and links, merging in rounds: in each, all pairs that are each other's
/// most similar. Average linkage is reducible (Bruynooghe 1977): such pairs are merged sooner or
/// later by the one-at-a-time method too, so rounds find the same dendrogram. A cluster is named by
/// its lowest row, and ties go to the lowest names, so nothing depends on threads.
class Agglomeration {
 public:
  enum class AbsentPairs {
    kAreZero,   ///< no similarity
    kAreBound,  ///< unknown, but rows have length 1: Cauchy and Schwarz bound the sums
  };

  /// The links of clusters of one. The diagonal of `graph` (symmetric) is left out.
  template <class Value>
  Agglomeration(const CsrView<Value>& graph, AbsentPairs absent, const Control& control);

  bool is_done() const { return active_.empty(); }

  /// Pairs whose links have to be exact before choose_pairs(): the links of clusters that changed
  /// and that may be their strongest. A pair may be named twice.
  std::vector<ClusterPair> inexact_pairs() const;
  void set_exact(const ClusterPair& pair, double total);

  /// The pairs that are each other's most similar now; none: done.
  const std::vector<ClusterPair>& choose_pairs();
  /// Joins them; the lower name stays.
  void join_pairs();

  const std::vector<FoundMerge>& merges() const { return merges_; }

  /// From now on no merge below this average, and none that joins one of these pairs.
  void restrict(double min_similarity, std::span<const RowPair> cannot_link);
  /// The cluster that a row is in, by name.
  std::int32_t cluster_of(std::int32_t row) const;
  /// Makes this pair, whose link is exact, the next that join_pairs() joins, at similarity 1.
  const std::vector<ClusterPair>& force_pair(const ClusterPair& pair);

 private:
  bool is_forbidden(std::int32_t a, std::int32_t b) const;
  void inherit_forbidden(const ClusterPair& pair);
  void activate_all();
  double average(std::int32_t cluster, const Link& link) const;
  double upper_average(std::int32_t cluster, const Link& link) const;
  std::int32_t strongest(std::int32_t cluster) const;
  Link& link_to(std::int32_t cluster, std::int32_t other);
  std::vector<std::int32_t> touched_clusters(const std::vector<std::vector<Link>>& joined);
  void commit(std::vector<std::vector<Link>>& joined, std::vector<std::int32_t> touched);

  const Control& control_;
  std::vector<std::vector<Link>> links_;  // by cluster, ascending by `other`
  std::vector<std::int64_t> sizes_;
  std::vector<double> norms_;  // length of the sum of the members' rows; empty: absent pairs are 0
  std::vector<std::int32_t> best_;     // most similar cluster, -1 for none
  std::vector<std::int32_t> partner_;  // whom a cluster joins in this round, -1 for nobody
  std::vector<std::int32_t> active_;   // clusters whose links changed, ascending
  std::vector<char> marked_;           // scratch: membership of a set under construction
  std::vector<ClusterPair> pairs_;
  std::vector<FoundMerge> merges_;
  double min_similarity_ = 0.0;
  bool is_forced_ = false;                            // the pair that joins next was forced
  std::vector<std::vector<std::int32_t>> forbidden_;  // by cluster, ascending; empty: none at all
};

}  // namespace samestory
