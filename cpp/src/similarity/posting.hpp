#pragma once

#include <bit>
#include <cstdint>

namespace samestory::similarity {

/// A row of a tile and its value in one number, so that a list of them is half as long to read: the
/// upper half of a single-precision number, its lower half being the row. Read as a whole it is a
/// value at or a little above the row's (in magnitude, of negative ones).
using Posting = std::uint32_t;

/// A posting's value is less than this share above the row's.
constexpr double kPostingExcess = 1.0 / 128;

/// Something enlarged by this factor, and later by the share made smaller, is no smaller than it
/// was: (1 + 2 e) (1 - e) is at least 1.
constexpr double kEnlarged = 1 + 2 * kPostingExcess;

inline Posting make_posting(std::uint16_t row, float value) {
  constexpr std::uint32_t kHalf = 1U << 16;
  const auto bits = std::bit_cast<std::uint32_t>(value);
  const std::uint32_t posting = bits / kHalf * kHalf + row;
  return posting < bits ? posting + kHalf : posting;
}

inline std::uint16_t row_of(Posting posting) {
  return static_cast<std::uint16_t>(posting);
}
inline float value_of(Posting posting) {
  return std::bit_cast<float>(posting);
}

}  // namespace samestory::similarity
