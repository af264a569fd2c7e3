#include "text/corpus_counts.hpp"

#include <memory>

#include "support/parallel.hpp"
#include "text/block_sorter.hpp"
#include "text/weighting.hpp"

namespace samestory {
namespace {

constexpr std::uint64_t kEntriesAtATime = 4096;

}  // namespace

std::int64_t CorpusCounts::n_rows() const {
  std::int64_t n = 0;
  for (const auto& block : blocks_)
    n += static_cast<std::int64_t>(block.row_ends.size());
  return n;
}

Buffer<std::int64_t> CorpusCounts::total_counts() const {
  Buffer<std::int64_t> sums(static_cast<std::size_t>(n_features_), 0);
  for (const auto& block : blocks_) {
    const auto& features = features_[static_cast<std::size_t>(block.worker)];
    for (const auto& entry : block.entries) {
      const auto feature = features[entry.term];
      if (feature >= 0) sums[static_cast<std::size_t>(feature)] += entry.count;
    }
  }
  return sums;
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
    n += block.row_ends.size();
  }
  const auto n_blocks = static_cast<std::int64_t>(blocks_.size());
  parallel_for(control, n_blocks, 1, [&](auto first, auto last, int, const Stop&) {
    for (auto b = static_cast<std::size_t>(first); b < static_cast<std::size_t>(last); ++b) {
      const auto& block = blocks_[b];
      const auto& features = features_[static_cast<std::size_t>(block.worker)];
      std::uint64_t at = 0;
      for (std::size_t row = 0; row < block.row_ends.size(); ++row) {
        auto n_kept = static_cast<std::int64_t>(block.row_ends[row] - at);
        for (; !keeps_all_ && at < block.row_ends[row]; ++at)
          n_kept -= features[block.entries[at].term] < 0;
        at = block.row_ends[row];
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
  const TermFrequency<Value> frequency(options);
  std::vector<std::size_t> first_rows{0};
  for (const auto& block : blocks_)
    first_rows.push_back(first_rows.back() + block.row_ends.size());
  // A few rows at a time, so that what is sorted stays in the cache.
  const auto write_rows = [&](BlockSorter& sorter, const RowBlock& block, std::size_t first_row,
                              std::size_t begin, std::size_t end) {
    const auto& features = features_[static_cast<std::size_t>(block.worker)];
    const std::uint64_t first_entry = begin == 0 ? 0 : block.row_ends[begin - 1];
    const auto* entries = block.entries.data() + first_entry;
    sorter.start(block.row_ends[end - 1] - first_entry);
    std::uint32_t at = 0;
    for (std::size_t row = begin; row < end; ++row) {
      for (; first_entry + at < block.row_ends[row]; ++at) {
        const auto column = features[entries[at].term];
        if (column >= 0)
          sorter.add(static_cast<std::uint32_t>(column), at,
                     static_cast<std::uint32_t>(row - begin));
      }
    }
    const auto* offsets = matrix.offsets.data() + first_row + begin;
    std::vector<std::int64_t> places(offsets, offsets + (end - begin));
    sorter.drain([&](std::uint32_t column, std::uint32_t entry, std::uint32_t row) {
      auto value = frequency(entries[entry].count);
      if (!idf.empty()) value *= idf[column];
      const auto place = static_cast<std::size_t>(places[row]++);
      matrix.columns[place] = static_cast<std::int32_t>(column);
      matrix.values[place] = value;
    });
    const std::span<Value> values(matrix.values);
    for (std::size_t row = 0; row < end - begin; ++row) {
      const auto n = static_cast<std::size_t>(offsets[row + 1] - offsets[row]);
      normalize_row(values.subspan(static_cast<std::size_t>(offsets[row]), n), options.norm);
    }
  };
  const auto write_block = [&](BlockSorter& sorter, const RowBlock& block, std::size_t first_row) {
    for (std::size_t begin = 0; begin < block.row_ends.size();) {
      const std::uint64_t most = (begin == 0 ? 0 : block.row_ends[begin - 1]) + kEntriesAtATime;
      std::size_t end = begin + 1;
      while (end < block.row_ends.size() && block.row_ends[end] <= most)
        ++end;
      write_rows(sorter, block, first_row, begin, end);
      begin = end;
    }
  };
  std::vector<std::unique_ptr<BlockSorter>> sorters(
      static_cast<std::size_t>(resolve_threads(control)));
  const auto n_blocks = static_cast<std::int64_t>(blocks_.size());
  parallel_for(
      control, n_blocks, 1,
      [&](auto first, auto last, int worker, const Stop&) {
        auto& sorter = sorters[static_cast<std::size_t>(worker)];
        if (!sorter) sorter = std::make_unique<BlockSorter>(n_columns);
        for (auto b = static_cast<std::size_t>(first); b < static_cast<std::size_t>(last); ++b) {
          write_block(*sorter, blocks_[b], first_rows[b]);
          blocks_[b].entries = {};
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
