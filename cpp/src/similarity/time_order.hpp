#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "samestory/buffer.hpp"

namespace samestory::similarity {

/// The target rows a query may meet, as ranges of positions in the join's order.
struct TargetRanges {
  std::int64_t begin = 0;
  std::int64_t end = 0;
  std::int64_t undated_begin = 0;  ///< rows whose time is unknown meet every other
  std::int64_t undated_end = 0;
  std::int64_t own = -1;  ///< the query's own position, which it does not meet

  bool contains(std::int64_t position) const {
    const bool in_range = position >= begin && position < end;
    const bool undated = position >= undated_begin && position < undated_end;
    return (in_range || undated) && position != own;
  }
  bool meets(std::int64_t first, std::int64_t last) const {
    return (first < end && last > begin) || (first < undated_end && last > undated_begin);
  }
  bool covers(std::int64_t first, std::int64_t last) const {
    return (first >= begin && last <= end) || (first >= undated_begin && last <= undated_end);
  }
  /// Without the rows from `position` on.
  void keep_before(std::int64_t position);
};

/// Rows in the order of their times, those without one last, so that a window of time is a range
/// of positions. Without times it is the order of the rows.
class TimeOrder {
 public:
  /// `times` is empty or has a number or NaN for each row.
  TimeOrder(std::int64_t n_rows, std::span<const double> times);

  std::int64_t size() const { return static_cast<std::int64_t>(order_.size()); }
  std::span<const std::int64_t> rows() const { return order_; }
  std::int64_t n_bytes() const { return bytes_of(order_) + bytes_of(times_); }
  std::int64_t row(std::int64_t position) const { return order_[position]; }
  /// Whether position and row are the same everywhere.
  bool is_identity() const { return is_identity_; }
  /// The time at a position; NaN where it is not known.
  double time(std::int64_t position) const;
  /// The least and the largest gap are 0 where a time is unknown.
  double gap(double time, std::int64_t position) const;
  /// The least gap from `time` to a position in [first, last).
  double least_gap(double time, std::int64_t first, std::int64_t last) const;
  /// The positions that a row of this time may meet.
  TargetRanges within(double time, std::optional<double> max_gap) const;

 private:
  std::vector<std::int64_t> order_;
  std::vector<double> times_;  // by position; empty without times
  std::int64_t n_dated_ = 0;
  bool is_identity_ = true;
};

}  // namespace samestory::similarity
