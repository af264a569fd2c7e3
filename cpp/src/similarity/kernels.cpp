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

}  // namespace samestory::similarity
