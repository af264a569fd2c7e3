#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace samestory {

/// A sparse vector laid out densely, so that dot products with many others cost a look-up a term.
/// Clearing costs the vector's own length, not the width.
template <class Value>
class DenseRow {
 public:
  explicit DenseRow(std::int64_t width) : values_(width, Value{0}) {}

  void set(std::span<const std::int32_t> columns, std::span<const Value> values) {
    for (std::size_t i = 0; i < columns.size(); ++i)
      values_[columns[i]] = values[i];
  }
  void clear(std::span<const std::int32_t> columns) {
    for (const auto column : columns)
      values_[column] = Value{0};
  }
  const Value* data() const { return values_.data(); }

 private:
  std::vector<Value> values_;
};

/// The dot product of two dense vectors of one width.
template <class Value>
double dot(const Value* a, std::span<const Value> b) {
  double sums[4] = {0, 0, 0, 0};
  for (std::size_t i = 0; i < b.size(); ++i)
    sums[i % 4] += static_cast<double>(a[i]) * static_cast<double>(b[i]);
  return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

}  // namespace samestory
