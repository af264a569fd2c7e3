#pragma once

#include <cstdint>
#include <span>

#include "samestory/buffer.hpp"
#include "samestory/control.hpp"
#include "samestory/csr.hpp"
#include "similarity/kernels.hpp"
#include "support/prefetch.hpp"

namespace samestory::similarity {

/// Rows as the definition of their similarity sees them: values in double precision, divided by
/// their row's norm. Nothing is stored for an entry; dividing again is cheaper than reading more.
template <class Value>
class ExactRows {
 public:
  ExactRows(const CsrView<Value>& view, bool normalize, const Control& control);

  const CsrView<Value>& view() const { return view_; }
  std::int64_t n_rows() const { return view_.n_rows; }
  std::int64_t n_bytes() const { return bytes_of(scales_) + bytes_of(norms_); }
  double norm(std::int64_t row) const { return norms_[row]; }
  /// The Euclidean length of the row as it enters a similarity: 1, or 0 for a row of zeros, if
  /// rows are normalized.
  double length(std::int64_t row) const {
    return normalize_ ? (norms_[row] > 0) : norms_[row] / scales_[row];
  }
  /// The value of an entry of the row divided by the row's norm.
  double normalized(std::int64_t row, std::int64_t entry) const {
    return static_cast<double>(view_.values[entry]) * scales_[row] / norms_[row];
  }
  /// Asks for what says where the row is, and later for the row itself.
  void prefetch_place(std::int64_t row) const {
    prefetch(&view_.offsets[row]);
    prefetch(&norms_[row]);
    prefetch(&scales_[row]);
  }
  void prefetch_entries(std::int64_t row) const {
    prefetch(view_.columns.data() + view_.offsets[row]);
    prefetch(view_.values.data() + view_.offsets[row]);
  }
  /// The value of an entry as it enters a similarity.
  double weight(std::int64_t row, std::int64_t entry) const {
    return normalize_ ? normalized(row, entry) : static_cast<double>(view_.values[entry]);
  }
  /// The same for values of a row.
  void to_weights(std::int64_t row, std::span<double> values) const {
    if (!normalize_) return;
    const double scale = scales_[row], norm = norms_[row];
    for (auto& value : values)
      value = value * scale / norm;
  }

 private:
  CsrView<Value> view_;
  bool normalize_;
  Buffer<double> scales_;  // powers of two that keep squares from over- and underflowing: mostly 1
  Buffer<double> norms_;   // of the scaled rows
};

/// One row spread over all columns, to be multiplied with many others.
template <class Value>
class ExactQuery {
 public:
  ExactQuery(std::int64_t n_columns, const Kernels& kernels)
      : kernels_(kernels), weights_(n_columns, 0.0), has_(n_columns / 32 + 1, 0) {}

  static std::int64_t n_bytes(std::int64_t n_columns) {
    return n_columns * static_cast<std::int64_t>(sizeof(double)) + n_columns / 8;
  }
  void load(const ExactRows<Value>& rows, std::int64_t row);
  /// The double sum in column order. Columns that only one row has add an exact zero, so this is
  /// the sum over the shared columns, the same from either side.
  double dot(const ExactRows<Value>& rows, std::int64_t row);

 private:
  const Kernels& kernels_;
  const CsrView<Value>* loaded_ = nullptr;
  std::int64_t loaded_row_ = -1;
  Buffer<double> weights_;
  Buffer<std::uint32_t> has_;         // a bit for each column, whether the query has it
  Buffer<std::int32_t> shared_;       // entries of the other row in columns that both have
  Buffer<double> weights_of_shared_;  // and their values
};

}  // namespace samestory::similarity
