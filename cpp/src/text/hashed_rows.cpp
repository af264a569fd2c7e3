#include "text/hashed_rows.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "support/parallel.hpp"
#include "text/block_sorter.hpp"
#include "text/murmur.hpp"
#include "text/row_runs.hpp"
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

/// An n-gram of words: see PairTable.
struct Gram {
  std::uint64_t pair;
  std::uint32_t node, n;
};

/// Terms first, then n-grams of words in order of their length: each is its prefix and a word.
HashedNodes hash_nodes(const DocumentCounter& worker, const HashingOptions& options) {
  HashedNodes hashed(worker.n_nodes());
  std::vector<Gram> grams;
  worker.pairs().for_each([&](std::uint64_t pair, std::uint32_t node, std::uint32_t n) {
    grams.push_back({pair, node, n});
  });
  std::vector<std::string> texts(grams.empty() ? 0 : worker.n_nodes());
  worker.terms().for_each([&](std::string_view term, std::uint32_t node) {
    if (node == kStopTerm) return;
    hashed[node] = hash_term(term, options);
    if (!texts.empty()) texts[node] = term;
  });
  std::sort(grams.begin(), grams.end(), [](const auto& a, const auto& b) { return a.n < b.n; });
  for (const auto& gram : grams) {
    texts[gram.node] = texts[gram.pair >> 32] + ' ' + texts[gram.pair & 0xFFFFFFFF];
    hashed[gram.node] = hash_term(texts[gram.node], options);
  }
  return hashed;
}

template <class Value>
struct Part {
  Buffer<std::int64_t> row_ends;
  Buffer<std::int32_t> columns;
  Buffer<Value> values;
};

/// Writes the rows of blocks, columns in order, counts that meet in a column added up.
template <class Value>
class HashedRowWriter {
 public:
  explicit HashedRowWriter(const HashingOptions& options)
      : options_(options), sorter_(options.n_features) {}

  Part<Value> write(const RowBlock& block, const HashedNodes& hashed) {
    Part<Value> part;
    part.row_ends.reserve(block.n_rows());
    part.columns.reserve(block.terms().size());
    part.values.reserve(block.terms().size());
    for (const auto& run : row_runs(block)) {
      add_up(sort_run(block, run, hashed));
      for (std::size_t row = 0; row < run.end - run.begin; ++row)
        append(row, part);
    }
    return part;
  }

 private:
  static constexpr int kCountBits = 32 - kRowInRunBits - 1;
  static constexpr std::uint32_t kMostTimes = (1u << kCountBits) - 1;

  /// The entries by column, each with its row, count and sign; a large count in several pieces.
  std::span<const BlockSorter::Key> sort_run(const RowBlock& block, const RowRun& run,
                                             const HashedNodes& hashed) {
    std::size_t entry = run.first_entry;
    std::size_t n_keys = run.n_entries;
    for (std::size_t i = 0; i < run.n_entries; ++i)
      n_keys += block.count(entry + i) / kMostTimes;
    auto* keys = sorter_.room(n_keys);
    std::size_t n = 0;
    starts_.clear();
    for (std::size_t row = run.begin; row < run.end; ++row) {
      const auto in_run = static_cast<std::uint32_t>(row - run.begin) << (kCountBits + 1);
      starts_.push_back(n);
      for (; entry != block.row_ends()[row]; ++entry) {
        const auto node = hashed[block.terms()[entry]];
        const auto add = [&](std::uint32_t count) {
          keys[n++] = BlockSorter::key_of(node >> 1, in_run | count << 1 | (node & 1));
        };
        auto count = block.count(entry);
        for (; count > kMostTimes; count -= kMostTimes)
          add(kMostTimes);
        add(count);
      }
    }
    return sorter_.sort(n);
  }

