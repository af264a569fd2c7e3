#include <immintrin.h>

#include "clustering/dot_kernels.hpp"

namespace samestory::detail {
namespace {

/// Adds what is left of a row to the eight sums, and these to one.
template <class Value>
double finish(__m256d low, __m256d high, const Value* dense, const std::int32_t* columns,
              const Value* values, std::size_t n_left) {
  double sums[8];
  _mm256_storeu_pd(sums, low);
  _mm256_storeu_pd(sums + 4, high);
  for (std::size_t k = 0; k < n_left; ++k)
    sums[k] += static_cast<double>(dense[columns[k]]) * static_cast<double>(values[k]);
  return total_of_8(sums);
}

double dot_floats(const float* dense, const std::int32_t* columns, const float* values,
                  std::size_t n) {
  __m256d low = _mm256_setzero_pd();
  __m256d high = _mm256_setzero_pd();
  std::size_t i = 0;
  for (; i + 8 <= n; i += 8) {
    const __m256i at = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(columns + i));
    const __m256 a = _mm256_i32gather_ps(dense, at, 4);
    const __m256 b = _mm256_loadu_ps(values + i);
    low = _mm256_add_pd(low, _mm256_mul_pd(_mm256_cvtps_pd(_mm256_castps256_ps128(a)),
                                           _mm256_cvtps_pd(_mm256_castps256_ps128(b))));
    high = _mm256_add_pd(high, _mm256_mul_pd(_mm256_cvtps_pd(_mm256_extractf128_ps(a, 1)),
                                             _mm256_cvtps_pd(_mm256_extractf128_ps(b, 1))));
  }
  return finish(low, high, dense, columns + i, values + i, n - i);
}

double dot_doubles(const double* dense, const std::int32_t* columns, const double* values,
                   std::size_t n) {
  __m256d low = _mm256_setzero_pd();
  __m256d high = _mm256_setzero_pd();
  std::size_t i = 0;
  for (; i + 8 <= n; i += 8) {
    const __m128i first = _mm_loadu_si128(reinterpret_cast<const __m128i*>(columns + i));
    const __m128i second = _mm_loadu_si128(reinterpret_cast<const __m128i*>(columns + i + 4));
    low = _mm256_add_pd(
        low, _mm256_mul_pd(_mm256_i32gather_pd(dense, first, 8), _mm256_loadu_pd(values + i)));
    high = _mm256_add_pd(high, _mm256_mul_pd(_mm256_i32gather_pd(dense, second, 8),
                                             _mm256_loadu_pd(values + i + 4)));
  }
  return finish(low, high, dense, columns + i, values + i, n - i);
}

}  // namespace

const DotKernels dot_avx2{dot_floats, dot_doubles};

}  // namespace samestory::detail
