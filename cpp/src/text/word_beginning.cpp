#include "text/word_beginning.hpp"

#include <algorithm>
#include <utility>

#include "text/folding_data.hpp"
#include "text/utf8.hpp"

namespace samestory {
namespace {

constexpr std::u32string_view kArabicArticle = U"\u0627\u0644";
constexpr std::size_t kLeastWithArticle = 5;

std::u32string decoded(std::string_view word) {
  std::u32string codes;
  const auto* text = reinterpret_cast<const std::uint8_t*>(word.data());
  for (std::size_t i = 0; i < word.size();) {
    const auto length = utf8::length_from_lead(text[i]);
    codes.push_back(length == 1 ? text[i] : utf8::decode(text + i, length));
    i += length;
  }
  return codes;
}

std::string encoded(std::u32string_view codes) {
  std::string text;
  std::uint8_t bytes[4];
  for (const auto code : codes)
    text.append(reinterpret_cast<const char*>(bytes), utf8::encode(code, bytes));
  return text;
}

bool is_in(std::span<const std::int32_t> ranges, char32_t code) {
  for (std::size_t i = 0; i < ranges.size(); i += 2) {
    if (static_cast<std::int32_t>(code) <= ranges[i + 1])
      return static_cast<std::int32_t>(code) >= ranges[i];
  }
  return false;
}

/// What each code point is without accents; 0 for a mark.
std::unordered_map<char32_t, char32_t> folded_code_points() {
  std::unordered_map<char32_t, char32_t> folded;
  const auto steps = folding_data::folded_steps;
  for (std::size_t i = 0; i < steps.size(); i += 4) {
    for (auto code = steps[i]; code <= steps[i + 1]; code += steps[i + 2])
      folded.emplace(code, code + steps[i + 3]);
  }
  const auto marks = folding_data::mark_ranges;
  for (std::size_t i = 0; i < marks.size(); i += 2) {
    for (auto code = marks[i]; code <= marks[i + 1]; ++code)
      folded.emplace(code, 0);
  }
  return folded;
}

std::u32string without_accents(const std::u32string& word) {
  static const auto folded = folded_code_points();
  std::u32string bare;
  for (const auto code : word) {
    const auto found = folded.find(code);
    const auto left = found == folded.end() ? code : found->second;
    if (left != 0) bare.push_back(left);
  }
  return bare;
}

bool is_ascii(std::string_view word) {
  return std::all_of(word.begin(), word.end(), [](char byte) { return (byte & 0x80) == 0; });
}

}  // namespace

std::string word_beginning(std::string_view word, std::size_t length) {
  if (is_ascii(word)) return std::string(word.substr(0, length));
  auto codes = decoded(word);
  if (is_in(folding_data::accented_script_ranges, codes[0])) {
    codes = without_accents(codes);
  } else if (codes.starts_with(kArabicArticle) && codes.size() >= kLeastWithArticle) {
    codes.erase(0, kArabicArticle.size());
  }
  return encoded(std::u32string_view(codes).substr(0, length));
}

WordBeginnings::WordBeginnings(std::span<const std::string_view> words, std::size_t length) {
  std::unordered_map<std::string, std::int32_t> numbers;
  for (const auto word : words) {
    auto beginning = word_beginning(word, length);
    const auto next = static_cast<std::int32_t>(beginnings.size());
    const auto [found, is_new] = numbers.try_emplace(beginning, next);
    if (is_new) beginnings.push_back(std::move(beginning));
    of_word.push_back(found->second);
  }
}

}  // namespace samestory
