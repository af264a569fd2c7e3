#pragma once

#include <cstdint>
#include <vector>

#include "text/row_block.hpp"

namespace samestory {

/// Some consecutive rows of a block, and their entries.
struct RowRun {
  std::size_t begin, end;
  std::size_t first_entry, n_entries;
};

/// What a sorter's payload says of the row: its number in the run, in the upper bits.
constexpr int kRowInRunBits = 12;

/// Cuts a block into runs of rows so small that sorting one stays in the cache; a row that is
/// larger than that is a run of its own.
inline std::vector<RowRun> row_runs(const RowBlock& block) {
  constexpr std::uint64_t kMostEntries = 2048;
  constexpr std::size_t kMostRows = std::size_t{1} << kRowInRunBits;
  std::vector<RowRun> runs;
  const auto& ends = block.row_ends();
  std::uint64_t first = 0;
  for (std::size_t begin = 0; begin < ends.size();) {
    std::size_t end = begin + 1;
    while (end < ends.size() && end - begin < kMostRows && ends[end] <= first + kMostEntries)
      ++end;
    runs.push_back({begin, end, first, ends[end - 1] - first});
    first = ends[end - 1];
    begin = end;
  }
  return runs;
}

}  // namespace samestory
