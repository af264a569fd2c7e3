#include "text/utf8.hpp"

#include <cstring>

namespace samestory::utf8 {
namespace {

bool is_continuation(std::uint8_t byte) {
  return (byte & 0xC0) == 0x80;
}

/// Bytes of the well-formed sequence at `text`, 0 if it is not one.
std::size_t sequence_length(const std::uint8_t* text, std::size_t left) {
  const std::uint8_t lead = text[0];
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  const std::size_t length = length_from_lead(lead);
  if (left < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if (!is_continuation(text[i])) return 0;
  }
  const std::uint8_t second = text[1];
  const bool shortest = !(lead == 0xE0 && second < 0xA0) && !(lead == 0xF0 && second < 0x90);
  const bool scalar = !(lead == 0xED && second >= 0xA0) && !(lead == 0xF4 && second >= 0x90);
  return shortest && scalar ? length : 0;
}

}  // namespace

bool is_valid(const std::uint8_t* text, std::size_t n) {
  std::size_t i = 0;
  while (i < n) {
    std::uint64_t word;
    if (i + 8 <= n) {
      std::memcpy(&word, text + i, 8);
      if ((word & 0x8080808080808080u) == 0) {
        i += 8;
        continue;
      }
    }
    const std::size_t length = sequence_length(text + i, n - i);
    if (length == 0) return false;
    i += length;
  }
  return true;
}

}  // namespace samestory::utf8
