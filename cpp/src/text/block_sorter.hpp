#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

#include "samestory/buffer.hpp"

namespace samestory {

/// Puts the entries of a few rows in order of their columns by radix sort. Written out to their
/// rows in that order, every row has its columns sorted, and idf is read from front to back.
class BlockSorter {
 public:
  /// A column, and 32 bits that go with it.
  using Key = std::uint64_t;
  static Key key_of(std::uint32_t column, std::uint32_t payload) {
    return static_cast<Key>(column) << 32 | payload;
  }
  static std::uint32_t column_of(Key key) { return static_cast<std::uint32_t>(key >> 32); }
  static std::uint32_t payload_of(Key key) { return static_cast<std::uint32_t>(key); }

  explicit BlockSorter(std::int64_t n_columns) {
    const int bits = static_cast<int>(std::bit_width(static_cast<std::uint64_t>(n_columns)));
    n_passes_ = (bits + kMostBits - 1) / kMostBits;
    digit_bits_ = n_passes_ == 0 ? 1 : (bits + n_passes_ - 1) / n_passes_;
  }

  /// Room for n keys, to be filled before sort().
  Key* room(std::size_t n) {
    if (keys_.size() < n) {
      keys_.resize(n);
      other_.resize(n);
    }
    return keys_.data();
  }
  /// The first n keys by column; those of one column stay in their order.
  std::span<const Key> sort(std::size_t n) {
    for (int pass = 0; pass < n_passes_; ++pass)
      sort_by_digit(n, 32 + pass * digit_bits_);
    return {keys_.data(), n};
  }

 private:
  static constexpr int kMostBits = 11;

  void sort_by_digit(std::size_t n, int shift) {
    std::array<std::uint32_t, (1 << kMostBits) + 1> places;
    const Key mask = (Key{1} << digit_bits_) - 1;
    std::fill_n(places.begin(), mask + 2, 0u);
    const Key* from = keys_.data();
    Key* to = other_.data();
    for (std::size_t i = 0; i < n; ++i)
      ++places[(from[i] >> shift & mask) + 1];
    for (std::size_t digit = 1; digit <= mask; ++digit)
      places[digit] += places[digit - 1];
    for (std::size_t i = 0; i < n; ++i)
      to[places[from[i] >> shift & mask]++] = from[i];
    keys_.swap(other_);
  }

  int n_passes_;
  int digit_bits_;
  Buffer<Key> keys_, other_;
};

}  // namespace samestory
