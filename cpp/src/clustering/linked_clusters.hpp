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
/// A cluster knows its average similarity to each that it is linked to. Of a new cluster's
/// averages, those that both of its parts knew are added up. The rest are at first only bounded
/// (see LinkageOptions::slack), and asked for where the bound is above everything that is known.
/// Nobody is told of a new cluster but those that it may concern: links name the nodes of the
/// dendrogram that stood when they were made, and are brought up to date when they are next looked
/// at.
///
/// A cluster is called by its lowest row, and ties go to the lowest, so nothing depends on threads.
class LinkedClusters {
 public:
  /// Clusters of one, linked where `pairs` holds an entry.
  template <class Value>
  LinkedClusters(const CsrView<Value>& pairs, const LinkageOptions& options,
                 const Control& control);

  /// The cluster that a row is in.
  std::int32_t cluster_of(std::int32_t row);
  /// The one pair to be joined next, at similarity 1; throws std::invalid_argument where that is
  /// forbidden.
  const std::vector<ClusterPair>& force(const ClusterPair& pair);
  /// The pairs to be joined next: those that are each other's most similar now.
  const std::vector<ClusterPair>& choose();
  /// Joins them; the lower name stays.
  void join();

  /// After join(), until nothing is asked any more: whose sums of similarities are to be found, by
  /// cluster, and then given to answer().
  const std::vector<Question>& ask();
  void answer(const std::vector<double>& totals);

  const std::vector<FoundMerge>& merges() const { return merges_; }

 private:
  /// What a cluster knows of a node of the dendrogram: the average over all pairs of their members,
  /// or a bound on it.
  struct Link {
    double average;
    std::int32_t node;
    std::uint32_t size : 31;  // of the node
    std::uint32_t is_exact : 1;
  };
  /// A link whose average is asked for.
  struct Gap {
    std::int32_t cluster;
    std::int32_t place;
    double bound;
  };
  /// What is known of one cluster, while it is added up from links to parts of it.
  struct Sum {
    std::int32_t node;
    bool is_exact = true;
    double total = 0;     // of similarities
    double n_known = 0;   // pairs of members that the parts speak for
    double highest = -1;  // of the parts' averages
  };
  /// What one worker needs to add up links.
  struct Scratch {
    std::vector<std::int32_t> place_of;  // by cluster: its place in `sums`, -1 outside
    std::vector<Sum> sums;
    std::vector<Gap> gaps;
  };

  std::int32_t root_of(std::int32_t node);
  bool is_root(std::int32_t node) const;
  std::int32_t new_node(const ClusterPair& pair);
  void join_links(const ClusterPair& pair, Scratch& scratch, std::vector<std::int32_t>& concerned);
  void add_links(std::int32_t cluster, double size, std::int32_t except, Scratch& scratch);
  void take_sums(double size, Scratch& scratch, std::vector<Link>& links);
  bool concerns(const Link& link, const ClusterPair& pair) const;
  void note_change(std::int32_t cluster);
  void end_round();
  void choose_leftover();
  void refresh(std::int32_t cluster, Scratch& scratch);
  void find_best(std::int32_t cluster, Scratch& scratch, std::vector<Gap>& gaps);
  void drop_double_questions();
  Link& link_to(std::int32_t cluster, std::int32_t other, Scratch& scratch);
  bool take_answer(std::int32_t cluster, Link& link, double average);
  void offer(std::int32_t cluster, const Link& link);
  bool is_forbidden(std::int32_t a, std::int32_t b) const;
  void inherit_forbidden(const ClusterPair& pair);

  const Control& control_;
  double min_similarity_;
  double slack_;
  // By node: rows first, then merges in the order in which they are made.
  std::vector<std::int32_t> parent_;  // itself for a cluster as it stands
  std::vector<std::int32_t> size_;
  std::vector<std::int32_t> name_;
  // By cluster, which is called by its lowest row.
  std::vector<std::int32_t> node_;
  std::vector<std::vector<Link>> links_;  // in no particular order
  std::vector<std::int32_t> fresh_at_;    // how many merges its links know of
  std::vector<std::int32_t> best_;        // the most similar node, -1 for none or not known
  std::vector<double> best_average_;
  std::vector<ClusterPair> old_nodes_;  // of a cluster new in this round: its parts; else -1
  std::vector<char> has_news_;          // whether its best may have changed
  std::vector<std::int32_t> changed_;   // those clusters
  std::vector<std::int32_t> pending_;   // those whose best is still to be found, ascending
  std::vector<ClusterPair> chosen_;
  std::vector<double> chosen_similarity_;
  std::vector<Gap> gaps_;               // what is asked, by cluster
  std::vector<std::int64_t> asked_at_;  // by cluster: where its questions begin, while it asks
  std::vector<Question> questions_;
  std::vector<Scratch> scratch_;
  std::vector<FoundMerge> merges_;
  std::vector<std::vector<std::int32_t>> forbidden_;  // by cluster, ascending; empty: none at all
};

}  // namespace samestory
