#pragma once

#include <cstddef>
#include <cstdint>

namespace samestory {

/// UTF-8 as this library keeps it: unpaired surrogates, which Python strings may hold, are written
/// as three bytes like any other code point. Byte order is then code point order throughout.
namespace utf8 {

inline std::size_t length_from_lead(std::uint8_t lead) {
  return std::size_t{1} + (lead >= 0x80) + (lead >= 0xE0) + (lead >= 0xF0);
}

/// The code point at `text`, which has to be well-formed and not ASCII.
inline std::uint32_t decode(const std::uint8_t* text, std::size_t length) {
  if (length == 2) return (text[0] & 0x1Fu) << 6 | (text[1] & 0x3Fu);
  if (length == 3) return (text[0] & 0x0Fu) << 12 | (text[1] & 0x3Fu) << 6 | (text[2] & 0x3Fu);
  return (text[0] & 0x07u) << 18 | (text[1] & 0x3Fu) << 12 | (text[2] & 0x3Fu) << 6 |
         (text[3] & 0x3Fu);
}

/// Writes a code point and returns how many bytes it took (at most 4).
inline std::size_t encode(std::uint32_t code, std::uint8_t* out) {
  if (code < 0x80) {
    out[0] = static_cast<std::uint8_t>(code);
    return 1;
  }
  if (code < 0x800) {
    out[0] = static_cast<std::uint8_t>(0xC0 | code >> 6);
    out[1] = static_cast<std::uint8_t>(0x80 | (code & 0x3F));
    return 2;
  }
  if (code < 0x10000) {
    out[0] = static_cast<std::uint8_t>(0xE0 | code >> 12);
    out[1] = static_cast<std::uint8_t>(0x80 | (code >> 6 & 0x3F));
    out[2] = static_cast<std::uint8_t>(0x80 | (code & 0x3F));
    return 3;
  }
  out[0] = static_cast<std::uint8_t>(0xF0 | code >> 18);
  out[1] = static_cast<std::uint8_t>(0x80 | (code >> 12 & 0x3F));
  out[2] = static_cast<std::uint8_t>(0x80 | (code >> 6 & 0x3F));
  out[3] = static_cast<std::uint8_t>(0x80 | (code & 0x3F));
  return 4;
}

/// Whether the bytes are UTF-8 as Python's strict decoder takes it (no surrogates, shortest form).
bool is_valid(const std::uint8_t* text, std::size_t n);

}  // namespace utf8
}  // namespace samestory
