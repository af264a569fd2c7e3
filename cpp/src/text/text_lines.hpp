#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "samestory/document.hpp"
#include "text/dated_line.hpp"
#include "text/unicode.hpp"

namespace samestory {

/// A line of a text that is not empty.
struct TextLine {
  std::uint64_t key;         // the same for lines that differ in a date alone
  std::uint64_t words;       // of the line as it stands
  std::uint32_t begin, end;  // in code units, without the spaces around it
  std::uint32_t number;      // among all lines
  bool is_dated;             // its dates are written as 0
};

/// Finds the lines of texts, whatever their encoding (but UTF-8).
class TextLines {
 public:
  /// `date_names`: of months and weekdays, casefolded.
  explicit TextLines(std::span<const Document> date_names);

  /// The lines in order; valid until the next call.
  const std::vector<TextLine>& run(const Document& text);
  /// Appends a line as it is compared, or its first `most` characters.
  void append(const Document& text, const TextLine& line, std::size_t most, std::u32string& out);

  /// Whether a line is short, no sentence and no row of a table.
  bool is_label(const Document& text, const TextLine& line) const;
  /// Whether a label is none of the article's: headings of its parts are shorter.
  bool is_headline(const Document& text, const TextLine& line) const;
  static std::uint32_t n_spaces(const Document& text, const TextLine& line);
  bool has_words(const Document& text, const TextLine& line) const;

  const UnicodeTables& tables() const { return *tables_; }

 private:
  template <class Unit>
  void add_lines(const Unit* units, std::uint32_t n);
  template <class Unit>
  void add_line(const Unit* units, std::uint32_t begin, std::uint32_t end, std::uint32_t number);
  template <class Unit>
  bool is_space(Unit unit) const;

  std::shared_ptr<const UnicodeTables> tables_ = unicode_tables();
  DatedLine dated_;
  std::vector<TextLine> lines_;
  std::u32string masked_;
};

/// How many spaces a headline has at least: fewer are in a byline.
constexpr std::uint32_t kHeadlineSpaces = 3;

}  // namespace samestory
