#include "clustering/dot_kernels.hpp"

namespace samestory {
namespace {

template <class Value>
double dot(const Value* dense, const std::int32_t* columns, const Value* values, std::size_t n) {
  double sums[8] = {};
  std::size_t i = 0;
  for (; i + 8 <= n; i += 8) {
    for (std::size_t k = 0; k < 8; ++k)
      sums[k] += static_cast<double>(dense[columns[i + k]]) * static_cast<double>(values[i + k]);
  }
  for (std::size_t k = 0; i + k < n; ++k)
    sums[k] += static_cast<double>(dense[columns[i + k]]) * static_cast<double>(values[i + k]);
  return detail::total_of_8(sums);
}

}  // namespace

const DotKernels detail::dot_portable{dot<float>, dot<double>};

const DotKernels& dot_kernels_for(InstructionSet set) {
  switch (set) {
#if defined(SAMESTORY_X86)
    case InstructionSet::avx2:
      return detail::dot_avx2;
    case InstructionSet::avx512:
    case InstructionSet::avx512vnni:
      return detail::dot_avx512;
#endif
    default:
      return detail::dot_portable;
  }
}

}  // namespace samestory
