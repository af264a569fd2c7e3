#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "samestory/control.hpp"
#include "samestory/csr.hpp"

namespace samestory {

/// Which pairs of rows a join keeps, and what their similarity is.
///
/// The similarity of two rows is the sum, in double precision and in column order, of the products
/// of their values, each value first divided by its row's Euclidean norm if `normalize` is set, and
/// multiplied by exp2(-gap / half_life) if that is. Up to 4 ulp below the threshold counts as
/// reaching it, so that copies of a row reach 1. A similarity of zero is never kept.
struct JoinOptions {
  /// Pairs at this similarity or more; in (0, 1].
  std::optional<double> threshold = {};
  /// Only so many of each row's most similar rows; ties go to the lower column.
  std::optional<std::int64_t> top_n = {};
  /// A time for each row, NaN where it is not known; empty: no times.
  std::span<const double> times_x = {};
  std::span<const double> times_y = {};
  /// Only pairs with |time - time| <= max_gap; an unknown time meets every other.
  std::optional<double> max_gap = {};
  /// The gap that halves a similarity.
  std::optional<double> half_life = {};
  bool normalize = true;
  /// Of a matrix with itself: each pair once, as (lower row, higher row).
  bool triangle = false;
};

/// Sizes that no result depends on. Tests shrink them so that small inputs cross their borders.
struct JoinTuning {
  std::int64_t tile_rows = 8192;  ///< rows a tile, a multiple of 128, at most 65,536
  std::int64_t chunk_rows = 256;  ///< query rows a task
  double dense_share = 0;         ///< share of a tile from which a feature is dense; 0: measured
  /// How large the part left out of a bound may be, as a share of the bound.
  double cut_share_threshold = 0.92;
  double cut_share_top_n = 0.15;
};

/// Bytes that a join takes beside its result.
struct JoinMemory {
  std::int64_t held = 0;        ///< by what was prepared
  std::int64_t per_thread = 0;  ///< by each thread at work
  std::int64_t lists = 0;       ///< by the lists of all rows at once, where all() would use them
};

/// One row's part of a result as coordinates.
template <class Value>
struct JoinEdges {
  Buffer<std::int64_t> rows;
  Buffer<std::int64_t> columns;
  Buffer<Value> similarities;
};

/// An exact join of the rows of X with those of Y, or of X with itself, prepared once and then
/// computed whole or in blocks of rows. The matrices and times have to outlive it; they have to
/// have sorted, unique, in-range columns and finite values.
template <class Value>
class SimilarityJoiner {
 public:
  /// With itself.
  SimilarityJoiner(const CsrView<Value>& x, const JoinOptions& options, const Control& control,
                   const JoinTuning& tuning = {});
  SimilarityJoiner(const CsrView<Value>& x, const CsrView<Value>& y, const JoinOptions& options,
                   const Control& control, const JoinTuning& tuning = {});
  ~SimilarityJoiner();
  SimilarityJoiner(SimilarityJoiner&&) noexcept;

  JoinMemory memory() const;
  /// The whole result; symmetric for a join of X with itself by threshold alone. A join of X with
  /// itself by top_n keeps lists of all rows at once, which makes it faster, where those take no
  /// more than `list_bytes`.
  CsrMatrix<Value> all(const Control& control, std::int64_t list_bytes = kListBytes) const;
  /// Some rows of the result (of the symmetric one, even if only the triangle was asked for).
  CsrMatrix<Value> rows(std::span<const std::int64_t> wanted, const Control& control) const;
  /// A join of X with itself by threshold: each pair once, as (lower row, higher row), those whose
  /// later row in the join's own order is in [begin, end). Together, 0 to n_rows give every pair.
  JoinEdges<Value> pairs(std::int64_t begin, std::int64_t end, const Control& control) const;

  static constexpr std::int64_t kListBytes = std::int64_t{1} << 30;

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
};

/// The join of X with itself; a row is not paired with itself.
template <class Value>
CsrMatrix<Value> similarity_join(const CsrView<Value>& x, const JoinOptions& options,
                                 const Control& control = {}, const JoinTuning& tuning = {});

/// The join of the rows of X (rows of the result) with those of Y (columns of the result).
template <class Value>
CsrMatrix<Value> similarity_join(const CsrView<Value>& x, const CsrView<Value>& y,
                                 const JoinOptions& options, const Control& control = {},
                                 const JoinTuning& tuning = {});

}  // namespace samestory
