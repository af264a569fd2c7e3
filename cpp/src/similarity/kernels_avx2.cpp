#include <immintrin.h>

#include "similarity/kernels.hpp"

namespace samestory::similarity::avx2 {
namespace {

constexpr std::int64_t kLanes = 8;
constexpr int kRegisters = 8;

void add_dense(float* sums, const float* block, const std::int32_t* features, const float* weights,
               std::int64_t count) {
  for (std::int64_t part = 0; part < kBlockRows; part += kRegisters * kLanes) {
    __m256 total[kRegisters];
    for (int r = 0; r < kRegisters; ++r)
      total[r] = _mm256_loadu_ps(sums + part + r * kLanes);
    for (std::int64_t k = 0; k < count; ++k) {
      const __m256 weight = _mm256_set1_ps(weights[k]);
      const float* row = block + features[k] * kBlockRows + part;
      for (int r = 0; r < kRegisters; ++r)
        total[r] = _mm256_fmadd_ps(weight, _mm256_loadu_ps(row + r * kLanes), total[r]);
    }
    for (int r = 0; r < kRegisters; ++r)
      _mm256_storeu_ps(sums + part + r * kLanes, total[r]);
  }
}

/// `bounds` is nullptr where `bound` holds for every row.
template <bool kOwnBounds>
std::int64_t collect_below(float* sums, const float* remainders, float remainder,
                           const float* bounds, float bound, std::int64_t n_rows,
                           std::int32_t* rows, float* values) {
  const __m256 scale = _mm256_set1_ps(remainder);
  const __m256 common = _mm256_set1_ps(bound);
  std::int64_t found = 0;
  for (std::int64_t start = 0; start < n_rows; start += kLanes) {
    const __m256 sum = _mm256_loadu_ps(sums + start);
    const __m256 upper = _mm256_fmadd_ps(scale, _mm256_loadu_ps(remainders + start), sum);
    __m256 limit = common;
    if constexpr (kOwnBounds) limit = _mm256_min_ps(common, _mm256_loadu_ps(bounds + start));
    auto kept = static_cast<unsigned>(_mm256_movemask_ps(_mm256_cmp_ps(upper, limit, _CMP_NLT_UQ)));
    for (; kept != 0; kept &= kept - 1, ++found) {
      const std::int64_t row = start + static_cast<std::int64_t>(_tzcnt_u32(kept));
      rows[found] = static_cast<std::int32_t>(row);
      values[found] = sums[row];
    }
    _mm256_storeu_ps(sums + start, _mm256_setzero_ps());
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
    __m256 largest = _mm256_loadu_ps(sums + i);
    for (std::int64_t start = n_maxima; start < n_rows; start += n_maxima)
      largest = _mm256_max_ps(largest, _mm256_loadu_ps(sums + start + i));
    _mm256_storeu_ps(maxima + i, largest);
  }
}

}  // namespace

const Kernels kernels{add_dense, collect, collect_pairs, maxima, 0.18};

}  // namespace samestory::similarity::avx2
