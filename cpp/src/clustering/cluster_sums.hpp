#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "samestory/csr.hpp"
#include "support/prefetch.hpp"

namespace samestory {

/// The sum of the rows of every cluster, clusters being named by a row of theirs.
///
/// A cluster of one is a view of its row. A sum with many terms is kept dense: adding a small
/// cluster to it, or a dot product with one, then costs the small one's length.
template <class Value>
class ClusterSums {
 public:
  explicit ClusterSums(const CsrView<Value>& rows) : rows_(rows), sums_(rows.n_rows) {}

  std::int64_t width() const { return rows_.n_columns; }
  bool is_dense(std::int32_t cluster) const {
    return sums_[cluster] && !sums_[cluster]->dense.empty();
  }
  /// Of a cluster that is not dense.
  std::span<const std::int32_t> columns(std::int32_t cluster) const {
    if (!sums_[cluster]) return rows_.row_columns(cluster);
    return sums_[cluster]->columns;
  }
  std::span<const Value> values(std::int32_t cluster) const {
    if (!sums_[cluster]) return rows_.row_values(cluster);
    return sums_[cluster]->values;
  }
  std::span<const Value> dense(std::int32_t cluster) const { return sums_[cluster]->dense; }
  /// Asks for the memory of a cluster's sum.
  void prefetch(std::int32_t cluster) const {
    if (is_dense(cluster)) return;
    samestory::prefetch(columns(cluster).data());
    samestory::prefetch(values(cluster).data());
  }
  /// Entries to visit for a dot product.
  std::int64_t length(std::int32_t cluster) const {
    return is_dense(cluster) ? width() : std::ssize(columns(cluster));
  }

  /// `kept` becomes the sum of both, `gone` is emptied. Different pairs may merge at once.
  void merge(std::int32_t kept, std::int32_t gone) {
    if (is_dense(kept)) {
      add_to_dense(*sums_[kept], gone);
    } else if (is_dense(gone)) {
      auto sum = std::move(sums_[gone]);
      add_to_dense(*sum, kept);
      sums_[kept] = std::move(sum);
    } else {
      sums_[kept] = merged_sparse(kept, gone);
    }
    sums_[gone].reset();
  }

 private:
  struct Sum {
    Buffer<std::int32_t> columns;
    Buffer<Value> values;
    std::vector<Value> dense;
  };

  void add_to_dense(Sum& sum, std::int32_t other) const {
    if (is_dense(other)) {
      const auto values = dense(other);
      for (std::size_t i = 0; i < values.size(); ++i)
        sum.dense[i] += values[i];
      return;
    }
    const auto other_columns = columns(other);
    const auto other_values = values(other);
    for (std::size_t i = 0; i < other_columns.size(); ++i)
      sum.dense[other_columns[i]] += other_values[i];
  }

  std::unique_ptr<Sum> merged_sparse(std::int32_t a, std::int32_t b) const {
    auto sum = std::make_unique<Sum>();
    const auto n = columns(a).size() + columns(b).size();
    if (n > kDenseShare * static_cast<double>(width())) {
      sum->dense.assign(width(), Value{0});
      add_to_dense(*sum, a);
      add_to_dense(*sum, b);
      return sum;
    }
    const auto n_merged = n - n_shared(columns(a), columns(b));  // room for no more than is used
    sum->columns.resize(n_merged);
    sum->values.resize(n_merged);
    write_merged(*sum, a, b);
    return sum;
  }

  static std::size_t n_shared(std::span<const std::int32_t> a, std::span<const std::int32_t> b) {
    std::size_t i = 0, j = 0, n = 0;
    while (i < a.size() && j < b.size()) {
      const auto left = a[i], right = b[j];
      n += left == right;
      i += left <= right;
      j += right <= left;
    }
    return n;
  }

  /// Writes both in the order of their columns.
  void write_merged(Sum& sum, std::int32_t a, std::int32_t b) const {
    const auto ca = columns(a), cb = columns(b);
    const auto va = values(a), vb = values(b);
    auto* columns = sum.columns.data();
    auto* values = sum.values.data();
    std::size_t i = 0, j = 0, n = 0;
    while (i < ca.size() && j < cb.size()) {
      const bool takes_a = ca[i] <= cb[j];
      const bool takes_b = cb[j] <= ca[i];
      columns[n] = takes_a ? ca[i] : cb[j];
      values[n] = (takes_a ? va[i] : Value{0}) + (takes_b ? vb[j] : Value{0});
      ++n;
      i += takes_a;
      j += takes_b;
    }
    std::copy(ca.begin() + i, ca.end(), columns + n);
    std::copy(va.begin() + i, va.end(), values + n);
    n += ca.size() - i;
    std::copy(cb.begin() + j, cb.end(), columns + n);
    std::copy(vb.begin() + j, vb.end(), values + n);
  }

  /// A dense value takes a third of a sparse entry's memory and far less of its time.
  static constexpr double kDenseShare = 0.25;
  CsrView<Value> rows_;
  std::vector<std::unique_ptr<Sum>> sums_;
};

}  // namespace samestory
