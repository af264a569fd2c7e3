#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "samestory/csr.hpp"
#include "support/parallel.hpp"

namespace samestory {

/// Rows made in chunks on any thread and laid end to end afterwards.
template <class Value>
class RowAssembly {
 public:
  struct Chunk {
    std::vector<std::int64_t> sizes;
    std::vector<std::int32_t> columns;
    std::vector<Value> values;

    void push(std::int32_t column, Value value) {
      columns.push_back(column);
      values.push_back(value);
    }
    void end_row(std::size_t row_begin) {
      sizes.push_back(static_cast<std::int64_t>(columns.size() - row_begin));
    }
  };

  /// make_row(row, worker, chunk) pushes the entries of one row.
  template <class MakeRow>
  static CsrMatrix<Value> build(std::int64_t n_rows, std::int64_t n_columns, std::int64_t grain,
                                const Control& control, MakeRow&& make_row) {
    std::vector<Chunk> chunks(n_rows == 0 ? 0 : (n_rows + grain - 1) / grain);
    parallel_for(
        control, n_rows, grain,
        [&](auto begin, auto end, int worker, const Stop&) {
          auto& chunk = chunks[begin / grain];
          for (auto row = begin; row < end; ++row) {
            const auto row_begin = chunk.columns.size();
            make_row(row, worker, chunk);
            chunk.end_row(row_begin);
          }
          // Capacity grown by doubling would stay until all chunks are done.
          chunk.columns.shrink_to_fit();
          chunk.values.shrink_to_fit();
        },
        "assembling rows");
    return join(n_rows, n_columns, chunks, control);
  }

 private:
  static CsrMatrix<Value> join(std::int64_t n_rows, std::int64_t n_columns,
                               std::vector<Chunk>& chunks, const Control& control) {
    CsrMatrix<Value> matrix{n_rows, n_columns, {}, {}, {}};
    matrix.offsets.reserve(n_rows + 1);
    matrix.offsets.push_back(0);
    std::vector<std::int64_t> starts;
    for (const auto& chunk : chunks) {
      starts.push_back(matrix.offsets.back());
      for (const auto size : chunk.sizes)
        matrix.offsets.push_back(matrix.offsets.back() + size);
    }
    matrix.columns.resize(matrix.offsets.back());
    matrix.values.resize(matrix.offsets.back());
    const auto n_chunks = static_cast<std::int64_t>(chunks.size());
    parallel_for(control, n_chunks, 1, [&](auto begin, auto end, int, const Stop&) {
      for (auto i = begin; i < end; ++i) {
        auto& chunk = chunks[i];
        std::copy(chunk.columns.begin(), chunk.columns.end(), matrix.columns.begin() + starts[i]);
        std::copy(chunk.values.begin(), chunk.values.end(), matrix.values.begin() + starts[i]);
        chunk = Chunk{};
      }
    });
    return matrix;
  }
};

}  // namespace samestory
