#include "similarity/kernels.hpp"

namespace samestory::similarity {

const Kernels& kernels_for(InstructionSet set) {
  switch (set) {
#if defined(SAMESTORY_X86)
    case InstructionSet::avx2:
      return avx2::kernels;
    case InstructionSet::avx512:
      return avx512::kernels;
#endif
#if defined(SAMESTORY_ARM64)
    case InstructionSet::neon:
      return neon::kernels;
#endif
    default:
      return portable::kernels;
  }
}

/// Four at a time: bookkeeping would be half of the work of one.
void add_list(float* sums, const std::uint16_t* rows, const float* values, std::int64_t count,
              float weight) {
  std::int64_t k = 0;
  for (; k + 4 <= count; k += 4) {
    sums[rows[k]] += weight * values[k];
    sums[rows[k + 1]] += weight * values[k + 1];
    sums[rows[k + 2]] += weight * values[k + 2];
    sums[rows[k + 3]] += weight * values[k + 3];
  }
  for (; k < count; ++k)
    sums[rows[k]] += weight * values[k];
}

}  // namespace samestory::similarity
