#include "text/character_classes.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

#include "support/parallel.hpp"
#include "text/utf8.hpp"

namespace samestory {
namespace {

// Code units between two looks at whether the call is to end: a fraction of a millisecond.
constexpr std::size_t kAtOnce = std::size_t{1} << 18;
constexpr std::int64_t kGrain = 64;

/// One load a character and no branch: several texts' worth of tables and tricks save nothing.
template <class Unit>
std::uint8_t united(const Unit* units, std::size_t n, const std::uint8_t* table) {
  std::uint8_t classes = 0;
  for (std::size_t i = 0; i < n; ++i) {
    if constexpr (sizeof(Unit) == 4) {
      classes |= table[std::min<std::size_t>(units[i], CharacterClasses::kSupplementary)];
    } else {
      classes |= table[units[i]];
    }
  }
  return classes;
}

}  // namespace

CharacterClasses::CharacterClasses(std::span<const std::uint8_t> table)
    : table_(table.begin(), table.end()) {
  if (table.size() != kSupplementary + 1) {
    throw std::invalid_argument("the table of classes has to have " +
                                std::to_string(kSupplementary + 1) + " entries, not " +
                                std::to_string(table.size()));
  }
}

std::uint8_t CharacterClasses::of_part(const Document& document, std::size_t begin,
                                       std::size_t end) const {
  const std::size_t n = end - begin;
  switch (document.encoding) {
    case TextEncoding::latin1:
      return united(static_cast<const std::uint8_t*>(document.data) + begin, n, table_.data());
    case TextEncoding::ucs2:
      return united(static_cast<const std::uint16_t*>(document.data) + begin, n, table_.data());
    case TextEncoding::ucs4:
      return united(static_cast<const std::uint32_t*>(document.data) + begin, n, table_.data());
    case TextEncoding::utf8:
      break;
  }
  return of_utf8(static_cast<const std::uint8_t*>(document.data), begin, end);
}

/// Of the characters that begin in the part.
std::uint8_t CharacterClasses::of_utf8(const std::uint8_t* text, std::size_t begin,
                                       std::size_t end) const {
  while (begin < end && (text[begin] & 0xC0) == 0x80)
    ++begin;
  std::uint8_t classes = 0;
  while (begin < end) {
    const std::size_t length = utf8::length_from_lead(text[begin]);
    const std::size_t code = length == 1 ? text[begin] : utf8::decode(text + begin, length);
    classes |= table_[std::min(code, kSupplementary)];
    begin += length;
  }
  return classes;
}

std::uint8_t CharacterClasses::of(const Document& document) const {
  return of_part(document, 0, document.length);
}

std::vector<std::uint8_t> CharacterClasses::of(std::span<const Document> documents,
                                               const Control& control) const {
  std::vector<std::uint8_t> classes(documents.size());
  const auto look_at = [&](std::size_t i, const Stop& stop) {
    for (std::size_t begin = 0; begin < documents[i].length; begin += kAtOnce) {
      stop.check();
      const auto end = std::min(documents[i].length, begin + kAtOnce);
      classes[i] |= of_part(documents[i], begin, end);
    }
  };
  parallel_for(control, std::ssize(documents), kGrain,
               [&](std::int64_t begin, std::int64_t end, int, const Stop& stop) {
                 for (auto i = begin; i < end; ++i)
                   look_at(static_cast<std::size_t>(i), stop);
               });
  return classes;
}

}  // namespace samestory
