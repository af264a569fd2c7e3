#include "samestory/average_linkage.hpp"

#include <algorithm>
#include <stdexcept>
#include <vector>

#include "clustering/agglomeration.hpp"
#include "clustering/cluster_sums.hpp"
#include "clustering/dense_row.hpp"
#include "clustering/symmetric.hpp"
#include "support/parallel.hpp"

namespace samestory {
namespace {

/// Makes the links exact that a round depends on: dot products of the sums of rows.
template <class Value>
class ExactAverages {
 public:
  ExactAverages(const CsrView<Value>& rows, const Control& control)
      : control_(control),
        sums_(rows),
        dense_(resolve_threads(control), DenseRow<Value>(rows.n_columns)),
        group_of_(rows.n_rows, -1) {}

  void settle(Agglomeration& clusters) { settle_pairs(clusters.inexact_pairs(), clusters); }

  void settle_pairs(const std::vector<ClusterPair>& pairs, Agglomeration& clusters) {
    group_by_longer(pairs);
    const auto grain = groups_.size() > 64 ? 16 : std::ssize(groups_);
    parallel_for(control_, std::ssize(groups_), std::max<std::int64_t>(grain, 1),
                 [&](auto begin, auto end, int worker, const Stop& stop) {
                   for (auto i = begin; i < end; ++i) {
                     stop.check();
                     settle_group(groups_[i], dense_[worker], clusters);
                   }
                 });
  }

  void merge(const std::vector<ClusterPair>& pairs) {
    parallel_for(control_, std::ssize(pairs), 256, [&](auto begin, auto end, int, const Stop&) {
      for (auto i = begin; i < end; ++i)
        sums_.merge(pairs[i].lower, pairs[i].higher);
    });
  }

 private:
  /// Links of one cluster: its sum is laid out densely once, for all of them.
  struct Group {
    std::int32_t longer;
    std::int64_t begin;
    std::int64_t end;
  };

  bool first_is_longer(std::int32_t a, std::int32_t b) const {
    const auto length_a = sums_.length(a);
    const auto length_b = sums_.length(b);
    return length_a != length_b ? length_a > length_b : a < b;
  }

  void group_by_longer(const std::vector<ClusterPair>& pairs) {
    groups_.clear();
    std::vector<std::int32_t> group_of_pair(pairs.size());
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      const auto [a, b] = pairs[i];
      const auto longer = first_is_longer(a, b) ? a : b;
      if (group_of_[longer] < 0) {
        group_of_[longer] = static_cast<std::int32_t>(groups_.size());
        groups_.push_back({longer, 0, 0});
      }
      group_of_pair[i] = group_of_[longer];
      ++groups_[group_of_pair[i]].end;  // counts, until the next loop
    }
    std::int64_t total = 0;
    for (auto& group : groups_) {
      const auto size = group.end;
      group.begin = group.end = total;
      total += size;
      group_of_[group.longer] = -1;
    }
    shorter_.resize(pairs.size());
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      auto& group = groups_[group_of_pair[i]];
      shorter_[group.end++] = group.longer == pairs[i].lower ? pairs[i].higher : pairs[i].lower;
    }
  }

  void settle_group(const Group& group, DenseRow<Value>& dense, Agglomeration& clusters) {
    const auto begin = shorter_.begin() + group.begin;
    const auto end = shorter_.begin() + group.end;
    std::sort(begin, end);
    const auto longer = group.longer;
    const bool is_dense = sums_.is_dense(longer);
    if (!is_dense) dense.set(sums_.columns(longer), sums_.values(longer));
    const Value* values = is_dense ? sums_.dense(longer).data() : dense.data();
    for (auto other = begin, last = std::unique(begin, end); other != last; ++other) {
      const double total = sums_.is_dense(*other)
                               ? dot(values, sums_.dense(*other))
                               : dot(values, sums_.columns(*other), sums_.values(*other));
      clusters.set_exact({std::min(longer, *other), std::max(longer, *other)}, total);
    }
    if (!is_dense) dense.clear(sums_.columns(longer));
  }

  const Control& control_;
  ClusterSums<Value> sums_;
  std::vector<DenseRow<Value>> dense_;
  std::vector<Group> groups_;
  std::vector<std::int32_t> shorter_;   // the other clusters, group by group
  std::vector<std::int32_t> group_of_;  // scratch of group_by_longer: -1 outside
};

/// Joins the rows that have to be together, pair by pair; a cluster is named by its lowest row.
template <class Value>
void join_forced(std::span<const RowPair> must_link, Agglomeration& clusters,
                 ExactAverages<Value>& averages) {
  for (const auto [first, second] : must_link) {
    const auto a = clusters.cluster_of(first);
    const auto b = clusters.cluster_of(second);
    if (a == b) continue;
    const std::vector<ClusterPair> pair{{std::min(a, b), std::max(a, b)}};
    averages.settle_pairs(pair, clusters);
    averages.merge(clusters.force_pair(pair.front()));
    clusters.join_pairs();
  }
}

}  // namespace

template <class Value>
Dendrogram average_linkage(const CsrView<Value>& graph, const Control& control) {
  check_weights(graph, "graph", 1.0);
  Agglomeration clusters(graph, Agglomeration::AbsentPairs::kAreZero, control);
  Poller poller(control);
  while (!clusters.choose_pairs().empty()) {
    clusters.join_pairs();
    poller.poll();
  }
  return make_dendrogram(graph.n_rows, clusters.merges());
}

template <class Value>
Dendrogram forest_linkage(const CsrView<Value>& rows, const CsrView<Value>& pairs,
                          const LinkageOptions& options, const Control& control) {
  if (rows.n_rows != pairs.n_rows) {
    throw std::invalid_argument("pairs have to have a row for each of the rows");
  }
  Agglomeration clusters(pairs, Agglomeration::AbsentPairs::kAreBound, control);
  clusters.restrict(options.min_similarity, options.cannot_link);
  ExactAverages<Value> averages(rows, control);
  join_forced(options.must_link, clusters, averages);
  Poller poller(control, "merging stories", rows.n_rows);
  while (!clusters.is_done()) {
    averages.settle(clusters);
    const auto& chosen = clusters.choose_pairs();
    averages.merge(chosen);
    if (!chosen.empty()) clusters.join_pairs();
    poller.poll(std::ssize(clusters.merges()));
  }
  return make_dendrogram(rows.n_rows, clusters.merges());
}

template Dendrogram average_linkage(const CsrView<float>&, const Control&);
template Dendrogram average_linkage(const CsrView<double>&, const Control&);
template Dendrogram forest_linkage(const CsrView<float>&, const CsrView<float>&,
                                   const LinkageOptions&, const Control&);
template Dendrogram forest_linkage(const CsrView<double>&, const CsrView<double>&,
                                   const LinkageOptions&, const Control&);

}  // namespace samestory
