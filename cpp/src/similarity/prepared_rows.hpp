#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "samestory/buffer.hpp"
#include "samestory/control.hpp"
#include "similarity/exact_rows.hpp"

namespace samestory::similarity {

/// The features by which rows can meet, numbered from rare to frequent.
///
/// Two columns that the same rows have, as a word and its beginning often are, are one feature:
/// half the work to add up. Its value in a row is the norm of the row's two values, so that (by
/// Cauchy and Schwarz) a product is never below what the columns add; how far it can be above
/// depends on how far the two values are from the proportion that is usual for the two columns.
struct FeatureOrder {
  struct Place {
    std::int32_t rank = -1;  ///< -1: no two rows can meet in it
    float share = 0;  ///< of a twin: its part of a row of usual proportions that has unit length
  };
  std::int32_t n_features = 0;
  Buffer<Place> place_of_column;
  bool has_twins = false;
  /// Level l leaves features from number cuts[l] on out of a sum and bounds what they could add.
  /// Level 0 leaves out none; the levels leave out growing shares of the work of a full sum.
  std::vector<std::int32_t> cuts;

  int n_levels() const { return static_cast<int>(cuts.size()); }
  std::int64_t n_bytes() const { return bytes_of(place_of_column) + bytes_of(cuts); }
};

/// Orders the features of the targets; of a join with itself, those in one row are left out.
template <class Value>
FeatureOrder order_features(const CsrView<Value>& targets, bool is_self_join,
                            const Control& control);

/// Rows of unit length in single precision, for the candidate stage: in the join's own order, their
/// features renumbered and sorted from rare to frequent.
struct PreparedRows {
  std::int64_t n_rows = 0;
  Buffer<std::int64_t> offsets;
  Buffer<std::int32_t> features;
  Buffer<float> values;
  Buffer<float> remainders;  ///< [row * n_levels + level]: norm of what the level leaves out
  Buffer<double> lengths;    ///< what a cosine is multiplied by to be a similarity
  Buffer<float> margins;     ///< how far a single-precision sum can be from the cosine
  /// How much twins may have added to a product: at most the losses of its two rows together.
  Buffer<float> losses;
  int n_levels = 0;
  /// Sums may cancel or underflow to zero although the similarity is not zero.
  bool may_vanish = false;

  std::int64_t n_bytes() const {
    return bytes_of(offsets) + bytes_of(features) + bytes_of(values) + bytes_of(remainders) +
           bytes_of(lengths) + bytes_of(margins) + bytes_of(losses);
  }
  const float* row_remainders(std::int64_t row) const { return &remainders[row * n_levels]; }
  /// The first entry of the row that the level leaves out.
  std::int64_t cut(std::int64_t row, int level, const FeatureOrder& order) const;
};

/// `order[p]` is the row that comes p-th.
template <class Value>
PreparedRows prepare_rows(const ExactRows<Value>& rows, std::span<const std::int64_t> order,
                          const FeatureOrder& features, const Control& control);

}  // namespace samestory::similarity
