#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "samestory/control.hpp"
#include "samestory/csr.hpp"

namespace samestory {

/// Rows in groups: group k holds rows members[starts[k]] up to members[starts[k + 1]]. A row may be
/// in a group more than once, and counts so often.
struct Groups {
  std::span<const std::int64_t> members;
  std::span<const std::int64_t> starts;

  std::int64_t size() const { return std::ssize(starts) - 1; }
  std::span<const std::int64_t> of(std::int64_t group) const {
    return members.subspan(starts[group], starts[group + 1] - starts[group]);
  }
};

/// For each group the place within it of the row with the largest dot product with the sum of all
/// its rows; of those that differ by rounding alone the first. 0 for a group that is empty.
template <class Value>
std::vector<std::int64_t> group_centres(const CsrView<Value>& rows, const Groups& groups,
                                        const Control& control);

/// For each group the `n` columns with the largest sums above 0 over its rows, largest first, of
/// equal ones the lower; -1 where there are fewer. Columns c with is_left_out[c] do not count.
template <class Value>
std::vector<std::int32_t> group_columns(const CsrView<Value>& rows, const Groups& groups,
                                        std::span<const std::uint8_t> is_left_out, std::int64_t n,
                                        const Control& control);

}  // namespace samestory
