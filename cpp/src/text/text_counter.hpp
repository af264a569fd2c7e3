#pragma once

#include <memory>
#include <span>
#include <vector>

#include "samestory/analyzer.hpp"
#include "samestory/control.hpp"
#include "samestory/document.hpp"
#include "text/corpus_counts.hpp"
#include "text/document_counter.hpp"
#include "text/hashed_rows.hpp"
#include "text/lookup.hpp"
#include "text/vocabulary.hpp"

namespace samestory {

/// Counts the terms of a collection that comes in one or several parts: every worker with tables of
/// its own, put together at the end. The result does not depend on which worker took what.
class TextCounter {
 public:
  /// With a lookup, counts only the terms in it; it has to outlive the counter.
  TextCounter(AnalyzerOptions options, std::shared_ptr<const Lookup> lookup);

  void add(std::span<const Document> documents, const Control& control);

  /// Ends the counting.
  struct Result {
    std::shared_ptr<const WordTree> tree;  // null where a vocabulary was given
    CorpusCounts counts;
  };
  Result finish(const Control& control);

  /// Ends it with rows over hashed terms instead.
  template <class Value>
  CsrMatrix<Value> finish_hashed(const HashingOptions& options, const Control& control) {
    return hashed_rows<Value>(workers(), std::move(blocks_), options, control);
  }

 private:
  std::vector<const DocumentCounter*> workers() const;

  AnalyzerOptions options_;
  std::shared_ptr<const Lookup> lookup_;
  const AsciiKernels& kernels_;
  std::shared_ptr<const UnicodeTables> tables_;
  std::vector<std::unique_ptr<DocumentCounter>> workers_;
  std::vector<RowBlock> blocks_;
  std::size_t n_bytes_ = 0;  // of text, added until now
};

}  // namespace samestory
