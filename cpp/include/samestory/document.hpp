#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace samestory {

/// How the characters of a document lie in memory: UTF-8 (valid, but for unpaired surrogates, which
/// may be there as three bytes), or one code point in 1, 2 or 4 bytes, as CPython keeps its
/// strings.
enum class TextEncoding : std::uint8_t { utf8, latin1, ucs2, ucs4 };

/// A text that somebody else owns.
struct Document {
  const void* data = nullptr;
  std::size_t length = 0;  ///< in code units
  TextEncoding encoding = TextEncoding::utf8;

  Document() = default;
  Document(const void* text, std::size_t n, TextEncoding how)
      : data(text), length(n), encoding(how) {}
  Document(std::string_view utf8) : data(utf8.data()), length(utf8.size()) {}

  std::size_t n_bytes() const {
    const auto shift = encoding == TextEncoding::ucs2 ? 1 : encoding == TextEncoding::ucs4 ? 2 : 0;
    return length << shift;
  }
};

}  // namespace samestory
