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

/// Ascending days: the most of them that lie within `scale` days.
double most_within(const std::vector<double>& days, double scale) {
  std::ptrdiff_t most = 0;
  for (std::ptrdiff_t first = 0, next = 0; next < std::ssize(days); ++next) {
    while (days[next] - days[first] > scale)
      ++first;
    most = std::max(most, next - first + 1);
  }
  return static_cast<double>(most);
}

/// of(days) for the ascending days of each node, for leaves without a day of none.
template <class Of>
std::vector<double> of_days(std::span<const LinkageRow> linkage, std::span<const double> days,
                            Of&& of) {
  const auto n = days.size();
  std::vector<double> values(n + linkage.size(), 0.0);
  std::vector<std::vector<double>> inside(n + linkage.size());
  for (std::size_t leaf = 0; leaf < n; ++leaf) {
    if (!std::isnan(days[leaf])) inside[leaf] = {days[leaf]};
    values[leaf] = of(inside[leaf]);
  }
  for (std::size_t k = 0; k < linkage.size(); ++k) {
    const Children children(linkage[k]);
    auto& left = inside[children.left];
    auto& right = inside[children.right];
    auto& both = inside[n + k];
    if (right.empty()) {
      both = std::move(left);
      values[n + k] = values[children.left];
    } else if (left.empty()) {
      both = std::move(right);
      values[n + k] = values[children.right];
    } else {
      both = merged(left, right);
      values[n + k] = of(both);
    }
    for (auto* gone : {&left, &right})
      std::vector<double>().swap(*gone);  // to assign {} would keep the memory
  }
  return values;
}

}  // namespace

std::vector<double> worst_silences(std::span<const LinkageRow> linkage,
                                   std::span<const double> days, double scale) {
  const auto is_unknown = [](double day) { return std::isnan(day); };
  if (std::all_of(days.begin(), days.end(), is_unknown)) {
    return std::vector<double>(days.size() + linkage.size(), 0.0);
  }
  return of_days(linkage, days, [=](const auto& some) { return worst_silence(some, scale); });
}

std::vector<double> most_at_once(std::span<const LinkageRow> linkage, std::span<const double> days,
                                 double scale) {
  return of_days(linkage, days, [=](const auto& some) { return most_within(some, scale); });
}

}  // namespace samestory
