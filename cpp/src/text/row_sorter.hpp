#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <vector>

#include "text/row_counter.hpp"

namespace samestory {

/// Puts the columns of a row in order: a bitmap of the columns with a bitmap of its words above it,
/// read from the lowest bit on. Linear in the row, where sorting would take a logarithm more.
class RowSorter {
 public:
  explicit RowSorter(std::int64_t n_columns)
      : counts_(static_cast<std::size_t>(n_columns)),
        bits_(static_cast<std::size_t>(n_columns) / 64 + 1),
        summary_(bits_.size() / 64 + 1) {}

  void add(std::uint32_t column, std::uint32_t count) {
    counts_[column] = count;
    bits_[column >> 6] |= std::uint64_t{1} << (column & 63);
    summary_[column >> 12] |= std::uint64_t{1} << (column >> 6 & 63);
    first_ = std::min(first_, column >> 12);
    last_ = std::max(last_, column >> 12);
  }

  /// Calls visit(column, count) in order and leaves the sorter empty.
  template <class Visitor>
  void drain(Visitor&& visit) {
    for (std::uint32_t s = first_; s <= last_ && s < summary_.size(); ++s) {
      for (std::uint64_t words = summary_[s]; words != 0; words &= words - 1) {
        const std::uint32_t word = s << 6 | static_cast<std::uint32_t>(std::countr_zero(words));
        for (std::uint64_t bits = bits_[word]; bits != 0; bits &= bits - 1) {
          const auto column = word << 6 | static_cast<std::uint32_t>(std::countr_zero(bits));
          visit(column, counts_[column]);
        }
        bits_[word] = 0;
      }
      summary_[s] = 0;
    }
    first_ = ~std::uint32_t{0};
    last_ = 0;
  }

 private:
  Buffer<std::uint32_t> counts_;
  std::vector<std::uint64_t> bits_;
  std::vector<std::uint64_t> summary_;
  std::uint32_t first_ = ~std::uint32_t{0};
  std::uint32_t last_ = 0;
};

}  // namespace samestory
