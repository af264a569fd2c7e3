#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <vector>

#include "samestory/csr.hpp"
#include "samestory/smoothing.hpp"

namespace samestory {

/// Finds the strongest entries of a row of a similarity graph, as strongest_neighbors() defines
/// them. The weakest that counts is selected by its value alone, and the entries are then taken in
/// the order of their columns, so that nothing has to be sorted.
class StrongestEntries {
 public:
  /// visit(column, strength), columns ascending.
  template <class Value, class Visit>
  void visit(const CsrView<Value>& graph, std::int64_t row, std::int64_t n_strongest,
             const Fading& fading, Visit&& visit) {
    columns_.clear();
    strengths_.clear();
    for (auto i = graph.offsets[row]; i < graph.offsets[row + 1]; ++i) {
      if (graph.columns[i] == row || !(graph.values[i] > 0)) continue;
      columns_.push_back(graph.columns[i]);
      strengths_.push_back(static_cast<double>(graph.values[i]) * fading(row, graph.columns[i]));
    }
    if (n_strongest <= 0) return;
    const bool takes_all = n_strongest >= std::ssize(strengths_);
    const double weakest = takes_all ? 0.0 : weakest_of(n_strongest);
    auto n_equal = takes_all ? std::ssize(strengths_) : n_strongest - number_above(weakest);
    for (std::size_t i = 0; i < strengths_.size(); ++i) {
      if (strengths_[i] > weakest || (strengths_[i] == weakest && n_equal-- > 0)) {
        visit(columns_[i], strengths_[i]);
      }
    }
  }

 private:
  double weakest_of(std::int64_t n_strongest) {
    selected_ = strengths_;
    const auto last = selected_.begin() + (n_strongest - 1);
    std::nth_element(selected_.begin(), last, selected_.end(), std::greater<>());
    return *last;
  }
  std::int64_t number_above(double weakest) const {
    return std::count_if(strengths_.begin(), strengths_.end(),
                         [&](double strength) { return strength > weakest; });
  }

  std::vector<std::int32_t> columns_;
  std::vector<double> strengths_;
  std::vector<double> selected_;
};

}  // namespace samestory
