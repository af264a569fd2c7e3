#pragma once

#include <span>
#include <vector>

#include "samestory/buffer.hpp"
#include "samestory/document.hpp"
#include "samestory/recurring.hpp"
#include "text/unicode.hpp"

namespace samestory {

/// Whether there is a letter or a digit in it.
bool has_words(const Document& document, const UnicodeTables& tables);

/// Documents without some parts, each of which leaves a space. One of which no word would be left
/// stays whole.
class TellingTexts {
 public:
  /// `spans` are in order and in range, as recurring_spans() returns them.
  TellingTexts(std::span<const Document> documents, std::span<const RecurringSpan> spans);

  std::span<const Document> documents() const { return documents_; }

 private:
  std::vector<Document> documents_;
  std::vector<Buffer<char>> texts_;  // of the documents that were changed
};

}  // namespace samestory
