#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "similarity/aligned_array.hpp"
#include "similarity/dense_part.hpp"
#include "similarity/kernels.hpp"
#include "similarity/quantized.hpp"

namespace samestory::similarity {

/// One query's values of a tile's dense features: which of a batch's groups are its own.
struct DenseQuery {
  std::size_t begin = 0, end = 0, next = 0;
  Quantized values = {};
  std::int32_t first_total = 0;

  bool is_empty() const { return begin == end; }
};

/// What the dense features of a tile add to the sums of a batch of queries.
class DenseSums {
 public:
  /// `may_cancel`: whether products of values may be negative or vanish.
  DenseSums(const Kernels& kernels, std::int64_t largest_batch, bool may_cancel);

  /// Forgets the batch before.
  void start();
  /// Starts a query, whose values of dense features follow in the order of the features' numbers.
  void start_query();
  void add(std::int32_t feature, float value);
  DenseQuery finish_query(const DensePart& part);
  /// Makes a query the next of those that are summed.
  void keep(const DenseQuery& query) { queries_.push_back(query); }

  /// Adds up all queries that were kept: the i-th's sums of the tile's rows start at i * stride.
  void add_to(float* sums, std::int64_t stride, std::int64_t n_rows, const DensePart& part);

 private:
  /// Some of a query's groups of dense features.
  struct Slice {
    std::size_t query, begin;
    std::int64_t count;
  };
  void plan_slices(const DensePart& part);

  const Kernels& kernels_;
  bool may_cancel_;
  std::vector<DenseQuery> queries_;
  std::vector<std::int32_t> groups_, weights_;  // four weights of a group in a number
  std::vector<Slice> slices_;
  AlignedArray<std::int32_t> totals_;   // of a block, for each of a batch
  std::vector<std::int32_t> features_;  // of one query
  std::vector<float> values_;
  std::vector<std::int8_t> steps_;
};

}  // namespace samestory::similarity
