#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "text/character_classes.hpp"
#include "text/utf8.hpp"

namespace samestory {
namespace {

using Codes = std::u32string;

constexpr std::size_t kEntries = CharacterClasses::kSupplementary + 1;

template <class Unit>
std::vector<Unit> units_of(const Codes& codes) {
  return {codes.begin(), codes.end()};
}

std::string utf8_of(const Codes& codes) {
  std::string text;
  std::uint8_t bytes[4];
  for (const auto code : codes)
    text.append(reinterpret_cast<const char*>(bytes), utf8::encode(code, bytes));
  return text;
}

template <class Unit>
Document document_of(const std::vector<Unit>& units, TextEncoding encoding) {
  return {units.data(), units.size(), encoding};
}

/// Each character looked up by itself.
std::uint8_t expected(const Codes& codes, const std::vector<std::uint8_t>& table) {
  unsigned classes = 0;
  for (const auto code : codes)
    classes |= table[std::min<std::size_t>(code, kEntries - 1)];
  return static_cast<std::uint8_t>(classes);
}

/// A table that has few characters in any class, so that most of them decide nothing.
std::vector<std::uint8_t> sparse_table(std::mt19937& random) {
  std::vector<std::uint8_t> table(kEntries, 0);
  for (int i = 0; i < 4000; ++i)
    table[random() % kEntries] = static_cast<std::uint8_t>(1u << random() % 8);
  table.back() = static_cast<std::uint8_t>(random() % 256);
  return table;
}

Codes some_codes(std::mt19937& random, std::uint32_t end) {
  Codes codes;
  for (auto n = random() % 60; n > 0; --n) {
    const auto code = static_cast<char32_t>(random() % end);
    if (code < 0xD800 || code > 0xDFFF) codes.push_back(code);
  }
  return codes;
}

TEST(CharacterClasses, EveryEncodingSaysTheSame) {
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    const auto table = sparse_table(random);
    const CharacterClasses classes(table);
    const std::uint32_t end = round % 3 == 0 ? 0x100 : round % 3 == 1 ? 0x10000 : 0x110000;
    const auto codes = some_codes(random, end);
    const auto one = units_of<std::uint8_t>(codes);
    const auto two = units_of<std::uint16_t>(codes);
    const auto four = units_of<std::uint32_t>(codes);
    const auto bytes = utf8_of(codes);
    const auto right = expected(codes, table);
    if (end <= 0x100) {
      EXPECT_EQ(classes.of(document_of(one, TextEncoding::latin1)), right);
    }
    if (end <= 0x10000) {
      EXPECT_EQ(classes.of(document_of(two, TextEncoding::ucs2)), right);
    }
    EXPECT_EQ(classes.of(document_of(four, TextEncoding::ucs4)), right);
    EXPECT_EQ(classes.of(Document(bytes)), right);
  }
}

TEST(CharacterClasses, ManyTextsAndLongOnesByAnyNumberOfThreads) {
  std::mt19937 random(8);
  const auto table = sparse_table(random);
  const CharacterClasses classes(table);
  std::vector<std::string> texts;
  for (int i = 0; i < 1000; ++i)
    texts.push_back(utf8_of(some_codes(random, 0x110000)));
  // Characters of three bytes lie across every place where a long text is cut.
  texts.push_back(utf8_of(Codes(400'000, U'\u4e00')) + utf8_of(some_codes(random, 0x110000)));
  std::vector<Document> documents(texts.begin(), texts.end());
  std::vector<std::uint8_t> right;
  for (const auto& document : documents)
    right.push_back(classes.of(document));
  for (const int n_threads : {1, 2, 7}) {
    Control control;
    control.n_threads = n_threads;
    EXPECT_EQ(classes.of(documents, control), right);
  }
  EXPECT_TRUE(classes.of(std::span<const Document>()).empty());
}

TEST(CharacterClasses, TablesOfAnotherSizeAreRefused) {
  for (const std::size_t size : {std::size_t{0}, kEntries - 1, kEntries + 1}) {
    const std::vector<std::uint8_t> table(size, 0);
    EXPECT_THROW(CharacterClasses{table}, std::invalid_argument);
  }
}

TEST(CharacterClasses, EndsWhenAsked) {
  const CharacterClasses classes(std::vector<std::uint8_t>(kEntries, 1));
  const std::string text(std::size_t{1} << 22, 'a');
  const std::vector<Document> documents(10, Document(text));
  Control control;
  control.n_threads = 1;
  control.check_interrupt = [] { throw Interrupted(); };
  EXPECT_THROW(classes.of(documents, control), Interrupted);
}

}  // namespace
}  // namespace samestory
