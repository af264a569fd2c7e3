#pragma once

#include <algorithm>
#include <cstdint>
#include <span>

#include "samestory/csr.hpp"
#include "support/prefetch.hpp"
#include "text/block_sorter.hpp"
#include "text/row_runs.hpp"
#include "text/weighting.hpp"

namespace samestory {

/// Writes blocks of counts into their rows of a matrix, weighted, columns in order. A run of rows
/// is sorted and weighed in the cache, then divided by its norms on the way to where it belongs.
template <class Value>
class RowWriter {
 public:
  /// `idf` is by column, or empty where all weights are 1.
  RowWriter(CsrMatrix<Value>& matrix, const TermFrequency<Value>& frequency,
            std::span<const Value> idf, Norm norm)
      : matrix_(matrix), frequency_(frequency), idf_(idf), norm_(norm), sorter_(matrix.n_columns) {}

  /// `columns` are those of the worker's terms, or -1; `first_row` is the block's first in the
  /// matrix.
  void write(const RowBlock& block, std::span<const std::int32_t> columns, std::size_t first_row) {
    for (const auto& run : row_runs(block)) {
      const auto* offsets = matrix_.offsets.data() + first_row + run.begin;
      const auto sorted = sort_run(block, run, columns, offsets);
      start_rows(run, offsets);
      const auto large = [&](std::uint32_t row, std::int32_t column) {
        return count_of(block, run.begin + row, columns, column);
      };
      idf_.empty() ? put_in_rows<false>(sorted, large) : put_in_rows<true>(sorted, large);
      hand_over(run, offsets);
    }
  }

 private:
  static constexpr std::size_t kAhead = 32;  // entries between asking for memory and using it
  // The payload of an entry: its row in the run, and its count or that it is too large for that.
  static constexpr int kCountBits = 32 - kRowInRunBits;
  static constexpr std::uint32_t kLargeCount = (1u << kCountBits) - 1;

  /// The entries that have a column, in order of it.
  std::span<const BlockSorter::Key> sort_run(const RowBlock& block, const RowRun& run,
                                             std::span<const std::int32_t> columns,
                                             const std::int64_t* offsets) {
    const auto n_kept = static_cast<std::size_t>(offsets[run.end - run.begin] - offsets[0]);
    auto* keys = sorter_.room(n_kept + 1);
    const auto* terms = block.terms().data();
    const std::size_t last = run.first_entry + run.n_entries - 1;
    std::size_t n = 0;
    std::size_t entry = run.first_entry;
    for (std::size_t row = run.begin; row < run.end; ++row) {
      const auto in_run = static_cast<std::uint32_t>(row - run.begin) << kCountBits;
      for (const auto end = block.row_ends()[row]; entry != end; ++entry) {
        prefetch(columns.data() + terms[std::min(entry + kAhead, last)]);
        const auto column = columns[terms[entry]];
        const auto count = std::min(block.count(entry), kLargeCount);
        keys[n] = BlockSorter::key_of(static_cast<std::uint32_t>(column), in_run | count);
        n += column >= 0;
      }
    }
    return sorter_.sort(n);
  }

  void start_rows(const RowRun& run, const std::int64_t* offsets) {
    const std::size_t n_rows = run.end - run.begin;
    const auto n_entries = static_cast<std::size_t>(offsets[n_rows] - offsets[0]);
    rows_.resize(std::max(rows_.size(), n_rows));
    for (std::size_t row = 0; row < n_rows; ++row)
      rows_[row] = {offsets[row] - offsets[0], 0};
    columns_.resize(std::max(columns_.size(), n_entries));
    values_.resize(columns_.size());
  }

  /// Each row's entries come in order of their columns, and so its norm is summed from left to
  /// right; the sums of many rows go on beside each other.
  template <bool kHasWeights, class Large>
  void put_in_rows(std::span<const BlockSorter::Key> sorted, Large&& large) {
    auto* columns = columns_.data();
    auto* values = values_.data();
    auto* rows = rows_.data();
    const auto* idf = idf_.data();
    const auto norm = norm_;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
      const auto column = BlockSorter::column_of(sorted[i]);
      const auto payload = BlockSorter::payload_of(sorted[i]);
      if (kHasWeights) {
        prefetch(idf + BlockSorter::column_of(sorted[std::min(i + kAhead, sorted.size() - 1)]));
      }
      const auto in_run = payload >> kCountBits;
      auto count = payload & kLargeCount;
      if (count == kLargeCount) [[unlikely]]
        count = large(in_run, static_cast<std::int32_t>(column));
      auto value = frequency_(count);
      if (kHasWeights) value *= idf[column];
      auto& row = rows[in_run];
      columns[row.place] = static_cast<std::int32_t>(column);
      values[row.place++] = value;
      row.sum += norm_part(value, norm);
    }
  }

  /// The count of a row's entry, looked for among all of them.
  static std::uint32_t count_of(const RowBlock& block, std::size_t row,
                                std::span<const std::int32_t> columns, std::int32_t column) {
    std::size_t entry = row == 0 ? 0 : block.row_ends()[row - 1];
    while (columns[block.terms()[entry]] != column)
      ++entry;
    return block.count(entry);
  }

  void hand_over(const RowRun& run, const std::int64_t* offsets) {
    const std::size_t n_rows = run.end - run.begin;
    std::copy_n(columns_.data(), offsets[n_rows] - offsets[0], matrix_.columns.data() + offsets[0]);
    const auto* from = values_.data();
    auto* to = matrix_.values.data() + offsets[0];
    for (std::size_t row = 0; row < n_rows; ++row) {
      const auto n = static_cast<std::size_t>(offsets[row + 1] - offsets[row]);
      const double divisor = norm_of_sum(rows_[row].sum, norm_);
      for (std::size_t i = 0; i < n; ++i)
        to[i] = divided(from[i], divisor);
      from += n;
      to += n;
    }
  }
  Value divided(Value value, double divisor) const {
    if (norm_ == Norm::none) return value;
    return static_cast<Value>(static_cast<double>(value) / divisor);
  }

  /// Where the row's next entry goes in the run, and what its norm will be made of.
  struct Row {
    std::int64_t place;
    double sum;
  };

  CsrMatrix<Value>& matrix_;
  const TermFrequency<Value>& frequency_;
  std::span<const Value> idf_;
  Norm norm_;
  BlockSorter sorter_;
  Buffer<Row> rows_;
  Buffer<std::int32_t> columns_;
  Buffer<Value> values_;
};

}  // namespace samestory
