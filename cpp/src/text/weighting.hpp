#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include "samestory/control.hpp"
#include "samestory/weighting.hpp"

namespace samestory {

/// Counts as term frequencies: as they are, as 1, or as log(n) + 1.
template <class Value>
class TermFrequency {
 public:
  explicit TermFrequency(const WeightingOptions& options);
  Value operator()(std::uint32_t count) const {
    return count < table_.size() ? table_[count] : frequency(count);
  }

 private:
  Value frequency(std::uint32_t count) const;

  bool binary_;
  bool sublinear_;
  std::array<Value, 256> table_;
};

/// What a value adds to the sum that the norm of its row is made of: its square is rounded to the
/// value's own precision, as scikit-learn's is.
template <class Value>
double norm_part(Value value, Norm norm) {
  return norm == Norm::l1 ? std::abs(static_cast<double>(value))
                          : static_cast<double>(value * value);
}

/// By what a row is divided; a row of zeros stays.
inline double norm_of_sum(double sum, Norm norm) {
  if (norm == Norm::none || sum == 0) return 1;
  return norm == Norm::l2 ? std::sqrt(sum) : sum;
}

/// Divides a row by its norm, summed in double from left to right.
template <class Value>
void normalize_row(std::span<Value> row, Norm norm);

/// The same for every row of a matrix.
template <class Value, class Offset>
void normalize_rows(std::span<Value> values, std::span<const Offset> offsets, Norm norm,
                    const Control& control);

}  // namespace samestory
