#pragma once

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
        dense_(resolve_threads(control), DenseRow<Value>(rows.n_columns)),
        group_of_(rows.n_rows, -1) {}

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

  /// The cluster that asks, unless the other is so much longer that reading it would cost more than
  /// laying it out.
  std::int32_t laid_out(const Question& question) const {
    constexpr std::int64_t kMuch = 4;
    const bool is_much = sums_.length(question.other) > kMuch * sums_.length(question.cluster);
    return is_much ? question.other : question.cluster;
  }

  void group(const std::vector<Question>& questions) {
    groups_.clear();
    group_of_question_.resize(questions.size());
    for (std::size_t i = 0; i < questions.size(); ++i) {
      const auto dense = laid_out(questions[i]);
      if (group_of_[dense] < 0) {
        group_of_[dense] = static_cast<std::int32_t>(groups_.size());
        groups_.push_back({dense, 0, 0});
      }
      group_of_question_[i] = group_of_[dense];
      ++groups_[group_of_question_[i]].end;  // counts, until the next loop
    }
    std::int64_t total = 0;
    for (auto& group : groups_) {
      const auto size = group.end;
      group.begin = group.end = total;
      total += size;
      group_of_[group.dense] = -1;
    }
    order_.resize(questions.size());
    for (std::size_t i = 0; i < questions.size(); ++i)
      order_[groups_[group_of_question_[i]].end++] = static_cast<std::int64_t>(i);
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
  std::vector<std::int32_t> group_of_question_;
  std::vector<std::int64_t> order_;     // the questions, group by group
  std::vector<std::int32_t> group_of_;  // by cluster; -1 outside of group()
};

}  // namespace samestory
