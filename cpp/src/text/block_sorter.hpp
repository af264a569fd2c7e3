#pragma once

#include <array>
#include <bit>
#include <cstdint>

#include "samestory/buffer.hpp"

namespace samestory {

/// Puts the entries of a block of rows in order of their columns by radix sort. Written out to
/// their rows in that order, every row has its columns sorted, and idf is read from front to back.
class BlockSorter {
 public:
  explicit BlockSorter(std::int64_t n_columns) {
    const int bits = static_cast<int>(std::bit_width(static_cast<std::uint64_t>(n_columns)));
    n_passes_ = (bits + kMostBits - 1) / kMostBits;
    digit_bits_ = n_passes_ == 0 ? 1 : (bits + n_passes_ - 1) / n_passes_;
  }

  void start(std::size_t n_entries) {
    keys_.resize(n_entries);
    other_.resize(n_entries);
    rows_.resize(n_entries);
    size_ = 0;
  }
  void add(std::uint32_t column, std::uint32_t entry, std::uint32_t row) {
    keys_[size_++] = static_cast<std::uint64_t>(column) << 32 | entry;
    rows_[entry] = row;
  }

  /// Calls visit(column, entry, row) by column; entries of one column in the order of add().
  template <class Visitor>
  void drain(Visitor&& visit) {
    for (int pass = 0; pass < n_passes_; ++pass)
      sort_by_digit(32 + pass * digit_bits_);
    for (std::size_t i = 0; i < size_; ++i) {
      const auto entry = static_cast<std::uint32_t>(keys_[i]);
      visit(static_cast<std::uint32_t>(keys_[i] >> 32), entry, rows_[entry]);
    }
  }

 private:
  static constexpr int kMostBits = 11;

  void sort_by_digit(int shift) {
    std::array<std::uint32_t, (1 << kMostBits) + 1> places{};
    const std::uint64_t mask = (std::uint64_t{1} << digit_bits_) - 1;
    for (std::size_t i = 0; i < size_; ++i)
      ++places[(keys_[i] >> shift & mask) + 1];
    for (std::size_t digit = 1; digit <= mask; ++digit)
      places[digit] += places[digit - 1];
    for (std::size_t i = 0; i < size_; ++i)
      other_[places[keys_[i] >> shift & mask]++] = keys_[i];
    keys_.swap(other_);
  }

  int n_passes_;
  int digit_bits_;
  Buffer<std::uint64_t> keys_, other_;
  Buffer<std::uint32_t> rows_;
  std::size_t size_ = 0;
};

}  // namespace samestory
