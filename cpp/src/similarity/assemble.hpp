#pragma once

#include <span>
#include <vector>

#include "samestory/csr.hpp"
#include "samestory/similarity_join.hpp"
#include "similarity/row_search.hpp"
#include "similarity/time_order.hpp"

namespace samestory::similarity {

/// The chunks' rows, one after another, row i of them being row `destination[i]` of the result.
template <class Value>
CsrMatrix<Value> assemble_rows(std::vector<ChunkResult<Value>>&& chunks,
                               std::span<const std::int64_t> destination, std::int64_t n_columns,
                               const Control& control);

/// From each row's similar earlier rows: both directions of every pair, or (lower row, higher row)
/// alone. The chunks hold all rows in the join's order.
template <class Value>
CsrMatrix<Value> assemble_pairs(std::vector<ChunkResult<Value>>&& chunks, const TimeOrder& order,
                                bool triangle);

/// The pairs as coordinates (lower row, higher row); `queries` are the rows of the chunks.
template <class Value>
JoinEdges<Value> assemble_edges(const std::vector<ChunkResult<Value>>& chunks,
                                std::span<const std::int64_t> queries, const TimeOrder& order);

}  // namespace samestory::similarity
