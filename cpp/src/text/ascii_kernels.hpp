#pragma once

#include <cstddef>
#include <cstdint>

#include "support/instruction_set.hpp"

namespace samestory {

/// The loops over single bytes, once for each instruction set. Sixty-four bytes at a time, in the
/// manner of simdjson (Langdale and Lemire, "Parsing gigabytes of JSON per second", 2019).
struct AsciiKernels {
  /// Copies characters of 1, 2 or 4 bytes up to the first that is not ASCII, as bytes, with A-Z
  /// lowered or not; returns how many. May write up to 64 bytes past them.
  std::size_t (*copy_8)(const std::uint8_t* text, std::size_t n, std::uint8_t* out, bool lower);
  std::size_t (*copy_16)(const std::uint16_t* text, std::size_t n, std::uint8_t* out, bool lower);
  std::size_t (*copy_32)(const std::uint32_t* text, std::size_t n, std::uint8_t* out, bool lower);
  /// A bit a byte, in n_blocks words of 64: [A-Za-z0-9] and, if `underscore`, '_'; and not ASCII.
  void (*word_bits)(const std::uint8_t* text, std::size_t n_blocks, bool underscore,
                    std::uint64_t* word, std::uint64_t* high);
  /// The same for whitespace.
  void (*space_bits)(const std::uint8_t* text, std::size_t n_blocks, std::uint64_t* space,
                     std::uint64_t* high);
  /// Where a bit differs from the one before it, bits counted from `base` on. `carry` is the bit
  /// before the first; the last one is left there. Returns how many there are and may write 64
  /// more.
  std::size_t (*changes)(const std::uint64_t* bits, std::size_t n_blocks, std::uint32_t base,
                         std::uint64_t* carry, std::uint32_t* places);
};

const AsciiKernels& ascii_kernels(InstructionSet set);

}  // namespace samestory
