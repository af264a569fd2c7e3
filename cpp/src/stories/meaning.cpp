#include "samestory/meaning.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "support/parallel.hpp"

namespace samestory {
namespace {

constexpr std::int64_t kRowsPerChunk = 256;

/// The sum of the vectors of a text's words.
void add_vectors(const Meanings& meanings, std::int64_t text, std::vector<std::int64_t>& sum) {
  std::fill(sum.begin(), sum.end(), 0);
  const auto& weights = meanings.weights;
  for (auto i = weights.offsets[text]; i < weights.offsets[text + 1]; ++i) {
    const auto* vector = meanings.vectors.data() + weights.columns[i] * meanings.n_dimensions;
    for (std::size_t d = 0; d < sum.size(); ++d)
      sum[d] += weights.values[i] * vector[d];
  }
}

/// What makes a sum as long as the square root of the text's share.
double scale_of(const std::vector<std::int64_t>& sum, double share) {
  const auto squares = std::inner_product(sum.begin(), sum.end(), sum.begin(), std::int64_t{0});
  return std::sqrt(share) / std::sqrt(static_cast<double>(std::max<std::int64_t>(squares, 1)));
}

template <class Value>
Buffer<std::int64_t> offsets_of(const CsrView<Value>& rows, const Meanings& meanings) {
  Buffer<std::int64_t> offsets(rows.offsets.begin(), rows.offsets.end());
  std::int64_t n_short = 0;
  for (std::int64_t text = 0; text < rows.n_rows; ++text) {
    n_short += meanings.shares[text] > 0;
    offsets[text + 1] += n_short * meanings.n_dimensions;
  }
  return offsets;
}

template <class Value>
void write_row(const CsrView<Value>& rows, std::int64_t text, const Meanings& meanings,
               std::vector<std::int64_t>& sum, std::int32_t* columns, Value* values) {
  const auto own = rows.row_columns(text);
  const auto left = static_cast<Value>(std::sqrt(1.0 - meanings.shares[text]));
  columns = std::copy(own.begin(), own.end(), columns);
  for (const auto value : rows.row_values(text))
    *values++ = value * left;
  if (!(meanings.shares[text] > 0)) return;
  add_vectors(meanings, text, sum);
  const double scale = scale_of(sum, meanings.shares[text]);
  std::iota(columns, columns + sum.size(), static_cast<std::int32_t>(rows.n_columns));
  for (const auto number : sum)
    *values++ = static_cast<Value>(static_cast<double>(number) * scale);
}

}  // namespace

template <class Value>
CsrMatrix<Value> with_meaning(const CsrView<Value>& rows, const Meanings& meanings,
                              const Control& control) {
  if (std::ssize(meanings.shares) != rows.n_rows || meanings.weights.n_rows != rows.n_rows) {
    throw std::invalid_argument("meanings have to be of as many texts as there are rows");
  }
  CsrMatrix<Value> both{
      rows.n_rows, rows.n_columns + meanings.n_dimensions, offsets_of(rows, meanings), {}, {}};
  both.columns.resize(both.offsets.back());
  both.values.resize(both.offsets.back());
  parallel_for(control, rows.n_rows, kRowsPerChunk, [&](auto begin, auto end, int, auto&) {
    std::vector<std::int64_t> sum(meanings.n_dimensions);
    for (auto text = begin; text < end; ++text) {
      write_row(rows, text, meanings, sum, both.columns.data() + both.offsets[text],
                both.values.data() + both.offsets[text]);
    }
  });
  return both;
}

template CsrMatrix<float> with_meaning(const CsrView<float>&, const Meanings&, const Control&);
template CsrMatrix<double> with_meaning(const CsrView<double>&, const Meanings&, const Control&);

}  // namespace samestory
