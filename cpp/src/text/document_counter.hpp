#pragma once

#include <cstdint>
#include <vector>

#include "samestory/analyzer.hpp"
#include "samestory/document.hpp"
#include "support/parallel.hpp"
#include "text/lookup.hpp"
#include "text/normalizer.hpp"
#include "text/pair_table.hpp"
#include "text/row_counter.hpp"
#include "text/term_table.hpp"
#include "text/tokenizer.hpp"

namespace samestory {

/// One worker: counts documents with tables of its own, or in a given vocabulary.
class DocumentCounter {
 public:
  DocumentCounter(const AnalyzerOptions& options, const Lookup* lookup, const AsciiKernels& kernels,
                  const UnicodeTables& tables);

  RowBlock count(const Document* documents, std::size_t n, int worker, const Stop& stop);
  /// Says that so many times the text read until now is to come in all.
  void expect(double times_more_text) {
    terms_.expect(times_more_text);
    pairs_.expect(times_more_text);
  }

  /// What was learned. The terms are those that features are made of.
  const TermTable& terms() const { return terms_; }
  const PairTable& pairs() const { return pairs_; }
  const RowCounter& rows() const { return rows_; }
  std::uint32_t n_nodes() const { return n_nodes_; }

 private:
  void count_words();
  void count_word_ngrams(const Stop& stop);
  void count_character_ngrams(const Stop& stop);
  void count_word_characters();
  void collapse_spaces();
  void find_characters(const std::uint8_t* text, std::size_t size);
  void expand_word(const std::uint8_t* text, std::uint32_t size);
  template <class Use>
  void for_words(Use&& use);
  std::uint32_t node_of(const TermProbe& probe);
  std::uint32_t node_of_pair(std::uint64_t pair, std::uint32_t n);
  void count_term(const TermProbe& probe);
  static bool is_term(std::uint32_t node) { return node < kStopTerm; }

  AnalyzerOptions options_;
  const Lookup* lookup_;
  Normalizer text_;
  Tokenizer tokenizer_;
  const UnicodeTables& tables_;
  TermTable terms_;
  PairTable pairs_;
  RowCounter rows_;
  std::uint32_t n_nodes_ = 0;
  bool has_nul_ = false;
  Buffer<std::uint32_t> nodes_;            // the words of a stretch
  std::vector<std::uint32_t> sequence_;    // the words of a document, for n-grams
  std::vector<std::uint32_t> grams_;       // the n-grams one shorter that begin there
  Buffer<std::uint8_t> spaced_;            // a text with its spaces collapsed
  std::vector<std::uint32_t> characters_;  // where each begins, and the end
  // Words between spaces, and what each expands to: made once a distinct word, not an occurrence.
  TermTable words_;
  RowCounter word_rows_;
  std::vector<std::uint64_t> expansion_ends_{0};
  std::vector<TermCount> expansions_;
};

}  // namespace samestory
