#include "samestory/candidates.hpp"

#include <algorithm>
#include <stdexcept>
#include <vector>

#include "clustering/dense_row.hpp"
#include "clustering/dot_kernels.hpp"
#include "clustering/kept_entries.hpp"
#include "clustering/strongest.hpp"
#include "clustering/symmetric.hpp"
#include "samestory/smoothing.hpp"
#include "support/parallel.hpp"

namespace samestory {
namespace {

constexpr std::int64_t kRowsPerChunk = 256;

/// Calls visit(entry, image) for the entries above the diagonal and their mirror images below it.
template <class Value, class Visit>
void for_each_pair(const CsrView<Value>& matrix, Visit&& visit) {
  std::vector<std::int64_t> next(matrix.offsets.begin(), matrix.offsets.end());
  for (std::int64_t row = 0; row < matrix.n_rows; ++row) {
    for (auto entry = matrix.offsets[row]; entry < matrix.offsets[row + 1]; ++entry) {
      const auto column = matrix.columns[entry];
      if (column <= row) continue;
      // Rows ascend, and so do the columns of the row in which each image stands.
      const auto image = next[column]++;
      if (image >= matrix.offsets[column + 1] || matrix.columns[image] != row) {
        throw std::invalid_argument("pairs have to be symmetric");
      }
      visit(entry, image);
    }
  }
}

template <class Value>
CsrMatrix<Value> positive_entries(CsrMatrix<Value>&& matrix, const Control& control) {
  const auto is_positive = [](Value value) { return value > 0; };
  if (std::all_of(matrix.values.begin(), matrix.values.end(), is_positive)) {
    return std::move(matrix);
  }
  std::vector<char> is_kept(matrix.values.size());
  std::transform(matrix.values.begin(), matrix.values.end(), is_kept.begin(), is_positive);
  return kept_entries(matrix.view(), is_kept, control);
}

/// Whether each row's entries are all among its strongest.
template <class Value>
bool are_strongest(const CsrView<Value>& graph, std::int64_t n_strongest) {
  for (std::int64_t row = 0; row < graph.n_rows; ++row) {
    const auto columns = graph.row_columns(row);
    if (std::ssize(columns) > n_strongest ||
        std::binary_search(columns.begin(), columns.end(), row)) {
      return false;
    }
  }
  return std::all_of(graph.values.begin(), graph.values.end(),
                     [](auto value) { return value > 0; });
}

}  // namespace

template <class Value>
CsrMatrix<Value> proposed_pairs(const CsrView<Value>& graph, std::int64_t n_candidates,
                                const Control& control) {
  if (graph.n_rows != graph.n_columns) {
    throw std::invalid_argument("a graph has to be square, with a row for each of the rows");
  }
  // Most graphs are made of so many neighbours, and large: no copy then.
  if (are_strongest(graph, n_candidates)) return symmetric_union(graph, control);
  return symmetric_union(strongest_neighbors(graph, n_candidates, control).view(), control);
}

template <class Value>
CsrMatrix<Value> compared_pairs(const CsrView<Value>& rows, CsrMatrix<Value>&& pairs,
                                const Control& control) {
  // One dot product speaks for both directions of a pair: they may differ in the last bit.
  std::vector<DenseRow<Value>> dense(resolve_threads(control), DenseRow<Value>(rows.n_columns));
  const auto& dot = dot_kernels_for(active_instruction_set());
  parallel_for(control, rows.n_rows, kRowsPerChunk, [&](auto begin, auto end, int worker, auto&) {
    for (auto row = begin; row < end; ++row) {
      const auto others = pairs.view().row_columns(row);
      if (others.empty() || others.back() < row) continue;
      dense[worker].set(rows.row_columns(row), rows.row_values(row));
      for (std::size_t i = 0; i < others.size(); ++i) {
        if (others[i] < row) continue;
        const auto columns = rows.row_columns(others[i]);
        pairs.values[pairs.offsets[row] + static_cast<std::int64_t>(i)] =
            static_cast<Value>(dot(dense[worker].data(), columns.data(),
                                   rows.row_values(others[i]).data(), columns.size()));
      }
      dense[worker].clear(rows.row_columns(row));
    }
  });
  auto* values = pairs.values.data();
  for_each_pair(pairs.view(), [&](auto entry, auto image) { values[image] = values[entry]; });
  return positive_entries(std::move(pairs), control);
}

template <class Value>
CsrMatrix<Value> candidate_pairs(const CsrView<Value>& rows, const CsrView<Value>& graph,
                                 std::int64_t n_candidates, const Control& control) {
  if (graph.n_rows != rows.n_rows) {
    throw std::invalid_argument("a graph has to be square, with a row for each of the rows");
  }
  return compared_pairs(rows, proposed_pairs(graph, n_candidates, control), control);
}

template <class Value>
CsrMatrix<Value> narrowed_pairs(const CsrView<Value>& pairs, const CsrView<Value>& graph,
                                std::int64_t n_candidates, const Control& control) {
  if (graph.n_rows != pairs.n_rows || graph.n_columns != pairs.n_columns) {
    throw std::invalid_argument("pairs and graph have to be of the same rows");
  }
  if (pairs.n_rows != pairs.n_columns) throw std::invalid_argument("pairs have to be square");
  std::vector<StrongestEntries> strongest(resolve_threads(control));
  std::vector<char> is_kept(pairs.n_entries(), 0);
  parallel_for(control, pairs.n_rows, kRowsPerChunk, [&](auto begin, auto end, int worker, auto&) {
    for (auto row = begin; row < end; ++row) {
      const auto others = pairs.row_columns(row);
      auto next = others.begin();
      strongest[worker].visit(graph, row, n_candidates, Fading{}, [&](auto column, double) {
        next = std::lower_bound(next, others.end(), column);
        if (next == others.end() || *next != column) return;
        is_kept[pairs.offsets[row] + (next - others.begin())] = 1;
      });
    }
  });
  for_each_pair(pairs, [&](auto entry, auto image) {
    is_kept[entry] = is_kept[image] = static_cast<char>(is_kept[entry] | is_kept[image]);
  });
  return kept_entries(pairs, is_kept, control);
}

#define SAMESTORY_CANDIDATES(Value)                                                              \
  template CsrMatrix<Value> proposed_pairs(const CsrView<Value>&, std::int64_t, const Control&); \
  template CsrMatrix<Value> compared_pairs(const CsrView<Value>&, CsrMatrix<Value>&&,            \
                                           const Control&);                                      \
  template CsrMatrix<Value> candidate_pairs(const CsrView<Value>&, const CsrView<Value>&,        \
                                            std::int64_t, const Control&);                       \
  template CsrMatrix<Value> narrowed_pairs(const CsrView<Value>&, const CsrView<Value>&,         \
                                           std::int64_t, const Control&);
SAMESTORY_CANDIDATES(float)
SAMESTORY_CANDIDATES(double)
#undef SAMESTORY_CANDIDATES

}  // namespace samestory
