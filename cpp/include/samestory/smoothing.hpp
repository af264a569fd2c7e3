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

/// Which neighbours smooth a row, and how much.
struct SmoothingOptions {
  /// The neighbours looked at: fewer miss stories of ten, more double the pairs of distant events.
  std::int64_t n_neighbors = 6;
  /// The neighbour whose similarity is that of texts which only come closest.
  std::int64_t background_rank = 20;
  /// A neighbour counts in full from this part of the way on from the background to the best.
  double in_full_from = 0.5;
};

/// The strongest neighbours of every row, as strongest_neighbors() gives them, each weighed by how
/// far it stands out: s * clip((s - c) / (in_full_from (best - c)), 0, 1), where s is its
/// similarity after fading, `best` that of the row's strongest entry and c that of its
/// `background_rank`-th one, both before fading (c is 0 where there are fewer).
template <class Value>
CsrMatrix<Value> smoothing_weights(const CsrView<Value>& graph, const SmoothingOptions& options,
                                   const Fading& fading, const Control& control);

/// Neighbour smoothing (Rocchio's expansion of a query by its nearest documents): every row becomes
/// normalize(row + sum over its neighbours of weight * neighbour). `weights` holds the neighbours,
/// as strongest_neighbors() gives them. Sums are made in double precision in a fixed order: the row
/// itself, then its neighbours by column.
template <class Value>
CsrMatrix<Value> smooth_rows(const CsrView<Value>& rows, const CsrView<Value>& weights,
                             const Control& control);

}  // namespace samestory
