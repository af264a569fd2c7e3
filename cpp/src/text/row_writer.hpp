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

/// What the terms of one worker are in a matrix.
template <class Value>
struct TermColumns {
  std::span<const std::int32_t> columns;  ///< or -1
  std::span<const Value> weights;         ///< empty where all are 1
};

/// Writes blocks of counts into their rows of a matrix, weighted, columns in order. A run of rows
/// is sorted, weighed and normalized in the cache, then copied to where it belongs.
template <class Value>
class RowWriter {
 public:
  RowWriter(CsrMatrix<Value>& matrix, const TermFrequency<Value>& frequency, Norm norm)
      : matrix_(matrix), frequency_(frequency), norm_(norm), sorter_(matrix.n_columns) {}

  /// `first_row` is the block's first row in the matrix.
  void write(const RowBlock& block, const TermColumns<Value>& terms, std::size_t first_row) {
    for (const auto& run : row_runs(block))
      write_run(block, run, terms, matrix_.offsets.data() + first_row + run.begin);
  }

 private:
  static constexpr std::size_t kAhead = 32;  // entries between asking for memory and using it

  void write_run(const RowBlock& block, const RowRun& run, const TermColumns<Value>& terms,
                 const std::int64_t* offsets) {
    const auto n_kept = static_cast<std::size_t>(offsets[run.end - run.begin] - offsets[0]);
    const auto sorted = terms.weights.empty() ? weigh<false>(block, run, terms, n_kept)
                                              : weigh<true>(block, run, terms, n_kept);
    places_.clear();
    for (std::size_t row = run.begin; row < run.end; ++row)
      places_.push_back(offsets[row - run.begin] - offsets[0]);
    put_in_rows(sorted);
    for (std::size_t row = 0; row < run.end - run.begin; ++row) {
      const auto first = offsets[row] - offsets[0];
      const auto n = static_cast<std::size_t>(offsets[row + 1] - offsets[row]);
      normalize_row(std::span<Value>(values_.data() + first, n), norm_);
    }
    std::copy_n(columns_.data(), n_kept, matrix_.columns.data() + offsets[0]);
    std::copy_n(values_.data(), n_kept, matrix_.values.data() + offsets[0]);
  }

  /// Leaves the row and the weight of each entry that has a column, and returns their numbers by
  /// column. Whatever belongs to a term is read here: in a block a term's memory is rarely far from
  /// that of the terms before it, but in order of columns it would be.
  template <bool kHasWeights>
  std::span<const BlockSorter::Key> weigh(const RowBlock& block, const RowRun& run,
                                          const TermColumns<Value>& terms, std::size_t n_kept) {
    auto* keys = sorter_.room(n_kept + 1);
    for (auto* buffer : {&weights_, &values_})
      buffer->resize(std::max(buffer->size(), n_kept + 1));
    rows_.resize(weights_.size());
    columns_.resize(weights_.size());
    auto* rows = rows_.data();
    auto* weights = weights_.data();
    const auto* columns = terms.columns.data();
    const auto* term_weights = terms.weights.data();
    const auto* entry = block.entries.data() + run.first_entry;
    const auto* last = entry + run.n_entries - 1;
    std::uint32_t n = 0;
    for (std::size_t row = run.begin; row < run.end; ++row) {
      for (const auto* end = block.entries.data() + block.row_ends[row]; entry != end; ++entry) {
        const auto ahead = std::min(entry + kAhead, last)->term;
        prefetch(columns + ahead);
        if (kHasWeights) prefetch(term_weights + ahead);
        const auto column = columns[entry->term];
        keys[n] = BlockSorter::key_of(static_cast<std::uint32_t>(column), n);
        rows[n] = static_cast<std::uint32_t>(row - run.begin);
        weights[n] = frequency_(entry->count);
        if (kHasWeights) weights[n] *= term_weights[entry->term];
        n += column >= 0;
      }
    }
    return sorter_.sort(n);
  }

  void put_in_rows(std::span<const BlockSorter::Key> sorted) {
    auto* columns = columns_.data();
    auto* values = values_.data();
    auto* places = places_.data();
    const auto* rows = rows_.data();
    const auto* weights = weights_.data();
    for (const auto key : sorted) {
      const auto number = BlockSorter::payload_of(key);
      const auto place = places[rows[number]]++;
      columns[place] = static_cast<std::int32_t>(BlockSorter::column_of(key));
      values[place] = weights[number];
    }
  }

  CsrMatrix<Value>& matrix_;
  const TermFrequency<Value>& frequency_;
  Norm norm_;
  BlockSorter sorter_;
  Buffer<std::uint32_t> rows_;
  Buffer<Value> weights_;
  Buffer<std::int32_t> columns_;
  Buffer<Value> values_;
  Buffer<std::int64_t> places_;
};

}  // namespace samestory
