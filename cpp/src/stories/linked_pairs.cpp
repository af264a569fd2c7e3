#include "stories/linked_pairs.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "clustering/kept_entries.hpp"
#include "support/parallel.hpp"

namespace samestory {
namespace {

constexpr std::int64_t kRowsPerChunk = 256;

template <class Value>
double dot_of(const CsrView<Value>& rows, std::int64_t first, std::int64_t second) {
  double sum = 0;
  auto i = rows.offsets[first], j = rows.offsets[second];
  while (i < rows.offsets[first + 1] && j < rows.offsets[second + 1]) {
    const auto a = rows.columns[i], b = rows.columns[j];
    if (a == b) sum += static_cast<double>(rows.values[i]) * static_cast<double>(rows.values[j]);
    i += a <= b;
    j += b <= a;
  }
  return sum;
}

/// Both directions of each pair, in order, each once.
std::vector<std::pair<std::int32_t, std::int32_t>> both_ways(std::span<const RowPair> pairs) {
  std::vector<std::pair<std::int32_t, std::int32_t>> directed;
  for (const auto& [first, second] : pairs) {
    directed.emplace_back(first, second);
    directed.emplace_back(second, first);
  }
  std::sort(directed.begin(), directed.end());
  directed.erase(std::unique(directed.begin(), directed.end()), directed.end());
  return directed;
}

}  // namespace

template <class Value>
CsrMatrix<Value> within_gap(CsrMatrix<Value>&& pairs, std::span<const double> times, double max_gap,
                            const Control& control) {
  std::vector<char> is_kept(pairs.values.size());
  parallel_for(control, pairs.n_rows, kRowsPerChunk, [&](auto begin, auto end, int, auto&) {
    for (auto row = begin; row < end; ++row) {
      for (auto i = pairs.offsets[row]; i < pairs.offsets[row + 1]; ++i)
        is_kept[i] = !(std::abs(times[row] - times[pairs.columns[i]]) > max_gap);
    }
  });
  return kept_entries(pairs.view(), is_kept, control);
}

template <class Value>
CsrMatrix<Value> with_links(CsrMatrix<Value>&& pairs, std::span<const RowPair> must_link,
                            const CsrView<Value>& rows) {
  if (must_link.empty()) return std::move(pairs);
  const auto links = both_ways(must_link);
  CsrMatrix<Value> joined{pairs.n_rows, pairs.n_columns, {0}, {}, {}};
  auto next = links.begin();
  for (std::int64_t row = 0; row < pairs.n_rows; ++row) {
    auto i = pairs.offsets[row];
    const auto end = pairs.offsets[row + 1];
    const auto copy_until = [&](std::int64_t column) {
      for (; i < end && pairs.columns[i] < column; ++i) {
        joined.columns.push_back(pairs.columns[i]);
        joined.values.push_back(pairs.values[i]);
      }
    };
    for (; next != links.end() && next->first == row; ++next) {
      copy_until(next->second);
      const auto product = static_cast<Value>(dot_of(rows, row, next->second));
      joined.columns.push_back(next->second);
      joined.values.push_back(std::max(product, std::numeric_limits<Value>::min()));
      i += i < end && pairs.columns[i] == next->second;
    }
    copy_until(pairs.n_columns);
    joined.offsets.push_back(static_cast<std::int64_t>(joined.columns.size()));
  }
  return joined;
}

std::vector<std::int64_t> linked_groups(std::span<const RowPair> pairs, std::int64_t n) {
  std::vector<std::int64_t> group(n);
  std::iota(group.begin(), group.end(), 0);
  const auto root = [&](std::int64_t row) {
    while (group[row] != row)
      row = group[row] = group[group[row]];
    return row;
  };
  for (const auto& [first, second] : pairs) {
    const auto a = root(first), b = root(second);
    group[std::max(a, b)] = std::min(a, b);
  }
  for (std::int64_t row = 0; row < n; ++row)
    group[row] = root(row);
  return group;
}

#define SAMESTORY_LINKED_PAIRS(Value)                                                       \
  template CsrMatrix<Value> within_gap(CsrMatrix<Value>&&, std::span<const double>, double, \
                                       const Control&);                                     \
  template CsrMatrix<Value> with_links(CsrMatrix<Value>&&, std::span<const RowPair>,        \
                                       const CsrView<Value>&);
SAMESTORY_LINKED_PAIRS(float)
SAMESTORY_LINKED_PAIRS(double)
#undef SAMESTORY_LINKED_PAIRS

}  // namespace samestory
