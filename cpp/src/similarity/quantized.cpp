#include "similarity/quantized.hpp"

#include <algorithm>
#include <cmath>

namespace samestory::similarity {
namespace {

/// Covers the rounding of the bounds to single precision, and that of what is computed from them.
constexpr double kRoundUp = 1 + 1e-5;

float largest_magnitude(std::span<const float> values) {
  float largest = 0;
  for (const float value : values)
    largest = std::max(largest, std::abs(value));
  return largest;
}

/// Away from zero where it would come to less than one step.
std::int32_t to_steps(float value, float per_step, std::int32_t most) {
  if (value == 0) return 0;
  const float magnitude = std::min(std::abs(value) * per_step + 0.5F, static_cast<float>(most));
  const auto steps = std::max(static_cast<std::int32_t>(magnitude), 1);
  return value < 0 ? -steps : steps;
}

}  // namespace

Quantized quantize(std::span<const float> values, std::int32_t most, std::int8_t* out) {
  Quantized result;
  const float largest = largest_magnitude(values);
  if (largest == 0) {
    std::fill_n(out, values.size(), std::int8_t{0});
    return result;
  }
  result.step = largest / static_cast<float>(most);
  const float per_step = static_cast<float>(most) / largest;
  double differences = 0, squares = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto steps = to_steps(values[i], per_step, most);
    const double value = values[i];
    const double difference = value - steps * static_cast<double>(result.step);
    differences += difference * difference;
    squares += value * value;
    out[i] = static_cast<std::int8_t>(steps);
  }
  const double error = std::sqrt(differences);
  result.error = static_cast<float>(error * kRoundUp);
  result.length = static_cast<float>((std::sqrt(squares) + error) * kRoundUp);
  return result;
}

}  // namespace samestory::similarity
