#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "samestory/document.hpp"
#include "text/unicode.hpp"

namespace samestory {

/// A word of a text: a hash of its lowercased letters, and where it stands. In scripts written
/// without spaces each character is one.
struct ScannedWord {
  std::uint64_t hash;
  std::uint32_t begin, end;  // in code units
  std::uint32_t line;
  bool is_unspaced;
  bool is_number;
};

/// Finds the words of a document where they stand, whatever its encoding.
class WordScan {
 public:
  /// Of a document longer than twice `reach` code units only so much of either end is read; the
  /// middle is passed over like a line break. 0: all is read.
  WordScan(const UnicodeTables& tables, std::size_t reach);

  /// The words in order; valid until the next call.
  const std::vector<ScannedWord>& run(const Document& document);

 private:
  template <class Next>
  void scan(Next&& next);
  std::uint32_t member(std::uint32_t code) const;

  const UnicodeTables& tables_;
  std::uint32_t latin_[256];  // the lowercase of a member of a word, else 0
  std::size_t reach_;
  std::vector<ScannedWord> words_;
};

}  // namespace samestory
