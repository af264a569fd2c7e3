#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <unordered_set>
#include <vector>

#include "samestory/document.hpp"
#include "text/unicode.hpp"

namespace samestory {

/// Lines that say the same but for a date: "Tarn Post | Updated 14 March 2024" and the same of
/// another day.
class DatedLine {
 public:
  /// `names`: of months and weekdays, casefolded.
  DatedLine(const UnicodeTables& tables, std::span<const Document> names);

  /// Puts 0 in the place of each part of a date of a line, if it has a date and two words besides:
  /// of fewer, the date is what the line says. Says whether it did.
  bool mask(std::u32string& line);

 private:
  struct Part {
    std::size_t begin, end;
    bool is_number, is_date, goes_with_dates;
  };

  void find_parts(const std::u32string& line);
  void add_word(const std::u32string& line, std::size_t begin, std::size_t end);
  void add_number(const std::u32string& line, std::size_t begin, std::size_t end);
  bool is_letter(char32_t code) const;

  const UnicodeTables& tables_;
  std::unordered_set<std::uint64_t> names_, times_;
  std::vector<Part> parts_;
  std::u32string folded_;
};

/// Whether a code point is a decimal digit of a script that news are written in.
bool is_decimal_digit(char32_t code);

/// A code point in lower case, all sigmas as one.
char32_t folded(const UnicodeTables& tables, char32_t code);

}  // namespace samestory
