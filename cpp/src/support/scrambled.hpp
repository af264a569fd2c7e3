#pragma once

#include <cstdint>

namespace samestory {

/// A number that looks random, the same for the same one: a step of SplitMix64 (Steele, Lea and
/// Flood 2014).
inline std::uint64_t scrambled(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15U;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9U;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebU;
  return x ^ (x >> 31);
}

}  // namespace samestory
