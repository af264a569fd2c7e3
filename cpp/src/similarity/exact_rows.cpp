#include "similarity/exact_rows.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include "support/parallel.hpp"

namespace samestory::similarity {
namespace {

template <class Value>
double largest_magnitude(std::span<const Value> values) {
  double largest = 0;
  for (const Value value : values)
    largest = std::max(largest, std::abs(static_cast<double>(value)));
  return largest;
}

/// A power of two that brings the magnitude near 1 where its square is out of a double's range.
double safe_scale(double magnitude) {
  if (magnitude == 0 || (magnitude > 1e-120 && magnitude < 1e120)) return 1;
  return std::ldexp(1.0, std::clamp(-std::ilogb(magnitude), -1020, 1020));
}

template <class Value>
double norm_of(std::span<const Value> values, double scale) {
  double squares = 0;
  for (const Value value : values) {
    const double scaled = static_cast<double>(value) * scale;
    squares += scaled * scaled;
  }
  return std::sqrt(squares);
}

}  // namespace

template <class Value>
ExactRows<Value>::ExactRows(const CsrView<Value>& view, bool normalize, const Control& control)
    : view_(view), normalize_(normalize), scales_(view.n_rows), norms_(view.n_rows) {
  parallel_for(control, view.n_rows, 4096,
               [&](std::int64_t begin, std::int64_t end, int, const Stop&) {
                 for (std::int64_t row = begin; row < end; ++row) {
                   const auto values = view_.row_values(row);
                   scales_[row] = safe_scale(largest_magnitude(values));
                   norms_[row] = norm_of(values, scales_[row]);
                 }
               });
}

template <class Value>
void ExactQuery<Value>::load(const ExactRows<Value>& rows, std::int64_t row) {
  if (loaded_ == &rows.view() && loaded_row_ == row) return;
  if (loaded_ != nullptr) {
    for (const auto column : loaded_->row_columns(loaded_row_))
      has_[column / 32] = 0;
  }
  loaded_ = &rows.view();
  loaded_row_ = row;
  if (rows.norm(row) == 0) return;
  for (auto entry = loaded_->offsets[row]; entry < loaded_->offsets[row + 1]; ++entry) {
    weights_[loaded_->columns[entry]] = rows.weight(row, entry);
    has_[loaded_->columns[entry] / 32] |= std::uint32_t{1} << loaded_->columns[entry] % 32;
  }
}

/// The shared entries are found first: a division for each entry, or a guess at each that goes
/// wrong, would take longer. Only the last step has to go one by one.
template <class Value>
double ExactQuery<Value>::dot(const ExactRows<Value>& rows, std::int64_t row) {
  if (rows.norm(row) == 0) return 0;
  const auto& view = rows.view();
  const auto begin = view.offsets[row], count = view.offsets[row + 1] - begin;
  const auto* columns = view.columns.data() + begin;
  if (static_cast<std::int64_t>(weights_of_shared_.size()) < count + 16) {
    shared_.resize(2 * (count + 16));
    weights_of_shared_.resize(2 * (count + 16));
  }
  const auto n_shared = kernels_.find_shared(columns, count, has_.data(), shared_.data());
  const auto* shared = shared_.data();
  double* shared_weights = weights_of_shared_.data();
  for (std::int64_t i = 0; i < n_shared; ++i)
    shared_weights[i] = static_cast<double>(view.values[begin + shared[i]]);
  rows.to_weights(row, {shared_weights, static_cast<std::size_t>(n_shared)});
  double sum = 0;
  for (std::int64_t i = 0; i < n_shared; ++i)
    sum += weights_[columns[shared[i]]] * shared_weights[i];
  return sum;
}

template class ExactRows<float>;
template class ExactRows<double>;
template class ExactQuery<float>;
template class ExactQuery<double>;

}  // namespace samestory::similarity
