// Plain loops, written so that a compiler can turn them into whatever vectors it may assume.
#include <algorithm>
#include <array>
#include <bit>

#include "similarity/settle_dense.hpp"

namespace samestory::similarity::portable {
namespace {

constexpr std::int64_t kLanes = 16;

void add_dense(std::int32_t* totals, const std::uint8_t* block, const std::int32_t* groups,
               const std::int32_t* weights, std::int64_t count) {
  for (std::int64_t k = 0; k < count; ++k) {
    const auto weight = std::bit_cast<std::array<std::int8_t, kGroup>>(weights[k]);
    const std::uint8_t* group = block + groups[k] * kBlockRows * kGroup;
    for (std::int64_t row = 0; row < kBlockRows; ++row) {
      std::int32_t sum = 0;
      for (std::int64_t j = 0; j < kGroup; ++j)
        sum += std::int32_t{weight[j]} * group[row * kGroup + j];
      totals[row] += sum;
    }
  }
}

/// `bounds` is nullptr where `bound` holds for every row.
template <bool kOwnBounds>
std::int64_t collect_below(float* sums, const float* remainders, float remainder,
                           const float* bounds, float bound, std::int64_t n_rows,
                           std::int32_t* rows, float* values) {
  const auto below = [&](std::int64_t i) {
    const float limit = kOwnBounds ? std::min(bound, bounds[i]) : bound;
    return sums[i] + remainder * remainders[i] < limit;
  };
  std::int64_t found = 0;
  for (std::int64_t start = 0; start < n_rows; start += kLanes) {
    bool any = false;
    for (std::int64_t i = start; i < start + kLanes; ++i)
      any |= !below(i);
    for (std::int64_t i = start; any && i < start + kLanes; ++i) {
      rows[found] = static_cast<std::int32_t>(i);
      values[found] = sums[i];
      found += !below(i);
    }
    std::fill_n(sums + start, kLanes, 0.0F);
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
  for (std::int64_t i = 0; i < n_maxima; ++i)
    maxima[i] = sums[i] - excess[i];
  for (std::int64_t start = n_maxima; start < n_rows; start += n_maxima) {
    for (std::int64_t i = 0; i < n_maxima; ++i)
      maxima[i] = std::max(maxima[i], sums[start + i] - excess[start + i]);
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

const Kernels kernels{add_dense, settle_dense, collect, collect_pairs, maxima, find_shared, 0.25};

}  // namespace samestory::similarity::portable
