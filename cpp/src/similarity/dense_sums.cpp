#include "similarity/dense_sums.hpp"

#include <algorithm>
#include <array>
#include <bit>

namespace samestory::similarity {
namespace {

/// Groups of dense features whose part of a block stays in the L1 cache while a batch passes.
constexpr std::int32_t kSlice = 48;

}  // namespace

DenseSums::DenseSums(const Kernels& kernels, std::int64_t largest_batch, bool may_cancel)
    : kernels_(kernels), may_cancel_(may_cancel) {
  totals_.assign(kBlockRows * largest_batch, 0);
}

void DenseSums::start() {
  queries_.clear();
  groups_.clear();
  weights_.clear();
}

void DenseSums::start_query() {
  features_.clear();
  values_.clear();
}

void DenseSums::add(std::int32_t feature, float value) {
  features_.push_back(feature);
  values_.push_back(value);
}

/// The features come in the order of their numbers, so those of a group side by side.
DenseQuery DenseSums::finish_query(const DensePart& part) {
  DenseQuery query;
  query.begin = groups_.size();
  steps_.resize(values_.size());
  query.values = quantize(values_, kMostSteps, steps_.data());
  std::int32_t sum = 0;
  for (std::size_t i = 0; i < features_.size();) {
    const auto group = features_[i] / static_cast<std::int32_t>(kGroup);
    std::array<std::int8_t, kGroup> weights{};
    for (; i < features_.size() && features_[i] / kGroup == group; ++i) {
      weights[features_[i] % kGroup] = steps_[i];
      sum += steps_[i];
    }
    groups_.push_back(group);
    weights_.push_back(std::bit_cast<std::int32_t>(weights));
  }
  query.first_total = part.first_total(sum);
  query.end = groups_.size();
  return query;
}

/// Block by block, and within a block by slices small enough for the cache, so that a slice is read
/// from farther away once for the whole batch.
void DenseSums::add_to(float* sums, std::int64_t stride, std::int64_t n_rows,
                       const DensePart& part) {
  if (groups_.empty()) return;
  plan_slices(part);
  for (std::int64_t row = 0; row < n_rows; row += kBlockRows) {
    const auto* block = part.block(row);
    for (std::size_t i = 0; i < queries_.size(); ++i)
      std::fill_n(totals_.data() + i * kBlockRows, kBlockRows, queries_[i].first_total);
    for (const auto& slice : slices_) {
      kernels_.add_dense(totals_.data() + slice.query * kBlockRows, block,
                         groups_.data() + slice.begin, weights_.data() + slice.begin, slice.count);
    }
    for (std::size_t i = 0; i < queries_.size(); ++i) {
      if (queries_[i].is_empty()) continue;
      kernels_.settle_dense(sums + static_cast<std::int64_t>(i) * stride + row,
                            totals_.data() + i * kBlockRows,
                            part.scale(queries_[i].values, row, may_cancel_));
    }
  }
}

/// Which groups of which query: all queries' of the first slice, then of the second ...
void DenseSums::plan_slices(const DensePart& part) {
  slices_.clear();
  for (auto& query : queries_)
    query.next = query.begin;
  for (auto end = kSlice; end < part.n_groups() + kSlice; end += kSlice) {
    for (std::size_t i = 0; i < queries_.size(); ++i) {
      auto& next = queries_[i].next;
      const auto begin = next;
      while (next < queries_[i].end && groups_[next] < end)
        ++next;
      if (next > begin) slices_.push_back({i, begin, static_cast<std::int64_t>(next - begin)});
    }
  }
}

}  // namespace samestory::similarity
