#include "text/weighting.hpp"

#include <cmath>
#include <type_traits>

#include "support/parallel.hpp"

namespace samestory {
namespace {

constexpr std::uint32_t kTableSize = 1024;

}  // namespace

template <class Value>
TermFrequency<Value>::TermFrequency(const WeightingOptions& options)
    : binary_(options.binary), sublinear_(options.sublinear) {
  if (!sublinear_) return;
  table_.resize(kTableSize);
  for (std::uint32_t n = 0; n < kTableSize; ++n)
    table_[n] = logarithm(n);
}

template <class Value>
Value TermFrequency<Value>::logarithm(std::uint32_t count) {
  using Real = std::conditional_t<std::is_floating_point_v<Value>, Value, double>;
  return static_cast<Value>(std::log(static_cast<Real>(count)) + Real{1});
}

template <class Value>
void normalize_row(std::span<Value> row, Norm norm) {
  if (norm == Norm::none) return;
  double sum = 0;
  for (const auto value : row) {
    const auto wide = static_cast<double>(value);
    sum += norm == Norm::l1 ? std::abs(wide) : wide * wide;
  }
  if (sum == 0) return;
  if (norm == Norm::l2) sum = std::sqrt(sum);
  for (auto& value : row)
    value = static_cast<Value>(static_cast<double>(value) / sum);
}

template <class Value, class Offset, class Column>
void weigh_rows(std::span<Value> values, std::span<const Offset> offsets,
                std::span<const Column> columns, std::span<const Value> idf,
                const WeightingOptions& options, const Control& control) {
  const auto n_rows = static_cast<std::int64_t>(offsets.size()) - 1;
  parallel_for(control, n_rows, 1024, [&](auto first, auto last, int, const Stop&) {
    for (auto row = first; row < last; ++row) {
      const auto begin = static_cast<std::size_t>(offsets[static_cast<std::size_t>(row)]);
      const auto end = static_cast<std::size_t>(offsets[static_cast<std::size_t>(row) + 1]);
      for (auto i = begin; i < end; ++i) {
        if (options.sublinear) values[i] = std::log(values[i]) + Value{1};
        if (!idf.empty()) values[i] *= idf[static_cast<std::size_t>(columns[i])];
      }
      normalize_row(values.subspan(begin, end - begin), options.norm);
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

#define SAMESTORY_WEIGH(Value, Offset, Column)                                              \
  template void weigh_rows(std::span<Value>, std::span<const Offset>, std::span<const Column>, \
                           std::span<const Value>, const WeightingOptions&, const Control&);
SAMESTORY_WEIGH(double, std::int32_t, std::int32_t)
SAMESTORY_WEIGH(double, std::int64_t, std::int64_t)
SAMESTORY_WEIGH(double, std::int64_t, std::int32_t)
SAMESTORY_WEIGH(float, std::int32_t, std::int32_t)
SAMESTORY_WEIGH(float, std::int64_t, std::int64_t)
SAMESTORY_WEIGH(float, std::int64_t, std::int32_t)
#undef SAMESTORY_WEIGH

}  // namespace samestory
