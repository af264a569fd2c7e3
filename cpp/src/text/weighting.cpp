#include "text/weighting.hpp"

#include <cmath>
#include <type_traits>

#include "support/parallel.hpp"

namespace samestory {
template <class Value>
TermFrequency<Value>::TermFrequency(const WeightingOptions& options)
    : binary_(options.binary), sublinear_(options.sublinear) {
  for (std::uint32_t count = 0; count < table_.size(); ++count)
    table_[count] = frequency(count);
}

template <class Value>
Value TermFrequency<Value>::frequency(std::uint32_t count) const {
  using Real = std::conditional_t<std::is_floating_point_v<Value>, Value, double>;
  if (count == 0) return 0;
  if (binary_) count = 1;
  if (!sublinear_) return static_cast<Value>(count);
  return static_cast<Value>(std::log(static_cast<Real>(count)) + Real{1});
}

template <class Value>
void normalize_row(std::span<Value> row, Norm norm) {
  if (norm == Norm::none) return;
  double sum = 0;
  for (const auto value : row)
    sum += norm_part(value, norm);
  const double divisor = norm_of_sum(sum, norm);
  for (auto& value : row)
    value = static_cast<Value>(static_cast<double>(value) / divisor);
}

template <class Value, class Offset>
void normalize_rows(std::span<Value> values, std::span<const Offset> offsets, Norm norm,
                    const Control& control) {
  const auto n_rows = static_cast<std::int64_t>(offsets.size()) - 1;
  parallel_for(control, n_rows, 1024, [&](auto first, auto last, int, const Stop&) {
    for (auto row = static_cast<std::size_t>(first); row < static_cast<std::size_t>(last); ++row) {
      const auto begin = static_cast<std::size_t>(offsets[row]);
      normalize_row(values.subspan(begin, static_cast<std::size_t>(offsets[row + 1]) - begin),
                    norm);
    }
  });
}

template class TermFrequency<double>;
template class TermFrequency<float>;
template class TermFrequency<std::int64_t>;
template class TermFrequency<std::int32_t>;

template void normalize_row(std::span<double>, Norm);
template void normalize_row(std::span<float>, Norm);
template void normalize_row(std::span<std::int64_t>, Norm);
template void normalize_row(std::span<std::int32_t>, Norm);

template void normalize_rows(std::span<double>, std::span<const std::int32_t>, Norm,
                             const Control&);
template void normalize_rows(std::span<double>, std::span<const std::int64_t>, Norm,
                             const Control&);
template void normalize_rows(std::span<float>, std::span<const std::int32_t>, Norm, const Control&);
template void normalize_rows(std::span<float>, std::span<const std::int64_t>, Norm, const Control&);

}  // namespace samestory
