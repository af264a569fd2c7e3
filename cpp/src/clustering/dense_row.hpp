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

/// The dot product with a dense vector, in double precision. Four sums by position, because one
/// chain of additions would wait for itself; the order is fixed, so the result is too.
template <class Value>
double dot(const Value* dense, std::span<const std::int32_t> columns,
           std::span<const Value> values) {
  double sums[4] = {0, 0, 0, 0};
  const std::size_t n = columns.size();
  std::size_t i = 0;
  for (; i + 4 <= n; i += 4) {
    for (std::size_t k = 0; k < 4; ++k)
      sums[k] += static_cast<double>(dense[columns[i + k]]) * static_cast<double>(values[i + k]);
  }
  for (; i < n; ++i)
    sums[0] += static_cast<double>(dense[columns[i]]) * static_cast<double>(values[i]);
  return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

/// The dot product of two dense vectors of one width.
template <class Value>
double dot(const Value* a, std::span<const Value> b) {
  double sums[4] = {0, 0, 0, 0};
  for (std::size_t i = 0; i < b.size(); ++i)
    sums[i % 4] += static_cast<double>(a[i]) * static_cast<double>(b[i]);
  return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

}  // namespace samestory
