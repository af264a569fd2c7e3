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
        n_asked_(rows.n_rows, 0),
        dense_(resolve_threads(control), DenseRow<Value>(rows.n_columns)) {}

  /// The sums of similarities over all pairs of members. A cluster's questions stand together.
  const std::vector<double>& of(const std::vector<Question>& questions) {
    group(questions);
    products_.resize(questions.size());
    std::int64_t n_entries = 0;
    for (const auto [cluster, other] : questions)
      n_entries += sums_.length(cluster) + sums_.length(other);
    parallel_for(control_, std::ssize(groups_), grain(std::ssize(groups_), n_entries),
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
    const auto n = std::ssize(pairs);
    std::int64_t n_entries = 0;
    for (const auto [lower, higher] : pairs)
      n_entries += sums_.length(lower) + sums_.length(higher);
    parallel_for(control_, n, grain(n, n_entries), [&](auto begin, auto end, int, const Stop&) {
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

  /// How many of n sums are worth a turn of a thread, of so many entries in all: late rounds have
  /// few, and often not enough to start threads for.
  std::int64_t grain(std::int64_t n, std::int64_t n_entries) const {
    constexpr std::int64_t kEntries = 1 << 16, kTurns = 8;
    if (n_entries < kEntries) return n;
    const auto enough = std::max<std::int64_t>(1, n * kEntries / n_entries);
    return std::clamp<std::int64_t>(n / (kTurns * resolve_threads(control_)), 1, enough);
  }

  /// Of two clusters, the one is laid out that costs less: to lay out takes about twice as long an
  /// entry as to read, and is shared by all questions about the cluster.
  std::int32_t laid_out(const Question& question) const {
    const auto [a, b] = question;
    const auto cost = [&](std::int32_t laid, std::int32_t read) {
      const double once = sums_.is_dense(laid) ? 0 : 2.0 * static_cast<double>(sums_.length(laid));
      return once / n_asked_[laid] + static_cast<double>(sums_.length(read));
    };
    return cost(b, a) < cost(a, b) ? b : a;
  }

  void group(const std::vector<Question>& questions) {
    const auto n = std::ssize(questions);
    for (const auto [cluster, other] : questions)
      ++n_asked_[cluster], ++n_asked_[other];
    laid_out_.resize(questions.size());
    parallel_for(control_, n, 4096, [&](auto begin, auto end, int, const Stop&) {
      for (auto i = begin; i < end; ++i)
        laid_out_[i] = laid_out(questions[i]);
    });
    for (const auto [cluster, other] : questions)
      n_asked_[cluster] = n_asked_[other] = 0;
    groups_.clear();
    order_.clear();
    std::vector<std::int64_t> turned;
    for (std::int64_t i = 0; i < n; ++i) {
      if (laid_out_[i] == questions[i].cluster) {
        add_to_group(laid_out_[i], i);
      } else {
        turned.push_back(i);
      }
    }
    std::sort(turned.begin(), turned.end(), [&](auto a, auto b) {
      return laid_out_[a] != laid_out_[b] ? laid_out_[a] < laid_out_[b] : a < b;
    });
    for (const auto i : turned)
      add_to_group(laid_out_[i], i);
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
  std::vector<std::int32_t> n_asked_;  // by cluster: questions about it
  std::vector<DenseRow<Value>> dense_;
  std::vector<double> products_;
  std::vector<Group> groups_;
  std::vector<std::int32_t> laid_out_;  // by question
  std::vector<std::int64_t> order_;     // the questions, group by group
};

}  // namespace samestory
