#include "similarity/exact_products.hpp"

#include <algorithm>

namespace samestory::similarity {

template <class Value>
void ExactProducts<Value>::resolve(std::int64_t query, std::vector<Candidate>& candidates) {
  const auto is_known = [](const Candidate& candidate) { return candidate.is_known(); };
  if (!std::all_of(candidates.begin(), candidates.end(), is_known))
    make_exact(query, candidates, is_known);
  std::erase_if(candidates,
                [&](const auto& one) { return one.lower == 0 || !(one.lower >= plan_.floor); });
  if (!plan_.top_n || static_cast<std::int64_t>(candidates.size()) <= *plan_.top_n) return;
  const auto& order = plan_.targets.order;
  std::nth_element(candidates.begin(), candidates.begin() + *plan_.top_n, candidates.end(),
                   [&](const auto& a, const auto& b) {
                     if (a.lower != b.lower) return a.lower > b.lower;
                     return order.row(a.position) < order.row(b.position);
                   });
  candidates.resize(*plan_.top_n);
}

template class ExactProducts<float>;
template class ExactProducts<double>;

}  // namespace samestory::similarity
