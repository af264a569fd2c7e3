#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "samestory/control.hpp"
#include "samestory/document.hpp"

namespace samestory {

/// How much words say of what a text is about: 0 for those that any text may have.
class WordWeights {
 public:
  /// `weights` has one for each word; any other word weighs `others`.
  WordWeights(std::span<const Document> words, std::span<const double> weights, double others);
  double of(std::uint64_t word) const;

 private:
  std::unordered_map<std::uint64_t, float> weights_;
  double others_;
};

/// What is looked for, and where; lengths in words. 0 switches a kind off.
struct RecurringKinds {
  int run_words = 0;  ///< runs of so many words, anywhere
  int edge_words =
      0;  ///< runs of up to so many words that open or close a text or one of its parts
  bool lines = false;  ///< whole lines
  int reach = 0;       ///< code units of either end of a text that are read; 0: all
};

/// A part of a document, in code points (bytes, where it is UTF-8).
struct RecurringSpan {
  std::int64_t document, begin, end;
};

/// What recurs in texts that share nothing else: site names, bylines, consent texts, markup.
///
/// A run of words or a line is looked at where three different texts or more have it. Up to 24 of
/// these are compared pair by pair: two are unrelated if the cosine of their other words (those
/// outside of all that recurs, each once, weighed by `weights`, less for words of more than one
/// text in ten) is below .1. It recurs where a third of the pairs are unrelated, three of the texts
/// are so among themselves, and its texts are hardly more similar than any two; so copies, reports
/// that quote one statement, and collections about one event keep what they share. Copies of a text
/// count once, and nothing depends on the order of documents or on threads.
///
/// What the most texts have is taken out first, and what fewer have is looked for in what is left,
/// so that words which merely stand beside a name are not taken for a part of it.
///
/// Collections of more than two million code units are read no farther than `reach`, and what
/// recurs is found in a sample of so many, where one text in 500 has it (3 to 15 texts).
///
/// Returns spans in order of document and begin, none touching the next.
std::vector<RecurringSpan> recurring_spans(std::span<const Document> documents,
                                           const WordWeights& weights, const RecurringKinds& kinds,
                                           const Control& control);

}  // namespace samestory
