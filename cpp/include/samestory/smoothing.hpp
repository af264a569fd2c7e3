#pragma once

#include <cmath>
#include <cstdint>
#include <span>

#include "samestory/control.hpp"
#include "samestory/csr.hpp"

namespace samestory {

/// How similarities fade with time: two rows that are a gap of g days apart count
/// floor + (1 - floor) exp(-(g / scale)^2): reports of one event come within days, those of
/// look-alikes weeks later. Of two rows of which one has a day and the other has not (NaN), nothing
/// is known: they count (1 + floor) / 2. Two without a day count in full.
struct Fading {
  std::span<const double> days = {};  ///< by row; empty: nothing fades
  double scale = 1.0;
  double floor = 1.0;

  double operator()(std::int64_t row, std::int64_t other) const {
    if (days.empty()) return 1.0;
    const double gap = std::abs(days[row] - days[other]);
    if (!std::isnan(gap)) return floor + (1.0 - floor) * std::exp(-(gap * gap) / (scale * scale));
    return std::isnan(days[row]) == std::isnan(days[other]) ? 1.0 : (1.0 + floor) / 2;
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

/// What is known of the texts that rows are made of; an entry for each row.
struct TextTraits {
  /// 1 for texts as short as headlines, 0 for articles.
  std::span<const double> shortness;
  /// The product of those of two texts is the least similarity of two texts of one story.
  std::span<const double> least_similarity;
};

/// Which neighbours smooth a row, and how much.
struct SmoothingOptions {
  /// The neighbours looked at: fewer miss stories of ten, more double the pairs of distant events.
  /// Two cost .10 of F1.
  std::int64_t n_neighbors = 6;
  /// The neighbour whose similarity is that of texts which only come closest. Worth .003 of F1 in
  /// company, and nine of ten wrong pairs.
  std::int64_t background_rank = 20;
  /// A neighbour counts in full from this part of the way on from the background to the best. Worth
  /// two of three wrong pairs.
  double in_full_from = 0.5;
  /// A similarity s weighs s^.7 among articles, where weaker neighbours still tell of the event,
  /// and 3 s^2 among headlines, where they share a word by chance; the power and the logarithm of
  /// the factor are linear in the shortness between. Worth .001 of F1 and a tenth of the right
  /// pairs.
  double power_of_long = 0.7, power_of_short = 2.0, factor_of_short = 3.0;
};

/// The strongest neighbours of every row, as strongest_neighbors() gives them, each weighed by its
/// similarity s after fading and by how far that stands out: the weight of s (see SmoothingOptions)
/// times clip((s - c) / (in_full_from (best - c)), 0, 1), where `best` is the similarity of the
/// row's strongest entry and c that of its `background_rank`-th one, both before fading (c is 0
/// where there are fewer). Those less similar than two texts of one story are left out.
template <class Value>
CsrMatrix<Value> smoothing_weights(const CsrView<Value>& graph, const TextTraits& texts,
                                   const SmoothingOptions& options, const Fading& fading,
                                   const Control& control);

/// Neighbour smoothing (Rocchio's expansion of a query by its nearest documents): every row becomes
/// normalize(row + sum over its neighbours of weight * neighbour). `weights` holds the neighbours,
/// as strongest_neighbors() gives them. Sums are made in double precision in a fixed order: the row
/// itself, then its neighbours by column.
template <class Value>
CsrMatrix<Value> smooth_rows(const CsrView<Value>& rows, const CsrView<Value>& weights,
                             const Control& control);

}  // namespace samestory
