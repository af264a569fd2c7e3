#include "similarity/assemble.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "support/parallel.hpp"

namespace samestory::similarity {
namespace {

template <class Value>
CsrMatrix<Value> with_counts(std::int64_t n_rows, std::int64_t n_columns,
                             Buffer<std::int64_t>&& offsets) {
  std::partial_sum(offsets.begin(), offsets.end(), offsets.begin());
  CsrMatrix<Value> out{n_rows, n_columns, std::move(offsets), {}, {}};
  out.columns.resize(out.offsets.back());
  out.values.resize(out.offsets.back());
  return out;
}

/// Calls visit(index of the query, column, value) for each pair, in order.
template <class Value, class Visit>
void for_each_pair(const std::vector<ChunkResult<Value>>& chunks, Visit&& visit) {
  std::int64_t query = 0;
  for (const auto& chunk : chunks) {
    std::size_t entry = 0;
    for (const auto count : chunk.counts) {
      for (std::int64_t k = 0; k < count; ++k, ++entry)
        visit(query, chunk.columns[entry], chunk.values[entry]);
      ++query;
    }
  }
}

template <class Value>
void sort_columns(CsrMatrix<Value>& matrix) {
  std::vector<std::pair<std::int32_t, Value>> row;
  for (std::int64_t i = 0; i < matrix.n_rows; ++i) {
    row.clear();
    for (auto entry = matrix.offsets[i]; entry < matrix.offsets[i + 1]; ++entry)
      row.emplace_back(matrix.columns[entry], matrix.values[entry]);
    std::sort(row.begin(), row.end(), [](auto& a, auto& b) { return a.first < b.first; });
    auto entry = matrix.offsets[i];
    for (const auto& [column, value] : row) {
      matrix.columns[entry] = column;
      matrix.values[entry++] = value;
    }
  }
}

}  // namespace

template <class Value>
CsrMatrix<Value> assemble_rows(std::vector<ChunkResult<Value>>&& chunks,
                               std::span<const std::int64_t> destination, std::int64_t n_columns,
                               const Control& control) {
  const auto n_rows = static_cast<std::int64_t>(destination.size());
  Buffer<std::int64_t> offsets(n_rows + 1, 0);
  std::size_t query = 0;
  std::vector<std::size_t> first_query;
  for (const auto& chunk : chunks) {
    first_query.push_back(query);
    for (const auto count : chunk.counts)
      offsets[destination[query++] + 1] = count;
  }
  auto out = with_counts<Value>(n_rows, n_columns, std::move(offsets));
  const auto put = [&](ChunkResult<Value>& chunk, const std::int64_t* row) {
    std::int64_t entry = 0;
    for (const auto count : chunk.counts) {
      const auto place = out.offsets[*row++];
      std::copy_n(chunk.columns.begin() + entry, count, out.columns.begin() + place);
      std::copy_n(chunk.values.begin() + entry, count, out.values.begin() + place);
      entry += count;
    }
    chunk = {};
  };
  parallel_for(control, static_cast<std::int64_t>(chunks.size()), 1,
               [&](std::int64_t i, std::int64_t, int, const Stop&) {
                 put(chunks[i], destination.data() + first_query[i]);
               });
  return out;
}

template <class Value>
CsrMatrix<Value> assemble_pairs(std::vector<ChunkResult<Value>>&& chunks, const TimeOrder& order,
                                bool triangle) {
  const auto n = order.size();
  Buffer<std::int64_t> offsets(n + 1, 0);
  for_each_pair(chunks, [&](std::int64_t query, std::int64_t other, Value) {
    const auto row = order.row(query);
    ++offsets[std::min(row, other) + 1];
    if (!triangle) ++offsets[std::max(row, other) + 1];
  });
  auto out = with_counts<Value>(n, n, std::move(offsets));
  Buffer<std::int64_t> next(out.offsets.begin(), out.offsets.end() - 1);
  const auto put = [&](std::int64_t row, std::int64_t column, Value value) {
    const auto place = next[row]++;
    out.columns[place] = static_cast<std::int32_t>(column);
    out.values[place] = value;
  };
  // In the order of the rows, a row's earlier columns come before its later ones by themselves.
  for_each_pair(chunks, [&](std::int64_t query, std::int64_t other, Value value) {
    const auto row = order.row(query);
    put(std::min(row, other), std::max(row, other), value);
    if (!triangle) put(std::max(row, other), std::min(row, other), value);
  });
  chunks.clear();
  if (!order.is_identity()) sort_columns(out);
  return out;
}

template <class Value>
JoinEdges<Value> assemble_edges(const std::vector<ChunkResult<Value>>& chunks,
                                std::span<const std::int64_t> queries, const TimeOrder& order) {
  JoinEdges<Value> edges;
  for_each_pair(chunks, [&](std::int64_t query, std::int64_t other, Value value) {
    const auto row = order.row(queries[query]);
    edges.rows.push_back(std::min(row, other));
    edges.columns.push_back(std::max(row, other));
    edges.similarities.push_back(value);
  });
  return edges;
}

#define SAMESTORY_INSTANTIATE(Value)                                                            \
  template CsrMatrix<Value> assemble_rows(std::vector<ChunkResult<Value>>&&,                    \
                                          std::span<const std::int64_t>, std::int64_t,          \
                                          const Control&);                                      \
  template CsrMatrix<Value> assemble_pairs(std::vector<ChunkResult<Value>>&&, const TimeOrder&, \
                                           bool);                                               \
  template JoinEdges<Value> assemble_edges(const std::vector<ChunkResult<Value>>&,              \
                                           std::span<const std::int64_t>, const TimeOrder&);
SAMESTORY_INSTANTIATE(float)
SAMESTORY_INSTANTIATE(double)
#undef SAMESTORY_INSTANTIATE

}  // namespace samestory::similarity
