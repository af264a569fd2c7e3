#pragma once

#include <algorithm>
#include <cstdint>
#include <span>

#include "samestory/csr.hpp"
#include "text/block_sorter.hpp"
#include "text/row_runs.hpp"
#include "text/weighting.hpp"

namespace samestory {

/// Writes blocks of counts into their rows of a matrix, weighted, columns in order. A run of rows
/// is sorted, weighed and normalized in the cache, then copied to where it belongs.
template <class Value>
class RowWriter {
 public:
  RowWriter(CsrMatrix<Value>& matrix, const TermFrequency<Value>& frequency,
            std::span<const Value> idf, Norm norm)
      : matrix_(matrix), frequency_(frequency), idf_(idf), norm_(norm), sorter_(matrix.n_columns) {}

  /// `column_of` maps the block's terms to columns or -1; `first_row` is the block's first.
  void write(const RowBlock& block, std::span<const std::int32_t> column_of,
             std::size_t first_row) {
    for (const auto& run : row_runs(block))
      write_run(block, run, column_of, matrix_.offsets.data() + first_row + run.begin);
  }

 private:
  static constexpr int kCountBits = 32 - kRowInRunBits;
  static constexpr std::uint32_t kManyTimes = (1u << kCountBits) - 1;  // this often, or more

  void write_run(const RowBlock& block, const RowRun& run, std::span<const std::int32_t> column_of,
                 const std::int64_t* offsets) {
    const auto sorted = sort_run(block, run, column_of);
    columns_.resize(std::max(columns_.size(), sorted.size()));
    values_.resize(std::max(values_.size(), sorted.size()));
    places_.clear();
    for (std::size_t row = run.begin; row < run.end; ++row)
      places_.push_back(offsets[row - run.begin] - offsets[0]);
    weigh(sorted, [&](std::uint32_t column, std::size_t row) {
      return count_of(block, run.begin + row, column_of, static_cast<std::int32_t>(column));
    });
    for (std::size_t row = 0; row < run.end - run.begin; ++row) {
      const auto first = offsets[row] - offsets[0];
      const auto n = static_cast<std::size_t>(offsets[row + 1] - offsets[row]);
      normalize_row(std::span<Value>(values_.data() + first, n), norm_);
    }
    std::copy_n(columns_.data(), sorted.size(), matrix_.columns.data() + offsets[0]);
    std::copy_n(values_.data(), sorted.size(), matrix_.values.data() + offsets[0]);
  }

  /// The entries that have a column, by column, each with its row and count.
  std::span<const BlockSorter::Key> sort_run(const RowBlock& block, const RowRun& run,
                                             std::span<const std::int32_t> column_of) {
    auto* keys = sorter_.room(run.n_entries);
    const auto* entry = block.entries.data() + run.first_entry;
    std::size_t n = 0;
    for (std::size_t row = run.begin; row < run.end; ++row) {
      const auto in_run = static_cast<std::uint32_t>(row - run.begin) << kCountBits;
      for (const auto* end = block.entries.data() + block.row_ends[row]; entry != end; ++entry) {
        const auto column = column_of[entry->term];
        keys[n] = BlockSorter::key_of(static_cast<std::uint32_t>(column),
                                      in_run | std::min(entry->count, kManyTimes));
        n += column >= 0;
      }
    }
    return sorter_.sort(n);
  }

  /// From the sorted entries to their places in the rows.
  template <class Recount>
  void weigh(std::span<const BlockSorter::Key> sorted, const Recount& recount) {
    auto* columns = columns_.data();
    auto* values = values_.data();
    auto* places = places_.data();
    const auto* idf = idf_.empty() ? nullptr : idf_.data();
    for (const auto key : sorted) {
      const auto column = BlockSorter::column_of(key);
      const auto row = BlockSorter::payload_of(key) >> kCountBits;
      auto count = BlockSorter::payload_of(key) & kManyTimes;
      if (count == kManyTimes) count = recount(column, row);
      auto value = frequency_(count);
      if (idf != nullptr) value *= idf[column];
      const auto place = places[row]++;
      columns[place] = static_cast<std::int32_t>(column);
      values[place] = value;
    }
  }

  /// A count that is too large to go along with its column.
  static std::uint32_t count_of(const RowBlock& block, std::size_t row,
                                std::span<const std::int32_t> column_of, std::int32_t column) {
    auto at = row == 0 ? 0 : block.row_ends[row - 1];
    while (column_of[block.entries[at].term] != column)
      ++at;
    return block.entries[at].count;
  }

  CsrMatrix<Value>& matrix_;
  const TermFrequency<Value>& frequency_;
  std::span<const Value> idf_;
  Norm norm_;
  BlockSorter sorter_;
  Buffer<std::int32_t> columns_;
  Buffer<Value> values_;
  Buffer<std::int64_t> places_;
};

}  // namespace samestory
