#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "samestory/control.hpp"
#include "samestory/csr.hpp"
#include "support/parallel.hpp"

namespace samestory {

/// The entries that are marked.
template <class Value>
CsrMatrix<Value> kept_entries(const CsrView<Value>& matrix, const std::vector<char>& is_kept,
                              const Control& control) {
  constexpr std::int64_t kRowsPerChunk = 256;
  CsrMatrix<Value> kept{matrix.n_rows, matrix.n_columns, {}, {}, {}};
  kept.offsets.resize(matrix.n_rows + 1);
  kept.offsets[0] = 0;
  for (std::int64_t row = 0; row < matrix.n_rows; ++row) {
    const auto* marks = is_kept.data();
    kept.offsets[row + 1] =
        kept.offsets[row] +
        std::count(marks + matrix.offsets[row], marks + matrix.offsets[row + 1], char{1});
  }
  kept.columns.resize(kept.offsets.back());
  kept.values.resize(kept.offsets.back());
  parallel_for(control, matrix.n_rows, kRowsPerChunk, [&](auto begin, auto end, int, auto&) {
    auto place = kept.offsets[begin];
    for (auto i = matrix.offsets[begin]; i < matrix.offsets[end]; ++i) {
      if (!is_kept[i]) continue;
      kept.columns[place] = matrix.columns[i];
      kept.values[place++] = matrix.values[i];
    }
  });
  return kept;
}

}  // namespace samestory
