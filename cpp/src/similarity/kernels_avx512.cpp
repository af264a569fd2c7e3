#include <immintrin.h>

#include "similarity/kernels.hpp"

namespace samestory::similarity::avx512 {
namespace {

constexpr std::int64_t kLanes = 16;
constexpr int kRegisters = 8;

void add_dense(float* sums, const float* block, const std::int32_t* features, const float* weights,
               std::int64_t count) {
  __m512 total[kRegisters];
  for (int r = 0; r < kRegisters; ++r)
    total[r] = _mm512_loadu_ps(sums + r * kLanes);
  for (std::int64_t k = 0; k < count; ++k) {
    const __m512 weight = _mm512_set1_ps(weights[k]);
    const float* row = block + features[k] * kBlockRows;
    for (int r = 0; r < kRegisters; ++r)
      total[r] = _mm512_fmadd_ps(weight, _mm512_loadu_ps(row + r * kLanes), total[r]);
  }
  for (int r = 0; r < kRegisters; ++r)
    _mm512_storeu_ps(sums + r * kLanes, total[r]);
}

/// `bounds` is nullptr where `bound` holds for every row.
template <bool kOwnBounds>
std::int64_t collect_below(float* sums, const float* remainders, float remainder,
                           const float* bounds, float bound, std::int64_t n_rows,
                           std::int32_t* rows, float* values) {
  const __m512 scale = _mm512_set1_ps(remainder);
  const __m512 common = _mm512_set1_ps(bound);
  const __m512i lane = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  std::int64_t found = 0;
  for (std::int64_t start = 0; start < n_rows; start += kLanes) {
    const __m512 sum = _mm512_loadu_ps(sums + start);
    const __m512 upper = _mm512_fmadd_ps(scale, _mm512_loadu_ps(remainders + start), sum);
    __m512 limit = common;
    if constexpr (kOwnBounds) limit = _mm512_min_ps(common, _mm512_loadu_ps(bounds + start));
    const __mmask16 kept = _mm512_cmp_ps_mask(upper, limit, _CMP_NLT_UQ);
    if (kept != 0) {
      const __m512i row = _mm512_add_epi32(lane, _mm512_set1_epi32(static_cast<int>(start)));
      _mm512_storeu_si512(rows + found, _mm512_maskz_compress_epi32(kept, row));
      _mm512_storeu_ps(values + found, _mm512_maskz_compress_ps(kept, sum));
      found += _mm_popcnt_u32(kept);
    }
    _mm512_storeu_ps(sums + start, _mm512_setzero_ps());
  }
  return found;
}

std::int64_t collect(float* sums, const float* remainders, float remainder, float bound,
                     std::int64_t n_rows, std::int32_t* rows, float* values) {
  return collect_below<false>(sums, remainders, remainder, nullptr, bound, n_rows, rows, values);
}

std::int64_t collect_pairs(float* sums, const float* remainders, float remainder,
                           const float* bounds, float bound, std::int64_t n_rows,
                           std::int32_t* rows, float* values) {
  return collect_below<true>(sums, remainders, remainder, bounds, bound, n_rows, rows, values);
}

void maxima(const float* sums, std::int64_t n_rows, float* maxima, std::int64_t n_maxima) {
  for (std::int64_t i = 0; i < n_maxima; i += kLanes) {
    __m512 largest = _mm512_loadu_ps(sums + i);
    for (std::int64_t start = n_maxima; start < n_rows; start += n_maxima)
      largest = _mm512_max_ps(largest, _mm512_loadu_ps(sums + start + i));
    _mm512_storeu_ps(maxima + i, largest);
  }
}

}  // namespace

const Kernels kernels{add_dense, collect, collect_pairs, maxima, 0.14};

}  // namespace samestory::similarity::avx512
