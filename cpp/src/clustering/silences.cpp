// Silences: how many articles of a branch lie beyond a gap in time.
#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>
#include <vector>

#include "samestory/worth.hpp"

namespace samestory {
namespace {

/// Ascending days of which the longest silence, weighed by the articles beyond it, is sought.
double worst_silence(const std::vector<double>& days, double scale) {
  const auto n = std::ssize(days);
  double worst = 0;
  for (std::int64_t left = 1; left < n; ++left) {
    const auto beyond = 2.0 * static_cast<double>(std::min(left, n - left));
    // A silence counts less than the articles beyond it: the exponential is rarely needed.
    if (beyond <= worst) continue;
    worst = std::max(worst, beyond * (1.0 - std::exp(-(days[left] - days[left - 1]) / scale)));
  }
  return worst;
}

std::vector<double> merged(const std::vector<double>& a, const std::vector<double>& b) {
  std::vector<double> days;
  days.reserve(a.size() + b.size());
  std::merge(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(days));
  return days;
}

}  // namespace

std::vector<double> worst_silences(std::span<const LinkageRow> linkage,
                                   std::span<const double> days, double scale) {
  const auto n = days.size();
  std::vector<double> silence(n + linkage.size(), 0.0);
  if (std::all_of(days.begin(), days.end(), [](double day) { return std::isnan(day); })) {
    return silence;
  }
  std::vector<std::vector<double>> inside(n + linkage.size());
  for (std::size_t leaf = 0; leaf < n; ++leaf) {
    if (!std::isnan(days[leaf])) inside[leaf] = {days[leaf]};
  }
  for (std::size_t k = 0; k < linkage.size(); ++k) {
    const Children children(linkage[k]);
    auto& left = inside[children.left];
    auto& right = inside[children.right];
    auto& both = inside[n + k];
    if (right.empty()) {
      both = std::move(left);
      silence[n + k] = silence[children.left];
    } else if (left.empty()) {
      both = std::move(right);
      silence[n + k] = silence[children.right];
    } else {
      both = merged(left, right);
      silence[n + k] = worst_silence(both, scale);
    }
    for (auto* gone : {&left, &right})
      std::vector<double>().swap(*gone);  // to assign {} would keep the memory
  }
  return silence;
}

}  // namespace samestory
