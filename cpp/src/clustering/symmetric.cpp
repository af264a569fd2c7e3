#include "clustering/symmetric.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <string>
#include <utility>

#include "support/parallel.hpp"

namespace samestory {
namespace {

std::string entry_name(std::string_view name, std::int64_t row, std::int32_t column) {
  return std::string(name) + "[" + std::to_string(row) + ", " + std::to_string(column) + "]";
}

constexpr std::int64_t kRowsPerChunk = 1024;

/// Calls visit(column, value) for a row of the union of two matrices; of an entry that both have,
/// the mean.
template <class Value, class Visit>
void for_each_of_both(const CsrView<Value>& one, const CsrView<Value>& two, std::int64_t row,
                      Visit&& visit) {
  auto a = one.offsets[row], b = two.offsets[row];
  const auto a_end = one.offsets[row + 1], b_end = two.offsets[row + 1];
  while (a < a_end || b < b_end) {
    if (b == b_end || (a < a_end && one.columns[a] < two.columns[b])) {
      visit(one.columns[a], one.values[a]);
      ++a;
    } else if (a == a_end || two.columns[b] < one.columns[a]) {
      visit(two.columns[b], two.values[b]);
      ++b;
    } else {
      visit(one.columns[a], (one.values[a] + two.values[b]) / 2);
      ++a, ++b;
    }
  }
}

}  // namespace

template <class Value>
CsrMatrix<Value> transposed(const CsrView<Value>& matrix) {
  CsrMatrix<Value> result{matrix.n_columns, matrix.n_rows, {}, {}, {}};
  const auto n_entries = matrix.n_entries();
  result.offsets.assign(matrix.n_columns + 1, 0);
  result.columns.resize(n_entries);
  result.values.resize(n_entries);
  for (std::int64_t i = 0; i < n_entries; ++i)
    ++result.offsets[matrix.columns[i] + 1];
  for (std::int64_t i = 0; i < matrix.n_columns; ++i)
    result.offsets[i + 1] += result.offsets[i];
  std::vector<std::int64_t> next(result.offsets.begin(), result.offsets.end() - 1);
  for (std::int64_t row = 0; row < matrix.n_rows; ++row) {
    for (auto i = matrix.offsets[row]; i < matrix.offsets[row + 1]; ++i) {
      const auto place = next[matrix.columns[i]]++;
      result.columns[place] = static_cast<std::int32_t>(row);
      result.values[place] = matrix.values[i];
    }
  }
  return result;
}

template <class Value>
CsrMatrix<Value> symmetric_union(const CsrView<Value>& matrix, const Control& control) {
  const auto backward = transposed(matrix);
  const auto other = backward.view();
  // Counted first, so that no more memory is taken than what the result needs.
  CsrMatrix<Value> both{matrix.n_rows, matrix.n_columns, {}, {}, {}};
  both.offsets.assign(matrix.n_rows + 1, 0);
  parallel_for(control, matrix.n_rows, kRowsPerChunk, [&](auto begin, auto end, int, auto&) {
    for (auto row = begin; row < end; ++row)
      for_each_of_both(matrix, other, row, [&](auto, auto) { ++both.offsets[row + 1]; });
  });
  std::partial_sum(both.offsets.begin(), both.offsets.end(), both.offsets.begin());
  both.columns.resize(both.offsets.back());
  both.values.resize(both.offsets.back());
  parallel_for(control, matrix.n_rows, kRowsPerChunk, [&](auto begin, auto end, int, auto&) {
    auto place = both.offsets[begin];
    for (auto row = begin; row < end; ++row) {
      for_each_of_both(matrix, other, row, [&](auto column, auto value) {
        both.columns[place] = column;
        both.values[place++] = value;
      });
    }
  });
  return both;
}

template <class Value>
Buffer<std::int64_t> mirrored_links(const CsrView<Value>& matrix, std::string_view name) {
  if (matrix.n_rows != matrix.n_columns) {
    throw std::invalid_argument(std::string(name) + " has " + std::to_string(matrix.n_rows) +
                                " rows and " + std::to_string(matrix.n_columns) +
                                " columns: it has to be square");
  }
  Buffer<std::int64_t> mirror(matrix.n_entries());
  std::vector<std::int64_t> next(matrix.offsets.begin(), matrix.offsets.end());
  // Rows ascend, and so do the columns of the row in which each mirror image stands.
  for (std::int64_t row = 0; row < matrix.n_rows; ++row) {
    for (auto link = matrix.offsets[row]; link < matrix.offsets[row + 1]; ++link) {
      const auto column = matrix.columns[link];
      const auto image = next[column]++;
      if (image >= matrix.offsets[column + 1] || matrix.columns[image] != row) {
        throw std::invalid_argument(
            std::string(name) + " is not symmetric: only one of " + entry_name(name, row, column) +
            " and its mirror image is there" + "; use graph.maximum(graph.T)");
      }
      mirror[link] = image;
    }
  }
  return mirror;
}

template <class Value>
void check_weights(const CsrView<Value>& graph, std::string_view name, double highest) {
  constexpr double kRounding = 1e-5;
  const auto mirror = mirrored_links(graph, name);
  for (std::int64_t row = 0; row < graph.n_rows; ++row) {
    for (auto link = graph.offsets[row]; link < graph.offsets[row + 1]; ++link) {
      const auto column = graph.columns[link];
      const auto value = static_cast<double>(graph.values[link]);
      if (!(value >= 0) || (column != row && value > highest + kRounding)) {
        const auto range = std::isinf(highest) ? std::string("0 or more") : "in [0, 1]";
        throw std::invalid_argument(entry_name(name, row, column) + " is " + std::to_string(value) +
                                    ": it has to be " + range);
      }
      const auto image = static_cast<double>(graph.values[mirror[link]]);
      if (std::abs(value - image) > kRounding * std::max(1.0, value)) {
        throw std::invalid_argument(
            std::string(name) + " is not symmetric: " + entry_name(name, row, column) +
            " differs from its mirror " + "image; use (graph + graph.T) / 2");
      }
    }
  }
}

template CsrMatrix<float> transposed(const CsrView<float>&);
template CsrMatrix<double> transposed(const CsrView<double>&);
template CsrMatrix<float> symmetric_union(const CsrView<float>&, const Control&);
template CsrMatrix<double> symmetric_union(const CsrView<double>&, const Control&);

template Buffer<std::int64_t> mirrored_links(const CsrView<float>&, std::string_view);
template void check_weights(const CsrView<float>&, std::string_view, double);
template Buffer<std::int64_t> mirrored_links(const CsrView<double>&, std::string_view);
template void check_weights(const CsrView<double>&, std::string_view, double);

}  // namespace samestory
