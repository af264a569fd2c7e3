#pragma once

#include <cstdint>
#include <span>

/// Code points without accents, in the form in which the repository keeps them.
namespace samestory::folding_data {

/// (first, last, step, delta): a code point of the run becomes itself plus delta.
extern const std::span<const std::int32_t> folded_steps;
/// (first, last) of marks, which are left out.
extern const std::span<const std::int32_t> mark_ranges;
/// (first, last) of Latin and Greek.
extern const std::span<const std::int32_t> accented_script_ranges;

}  // namespace samestory::folding_data
