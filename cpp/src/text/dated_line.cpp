#include "text/dated_line.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "text/code_units.hpp"
#include "text/utf8.hpp"

namespace samestory {
namespace {

constexpr std::ptrdiff_t kLeastWords = 2;  // besides the date

// What stands beside times.
constexpr std::array<std::u32string_view, 20> kTimes = {
    U"am",  U"pm", U"st",  U"nd",  U"rd", U"th",  U"est", U"edt", U"et",  U"cst",
    U"cdt", U"ct", U"pst", U"pdt", U"pt", U"gmt", U"bst", U"utc", U"cet", U"cest"};

// The zeros of the scripts that have digits of their own.
constexpr std::array<char32_t, 20> kZeros = {0x0030, 0x0660, 0x06f0, 0x0966, 0x09e6, 0x0a66, 0x0ae6,
                                             0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0de6, 0x0e50,
                                             0x0ed0, 0x0f20, 0x1040, 0x17e0, 0x1810, 0xff10};

constexpr std::u32string_view kJoiners = U".,:/-";

std::uint64_t key_of(std::u32string_view word) {
  return hash_of_units(word.data(), word.size());
}

/// The figures of a number, as lengths of its runs of digits and what stands between them.
struct Figures {
  static constexpr std::size_t kMost = 4;
  std::array<std::size_t, kMost> lengths{};
  std::array<char32_t, kMost> joiners{};
  std::size_t n = 0;  // of runs; kMost: that or more

  explicit Figures(std::u32string_view number) {
    for (std::size_t i = 0; i < number.size() && n < kMost; ++n) {
      const auto begin = i;
      while (i < number.size() && is_decimal_digit(number[i]))
        ++i;
      lengths[n] = i - begin;
      if (i < number.size()) joiners[n] = number[i++];
    }
  }
};

/// 2024-3-14, 14.3.24, 14/03/2024, 9:30, 09:30:15.
bool is_date_of(const Figures& f) {
  const auto [first, second, third, rest] = f.lengths;
  if (f.n == 2) return f.joiners[0] == U':' && first <= 2 && second == 2;
  if (f.n != 3 || f.joiners[0] != f.joiners[1] || second > 2) return false;
  switch (f.joiners[0]) {
    case U':':
      return first <= 2 && second == 2 && third == 2;
    case U'-':
      if (first == 4) return third <= 2;
      [[fallthrough]];
    case U'.':
    case U'/':
      return first <= 2 && third >= 2 && third <= 4;
    default:
      return false;
  }
}

/// Numbers that stand beside the name of a month or a time: any others are what a line says.
bool goes_with_dates_of(const Figures& f, std::u32string_view number) {
  if (f.n == 2) return f.joiners[0] == U'.' && f.lengths[0] <= 2 && f.lengths[1] == 2;
  if (f.n != 1) return false;
  return f.lengths[0] <= 2 ||
         (f.lengths[0] == 4 && (number.starts_with(U"19") || number.starts_with(U"20")));
}

std::u32string decoded(const Document& name) {
  std::u32string word;
  if (name.encoding != TextEncoding::utf8) {
    with_units(name, [&](const auto* units) { word.assign(units, units + name.length); });
    return word;
  }
  const auto* bytes = static_cast<const std::uint8_t*>(name.data);
  for (std::size_t i = 0; i < name.length;) {
    const auto length = utf8::length_from_lead(bytes[i]);
    word.push_back(length == 1 ? bytes[i] : utf8::decode(bytes + i, length));
    i += length;
  }
  return word;
}

}  // namespace

bool is_decimal_digit(char32_t code) {
  if (code < 0x80) return code - U'0' < 10;
  return std::any_of(kZeros.begin(), kZeros.end(), [=](auto zero) { return code - zero < 10; });
}

char32_t folded(const UnicodeTables& tables, char32_t code) {
  constexpr char32_t kFinalSigma = 0x3c2, kSigma = 0x3c3;
  const char32_t lower = tables.lower(code);
  return lower == kFinalSigma ? kSigma : lower;
}

DatedLine::DatedLine(const UnicodeTables& tables, std::span<const Document> names)
    : tables_(tables) {
  for (const auto& name : names)
    names_.insert(key_of(decoded(name)));
  for (const auto time : kTimes)
    times_.insert(key_of(time));
}

bool DatedLine::is_letter(char32_t code) const {
  return tables_[code].is(code_point_flags::word) && code != U'_' && !is_decimal_digit(code);
}

bool DatedLine::mask(std::u32string& line) {
  find_parts(line);
  const auto is_date = [](const Part& part) { return part.is_date; };
  if (std::none_of(parts_.begin(), parts_.end(), is_date)) return false;
  const auto is_word = [](const Part& part) {
    return !part.is_number && !part.is_date && !part.goes_with_dates && part.end - part.begin > 1;
  };
  if (std::count_if(parts_.begin(), parts_.end(), is_word) < kLeastWords) return false;
  std::size_t at = 0;
  std::u32string masked;
  for (const auto& part : parts_) {
    if (!part.is_date && !part.goes_with_dates) continue;
    masked.append(line, at, part.begin - at).push_back(U'0');
    at = part.end;
  }
  line = masked.append(line, at);
  return true;
}

void DatedLine::find_parts(const std::u32string& line) {
  parts_.clear();
  for (std::size_t i = 0; i < line.size();) {
    const auto begin = i;
    if (is_decimal_digit(line[i])) {
      while (i < line.size() && is_decimal_digit(line[i])) {
        ++i;
        const bool goes_on = i + 1 < line.size() && kJoiners.find(line[i]) != kJoiners.npos;
        if (goes_on && is_decimal_digit(line[i + 1])) ++i;
      }
      add_number(line, begin, i);
    } else if (is_letter(line[i])) {
      while (i < line.size() && is_letter(line[i]))
        ++i;
      add_word(line, begin, i);
    } else {
      ++i;
    }
  }
}

void DatedLine::add_word(const std::u32string& line, std::size_t begin, std::size_t end) {
  folded_.assign(line, begin, end - begin);
  for (auto& code : folded_)
    code = folded(tables_, code);
  const auto key = key_of(folded_);
  parts_.push_back({begin, end, false, names_.contains(key), times_.contains(key)});
}

void DatedLine::add_number(const std::u32string& line, std::size_t begin, std::size_t end) {
  const auto number = std::u32string_view(line).substr(begin, end - begin);
  const Figures figures(number);
  parts_.push_back({begin, end, true, is_date_of(figures), goes_with_dates_of(figures, number)});
}

}  // namespace samestory
