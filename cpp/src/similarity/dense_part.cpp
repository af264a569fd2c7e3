#include "similarity/dense_part.hpp"

#include <algorithm>

namespace samestory::similarity {

void DensePart::start(std::int64_t n_padded, std::int32_t n_features, bool is_signed) {
  n_groups_ = static_cast<std::int32_t>((n_features + kGroup - 1) / kGroup);
  zero_ = is_signed ? kSignedZero : 0;
  bytes_.assign(n_padded * n_groups_ * kGroup, static_cast<std::uint8_t>(zero_));
  steps_.assign(n_padded, 0.0F);
  errors_.assign(n_padded, 0.0F);
  lengths_.assign(n_padded, 0.0F);
}

void DensePart::put(std::int64_t row, std::span<const std::int32_t> features,
                    std::span<const float> values) {
  rounded_.resize(values.size());
  const auto known = quantize(values, zero_ == 0 ? kMostSteps : kMostSignedSteps, rounded_.data());
  steps_.data()[row] = known.step;
  errors_.data()[row] = known.error;
  lengths_.data()[row] = known.length;
  std::uint8_t* block = bytes_.data() + row / kBlockRows * kBlockRows * kGroup * n_groups_;
  for (std::size_t i = 0; i < features.size(); ++i) {
    const auto place = (features[i] / kGroup * kBlockRows + row % kBlockRows) * kGroup;
    block[place + features[i] % kGroup] = static_cast<std::uint8_t>(zero_ + rounded_[i]);
  }
}

void DensePart::add_errors(const Quantized& query, float factor, const float* others,
                           float* out) const {
  const float *errors = errors_.data(), *lengths = lengths_.data();
  const float error = factor * query.error, length = factor * query.length;
  const auto n_rows = errors_.size();
  for (std::int64_t row = 0; row < n_rows; ++row)
    out[row] = others[row] + error * lengths[row] + length * errors[row];
}

}  // namespace samestory::similarity
