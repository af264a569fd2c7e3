#include <immintrin.h>

#include "similarity/settle_dense.hpp"

namespace samestory::similarity::avx2 {
namespace {

constexpr std::int64_t kLanes = 8;
constexpr int kRegisters = 8;

/// Products of a pair of bytes are added in 16 bits, pairs of those in 32.
void add_dense(std::int32_t* totals, const std::uint8_t* block, const std::int32_t* groups,
               const std::int32_t* weights, std::int64_t count) {
  const __m256i ones = _mm256_set1_epi16(1);
  for (std::int64_t part = 0; part < kBlockRows; part += kRegisters * kLanes) {
    __m256i total[kRegisters];
    for (int r = 0; r < kRegisters; ++r)
      total[r] = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(totals + part + r * kLanes));
    for (std::int64_t k = 0; k < count; ++k) {
      const __m256i weight = _mm256_set1_epi32(weights[k]);
      const std::uint8_t* row = block + (groups[k] * kBlockRows + part) * kGroup;
      for (int r = 0; r < kRegisters; ++r) {
        const auto* bytes = reinterpret_cast<const __m256i*>(row + r * kLanes * kGroup);
        const __m256i pairs = _mm256_maddubs_epi16(_mm256_loadu_si256(bytes), weight);
        total[r] = _mm256_add_epi32(total[r], _mm256_madd_epi16(pairs, ones));
      }
    }
    for (int r = 0; r < kRegisters; ++r)
      _mm256_storeu_si256(reinterpret_cast<__m256i*>(totals + part + r * kLanes), total[r]);
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

void maxima(const float* sums, const float* excess, std::int64_t n_rows, float* maxima,
            std::int64_t n_maxima) {
  for (std::int64_t i = 0; i < n_maxima; i += kLanes) {
    __m256 largest = _mm256_sub_ps(_mm256_loadu_ps(sums + i), _mm256_loadu_ps(excess + i));
    for (std::int64_t start = i + n_maxima; start < n_rows; start += n_maxima)
      largest = _mm256_max_ps(
          largest, _mm256_sub_ps(_mm256_loadu_ps(sums + start), _mm256_loadu_ps(excess + start)));
    _mm256_storeu_ps(maxima + i, largest);
  }
}

std::int64_t find_shared(const std::int32_t* columns, std::int64_t count, const std::uint32_t* has,
                         std::int32_t* shared) {
  const auto* words = reinterpret_cast<const int*>(has);
  const __m256i low = _mm256_set1_epi32(31);
  std::int64_t found = 0, k = 0;
  for (; k + kLanes <= count; k += kLanes) {
    const __m256i column = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(columns + k));
    const __m256i word = _mm256_i32gather_epi32(words, _mm256_srli_epi32(column, 5), 4);
    // The column's bit becomes the sign.
    const __m256i bit = _mm256_sllv_epi32(word, _mm256_andnot_si256(column, low));
    auto kept = static_cast<unsigned>(_mm256_movemask_ps(_mm256_castsi256_ps(bit)));
    for (; kept != 0; kept &= kept - 1)
      shared[found++] = static_cast<std::int32_t>(k + _tzcnt_u32(kept));
  }
  for (; k < count; ++k) {
    shared[found] = static_cast<std::int32_t>(k);
    found += has[columns[k] >> 5] >> (columns[k] & 31) & 1;
  }
  return found;
}

}  // namespace

const Kernels kernels{add_dense, settle_dense, collect, collect_pairs, maxima, find_shared, 0.15};

}  // namespace samestory::similarity::avx2
