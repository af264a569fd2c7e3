#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "samestory/control.hpp"
#include "samestory/document.hpp"

namespace samestory {

/// Tells which of up to eight classes the characters of a text are of: those that have to be
/// written in another way, for instance, which most texts have none of.
class CharacterClasses {
 public:
  /// What stands in the table for each code point below this, and once for all from it on.
  static constexpr std::size_t kSupplementary = 0x10000;

  /// `table` has a bit a class; throws std::invalid_argument unless it has kSupplementary + 1
  /// entries, which are copied.
  explicit CharacterClasses(std::span<const std::uint8_t> table);

  /// The classes that some character of the text is of.
  std::uint8_t of(const Document& document) const;
  /// The same for each text.
  std::vector<std::uint8_t> of(std::span<const Document> documents,
                               const Control& control = {}) const;

 private:
  std::uint8_t of_part(const Document& document, std::size_t begin, std::size_t end) const;
  std::uint8_t of_utf8(const std::uint8_t* text, std::size_t begin, std::size_t end) const;

  std::vector<std::uint8_t> table_;
};

}  // namespace samestory
