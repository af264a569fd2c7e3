#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "samestory/control.hpp"
#include "samestory/csr.hpp"
#include "samestory/weighting.hpp"
#include "text/row_block.hpp"
#include "text/vocabulary.hpp"

namespace samestory {

/// The counts of a whole collection, each worker's nodes mapped to features in their final order.
class CorpusCounts {
 public:
  CorpusCounts(std::vector<RowBlock> blocks, std::vector<Buffer<std::int32_t>> features,
               Buffer<std::int64_t> document_frequencies, std::int64_t n_features)
      : blocks_(std::move(blocks)),
        features_(std::move(features)),
        document_frequencies_(std::move(document_frequencies)),
        n_features_(n_features),
        keeps_all_(!document_frequencies_.empty()) {}

  std::int64_t n_rows() const;
  std::int64_t n_features() const { return n_features_; }
  /// The largest number that a counted term has, -1 where none has one. With a vocabulary that was
  /// given, it is that of a column; there may be more features, the beginnings of n-grams.
  std::int64_t largest_feature() const;

  /// In how many documents each feature stands (known only of what was learned), and how often in
  /// all.
  const Buffer<std::int64_t>& document_frequencies() const { return document_frequencies_; }
  Buffer<std::int64_t> total_counts() const;

  /// The weighted rows, columns in order; the counts are freed on the way. `columns` maps features
  /// to columns or -1, and is empty where they are the same. idf is by column, or empty.
  template <class Value>
  CsrMatrix<Value> take_rows(std::span<const std::int32_t> columns, std::int64_t n_columns,
                             std::span<const Value> idf, const WeightingOptions& options,
                             const Control& control);

 private:
  void map_to_columns(std::span<const std::int32_t> columns);
  Buffer<std::int64_t> row_offsets(const Control& control) const;

  std::vector<RowBlock> blocks_;
  std::vector<Buffer<std::int32_t>> features_;
  Buffer<std::int64_t> document_frequencies_;
  std::int64_t n_features_;
  bool keeps_all_;  // every entry has a column
};

}  // namespace samestory
