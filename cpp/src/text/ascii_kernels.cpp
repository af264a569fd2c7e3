#include "text/ascii_kernels.hpp"

namespace samestory {

extern const AsciiKernels portable_ascii_kernels;
extern const AsciiKernels avx2_ascii_kernels;
extern const AsciiKernels avx512_ascii_kernels;
extern const AsciiKernels neon_ascii_kernels;

const AsciiKernels& ascii_kernels(InstructionSet set) {
#if defined(SAMESTORY_X86)
  if (set == InstructionSet::avx512 || set == InstructionSet::avx512vnni)
    return avx512_ascii_kernels;
  if (set == InstructionSet::avx2) return avx2_ascii_kernels;
#elif defined(SAMESTORY_ARM64)
  if (set == InstructionSet::neon) return neon_ascii_kernels;
#endif
  static_cast<void>(set);
  return portable_ascii_kernels;
}

}  // namespace samestory
