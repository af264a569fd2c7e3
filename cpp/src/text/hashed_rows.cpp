#include "text/hashed_rows.hpp"

#include <algorithm>
#include <utility>

#include "support/parallel.hpp"
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

/// A row by column, its counts added up. A sum of zero stays, as scipy's sum_duplicates leaves it.
void merge_row(const TermCount* entries, std::size_t n, const HashedNodes& hashed,
               std::vector<SignedCount>& row) {
  row.clear();
  for (std::size_t i = 0; i < n; ++i) {
    const auto packed = hashed[entries[i].term];
    const auto count = static_cast<std::int64_t>(entries[i].count);
    row.push_back({packed >> 1, packed & 1 ? -count : count});
  }
  std::sort(row.begin(), row.end(), [](auto a, auto b) { return a.column < b.column; });
  std::size_t last = 0;
  for (std::size_t i = 1; i < row.size(); ++i) {
    if (row[i].column == row[last].column) {
      row[last].count += row[i].count;
    } else {
      row[++last] = row[i];
    }
  }
  if (!row.empty()) row.resize(last + 1);
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
    std::vector<SignedCount> row;
    std::uint64_t begin = 0;
    part.columns.reserve(block.entries.size());
    part.values.reserve(block.entries.size());
    for (const auto end : block.row_ends) {
      merge_row(block.entries.data() + begin, end - begin,
                hashed[static_cast<std::size_t>(block.worker)], row);
      const std::size_t first = part.values.size();
      for (const auto [column, count] : row) {
        part.columns.push_back(static_cast<std::int32_t>(column));
        part.values.push_back(options.binary ? Value{1} : static_cast<Value>(count));
      }
      normalize_row(std::span<Value>(part.values).subspan(first), options.norm);
      part.row_ends.push_back(static_cast<std::int64_t>(part.columns.size()));
      begin = end;
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
