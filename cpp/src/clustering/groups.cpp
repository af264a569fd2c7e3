#include "samestory/groups.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>
#include <vector>

#include "support/parallel.hpp"

namespace samestory {
namespace {

constexpr std::int64_t kGroupsPerChunk = 64;
// What is closer by less is rounding: of two rows, both are as near to their centre.
constexpr double kTie = 1e-5;

/// The sum of some sparse rows, laid out densely; clearing costs what was added.
class ColumnSums {
 public:
  /// Columns c with is_left_out[c] are passed over; an empty mask leaves out none.
  ColumnSums(std::int64_t width, std::span<const std::uint8_t> is_left_out)
      : sums_(width, 0.0), states_(width, kNew) {
    for (std::size_t column = 0; column < is_left_out.size(); ++column)
      if (is_left_out[column]) states_[column] = kLeftOut;
  }

  template <class Value>
  void add(const CsrView<Value>& rows, std::int64_t row) {
    const auto columns = rows.row_columns(row);
    const auto values = rows.row_values(row);
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const auto column = columns[i];
      if (states_[column] == kLeftOut) continue;
      if (states_[column] == kNew) touched_.push_back(column);
      states_[column] = kAdded;
      sums_[column] += static_cast<double>(values[i]);
    }
  }

  template <class Value>
  double dot(const CsrView<Value>& rows, std::int64_t row) const {
    const auto columns = rows.row_columns(row);
    const auto values = rows.row_values(row);
    double sum = 0;
    for (std::size_t i = 0; i < columns.size(); ++i)
      sum += sums_[columns[i]] * static_cast<double>(values[i]);
    return sum;
  }

  double operator[](std::int32_t column) const { return sums_[column]; }
  std::span<const std::int32_t> touched() const { return touched_; }

  void clear() {
    for (const auto column : touched_) {
      sums_[column] = 0;
      states_[column] = kNew;
    }
    touched_.clear();
  }

 private:
  enum State : std::uint8_t { kNew, kAdded, kLeftOut };
  std::vector<double> sums_;
  std::vector<State> states_;
  std::vector<std::int32_t> touched_;
};

void check(const Groups& groups, std::int64_t n_rows) {
  const auto n_members = std::ssize(groups.members);
  if (groups.starts.empty() || groups.starts.front() != 0 || groups.starts.back() != n_members ||
      !std::is_sorted(groups.starts.begin(), groups.starts.end()))
    throw std::invalid_argument("starts have to rise from 0 to the number of members");
  for (const auto row : groups.members) {
    if (row < 0 || row >= n_rows) throw std::out_of_range("members have to be rows of the matrix");
  }
}

/// Calls work(group, sums of its rows) for every group of `least` rows or more.
template <class Value, class Work>
void for_each_group(const CsrView<Value>& rows, const Groups& groups, std::int64_t least,
                    std::span<const std::uint8_t> is_left_out, const Control& control,
                    const Work& work) {
  std::vector<ColumnSums> all(resolve_threads(control), ColumnSums(rows.n_columns, is_left_out));
  parallel_for(control, groups.size(), kGroupsPerChunk,
               [&](auto begin, auto end, int worker, auto& stop) {
                 auto& sums = all[worker];
                 for (auto group = begin; group < end; ++group) {
                   stop.check();
                   if (std::ssize(groups.of(group)) < least) continue;
                   for (const auto row : groups.of(group))
                     sums.add(rows, row);
                   work(group, sums);
                   sums.clear();
                 }
               });
}

}  // namespace

template <class Value>
std::vector<std::int64_t> group_centres(const CsrView<Value>& rows, const Groups& groups,
                                        const Control& control) {
  check(groups, rows.n_rows);
  std::vector<std::int64_t> centres(groups.size(), 0);
  // The only row of a group is its centre.
  for_each_group(rows, groups, 2, {}, control, [&](std::int64_t group, const ColumnSums& sums) {
    double best = 0;
    const auto members = groups.of(group);
    for (std::size_t i = 0; i < members.size(); ++i) {
      const double closeness = sums.dot(rows, members[i]);
      if (closeness <= best * (1 + kTie)) continue;
      best = closeness;
      centres[group] = static_cast<std::int64_t>(i);
    }
  });
  return centres;
}

template <class Value>
std::vector<std::int32_t> group_columns(const CsrView<Value>& rows, const Groups& groups,
                                        std::span<const std::uint8_t> is_left_out, std::int64_t n,
                                        const Control& control) {
  check(groups, rows.n_rows);
  if (std::ssize(is_left_out) != rows.n_columns)
    throw std::invalid_argument("is_left_out has to have an entry for every column");
  if (n < 1) throw std::invalid_argument("n has to be 1 or more");
  std::vector<std::int32_t> best(groups.size() * n, -1);
  for_each_group(rows, groups, 1, is_left_out, control,
                 [&](std::int64_t group, const ColumnSums& sums) {
                   std::vector<std::pair<double, std::int32_t>> falling;
                   falling.reserve(sums.touched().size());
                   for (const auto column : sums.touched())
                     if (sums[column] > 0) falling.emplace_back(-sums[column], column);
                   const auto count = std::min<std::int64_t>(n, std::ssize(falling));
                   const auto end = falling.begin() + count;
                   std::partial_sort(falling.begin(), end, falling.end());
                   std::transform(falling.begin(), end, best.begin() + group * n,
                                  [](const auto& entry) { return entry.second; });
                 });
  return best;
}

template std::vector<std::int64_t> group_centres(const CsrView<float>&, const Groups&,
                                                 const Control&);
template std::vector<std::int64_t> group_centres(const CsrView<double>&, const Groups&,
                                                 const Control&);
template std::vector<std::int32_t> group_columns(const CsrView<float>&, const Groups&,
                                                 std::span<const std::uint8_t>, std::int64_t,
                                                 const Control&);
template std::vector<std::int32_t> group_columns(const CsrView<double>&, const Groups&,
                                                 std::span<const std::uint8_t>, std::int64_t,
                                                 const Control&);

}  // namespace samestory
