#include "samestory/candidates.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "clustering/dense_row.hpp"
#include "clustering/row_assembly.hpp"
#include "clustering/symmetric.hpp"

namespace samestory {
namespace {

constexpr std::int64_t kRowsPerChunk = 128;

/// The columns one row is to be compared with: distinct, ascending, without the row itself.
template <class Value>
class Proposals {
 public:
  Proposals(const CsrView<Value>& graph, const CsrView<Value>& weights)
      : graph_(graph), weights_(weights) {}

  const std::vector<std::int32_t>& of(std::int64_t row) {
    const auto direct = graph_.row_columns(row);
    columns_.assign(direct.begin(), direct.end());
    for (const auto neighbor : weights_.row_columns(row)) {
      const auto second = weights_.row_columns(neighbor);
      columns_.insert(columns_.end(), second.begin(), second.end());
    }
    std::sort(columns_.begin(), columns_.end());
    columns_.erase(std::unique(columns_.begin(), columns_.end()), columns_.end());
    std::erase(columns_, static_cast<std::int32_t>(row));
    return columns_;
  }

 private:
  CsrView<Value> graph_;
  CsrView<Value> weights_;
  std::vector<std::int32_t> columns_;
};

}  // namespace

template <class Value>
CsrMatrix<Value> candidate_pairs(const CsrView<Value>& rows, const CsrView<Value>& graph,
                                 const CsrView<Value>& weights, std::int64_t n_candidates,
                                 const Control& control) {
  const auto n_threads = resolve_threads(control);
  std::vector<DenseRow<Value>> dense(n_threads, DenseRow<Value>(rows.n_columns));
  std::vector<Proposals<Value>> proposals(n_threads, Proposals<Value>(graph, weights));
  const auto make_row = [&](std::int64_t row, int worker, auto& chunk) {
    std::vector<std::pair<Value, std::int32_t>> found;
    dense[worker].set(rows.row_columns(row), rows.row_values(row));
    for (const auto other : proposals[worker].of(row)) {
      const auto similarity = static_cast<Value>(
          dot(dense[worker].data(), rows.row_columns(other), rows.row_values(other)));
      if (similarity > 0) found.emplace_back(-similarity, other);
    }
    dense[worker].clear(rows.row_columns(row));
    const auto kept = std::min<std::int64_t>(n_candidates, std::ssize(found));
    std::nth_element(found.begin(), found.begin() + kept, found.end());
    found.resize(kept);
    std::sort(found.begin(), found.end(), [](auto& a, auto& b) { return a.second < b.second; });
    for (const auto& [negated, column] : found)
      chunk.push(column, -negated);
  };
  const auto kept =
      RowAssembly<Value>::build(rows.n_rows, rows.n_rows, kRowsPerChunk, control, make_row);
  // The two directions of a pair were summed in different orders: one of them speaks for both.
  return symmetric_union(kept.view(), control);
}

template <class Value>
CsrMatrix<Value> pair_similarities(const CsrView<Value>& rows, const CsrView<Value>& pairs,
                                   const Control& control) {
  std::vector<DenseRow<Value>> dense(resolve_threads(control), DenseRow<Value>(rows.n_columns));
  CsrMatrix<Value> result{pairs.n_rows, pairs.n_columns, {}, {}, {}};
  result.offsets.assign(pairs.offsets.begin(), pairs.offsets.end());
  result.columns.assign(pairs.columns.begin(), pairs.columns.begin() + pairs.n_entries());
  result.values.resize(pairs.n_entries());
  parallel_for(control, pairs.n_rows, kRowsPerChunk, [&](auto begin, auto end, int worker, auto&) {
    for (auto row = begin; row < end; ++row) {
      dense[worker].set(rows.row_columns(row), rows.row_values(row));
      for (auto i = pairs.offsets[row]; i < pairs.offsets[row + 1]; ++i) {
        const auto other = pairs.columns[i];
        result.values[i] = static_cast<Value>(
            dot(dense[worker].data(), rows.row_columns(other), rows.row_values(other)));
      }
      dense[worker].clear(rows.row_columns(row));
    }
  });
  return symmetric_union(result.view(), control);
}

template CsrMatrix<float> candidate_pairs(const CsrView<float>&, const CsrView<float>&,
                                          const CsrView<float>&, std::int64_t, const Control&);
template CsrMatrix<double> candidate_pairs(const CsrView<double>&, const CsrView<double>&,
                                           const CsrView<double>&, std::int64_t, const Control&);
template CsrMatrix<float> pair_similarities(const CsrView<float>&, const CsrView<float>&,
                                            const Control&);
template CsrMatrix<double> pair_similarities(const CsrView<double>&, const CsrView<double>&,
                                             const Control&);

}  // namespace samestory
