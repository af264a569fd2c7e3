#include "similarity/time_order.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace samestory::similarity {

void TargetRanges::keep_before(std::int64_t position) {
  end = std::max(begin, std::min(end, position));
  undated_end = std::max(undated_begin, std::min(undated_end, position));
}

TimeOrder::TimeOrder(std::int64_t n_rows, std::span<const double> times) : order_(n_rows) {
  std::iota(order_.begin(), order_.end(), 0);
  n_dated_ = n_rows;
  if (times.empty()) return;
  const auto earlier = [&](std::int64_t a, std::int64_t b) {
    return std::isnan(times[b]) ? !std::isnan(times[a]) : times[a] < times[b];
  };
  is_identity_ = std::is_sorted(order_.begin(), order_.end(), earlier);
  std::stable_sort(order_.begin(), order_.end(), earlier);
  times_.resize(n_rows);
  for (std::int64_t position = 0; position < n_rows; ++position)
    times_[position] = times[order_[position]];
  n_dated_ = std::find_if(times_.begin(), times_.end(), [](double t) { return std::isnan(t); }) -
             times_.begin();
}

double TimeOrder::time(std::int64_t position) const {
  return times_.empty() ? std::numeric_limits<double>::quiet_NaN() : times_[position];
}

double TimeOrder::gap(double time, std::int64_t position) const {
  const double gap = std::abs(time - this->time(position));
  return std::isnan(gap) ? 0 : gap;
}

double TimeOrder::least_gap(double time, std::int64_t first, std::int64_t last) const {
  if (times_.empty() || std::isnan(time) || last > n_dated_ || first >= last) return 0;
  return std::max({0.0, times_[first] - time, time - times_[last - 1]});
}

TargetRanges TimeOrder::within(double time, std::optional<double> max_gap) const {
  if (!max_gap || times_.empty() || std::isnan(time)) return {0, size(), 0, 0, -1};
  // The same subtraction as in gap(): it is monotone, so the window is a range to the last bit.
  const auto dated_end = times_.begin() + n_dated_;
  const auto first = std::partition_point(times_.begin(), dated_end, [&](double other) {
    return other < time && time - other > *max_gap;
  });
  const auto last = std::partition_point(
      first, dated_end, [&](double other) { return other <= time || other - time <= *max_gap; });
  return {first - times_.begin(), last - times_.begin(), n_dated_, size(), -1};
}

}  // namespace samestory::similarity
