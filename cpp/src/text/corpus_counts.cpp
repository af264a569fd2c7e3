#include "text/corpus_counts.hpp"

#include <algorithm>
#include <memory>

#include "support/parallel.hpp"
#include "text/row_writer.hpp"
#include "text/weighting.hpp"

namespace samestory {

std::int64_t CorpusCounts::n_rows() const {
  std::int64_t n = 0;
  for (const auto& block : blocks_)
    n += static_cast<std::int64_t>(block.n_rows());
  return n;
}

Buffer<std::int64_t> CorpusCounts::total_counts() const {
  Buffer<std::int64_t> sums(static_cast<std::size_t>(n_features_), 0);
  for (const auto& block : blocks_) {
    const auto& features = features_[static_cast<std::size_t>(block.worker())];
    for (std::size_t i = 0; i < block.terms().size(); ++i) {
      const auto feature = features[block.terms()[i]];
      if (feature >= 0) sums[static_cast<std::size_t>(feature)] += block.count(i);
    }
  }
  return sums;
}

std::int64_t CorpusCounts::largest_feature() const {
  std::int64_t largest = -1;
  for (const auto& worker : features_) {
    for (const std::int64_t feature : worker)
      largest = std::max(largest, feature);
  }
  return largest;
}

void CorpusCounts::map_to_columns(std::span<const std::int32_t> columns) {
  if (columns.empty()) return;
  keeps_all_ = false;
  for (auto& worker : features_) {
    for (auto& feature : worker) {
      if (feature >= 0) feature = columns[static_cast<std::size_t>(feature)];
    }
  }
}

Buffer<std::int64_t> CorpusCounts::row_offsets(const Control& control) const {
  Buffer<std::int64_t> offsets(static_cast<std::size_t>(n_rows()) + 1);
  std::vector<std::size_t> first_rows;
  std::size_t n = 0;
  for (const auto& block : blocks_) {
    first_rows.push_back(n);
    n += block.n_rows();
  }
  const auto n_blocks = static_cast<std::int64_t>(blocks_.size());
  parallel_for(control, n_blocks, 1, [&](auto first, auto last, int, const Stop&) {
    for (auto b = static_cast<std::size_t>(first); b < static_cast<std::size_t>(last); ++b) {
      const auto& block = blocks_[b];
      const auto& features = features_[static_cast<std::size_t>(block.worker())];
      const auto terms = block.terms();
      std::uint64_t at = 0;
      for (std::size_t row = 0; row < block.n_rows(); ++row) {
        const auto end = block.row_ends()[row];
        auto n_kept = static_cast<std::int64_t>(end - at);
        for (; !keeps_all_ && at < end; ++at)
          n_kept -= features[terms[at]] < 0;
        at = end;
        offsets[first_rows[b] + row + 1] = n_kept;
      }
    }
  });
  offsets[0] = 0;
  for (std::size_t row = 1; row < offsets.size(); ++row)
    offsets[row] += offsets[row - 1];
  return offsets;
}

template <class Value>
CsrMatrix<Value> CorpusCounts::take_rows(std::span<const std::int32_t> columns,
                                         std::int64_t n_columns, std::span<const Value> idf,
                                         const WeightingOptions& options, const Control& control) {
  map_to_columns(columns);
  CsrMatrix<Value> matrix{n_rows(), n_columns, row_offsets(control), {}, {}};
  matrix.columns.resize(static_cast<std::size_t>(matrix.n_entries()));
  matrix.values.resize(static_cast<std::size_t>(matrix.n_entries()));
  std::vector<std::size_t> first_rows{0};
  for (const auto& block : blocks_)
    first_rows.push_back(first_rows.back() + block.n_rows());
  const TermFrequency<Value> frequency(options);
  using Writer = RowWriter<Value>;
  std::vector<std::unique_ptr<Writer>> writers(static_cast<std::size_t>(resolve_threads(control)));
  const auto n_blocks = static_cast<std::int64_t>(blocks_.size());
  parallel_for(
      control, n_blocks, 1,
      [&](auto first, auto last, int worker, const Stop&) {
        auto& writer = writers[static_cast<std::size_t>(worker)];
        if (!writer) writer = std::make_unique<Writer>(matrix, frequency, idf, options.norm);
        for (auto b = static_cast<std::size_t>(first); b < static_cast<std::size_t>(last); ++b) {
          const auto& terms = features_[static_cast<std::size_t>(blocks_[b].worker())];
          writer->write(blocks_[b], terms, first_rows[b]);
          blocks_[b].free_entries();
        }
      },
      "weighing terms");
  blocks_.clear();
  return matrix;
}

#define SAMESTORY_TAKE_ROWS(Value)                                                               \
  template CsrMatrix<Value> CorpusCounts::take_rows(std::span<const std::int32_t>, std::int64_t, \
                                                    std::span<const Value>,                      \
                                                    const WeightingOptions&, const Control&);
SAMESTORY_TAKE_ROWS(double)
SAMESTORY_TAKE_ROWS(float)
SAMESTORY_TAKE_ROWS(std::int64_t)
SAMESTORY_TAKE_ROWS(std::int32_t)
#undef SAMESTORY_TAKE_ROWS

}  // namespace samestory
