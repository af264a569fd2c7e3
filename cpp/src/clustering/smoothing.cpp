#include "samestory/smoothing.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <stdexcept>
#include <utility>
#include <vector>

#include "clustering/row_assembly.hpp"

namespace samestory {
namespace {

constexpr std::int64_t kRowsPerChunk = 256;

/// A row under construction: sums by column, and two levels of bits that say which were touched, so
/// that they can be read in order without sorting.
class Accumulator {
 public:
  explicit Accumulator(std::int64_t width)
      : sums_(width, 0.0), touched_(width / 64 + 1, 0), touched_words_(width / 4096 + 1, 0) {}

  template <class Value>
  void add(std::span<const std::int32_t> columns, std::span<const Value> values, double weight) {
    touch(columns);
    for (std::size_t i = 0; i < columns.size(); ++i)
      sums_[columns[i]] += weight * static_cast<double>(values[i]);
  }

  void touch(std::span<const std::int32_t> columns) {
    for (const auto column : columns) {
      touched_[column / 64] |= std::uint64_t{1} << (column % 64);
      touched_words_[column / 4096] |= std::uint64_t{1} << (column / 64 % 64);
    }
  }

  /// How many columns were touched; starts again.
  std::int64_t take_count() {
    std::int64_t count = 0;
    for_each_touched([&](std::size_t column) {
      ++count;
      touched_[column / 64] = 0;
    });
    std::fill(touched_words_.begin(), touched_words_.end(), 0);
    return count;
  }

  /// Writes the sums in column order, scaled to length 1, and starts again.
  template <class Value>
  void take_normalized(std::int32_t* columns, Value* values) {
    double squares = 0;
    for_each_touched([&](std::size_t column) { squares += sums_[column] * sums_[column]; });
    const double scale = squares > 0 ? 1 / std::sqrt(squares) : 0;
    for_each_touched([&](std::size_t column) {
      *columns++ = static_cast<std::int32_t>(column);
      *values++ = static_cast<Value>(sums_[column] * scale);
      sums_[column] = 0;
      touched_[column / 64] = 0;
    });
    std::fill(touched_words_.begin(), touched_words_.end(), 0);
  }

 private:
  /// `visit` may clear the bits of the word that it is in.
  template <class Visit>
  void for_each_touched(Visit&& visit) const {
    for (std::size_t group = 0; group < touched_words_.size(); ++group) {
      for (auto words = touched_words_[group]; words != 0; words &= words - 1) {
        const auto word = 64 * group + static_cast<std::size_t>(std::countr_zero(words));
        for (auto bits = touched_[word]; bits != 0; bits &= bits - 1)
          visit(64 * word + static_cast<std::size_t>(std::countr_zero(bits)));
      }
    }
  }

  std::vector<double> sums_;
  std::vector<std::uint64_t> touched_;        // a bit a column
  std::vector<std::uint64_t> touched_words_;  // a bit for each of those words
};

}  // namespace

template <class Value>
CsrMatrix<Value> strongest_neighbors(const CsrView<Value>& graph, std::int64_t n_neighbors,
                                     const Control& control) {
  using Entry = std::pair<Value, std::int32_t>;
  const auto stronger = [](const Entry& a, const Entry& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  };
  const auto make_row = [&](std::int64_t row, int, auto& chunk) {
    std::vector<Entry> entries;
    for (auto i = graph.offsets[row]; i < graph.offsets[row + 1]; ++i) {
      if (graph.columns[i] != row && graph.values[i] > 0) {
        entries.emplace_back(graph.values[i], graph.columns[i]);
      }
    }
    const auto kept = std::min<std::int64_t>(n_neighbors, std::ssize(entries));
    std::nth_element(entries.begin(), entries.begin() + kept, entries.end(), stronger);
    entries.resize(kept);
    std::sort(entries.begin(), entries.end(),
              [](const Entry& a, const Entry& b) { return a.second < b.second; });
    for (const auto& [value, column] : entries)
      chunk.push(column, value);
  };
  return RowAssembly<Value>::build(graph.n_rows, graph.n_columns, kRowsPerChunk, control, make_row);
}

template <class Value>
CsrMatrix<Value> smooth_rows(const CsrView<Value>& rows, const CsrView<Value>& weights,
                             const Control& control) {
  if (weights.n_rows != rows.n_rows || weights.n_columns != rows.n_rows) {
    throw std::invalid_argument("weights have to be square, with a row for each of the rows");
  }
  std::vector<Accumulator> accumulators(resolve_threads(control), Accumulator(rows.n_columns));
  // Counted first, so that no more memory is taken than what the result needs.
  CsrMatrix<Value> smoothed{rows.n_rows, rows.n_columns, {}, {}, {}};
  smoothed.offsets.assign(rows.n_rows + 1, 0);
  parallel_for(control, rows.n_rows, kRowsPerChunk, [&](auto begin, auto end, int worker, auto&) {
    for (auto row = begin; row < end; ++row) {
      accumulators[worker].touch(rows.row_columns(row));
      for (const auto neighbor : weights.row_columns(row))
        accumulators[worker].touch(rows.row_columns(neighbor));
      smoothed.offsets[row + 1] = accumulators[worker].take_count();
    }
  });
  std::partial_sum(smoothed.offsets.begin(), smoothed.offsets.end(), smoothed.offsets.begin());
  smoothed.columns.resize(smoothed.offsets.back());
  smoothed.values.resize(smoothed.offsets.back());
  parallel_for(
      control, rows.n_rows, kRowsPerChunk,
      [&](auto begin, auto end, int worker, auto&) {
        auto& sums = accumulators[worker];
        for (auto row = begin; row < end; ++row) {
          sums.add(rows.row_columns(row), rows.row_values(row), 1.0);
          for (auto i = weights.offsets[row]; i < weights.offsets[row + 1]; ++i) {
            const auto neighbor = weights.columns[i];
            sums.add(rows.row_columns(neighbor), rows.row_values(neighbor),
                     static_cast<double>(weights.values[i]));
          }
          sums.take_normalized(&smoothed.columns[smoothed.offsets[row]],
                               &smoothed.values[smoothed.offsets[row]]);
        }
      },
      "smoothing rows");
  return smoothed;
}

template CsrMatrix<float> strongest_neighbors(const CsrView<float>&, std::int64_t, const Control&);
template CsrMatrix<double> strongest_neighbors(const CsrView<double>&, std::int64_t,
                                               const Control&);
template CsrMatrix<float> smooth_rows(const CsrView<float>&, const CsrView<float>&, const Control&);
template CsrMatrix<double> smooth_rows(const CsrView<double>&, const CsrView<double>&,
                                       const Control&);

}  // namespace samestory
