#pragma once

#include <cstdint>
#include <span>

/// Unicode's tables in the form in which the repository keeps them; unicode.hpp unpacks them.
namespace samestory::unicode_data {

extern const char* const version;
/// Code point << 8 | flags, at every code point where the flags change.
extern const std::span<const std::uint32_t> flag_runs;
/// (first, last, step, delta): a code point of the run lowers to itself plus delta.
extern const std::span<const std::int32_t> lower_steps;
/// The same for compatibility decomposition without combining marks.
extern const std::span<const std::int32_t> strip_steps;
/// Code point << 8 | n, then the n code points that it becomes.
extern const std::span<const std::uint32_t> strip_sequences;

}  // namespace samestory::unicode_data
