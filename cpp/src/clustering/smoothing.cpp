#include "samestory/smoothing.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>
#include <vector>

#include "clustering/row_assembly.hpp"

namespace samestory {
namespace {

constexpr std::int64_t kRowsPerChunk = 256;

/// A row under construction: sums by column, and which columns were touched.
class Accumulator {
 public:
  explicit Accumulator(std::int64_t width) : sums_(width, 0.0), touched_(width, 0) {}

  template <class Value>
  void add(std::span<const std::int32_t> columns, std::span<const Value> values, double weight) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const auto column = columns[i];
      if (!touched_[column]) {
        touched_[column] = 1;
        columns_.push_back(column);
      }
      sums_[column] += weight * static_cast<double>(values[i]);
    }
  }

  /// Pushes the sums in column order, scaled to length 1, and starts again.
  template <class Chunk>
  void flush_normalized(Chunk& chunk) {
    std::sort(columns_.begin(), columns_.end());
    double squares = 0;
    for (const auto column : columns_)
      squares += sums_[column] * sums_[column];
    const double scale = squares > 0 ? 1 / std::sqrt(squares) : 0;
    for (const auto column : columns_) {
      using Value = typename decltype(chunk.values)::value_type;
      const auto value = static_cast<Value>(sums_[column] * scale);
      if (value != 0) chunk.push(column, value);
      sums_[column] = 0;
      touched_[column] = 0;
    }
    columns_.clear();
  }

 private:
  std::vector<double> sums_;
  std::vector<char> touched_;
  std::vector<std::int32_t> columns_;
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
  const auto make_row = [&](std::int64_t row, int worker, auto& chunk) {
    auto& sums = accumulators[worker];
    sums.add(rows.row_columns(row), rows.row_values(row), 1.0);
    for (auto i = weights.offsets[row]; i < weights.offsets[row + 1]; ++i) {
      const auto neighbor = weights.columns[i];
      sums.add(rows.row_columns(neighbor), rows.row_values(neighbor),
               static_cast<double>(weights.values[i]));
    }
    sums.flush_normalized(chunk);
  };
  return RowAssembly<Value>::build(rows.n_rows, rows.n_columns, kRowsPerChunk, control, make_row);
}

template CsrMatrix<float> strongest_neighbors(const CsrView<float>&, std::int64_t, const Control&);
template CsrMatrix<double> strongest_neighbors(const CsrView<double>&, std::int64_t,
                                               const Control&);
template CsrMatrix<float> smooth_rows(const CsrView<float>&, const CsrView<float>&, const Control&);
template CsrMatrix<double> smooth_rows(const CsrView<double>&, const CsrView<double>&,
                                       const Control&);

}  // namespace samestory
