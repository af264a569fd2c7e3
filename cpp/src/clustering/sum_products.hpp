#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "clustering/cluster_pair.hpp"
#include "clustering/cluster_sums.hpp"
#include "clustering/dense_row.hpp"
#include "clustering/dot_kernels.hpp"
#include "samestory/control.hpp"
#include "samestory/csr.hpp"
#include "support/parallel.hpp"

namespace samestory {

/// Dot products of the sums of clusters' rows, many at once.
template <class Value>
class SumProducts {
 public:
  SumProducts(const CsrView<Value>& rows, const Control& control)
      : control_(control),
        sums_(rows),
        dense_(resolve_threads(control), DenseRow<Value>(rows.n_columns)) {}

  /// The sums of similarities over all pairs of members. A cluster's questions stand together.
  const std::vector<double>& of(const std::vector<Question>& questions) {
    group(questions);
    products_.resize(questions.size());
    constexpr std::int64_t kGroups = 16;
    parallel_for(control_, std::ssize(groups_), kGroups,
                 [&](auto begin, auto end, int worker, const Stop& stop) {
                   for (auto i = begin; i < end; ++i) {
                     stop.check();
                     multiply(groups_[i], questions, dense_[worker]);
                   }
                 });
    return products_;
  }

  /// The lower cluster of each pair becomes both.
  void merge(const std::vector<ClusterPair>& pairs) {
    parallel_for(control_, std::ssize(pairs), 256, [&](auto begin, auto end, int, const Stop&) {
      for (auto i = begin; i < end; ++i)
        sums_.merge(pairs[i].lower, pairs[i].higher);
    });
  }

 private:
  /// Questions that have a cluster in common: its sum is laid out densely once, for all of them.
  struct Group {
    std::int32_t dense;
    std::int64_t begin;
    std::int64_t end;
  };

  /// The cluster that asks is laid out, unless the other is so much longer that reading it would
  /// cost more than laying it out.
  bool lays_out_other(const Question& question) const {
    constexpr std::int64_t kMuch = 4;
    return sums_.length(question.other) > kMuch * sums_.length(question.cluster);
  }

  void group(const std::vector<Question>& questions) {
    const auto n = std::ssize(questions);
    lays_out_other_.resize(questions.size());
    parallel_for(control_, n, 4096, [&](auto begin, auto end, int, const Stop&) {
      for (auto i = begin; i < end; ++i)
        lays_out_other_[i] = lays_out_other(questions[i]);
    });
    groups_.clear();
    order_.clear();
    std::vector<std::int64_t> turned;
    for (std::int64_t i = 0; i < n; ++i) {
      if (lays_out_other_[i]) {
        turned.push_back(i);
      } else {
        add_to_group(questions[i].cluster, i);
      }
    }
    std::sort(turned.begin(), turned.end(), [&](auto a, auto b) {
      const auto first = questions[a].other;
      const auto second = questions[b].other;
      return first != second ? first < second : a < b;
    });
    for (const auto i : turned)
      add_to_group(questions[i].other, i);
  }

  void add_to_group(std::int32_t dense, std::int64_t question) {
    const auto place = std::ssize(order_);
    if (groups_.empty() || groups_.back().dense != dense) groups_.push_back({dense, place, place});
    ++groups_.back().end;
    order_.push_back(question);
  }

  void multiply(const Group& group, const std::vector<Question>& questions,
                DenseRow<Value>& scratch) {
    const bool is_dense = sums_.is_dense(group.dense);
    if (!is_dense) scratch.set(sums_.columns(group.dense), sums_.values(group.dense));
    const Value* dense = is_dense ? sums_.dense(group.dense).data() : scratch.data();
    const auto other_of = [&](std::int64_t k) {
      const auto [cluster, other] = questions[order_[k]];
      return cluster == group.dense ? other : cluster;
    };
    for (auto k = group.begin; k < group.end; ++k) {
      if (k + 1 < group.end) sums_.prefetch(other_of(k + 1));
      products_[order_[k]] = product(dense, other_of(k));
    }
    if (!is_dense) scratch.clear(sums_.columns(group.dense));
  }

  double product(const Value* dense, std::int32_t other) const {
    if (sums_.is_dense(other)) return dot(dense, sums_.dense(other));
    const auto columns = sums_.columns(other);
    return dot_(dense, columns.data(), sums_.values(other).data(), columns.size());
  }

  const Control& control_;
  const DotKernels& dot_ = dot_kernels_for(active_instruction_set());
  ClusterSums<Value> sums_;
  std::vector<DenseRow<Value>> dense_;
  std::vector<double> products_;
  std::vector<Group> groups_;
  std::vector<char> lays_out_other_;
  std::vector<std::int64_t> order_;  // the questions, group by group
};

}  // namespace samestory
