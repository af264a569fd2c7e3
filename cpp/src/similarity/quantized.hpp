#pragma once

#include <cstdint>
#include <span>

namespace samestory::similarity {

/// What is known of values that were rounded to whole numbers of steps.
///
/// For two rows q and t, rounded to q' and t', Cauchy and Schwarz bound what the rounding changed:
/// |q.t - q'.t'| <= |q - q'| |t'| + |q| |t - t'|, which is at most
/// q.error t.length + q.length t.error.
struct Quantized {
  float step = 0;
  float error = 0;   ///< at least the norm of the difference
  float length = 0;  ///< at least the norms of the values and of the rounded values
};

/// Rounds values to whole numbers of magnitude 1 to `most`; only zero becomes zero, so that a sum
/// of products of values that are not negative is zero only where every product is.
Quantized quantize(std::span<const float> values, std::int32_t most, std::int8_t* out);

}  // namespace samestory::similarity
