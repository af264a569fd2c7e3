#pragma once

#include <cstdint>
#include <vector>

#include "samestory/recurring.hpp"
#include "text/word_scan.hpp"

namespace samestory {

/// A run of words or a line of one document, under a key that is the same in every document.
struct RecurringFeature {
  std::uint64_t key;
  std::uint64_t run;         // the key of the same words anywhere
  std::uint32_t begin, end;  // in words
  bool is_edge;
};

/// Hashes of any run of a document's words, from sums over its beginning (Karp and Rabin 1987).
class RunHashes {
 public:
  void start(const std::vector<ScannedWord>& words);
  std::uint64_t of(std::uint32_t begin, std::uint32_t end) const;
  std::uint64_t whole() const { return of(0, static_cast<std::uint32_t>(sums_.size() - 1)); }

 private:
  std::vector<std::uint64_t> sums_;
  std::vector<std::uint64_t> powers_{1};
};

/// Everything in a document that may recur, in no special order.
class RecurringFeatures {
 public:
  explicit RecurringFeatures(const RecurringKinds& kinds) : kinds_(kinds) {}

  const std::vector<RecurringFeature>& run(const std::vector<ScannedWord>& words);
  const RunHashes& hashes() const { return hashes_; }
  /// All runs that are as short as edges, wherever they stand.
  const std::vector<std::uint64_t>& short_runs(const std::vector<ScannedWord>& words);

 private:
  void add_runs(const std::vector<ScannedWord>& words);
  void add_lines();
  void add_edges(const std::vector<ScannedWord>& words);
  void add_edges_of_line(const std::vector<ScannedWord>& words, std::uint32_t begin,
                         std::uint32_t end);
  std::uint32_t longest_edge(const ScannedWord& first) const;

  RecurringKinds kinds_;
  RunHashes hashes_;
  std::vector<std::uint32_t> line_begins_;  // of lines with words, and the end of the last
  std::vector<RecurringFeature> features_;
  std::vector<std::uint64_t> short_runs_;
};

}  // namespace samestory
