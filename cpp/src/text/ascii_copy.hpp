#pragma once

#include <cstddef>
#include <cstdint>

namespace samestory {
namespace {

/// Copies 64 characters as bytes, A-Z lowered or not, and returns the bits of those that are not
/// ASCII: theirs are of no use. The compiler turns the loop into vector code; sets that can do
/// better have an overload of their own.
template <bool kLower, class Char>
std::uint64_t copy_64(const Char* text, std::uint8_t* out) {
  Char any = 0;
  for (std::size_t k = 0; k < 64; ++k) {
    const auto byte = static_cast<std::uint8_t>(text[k]);
    const bool upper = kLower && static_cast<std::uint8_t>(byte - 'A') < 26;
    out[k] = static_cast<std::uint8_t>(byte | (upper ? 0x20 : 0));
    any = static_cast<Char>(any | text[k]);
  }
  std::uint64_t wide = 0;
  for (std::size_t k = 0; any >= 0x80 && k < 64; ++k)
    wide |= static_cast<std::uint64_t>(text[k] >= 0x80) << k;
  return wide;
}

}  // namespace
}  // namespace samestory
