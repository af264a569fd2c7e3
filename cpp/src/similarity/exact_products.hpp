#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "similarity/best_list.hpp"
#include "similarity/search_plan.hpp"

namespace samestory::similarity {

/// The similarities of a query's candidates as the definition has them, in double precision.
template <class Value>
class ExactProducts {
 public:
  explicit ExactProducts(const SearchPlan<Value>& plan)
      : plan_(plan), query_(plan.queries.exact.view().n_columns, plan.kernels) {}

  static std::int64_t n_bytes(const SearchPlan<Value>& plan) {
    return ExactQuery<Value>::n_bytes(plan.queries.exact.view().n_columns);
  }

  /// Makes candidates of a query (a position in the order of its side) known, but for those that
  /// are known or skipped.
  template <class IsSkipped>
  void make_exact(std::int64_t query, std::span<Candidate> candidates, IsSkipped&& is_skipped) {
    query_.load(plan_.queries.exact, plan_.queries.order.row(query));
    const double time = plan_.queries.order.time(query);
    const auto& exact = plan_.targets.exact;
    const auto n = candidates.size();
    for (std::size_t i = 0; i < n; ++i) {
      if (i + 8 < n) exact.prefetch_place(plan_.targets.order.row(candidates[i + 8].position));
      if (i + 4 < n) exact.prefetch_entries(plan_.targets.order.row(candidates[i + 4].position));
      auto& candidate = candidates[i];
      if (candidate.is_known() || is_skipped(candidate)) continue;
      candidate.lower = similarity(time, candidate.position);
      candidate.spread = 0;
    }
  }

  /// Makes all candidates known and keeps those that belong to the result.
  void resolve(std::int64_t query, std::vector<Candidate>& candidates);

 private:
  double similarity(double time, std::int64_t position) {
    const double dot = query_.dot(plan_.targets.exact, plan_.targets.order.row(position));
    if (!plan_.half_life) return dot;
    return dot * std::exp2(-plan_.targets.order.gap(time, position) / *plan_.half_life);
  }

  const SearchPlan<Value>& plan_;
  ExactQuery<Value> query_;
};

}  // namespace samestory::similarity
