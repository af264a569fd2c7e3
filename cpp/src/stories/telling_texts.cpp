#include "stories/telling_texts.hpp"

#include <cstdint>
#include <cstring>

#include "text/utf8.hpp"

namespace samestory {
namespace {

bool is_alphanumeric(std::uint32_t code, const UnicodeTables& tables) {
  return code != '_' && tables[code].is(code_point_flags::word);
}

template <class Unit>
bool has_words_in(const Document& document, const UnicodeTables& tables) {
  const auto* text = static_cast<const Unit*>(document.data);
  for (std::size_t i = 0; i < document.length; ++i) {
    if (is_alphanumeric(text[i], tables)) return true;
  }
  return false;
}

bool has_words_in_utf8(const Document& document, const UnicodeTables& tables) {
  const auto* text = static_cast<const std::uint8_t*>(document.data);
  for (std::size_t i = 0; i < document.length;) {
    const auto length = utf8::length_from_lead(text[i]);
    if (is_alphanumeric(length == 1 ? text[i] : utf8::decode(text + i, length), tables))
      return true;
    i += length;
  }
  return false;
}

std::size_t unit_size(TextEncoding encoding) {
  return encoding == TextEncoding::ucs4 ? 4 : encoding == TextEncoding::ucs2 ? 2 : 1;
}

/// One space as a code unit of any size.
void append_space(Buffer<char>& text, std::size_t size) {
  const std::uint32_t space = ' ';
  const auto* bytes = reinterpret_cast<const char*>(&space);
  text.insert(text.end(), bytes, bytes + size);
}

Buffer<char> without(const Document& document, std::span<const RecurringSpan> spans) {
  const auto size = unit_size(document.encoding);
  const auto* bytes = static_cast<const char*>(document.data);
  Buffer<char> left;
  left.reserve(document.n_bytes());
  std::size_t at = 0;
  const auto copy_until = [&](std::size_t end) {
    left.insert(left.end(), bytes + at * size, bytes + end * size);
    at = end;
  };
  for (const auto& span : spans) {
    copy_until(static_cast<std::size_t>(span.begin));
    append_space(left, size);
    at = static_cast<std::size_t>(span.end);
  }
  copy_until(document.length);
  return left;
}

}  // namespace

bool has_words(const Document& document, const UnicodeTables& tables) {
  switch (document.encoding) {
    case TextEncoding::utf8:
      return has_words_in_utf8(document, tables);
    case TextEncoding::latin1:
      return has_words_in<std::uint8_t>(document, tables);
    case TextEncoding::ucs2:
      return has_words_in<std::uint16_t>(document, tables);
    default:
      return has_words_in<std::uint32_t>(document, tables);
  }
}

TellingTexts::TellingTexts(std::span<const Document> documents,
                           std::span<const RecurringSpan> spans)
    : documents_(documents.begin(), documents.end()) {
  const auto tables = unicode_tables();
  for (std::size_t first = 0, next = 0; first < spans.size(); first = next) {
    while (next < spans.size() && spans[next].document == spans[first].document)
      ++next;
    auto& document = documents_[static_cast<std::size_t>(spans[first].document)];
    auto text = without(document, spans.subspan(first, next - first));
    const Document left(text.data(), text.size() / unit_size(document.encoding), document.encoding);
    if (!has_words(left, *tables)) continue;
    texts_.push_back(std::move(text));  // its memory stays where it is
    document = left;
  }
}

}  // namespace samestory
