#include "text/text_lines.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <string_view>

#include "text/code_units.hpp"

namespace samestory {
namespace {

constexpr std::uint32_t kLongestDated = 120;  // characters: what is longer is no date line
constexpr std::ptrdiff_t kLabelSpaces = 15;
constexpr std::u32string_view kSentenceEnds = U".!?…。”\"»“’'";
constexpr std::u32string_view kLeads = U":,";  // to a quote or a list

/// body(begin, end), the code units of a line.
template <class Body>
bool with_line(const Document& text, const TextLine& line, Body&& body) {
  return with_units(text,
                    [&](const auto* units) { return body(units + line.begin, units + line.end); });
}

}  // namespace

TextLines::TextLines(std::span<const Document> date_names) : dated_(*tables_, date_names) {}

const std::vector<TextLine>& TextLines::run(const Document& text) {
  if (text.length >= std::numeric_limits<std::uint32_t>::max()) {
    throw std::length_error("a text may have at most 4 billion characters");
  }
  lines_.clear();
  with_units(text,
             [&](const auto* units) { add_lines(units, static_cast<std::uint32_t>(text.length)); });
  return lines_;
}

template <class Unit>
bool TextLines::is_space(Unit unit) const {
  return unit <= U' ' ? (*tables_)[unit].is(code_point_flags::space)
                      : unit >= 0x80 && (*tables_)[unit].is(code_point_flags::space);
}

template <class Unit>
void TextLines::add_lines(const Unit* units, std::uint32_t n) {
  std::uint32_t number = 0;
  for (std::uint32_t begin = 0; begin <= n; ++number) {
    const auto end =
        static_cast<std::uint32_t>(std::find(units + begin, units + n, Unit{'\n'}) - units);
    auto first = begin, last = end;
    while (first < last && is_space(units[first]))
      ++first;
    while (first < last && is_space(units[last - 1]))
      --last;
    if (first < last) add_line(units, first, last, number);
    begin = end + 1;
  }
}

template <class Unit>
void TextLines::add_line(const Unit* units, std::uint32_t begin, std::uint32_t end,
                         std::uint32_t number) {
  const auto hash = hash_of_units(units + begin, end - begin);
  TextLine line{hash, hash, begin, end, number, false};
  const bool has_digit =
      end - begin <= kLongestDated && std::any_of(units + begin, units + end, is_decimal_digit);
  if (has_digit) {
    masked_.assign(units + begin, units + end);
    line.is_dated = dated_.mask(masked_);
    if (line.is_dated) line.key = hash_of_units(masked_.data(), masked_.size());
  }
  lines_.push_back(line);
}

void TextLines::append(const Document& text, const TextLine& line, std::size_t most,
                       std::u32string& out) {
  with_line(text, line, [&](const auto* begin, const auto* end) {
    masked_.assign(begin, end);
    return true;
  });
  if (line.is_dated) dated_.mask(masked_);
  out.append(masked_, 0, most);
}

bool TextLines::is_label(const Document& text, const TextLine& line) const {
  return with_line(text, line, [](const auto* begin, const auto* end) {
    return kSentenceEnds.find(static_cast<char32_t>(end[-1])) == kSentenceEnds.npos &&
           std::count(begin, end, U' ') < kLabelSpaces &&
           std::none_of(begin, end, is_decimal_digit);
  });
}

bool TextLines::is_headline(const Document& text, const TextLine& line) const {
  return n_spaces(text, line) >= kHeadlineSpaces &&
         with_line(text, line, [](const auto*, const auto* end) {
           return kLeads.find(static_cast<char32_t>(end[-1])) == kLeads.npos;
         });
}

std::uint32_t TextLines::n_spaces(const Document& text, const TextLine& line) {
  std::ptrdiff_t n = 0;
  with_line(text, line, [&](const auto* begin, const auto* end) {
    n = std::count(begin, end, U' ');
    return true;
  });
  return static_cast<std::uint32_t>(n);
}

bool TextLines::has_words(const Document& text, const TextLine& line) const {
  return with_line(text, line, [&](const auto* begin, const auto* end) {
    return std::any_of(begin, end, [&](auto code) {
      return code != '_' && (*tables_)[code].is(code_point_flags::word);
    });
  });
}

}  // namespace samestory
