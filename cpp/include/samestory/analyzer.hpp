#pragma once

#include <string>
#include <vector>

namespace samestory {

/// What a document is cut into.
enum class TokenKind {
  words,            ///< runs of two or more word characters: scikit-learn's default token pattern
  unicode_words,    ///< runs of two or more letters, marks and numbers; pairs in unspaced scripts
  characters,       ///< character n-grams
  word_characters,  ///< character n-grams inside words between spaces
};

enum class Accents { keep, strip_to_ascii, strip };

/// From a document to its terms; the defaults are scikit-learn's.
struct AnalyzerOptions {
  TokenKind tokens = TokenKind::words;
  bool lowercase = true;
  Accents accents = Accents::keep;
  int min_n = 1;  ///< shortest and longest n-gram, of words or of characters
  int max_n = 1;
  std::vector<std::string> stop_words = {};  ///< left out before n-grams are made; words only
};

}  // namespace samestory
