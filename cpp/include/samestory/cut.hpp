#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include "samestory/control.hpp"
#include "samestory/csr.hpp"
#include "samestory/dendrogram.hpp"

namespace samestory {

/// How well one article sits in its story: the silhouette on similarities, weighted by the size of
/// the story, since copies of one headline are the tightest story of all.
struct CutCriterion {
  /// Weight of a story of n: log(size_offset + n), and a little more for stories of more than 50,
  /// which repeated headlines would otherwise break up.
  double size_offset = 2.0;
  /// A story of one counts as if it held itself together at this similarity: it gains where every
  /// other story is less similar.
  double lone_similarity = 0.85;

  /// `own`: mean similarity to the rest of the story; `next`: to the best other story.
  double operator()(double own, double next, std::int64_t size) const {
    const double held = size > 1 ? own : lone_similarity;
    const double room = std::max({1 - held, 1 - next, 1e-3});
    return weight(static_cast<double>(size)) * (held - next) / room;
  }

  double weight(double size) const {
    const double extra = std::clamp(std::pow(size / 50.0, 0.3), 1.0, 1.5);
    return std::log(size_offset + size) * extra;
  }
};

/// The criterion's mean over the articles, at some of a dendrogram's levels.
struct CutCurve {
  std::vector<std::int64_t> n_merges;  ///< how many merges are done, ascending from 0
  std::vector<double> score;
};

/// Levels spread over a dendrogram, at most about `max_levels`: half of them evenly over the
/// merges, half over the similarities. Merges of one similarity are never split.
std::vector<std::int64_t> spread_levels(const Dendrogram& dendrogram, std::int64_t max_levels);

/// The curve of `criterion` at the ascending levels `n_merges`. Similarities to a story are exact
/// means of dot products of `rows`; the other stories looked at are those that `pairs` (symmetric)
/// links to the article. The curve ends early, from fine to coarse, where the score has fallen to
/// `give_up` times its best so far: the coarsest levels take the longest. Of large corpora a sample
/// will do: the rows where `is_judged` is not 0; empty means all.
template <class Value>
CutCurve cut_curve(const CsrView<Value>& rows, const CsrView<Value>& pairs,
                   const Dendrogram& dendrogram, std::vector<std::int64_t> n_merges,
                   const CutCriterion& criterion, double give_up, std::span<const char> is_judged,
                   const Control& control);

/// The same read off the dendrogram alone, in one pass: every member of a story is taken to be as
/// similar to the rest of it as its members are on average, and the best other story to be the one
/// that its story merges with next. For corpora where the exact curve would take too long.
CutCurve tree_cut_curve(const Dendrogram& dendrogram, std::vector<std::int64_t> n_merges,
                        const CutCriterion& criterion);

}  // namespace samestory
