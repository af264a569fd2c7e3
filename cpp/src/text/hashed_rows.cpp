#include "text/hashed_rows.hpp"

#include <algorithm>
#include <utility>

#include "support/parallel.hpp"
#include "text/block_sorter.hpp"
#include "text/murmur.hpp"
#include "text/weighting.hpp"

namespace samestory {
namespace {

/// Column << 1 | negative, for each node of a worker.
using HashedNodes = std::vector<std::uint32_t>;

bool has_surrogate(std::string_view term) {
  for (std::size_t i = 0; i + 1 < term.size(); ++i) {
    if (static_cast<std::uint8_t>(term[i]) == 0xED &&
        static_cast<std::uint8_t>(term[i + 1]) >= 0xA0)
      return true;
  }
  return false;
}

std::uint32_t hash_term(std::string_view term, const HashingOptions& options) {
  if (has_surrogate(term)) throw SurrogateError(std::string(term));
  const auto hashed = hashed_column(term, options.n_features);
  return hashed.column << 1 | (hashed.is_negative && options.alternate_sign ? 1u : 0u);
}

/// Terms first, then n-grams of words in order of their length: each is its prefix and a word.
HashedNodes hash_nodes(const DocumentCounter& worker, const HashingOptions& options) {
  HashedNodes hashed(worker.n_nodes());
  std::vector<PairTable::Slot> pairs;
  for (const auto& slot : worker.pairs().slots()) {
    if (slot.id != kNoTerm) pairs.push_back(slot);
  }
  std::vector<std::string> texts(pairs.empty() ? 0 : worker.n_nodes());
  worker.terms().for_each([&](std::string_view term, std::uint32_t node) {
    if (node == kStopTerm) return;
    hashed[node] = hash_term(term, options);
    if (!texts.empty()) texts[node] = term;
  });
  std::sort(pairs.begin(), pairs.end(), [](const auto& a, const auto& b) { return a.n < b.n; });
  for (const auto& slot : pairs) {
    texts[slot.id] = texts[slot.pair >> 32] + ' ' + texts[slot.pair & 0xFFFFFFFF];
    hashed[slot.id] = hash_term(texts[slot.id], options);
  }
  return hashed;
}

struct SignedCount {
  std::uint32_t column;
  std::int64_t count;
};

/// The rows of a block one after another, each by column; a column may stand several times.
void sort_block(const RowBlock& block, const HashedNodes& hashed, BlockSorter& sorter,
                Buffer<SignedCount>& sorted) {
  sorter.start(block.entries.size());
  std::vector<std::uint64_t> places;
  std::uint32_t at = 0;
  for (std::uint32_t row = 0; row < block.row_ends.size(); ++row) {
    places.push_back(at);
    for (; at < block.row_ends[row]; ++at)
      sorter.add(hashed[block.entries[at].term] >> 1, at, row);
  }
  sorted.resize(block.entries.size());
  sorter.drain([&](std::uint32_t column, std::uint32_t entry, std::uint32_t row) {
    const auto count = static_cast<std::int64_t>(block.entries[entry].count);
    const bool is_negative = (hashed[block.entries[entry].term] & 1) != 0;
    sorted[places[row]++] = {column, is_negative ? -count : count};
  });
}

template <class Value>
struct Part {
  Buffer<std::int64_t> row_ends;
  Buffer<std::int32_t> columns;
  Buffer<Value> values;
};

template <class Value>
CsrMatrix<Value> join(std::vector<Part<Value>>& parts, std::int64_t n_columns) {
  CsrMatrix<Value> matrix{0, n_columns, {0}, {}, {}};
  std::size_t n_entries = 0;
  for (const auto& part : parts)
    n_entries += part.columns.size();
  matrix.columns.reserve(n_entries);
  matrix.values.reserve(n_entries);
  for (auto& part : parts) {
    const auto base = static_cast<std::int64_t>(matrix.columns.size());
    for (const auto end : part.row_ends)
      matrix.offsets.push_back(base + end);
    matrix.columns.insert(matrix.columns.end(), part.columns.begin(), part.columns.end());
    matrix.values.insert(matrix.values.end(), part.values.begin(), part.values.end());
    part = {};
  }
  matrix.n_rows = static_cast<std::int64_t>(matrix.offsets.size()) - 1;
  return matrix;
}

}  // namespace

template <class Value>
CsrMatrix<Value> hashed_rows(const std::vector<const DocumentCounter*>& workers,
                             std::vector<RowBlock>&& blocks, const HashingOptions& options,
                             const Control& control) {
  std::vector<HashedNodes> hashed(workers.size());
  parallel_for(control, static_cast<std::int64_t>(workers.size()), 1,
               [&](auto first, auto last, int, const Stop&) {
                 for (auto w = static_cast<std::size_t>(first); w < static_cast<std::size_t>(last);
                      ++w)
                   hashed[w] = hash_nodes(*workers[w], options);
               });
  std::vector<Part<Value>> parts(blocks.size());
  const auto write = [&](std::size_t b) {
    auto& block = blocks[b];
    auto& part = parts[b];
    Buffer<SignedCount> sorted;
    BlockSorter sorter(options.n_features);
    sort_block(block, hashed[static_cast<std::size_t>(block.worker)], sorter, sorted);
    part.columns.reserve(sorted.size());
    part.values.reserve(sorted.size());
    std::size_t at = 0;
    for (const auto end : block.row_ends) {
      const std::size_t first = part.values.size();
      while (at < end) {
        auto [column, sum] = sorted[at];
        for (++at; at < end && sorted[at].column == column; ++at)
          sum += sorted[at].count;
        // A sum of zero stays, as scipy's sum_duplicates leaves it.
        part.columns.push_back(static_cast<std::int32_t>(column));
        part.values.push_back(options.binary ? Value{1} : static_cast<Value>(sum));
      }
      normalize_row(std::span<Value>(part.values).subspan(first), options.norm);
      part.row_ends.push_back(static_cast<std::int64_t>(part.columns.size()));
    }
    block = {};
  };
  parallel_for(
      control, static_cast<std::int64_t>(blocks.size()), 1,
      [&](auto first, auto last, int, const Stop&) {
        for (auto b = static_cast<std::size_t>(first); b < static_cast<std::size_t>(last); ++b)
          write(b);
      },
      "hashing terms");
  return join(parts, options.n_features);
}

template CsrMatrix<double> hashed_rows(const std::vector<const DocumentCounter*>&,
                                       std::vector<RowBlock>&&, const HashingOptions&,
                                       const Control&);
template CsrMatrix<float> hashed_rows(const std::vector<const DocumentCounter*>&,
                                      std::vector<RowBlock>&&, const HashingOptions&,
                                      const Control&);
template CsrMatrix<std::int64_t> hashed_rows(const std::vector<const DocumentCounter*>&,
                                             std::vector<RowBlock>&&, const HashingOptions&,
                                             const Control&);

}  // namespace samestory
