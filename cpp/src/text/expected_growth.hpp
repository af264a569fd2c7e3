#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>

namespace samestory {

/// How many slots a table that has become half full should have next. Distinct words grow as a
/// power of the text read (Heaps' law): what has been read tells what will be needed, and a table
/// that grows there at once is seldom moved. Twice as many at the least; at most sixteen times as
/// many, lest a wrong guess take much memory.
inline std::size_t grown_slots(std::size_t n_slots, double times_more_text, double exponent) {
  const double needed = static_cast<double>(n_slots) * std::pow(times_more_text, exponent);
  const double most = 16 * static_cast<double>(n_slots);
  return std::max(2 * n_slots, std::bit_ceil(static_cast<std::size_t>(std::min(needed, most))));
}

}  // namespace samestory
