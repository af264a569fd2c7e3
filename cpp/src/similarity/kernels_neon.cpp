#include <arm_neon.h>

#include "similarity/settle_dense.hpp"

namespace samestory::similarity::neon {
namespace {

constexpr std::int64_t kLanes = 4;
constexpr int kRegisters = 16;

/// Products of a pair of bytes are added in 16 bits, pairs of those in 32. No byte of a block is
/// above 127, so it may be read as signed.
void add_dense(std::int32_t* totals, const std::uint8_t* block, const std::int32_t* groups,
               const std::int32_t* weights, std::int64_t count) {
  for (std::int64_t part = 0; part < kBlockRows; part += kRegisters * kLanes) {
    int32x4_t total[kRegisters];
    for (int r = 0; r < kRegisters; ++r)
      total[r] = vld1q_s32(totals + part + r * kLanes);
    for (std::int64_t k = 0; k < count; ++k) {
      const int8x8_t weight = vreinterpret_s8_s32(vdup_n_s32(weights[k]));
      const std::uint8_t* row = block + (groups[k] * kBlockRows + part) * kGroup;
      for (int r = 0; r < kRegisters; ++r) {
        const int8x16_t bytes = vreinterpretq_s8_u8(vld1q_u8(row + r * kLanes * kGroup));
        const int16x8_t low = vmull_s8(vget_low_s8(bytes), weight);
        const int16x8_t high = vmull_s8(vget_high_s8(bytes), weight);
        total[r] = vpadalq_s16(total[r], vpaddq_s16(low, high));
      }
    }
    for (int r = 0; r < kRegisters; ++r)
      vst1q_s32(totals + part + r * kLanes, total[r]);
  }
}

/// `bounds` is nullptr where `bound` holds for every row.
template <bool kOwnBounds>
std::int64_t collect_below(float* sums, const float* remainders, float remainder,
                           const float* bounds, float bound, std::int64_t n_rows,
                           std::int32_t* rows, float* values) {
  const float32x4_t common = vdupq_n_f32(bound);
  std::int64_t found = 0;
  for (std::int64_t start = 0; start < n_rows; start += kLanes) {
    const float32x4_t sum = vld1q_f32(sums + start);
    const float32x4_t upper = vfmaq_n_f32(sum, vld1q_f32(remainders + start), remainder);
    float32x4_t limit = common;
    if constexpr (kOwnBounds) limit = vminq_f32(common, vld1q_f32(bounds + start));
    // Below the bound in every lane is the common case.
    if (vminvq_u32(vcltq_f32(upper, limit)) == 0) {
      float upper_lanes[kLanes], limits[kLanes];
      vst1q_f32(upper_lanes, upper);
      vst1q_f32(limits, limit);
      for (std::int64_t lane = 0; lane < kLanes; ++lane) {
        rows[found] = static_cast<std::int32_t>(start + lane);
        values[found] = sums[start + lane];
        found += !(upper_lanes[lane] < limits[lane]);
      }
    }
    vst1q_f32(sums + start, vdupq_n_f32(0.0F));
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
    float32x4_t largest = vsubq_f32(vld1q_f32(sums + i), vld1q_f32(excess + i));
    for (std::int64_t start = i + n_maxima; start < n_rows; start += n_maxima)
      largest = vmaxq_f32(largest, vsubq_f32(vld1q_f32(sums + start), vld1q_f32(excess + start)));
    vst1q_f32(maxima + i, largest);
  }
}

/// Without a branch: a guess at each that goes wrong would take longer.
std::int64_t find_shared(const std::int32_t* columns, std::int64_t count, const std::uint32_t* has,
                         std::int32_t* shared) {
  std::int64_t found = 0;
  for (std::int64_t k = 0; k < count; ++k) {
    shared[found] = static_cast<std::int32_t>(k);
    found += has[columns[k] >> 5] >> (columns[k] & 31) & 1;
  }
  return found;
}

}  // namespace

const Kernels kernels{add_dense, settle_dense, collect, collect_pairs, maxima, find_shared, 0.2};

}  // namespace samestory::similarity::neon
