#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "samestory/control.hpp"
#include "samestory/document.hpp"

namespace samestory {

/// How much each sequence of three letters speaks for each language: a sparse matrix by rows. A
/// word is read with a space before and after it.
struct LanguageTable {
  std::span<const std::uint64_t> trigrams;  ///< ascending; see LanguageIdentifier::key
  std::span<const std::int64_t> offsets;    ///< where each trigram's entries begin, and the end
  std::span<const std::uint8_t> languages;  ///< of each entry
  std::span<const std::uint8_t> weights;    ///< of each entry
  std::span<const std::int32_t> handicaps;  ///< a language: taken off its sum
  std::span<const std::uint32_t> scripts;   ///< first, last, language, weight: letters that tell
  std::span<const std::int32_t> families;   ///< a language: those of one family are one
};

/// The language of a text by naive Bayes over the trigrams of its words.
///
/// Long texts are read in a few places, so the cost of a text is bounded.
class LanguageIdentifier {
 public:
  /// Copies the table. Throws std::invalid_argument if it is broken.
  explicit LanguageIdentifier(const LanguageTable& table);

  /// One language a document, -1 where no letter tells, and by how much it is ahead of the best
  /// language of another family, in steps of the table.
  struct Found {
    std::vector<std::int32_t> language;
    std::vector<std::int32_t> lead;
  };
  Found identify(std::span<const Document> documents, const Control& control = {}) const;

  /// Three code points in one number.
  static std::uint64_t key(std::uint32_t a, std::uint32_t b, std::uint32_t c) {
    return std::uint64_t{a} << 42 | std::uint64_t{b} << 21 | c;
  }
  std::size_t n_languages() const { return handicaps_.size(); }

 private:
  /// A trigram, and its entries: from `begin` on, or, of the many that most languages have, a row
  /// with a weight a language.
  struct Slot {
    std::uint64_t key = 0;
    std::uint32_t begin = 0;
    std::uint32_t n_entries = 0;
  };
  struct Entry {
    std::uint8_t language;
    std::uint8_t weight;
  };
  struct Script {
    std::uint32_t first, last, language, weight;
  };
  class Reader;

  const Slot* find(std::uint64_t key) const;
  std::size_t slot_of(std::uint64_t key) const;
  void add_slot(const LanguageTable& table, std::size_t trigram);

  std::vector<Slot> slots_;
  std::size_t mask_ = 0;
  int shift_ = 0;
  std::vector<Entry> entries_;
  std::vector<std::uint8_t> rows_;
  std::size_t row_size_ = 0;
  std::vector<Script> scripts_;
  std::vector<std::int32_t> handicaps_;
  std::vector<std::int32_t> families_;
};

}  // namespace samestory
