#include "similarity/kernels.hpp"

namespace samestory::similarity {

const Kernels& kernels_for(InstructionSet set) {
  switch (set) {
#if defined(SAMESTORY_X86)
    case InstructionSet::avx2:
      return avx2::kernels;
    case InstructionSet::avx512:
      return avx512::kernels;
    case InstructionSet::avx512vnni:
      return avx512vnni::kernels;
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
void add_list(float* sums, const Posting* postings, std::int64_t count, float weight) {
  const auto add = [&](Posting posting) { sums[row_of(posting)] += weight * value_of(posting); };
  std::int64_t k = 0;
  for (; k + 4 <= count; k += 4) {
    add(postings[k]);
    add(postings[k + 1]);
    add(postings[k + 2]);
    add(postings[k + 3]);
  }
  for (; k < count; ++k)
    add(postings[k]);
}

}  // namespace samestory::similarity
