#pragma once

#include <cmath>
#include <cstdint>
#include <span>

#include "samestory/control.hpp"
#include "samestory/csr.hpp"

namespace samestory {

/// How similarities fade with time: two rows that are a gap of g days apart count
/// floor + (1 - floor) exp(-g / scale). A row whose day is NaN counts in full.
struct Fading {
  std::span<const double> days = {};  ///< by row; empty: nothing fades
  double scale = 1.0;
  double floor = 1.0;

  double operator()(std::int64_t row, std::int64_t other) const {
    if (days.empty()) return 1.0;
    const double gap = std::abs(days[row] - days[other]);
    return std::isnan(gap) ? 1.0 : floor + (1.0 - floor) * std::exp(-gap / scale);
  }
};

/// The `n_neighbors` strongest positive entries of every row of a similarity graph, the diagonal
/// left out, as they are after fading; of equal ones the lower column. Columns ascend.
template <class Value>
CsrMatrix<Value> strongest_neighbors(const CsrView<Value>& graph, std::int64_t n_neighbors,
                                     const Fading& fading, const Control& control);

template <class Value>
CsrMatrix<Value> strongest_neighbors(const CsrView<Value>& graph, std::int64_t n_neighbors,
                                     const Control& control) {
  return strongest_neighbors(graph, n_neighbors, Fading{}, control);
}

/// Neighbour smoothing (Rocchio's expansion of a query by its nearest documents): every row becomes
/// normalize(row + sum over its neighbours of weight * neighbour). `weights` holds the neighbours,
/// as strongest_neighbors() gives them. Sums are made in double precision in a fixed order: the row
/// itself, then its neighbours by column.
template <class Value>
CsrMatrix<Value> smooth_rows(const CsrView<Value>& rows, const CsrView<Value>& weights,
                             const Control& control);

}  // namespace samestory
