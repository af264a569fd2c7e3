#pragma once

// Compiled twice: with SAMESTORY_VNNI for processors that have AVX-512 VNNI, without for others.
// SAMESTORY_KERNELS is the namespace.

#include <immintrin.h>

#include "similarity/settle_dense.hpp"

namespace samestory::similarity::SAMESTORY_KERNELS {
namespace {

constexpr std::int64_t kLanes = 16;
constexpr int kRegisters = 8;

/// total + the products of four bytes of each row with the weights.
__m512i add_products(__m512i total, __m512i bytes, __m512i weights) {
#if defined(SAMESTORY_VNNI)
  return _mm512_dpbusd_epi32(total, bytes, weights);
#else
  const __m512i pairs = _mm512_maddubs_epi16(bytes, weights);
  return _mm512_add_epi32(total, _mm512_madd_epi16(pairs, _mm512_set1_epi16(1)));
#endif
}

void add_dense(std::int32_t* totals, const std::uint8_t* block, const std::int32_t* groups,
               const std::int32_t* weights, std::int64_t count) {
  __m512i total[kRegisters];
  for (int r = 0; r < kRegisters; ++r)
    total[r] = _mm512_loadu_si512(totals + r * kLanes);
  for (std::int64_t k = 0; k < count; ++k) {
    const __m512i weight = _mm512_set1_epi32(weights[k]);
    const std::uint8_t* row = block + groups[k] * kBlockRows * kGroup;
    for (int r = 0; r < kRegisters; ++r)
      total[r] = add_products(total[r], _mm512_loadu_si512(row + r * kLanes * kGroup), weight);
  }
  for (int r = 0; r < kRegisters; ++r)
    _mm512_storeu_si512(totals + r * kLanes, total[r]);
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

void maxima(const float* sums, const float* excess, std::int64_t n_rows, float* maxima,
            std::int64_t n_maxima) {
  for (std::int64_t i = 0; i < n_maxima; i += kLanes) {
    __m512 largest = _mm512_sub_ps(_mm512_loadu_ps(sums + i), _mm512_loadu_ps(excess + i));
    for (std::int64_t start = i + n_maxima; start < n_rows; start += n_maxima)
      largest = _mm512_max_ps(
          largest, _mm512_sub_ps(_mm512_loadu_ps(sums + start), _mm512_loadu_ps(excess + start)));
    _mm512_storeu_ps(maxima + i, largest);
  }
}

std::int64_t find_shared(const std::int32_t* columns, std::int64_t count, const std::uint32_t* has,
                         std::int32_t* shared) {
  const __m512i lane = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  const __m512i one = _mm512_set1_epi32(1), low = _mm512_set1_epi32(31);
  std::int64_t found = 0;
  for (std::int64_t k = 0; k < count; k += kLanes) {
    const auto here = static_cast<__mmask16>(k + kLanes <= count ? 0xffff : (1 << (count - k)) - 1);
    const __m512i column = _mm512_maskz_loadu_epi32(here, columns + k);
    const __m512i word = _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), here,
                                                     _mm512_srli_epi32(column, 5), has, 4);
    const __m512i bit = _mm512_sllv_epi32(one, _mm512_and_si512(column, low));
    const __mmask16 kept = _mm512_test_epi32_mask(word, bit);
    const __m512i place = _mm512_add_epi32(lane, _mm512_set1_epi32(static_cast<int>(k)));
    _mm512_storeu_si512(shared + found, _mm512_maskz_compress_epi32(kept, place));
    found += _mm_popcnt_u32(kept);
  }
  return found;
}

}  // namespace

const Kernels kernels{add_dense,   settle_dense,         collect, collect_pairs, maxima,
                      find_shared, SAMESTORY_DENSE_SHARE};

}  // namespace samestory::similarity::SAMESTORY_KERNELS
