#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "similarity/aligned_array.hpp"
#include "similarity/kernels.hpp"
#include "similarity/quantized.hpp"

namespace samestory::similarity {

/// The features that many rows of a tile have, as a matrix of bytes: values in steps of each row's
/// own size. A byte is a quarter of a number to read, and four products are added at once; what
/// the rounding to steps may have changed is bounded and allowed for.
class DensePart {
 public:
  void start(std::int64_t n_padded, std::int32_t n_features, bool is_signed);
  /// Fills in one row: its values of these features, at most once.
  void put(std::int64_t row, std::span<const std::int32_t> features, std::span<const float> values);

  std::int32_t n_groups() const { return n_groups_; }
  std::int64_t n_bytes() const {
    return bytes_.n_bytes() + steps_.n_bytes() + errors_.n_bytes() + lengths_.n_bytes();
  }
  /// Bytes of the block that starts at a row: [group][row of the block][feature of the group].
  const std::uint8_t* block(std::int64_t row) const {
    return bytes_.data() + row * kGroup * n_groups_;
  }
  /// What a total starts at, for weights of this sum.
  std::int32_t first_total(std::int32_t sum_of_weights) const { return -zero_ * sum_of_weights; }

  /// How to read totals of the query's weights from `row` on. Products cancel where the values of
  /// either side may be negative.
  DenseScale scale(const Quantized& query, std::int64_t row, bool may_cancel) const {
    return {query.step,           query.error,           query.length, steps_.data() + row,
            errors_.data() + row, lengths_.data() + row, may_cancel};
  }
  /// What settling a total added beyond what it stands for: at most twice this.
  double error(const Quantized& query, std::int64_t row) const {
    return static_cast<double>(query.error) * lengths_.data()[row] +
           static_cast<double>(query.length) * errors_.data()[row];
  }

  /// out[row] = others[row] + factor times the error of the row, for all rows.
  void add_errors(const Quantized& query, float factor, const float* others, float* out) const;

 private:
  std::int32_t n_groups_ = 0;
  std::int32_t zero_ = 0;  // the byte of a value of zero
  AlignedArray<std::uint8_t> bytes_;
  AlignedFloats steps_, errors_, lengths_;  // [row], zero in the padding
  std::vector<std::int8_t> rounded_;
};

}  // namespace samestory::similarity
