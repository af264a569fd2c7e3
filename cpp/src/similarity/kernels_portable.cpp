// Plain loops, written so that a compiler can turn them into whatever vectors it may assume.
#include <algorithm>

#include "similarity/kernels.hpp"

namespace samestory::similarity::portable {
namespace {

constexpr std::int64_t kLanes = 16;

void add_dense(float* sums, const float* block, const std::int32_t* features, const float* weights,
               std::int64_t count) {
  for (std::int64_t part = 0; part < kBlockRows; part += kLanes) {
    float lanes[kLanes];
    std::copy_n(sums + part, kLanes, lanes);
    for (std::int64_t k = 0; k < count; ++k) {
      const float* row = block + features[k] * kBlockRows + part;
      for (std::int64_t lane = 0; lane < kLanes; ++lane)
        lanes[lane] += weights[k] * row[lane];
    }
    std::copy_n(lanes, kLanes, sums + part);
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

void maxima(const float* sums, std::int64_t n_rows, float* maxima, std::int64_t n_maxima) {
  std::copy_n(sums, n_maxima, maxima);
  for (std::int64_t start = n_maxima; start < n_rows; start += n_maxima) {
    for (std::int64_t i = 0; i < n_maxima; ++i)
      maxima[i] = std::max(maxima[i], sums[start + i]);
  }
}

}  // namespace

const Kernels kernels{add_dense, collect, collect_pairs, maxima, 0.25};

}  // namespace samestory::similarity::portable
