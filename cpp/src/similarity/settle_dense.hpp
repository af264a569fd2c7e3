#pragma once

// Included by each instruction set's kernels, to be compiled for it.

#include <bit>
#include <cstdint>
#include <limits>

#include "similarity/kernels.hpp"

namespace samestory::similarity {
namespace {

void settle_dense(float* sums, const std::int32_t* totals, const DenseScale& scale) {
  // A total that no sum of bytes comes to, where even zero stands for something.
  const std::int32_t nothing = scale.may_cancel ? std::numeric_limits<std::int32_t>::min() : 0;
  const float step = scale.step, error = scale.error, length = scale.length;
  // Two loops and a mask: so that a compiler sees that it can use vectors.
  float steps[kBlockRows], spreads[kBlockRows];
  for (std::int64_t i = 0; i < kBlockRows; ++i) {
    steps[i] = step * scale.steps[i];
    spreads[i] = error * scale.lengths[i] + length * scale.errors[i];
  }
  for (std::int64_t i = 0; i < kBlockRows; ++i) {
    const float most = static_cast<float>(totals[i]) * steps[i] + spreads[i];
    const std::uint32_t mask = totals[i] != nothing ? ~std::uint32_t{0} : 0;
    sums[i] += std::bit_cast<float>(std::bit_cast<std::uint32_t>(most) & mask);
  }
}

}  // namespace
}  // namespace samestory::similarity
