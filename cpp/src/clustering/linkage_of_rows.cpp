#include <algorithm>
#include <stdexcept>

#include "clustering/linked_clusters.hpp"
#include "clustering/sum_products.hpp"
#include "samestory/average_linkage.hpp"
#include "support/parallel.hpp"

namespace samestory {
namespace {

/// Joins the pairs that were chosen.
template <class Value>
void join(const std::vector<ClusterPair>& chosen, LinkedClusters& clusters,
          SumProducts<Value>& sums) {
  sums.merge(chosen);
  clusters.join();
  for (;;) {
    const auto& questions = clusters.ask();
    if (questions.empty()) return;
    clusters.answer(sums.of(questions));
  }
}

/// Joins the rows that have to be together, pair by pair.
template <class Value>
void join_forced(std::span<const RowPair> must_link, LinkedClusters& clusters,
                 SumProducts<Value>& sums) {
  for (const auto [first, second] : must_link) {
    const auto a = clusters.cluster_of(first);
    const auto b = clusters.cluster_of(second);
    if (a != b) join(clusters.force({std::min(a, b), std::max(a, b)}), clusters, sums);
  }
}

/// All merges; what was known of clusters is given up.
template <class Value>
std::vector<FoundMerge> found_merges(const CsrView<Value>& rows, const CsrView<Value>& pairs,
                                     const LinkageOptions& options, const Control& control) {
  LinkedClusters clusters(pairs, options, control);
  SumProducts<Value> sums(rows, control);
  join_forced(options.must_link, clusters, sums);
  Poller poller(control, "merging stories", rows.n_rows);
  for (;;) {
    const auto& chosen = clusters.choose();
    if (chosen.empty()) return clusters.merges();
    join(chosen, clusters, sums);
    poller.poll(std::ssize(clusters.merges()));
  }
}

}  // namespace

template <class Value>
Dendrogram average_linkage_of_rows(const CsrView<Value>& rows, const CsrView<Value>& pairs,
                                   const LinkageOptions& options, const Control& control) {
  if (rows.n_rows != pairs.n_rows) {
    throw std::invalid_argument("pairs have to have a row for each of the rows");
  }
  return make_dendrogram(rows.n_rows, found_merges(rows, pairs, options, control));
}

template Dendrogram average_linkage_of_rows(const CsrView<float>&, const CsrView<float>&,
                                            const LinkageOptions&, const Control&);
template Dendrogram average_linkage_of_rows(const CsrView<double>&, const CsrView<double>&,
                                            const LinkageOptions&, const Control&);

}  // namespace samestory
