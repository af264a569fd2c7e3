#include "samestory/average_linkage.hpp"

#include "clustering/agglomeration.hpp"
#include "clustering/symmetric.hpp"
#include "support/parallel.hpp"

namespace samestory {

template <class Value>
Dendrogram average_linkage(const CsrView<Value>& graph, const Control& control) {
  check_weights(graph, "graph", 1.0);
  Agglomeration clusters(graph, control);
  Poller poller(control);
  while (!clusters.choose_pairs().empty()) {
    clusters.join_pairs();
    poller.poll();
  }
  return make_dendrogram(graph.n_rows, clusters.merges());
}

template Dendrogram average_linkage(const CsrView<float>&, const Control&);
template Dendrogram average_linkage(const CsrView<double>&, const Control&);

}  // namespace samestory
