#pragma once

#include <cstdint>
#include <string_view>

#include "samestory/analyzer.hpp"
#include "samestory/buffer.hpp"
#include "text/pair_table.hpp"
#include "text/term_table.hpp"

namespace samestory {

/// A finished vocabulary, to be looked up in: terms (or the words of n-grams) to nodes, nodes to
/// columns. Read by all workers, changed by none.
class Lookup {
 public:
  explicit Lookup(const AnalyzerOptions& options);

  /// A term and its column. An n-gram of words is taken apart at its spaces.
  void add(std::string_view term, std::int32_t column);

  const TermTable& terms() const { return terms_; }
  const PairTable& pairs() const { return pairs_; }
  /// For each node its column, or -1.
  const Buffer<std::int32_t>& columns() const { return columns_; }
  std::uint32_t n_nodes() const { return static_cast<std::uint32_t>(columns_.size()); }

 private:
  std::uint32_t node_of_term(std::string_view term);
  std::uint32_t node_of_pair(std::uint32_t prefix, std::uint32_t word, std::uint32_t n);

  bool splits_terms_;
  TermTable terms_;
  PairTable pairs_;
  Buffer<std::int32_t> columns_;
};

}  // namespace samestory
