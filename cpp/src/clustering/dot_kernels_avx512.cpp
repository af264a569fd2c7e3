#include <immintrin.h>

#include "clustering/dot_kernels.hpp"

namespace samestory::detail {
namespace {

double total(__m512d sum) {
  double sums[8];
  _mm512_storeu_pd(sums, sum);
  return total_of_8(sums);
}

double dot_floats(const float* dense, const std::int32_t* columns, const float* values,
                  std::size_t n) {
  __m512d sum = _mm512_setzero_pd();
  std::size_t i = 0;
  for (; i + 8 <= n; i += 8) {
    const __m256i at = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(columns + i));
    const __m512d a = _mm512_cvtps_pd(_mm256_i32gather_ps(dense, at, 4));
    sum = _mm512_add_pd(sum, _mm512_mul_pd(a, _mm512_cvtps_pd(_mm256_loadu_ps(values + i))));
  }
  if (i < n) {
    const auto left = static_cast<__mmask8>((1U << (n - i)) - 1);
    const __m256i at = _mm256_maskz_loadu_epi32(left, columns + i);
    const __m256 a = _mm256_mmask_i32gather_ps(_mm256_setzero_ps(), left, at, dense, 4);
    const __m256 b = _mm256_maskz_loadu_ps(left, values + i);
    sum = _mm512_add_pd(sum, _mm512_mul_pd(_mm512_cvtps_pd(a), _mm512_cvtps_pd(b)));
  }
  return total(sum);
}

double dot_doubles(const double* dense, const std::int32_t* columns, const double* values,
                   std::size_t n) {
  __m512d sum = _mm512_setzero_pd();
  std::size_t i = 0;
  for (; i + 8 <= n; i += 8) {
    const __m256i at = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(columns + i));
    const __m512d a = _mm512_i32gather_pd(at, dense, 8);
    sum = _mm512_add_pd(sum, _mm512_mul_pd(a, _mm512_loadu_pd(values + i)));
  }
  if (i < n) {
    const auto left = static_cast<__mmask8>((1U << (n - i)) - 1);
    const __m256i at = _mm256_maskz_loadu_epi32(left, columns + i);
    const __m512d a = _mm512_mask_i32gather_pd(_mm512_setzero_pd(), left, at, dense, 8);
    sum = _mm512_add_pd(sum, _mm512_mul_pd(a, _mm512_maskz_loadu_pd(left, values + i)));
  }
  return total(sum);
}

}  // namespace

const DotKernels dot_avx512{dot_floats, dot_doubles};

}  // namespace samestory::detail
