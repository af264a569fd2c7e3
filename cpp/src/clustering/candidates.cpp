#include "samestory/candidates.hpp"

#include <algorithm>
#include <stdexcept>
#include <vector>

#include "clustering/dense_row.hpp"
#include "clustering/dot_kernels.hpp"
#include "clustering/row_assembly.hpp"
#include "clustering/symmetric.hpp"
#include "samestory/smoothing.hpp"

namespace samestory {

template <class Value>
CsrMatrix<Value> candidate_pairs(const CsrView<Value>& rows, const CsrView<Value>& graph,
                                 std::int64_t n_candidates, const Control& control) {
  if (graph.n_rows != rows.n_rows || graph.n_columns != rows.n_rows) {
    throw std::invalid_argument("a graph has to be square, with a row for each of the rows");
  }
  const auto strongest = strongest_neighbors(graph, n_candidates, control);
  const auto pattern = symmetric_union(strongest.view(), control);
  // One dot product speaks for both directions of a pair: they may differ in the last bit.
  std::vector<DenseRow<Value>> dense(resolve_threads(control), DenseRow<Value>(rows.n_columns));
  const auto& dot = dot_kernels_for(active_instruction_set());
  const auto make_row = [&](std::int64_t row, int worker, auto& chunk) {
    const auto others = pattern.view().row_columns(row);
    if (others.empty() || others.back() < row) return;
    dense[worker].set(rows.row_columns(row), rows.row_values(row));
    for (const auto other : others) {
      if (other < row) continue;
      const auto similarity =
          static_cast<Value>(dot(dense[worker].data(), rows.row_columns(other).data(),
                                 rows.row_values(other).data(), rows.row_columns(other).size()));
      if (similarity > 0) chunk.push(other, similarity);
    }
    dense[worker].clear(rows.row_columns(row));
  };
  const auto upper = RowAssembly<Value>::build(rows.n_rows, rows.n_rows, 256, control, make_row);
  return symmetric_union(upper.view(), control);
}

template <class Value>
CsrMatrix<Value> narrowed_pairs(const CsrView<Value>& pairs, const CsrView<Value>& graph,
                                std::int64_t n_candidates, const Control& control) {
  if (graph.n_rows != pairs.n_rows || graph.n_columns != pairs.n_columns) {
    throw std::invalid_argument("pairs and graph have to be of the same rows");
  }
  const auto strongest = strongest_neighbors(graph, n_candidates, control);
  const auto pattern = symmetric_union(strongest.view(), control);
  const auto make_row = [&](std::int64_t row, int, auto& chunk) {
    const auto kept = pattern.view().row_columns(row);
    const auto values = pairs.row_values(row);
    auto next = kept.begin();
    for (std::size_t i = 0; const auto other : pairs.row_columns(row)) {
      next = std::lower_bound(next, kept.end(), other);
      if (next != kept.end() && *next == other) chunk.push(other, values[i]);
      ++i;
    }
  };
  return RowAssembly<Value>::build(pairs.n_rows, pairs.n_columns, 1024, control, make_row);
}

template CsrMatrix<float> narrowed_pairs(const CsrView<float>&, const CsrView<float>&, std::int64_t,
                                         const Control&);
template CsrMatrix<double> narrowed_pairs(const CsrView<double>&, const CsrView<double>&,
                                          std::int64_t, const Control&);
template CsrMatrix<float> candidate_pairs(const CsrView<float>&, const CsrView<float>&,
                                          std::int64_t, const Control&);
template CsrMatrix<double> candidate_pairs(const CsrView<double>&, const CsrView<double>&,
                                           std::int64_t, const Control&);

}  // namespace samestory