  /// Leaves each row's columns and sums between its start and its end.
  void add_up(std::span<const BlockSorter::Key> sorted) {
    ends_.assign(starts_.begin(), starts_.end());
    columns_.resize(std::max(columns_.size(), sorted.size() + 1));
    sums_.resize(columns_.size());
    for (const auto key : sorted) {
      const auto column = static_cast<std::int32_t>(BlockSorter::column_of(key));
      const auto payload = BlockSorter::payload_of(key);
      const auto row = payload >> (kCountBits + 1);
      const std::int64_t count = payload >> 1 & kMostTimes;
      const std::int64_t signed_count = (payload & 1) != 0 ? -count : count;
      auto& end = ends_[row];
      if (end != starts_[row] && columns_[end - 1] == column) {
        sums_[end - 1] += signed_count;
        continue;
      }
      columns_[end] = column;
      sums_[end++] = signed_count;
    }
  }

  void append(std::size_t row, Part<Value>& part) {
    const std::size_t first = part.values.size();
    for (auto at = starts_[row]; at < ends_[row]; ++at) {
      // A sum of zero stays, as scipy's sum_duplicates leaves it.
      part.values.push_back(options_.binary ? Value{1} : static_cast<Value>(sums_[at]));
    }
    part.columns.insert(part.columns.end(), columns_.data() + starts_[row],
                        columns_.data() + ends_[row]);
    normalize_row(std::span<Value>(part.values).subspan(first), options_.norm);
    part.row_ends.push_back(static_cast<std::int64_t>(part.columns.size()));
  }

  const HashingOptions& options_;
  BlockSorter sorter_;
  Buffer<std::int32_t> columns_;
  Buffer<std::int64_t> sums_;
  Buffer<std::size_t> starts_, ends_;  // by row of the run
};

/// The parts one after another.
template <class Value>
CsrMatrix<Value> join(std::vector<Part<Value>>& parts, std::int64_t n_columns,
                      const Control& control) {
  std::vector<std::size_t> first_rows{0}, first_entries{0};
  for (const auto& part : parts) {
    first_rows.push_back(first_rows.back() + part.row_ends.size());
    first_entries.push_back(first_entries.back() + part.columns.size());
  }
  CsrMatrix<Value> matrix{static_cast<std::int64_t>(first_rows.back()), n_columns, {}, {}, {}};
  matrix.offsets.resize(first_rows.back() + 1);
  matrix.offsets[0] = 0;
  matrix.columns.resize(first_entries.back());
  matrix.values.resize(first_entries.back());
  const auto n_parts = static_cast<std::int64_t>(parts.size());
  parallel_for(control, n_parts, 1, [&](auto first, auto last, int, const Stop&) {
    for (auto p = static_cast<std::size_t>(first); p < static_cast<std::size_t>(last); ++p) {
      auto& part = parts[p];
      auto* end = matrix.offsets.data() + first_rows[p] + 1;
      for (const auto row_end : part.row_ends)
        *end++ = static_cast<std::int64_t>(first_entries[p]) + row_end;
      std::copy(part.columns.begin(), part.columns.end(), matrix.columns.data() + first_entries[p]);
      std::copy(part.values.begin(), part.values.end(), matrix.values.data() + first_entries[p]);
      part = {};
    }
  });
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
  std::vector<std::unique_ptr<HashedRowWriter<Value>>> writers(
      static_cast<std::size_t>(resolve_threads(control)));
  parallel_for(
      control, static_cast<std::int64_t>(blocks.size()), 1,
      [&](auto first, auto last, int worker, const Stop&) {
        auto& writer = writers[static_cast<std::size_t>(worker)];
        if (!writer) writer = std::make_unique<HashedRowWriter<Value>>(options);
        for (auto b = static_cast<std::size_t>(first); b < static_cast<std::size_t>(last); ++b) {
          parts[b] = writer->write(blocks[b], hashed[static_cast<std::size_t>(blocks[b].worker())]);
          blocks[b] = {};
        }
      },
      "hashing terms");
  return join(parts, options.n_features, control);
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
