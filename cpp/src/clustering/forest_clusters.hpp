#pragma once

#include <cstdint>
#include <vector>

#include "clustering/cluster_pair.hpp"
#include "samestory/average_linkage.hpp"
#include "samestory/control.hpp"
#include "samestory/csr.hpp"
#include "samestory/dendrogram.hpp"

namespace samestory {

/// Clusters of rows that merge in rounds: in each, all pairs that are each other's most similar.
/// Average linkage is reducible (Bruynooghe 1977): such pairs are merged sooner or later by the
/// one-at-a-time method too, so rounds find the same dendrogram.
///
/// A cluster knows the sum of its similarities to each that it is linked to. Of a new cluster's
/// sums, those that both of its parts knew are added up; the rest are asked for. A cluster is named
/// by its lowest row, and ties go to the lowest names, so nothing depends on threads.
class ForestClusters {
 public:
  /// Clusters of one, linked where `pairs` holds an entry.
  template <class Value>
  ForestClusters(const CsrView<Value>& pairs, const LinkageOptions& options,
                 const Control& control);

  /// The cluster that a row is in.
  std::int32_t cluster_of(std::int32_t row) const;
  /// The one pair to be joined next, at similarity 1; throws std::invalid_argument where that is
  /// forbidden.
  const std::vector<ClusterPair>& force(const ClusterPair& pair);
  /// The pairs to be joined next: those that are each other's most similar now.
  const std::vector<ClusterPair>& choose();

  /// Joins them; the lower name stays. Returns whose sums of similarities are not known and have to
  /// be given to settle(), by cluster.
  const std::vector<Question>& join();
  void settle(const std::vector<double>& totals);

  const std::vector<FoundMerge>& merges() const { return merges_; }

 private:
  /// The links of one cluster, in no particular order.
  struct Links {
    std::vector<std::int32_t> names;
    std::vector<double> totals;
  };
  /// A link of a new cluster whose sum is to be filled in.
  struct Gap {
    std::int32_t cluster;
    std::int32_t place;
  };
  /// What one worker needs to add up the links of two clusters.
  struct Scratch {
    std::vector<std::int32_t> place_of;  // by name: its place in `links`, -1 outside
    Links links;
    std::vector<int> n_known;
  };

  std::int32_t name_after(std::int32_t name) const;
  void join_links(const ClusterPair& pair, Scratch& scratch, std::vector<Gap>& gaps);
  void tell_others();
  bool tell(std::int32_t cluster, const ClusterPair& pair, double total);
  void replace_link(std::int32_t cluster, const ClusterPair& pair, double total);
  void find_best(std::int32_t cluster);
  void offer(std::int32_t cluster, std::int32_t other, double total);
  bool is_forbidden(std::int32_t a, std::int32_t b) const;
  void inherit_forbidden(const ClusterPair& pair);

  const Control& control_;
  double min_similarity_;
  std::vector<Links> links_;          // by cluster
  std::vector<std::int32_t> parent_;  // by name: itself, or what it merged into
  std::vector<std::int64_t> sizes_;
  std::vector<std::int32_t> best_;  // the most similar cluster, -1 for none
  std::vector<double> best_average_;
  std::vector<std::int32_t> partner_;  // whom a cluster joins in this round, -1 for nobody
  std::vector<char> has_news_;         // by cluster: its best may have changed
  std::vector<std::int32_t> changed_;  // those clusters
  std::vector<ClusterPair> chosen_;
  std::vector<double> chosen_similarity_;
  std::vector<Gap> gaps_;
  std::vector<Question> unknown_;
  std::vector<Scratch> scratch_;
  std::vector<FoundMerge> merges_;
  std::vector<std::vector<std::int32_t>> forbidden_;  // by cluster, ascending; empty: none at all
};

}  // namespace samestory
