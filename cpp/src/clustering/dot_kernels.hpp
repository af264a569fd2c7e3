#pragma once

#include <cstddef>
#include <cstdint>

#include "support/instruction_set.hpp"

namespace samestory {

/// Dot products of a dense vector with a sparse one, in double precision. Element i goes to sum
/// i % 8, and the sums are added in one order, so every instruction set gives the same bits.
struct DotKernels {
  double (*of_floats)(const float* dense, const std::int32_t* columns, const float* values,
                      std::size_t n);
  double (*of_doubles)(const double* dense, const std::int32_t* columns, const double* values,
                       std::size_t n);

  double operator()(const float* dense, const std::int32_t* columns, const float* values,
                    std::size_t n) const {
    return of_floats(dense, columns, values, n);
  }
  double operator()(const double* dense, const std::int32_t* columns, const double* values,
                    std::size_t n) const {
    return of_doubles(dense, columns, values, n);
  }
};

const DotKernels& dot_kernels_for(InstructionSet set);

namespace detail {

/// The order in which the eight sums are added.
inline double total_of_8(const double (&s)[8]) {
  return ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]));
}

extern const DotKernels dot_portable;
extern const DotKernels dot_avx2;
extern const DotKernels dot_avx512;

}  // namespace detail
}  // namespace samestory
