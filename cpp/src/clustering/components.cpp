#include "samestory/components.hpp"

#include <algorithm>
#include <numeric>
#include <stdexcept>

#include "samestory/dendrogram.hpp"
#include "support/parallel.hpp"

namespace samestory {
namespace {

/// Sets under union; a set is named by its lowest member.
class DisjointSets {
 public:
  explicit DisjointSets(std::int64_t n) : parent_(n) {
    std::iota(parent_.begin(), parent_.end(), 0);
  }
  std::int32_t find(std::int32_t x) {
    while (parent_[x] != x)
      x = parent_[x] = parent_[parent_[x]];  // path halving
    return x;
  }
  void join(std::int32_t a, std::int32_t b) {
    a = find(a);
    b = find(b);
    parent_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<std::int32_t> parent_;
};

}  // namespace

template <class Value>
std::vector<std::int64_t> connected_components(const CsrView<Value>& graph,
                                               const Control& control) {
  if (graph.n_rows != graph.n_columns) {
    throw std::invalid_argument("a graph has to have as many columns as rows");
  }
  DisjointSets sets(graph.n_rows);
  Poller poller(control);
  for (std::int64_t row = 0; row < graph.n_rows; ++row) {
    for (auto i = graph.offsets[row]; i < graph.offsets[row + 1]; ++i) {
      if (graph.values[i] != Value{0}) sets.join(static_cast<std::int32_t>(row), graph.columns[i]);
    }
    poller.step();
  }
  std::vector<std::int32_t> names(graph.n_rows);
  for (std::int64_t row = 0; row < graph.n_rows; ++row)
    names[row] = sets.find(static_cast<std::int32_t>(row));
  return ordered_labels(names);
}

template std::vector<std::int64_t> connected_components(const CsrView<float>&, const Control&);
template std::vector<std::int64_t> connected_components(const CsrView<double>&, const Control&);

}  // namespace samestory
