#pragma once

#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "samestory/buffer.hpp"
#include "similarity/aligned_floats.hpp"
#include "similarity/kernels.hpp"
#include "similarity/prepared_rows.hpp"

namespace samestory::similarity {

/// An inverted index of consecutive target rows, few enough that a sum for each fits the L1 cache.
///
/// A feature of few rows is a list of (row, value); one of many is a row of a dense matrix, stored
/// in blocks of kBlockRows columns so that the sums of a block stay in registers.
struct Tile {
  struct List {
    std::uint32_t begin;  ///< in rows and values; of a dense feature: its number
    std::uint32_t size;   ///< 0 for a dense feature
  };

  std::int64_t begin = 0;
  std::int64_t end = 0;
  std::int64_t n_padded = 0;  ///< rows, rounded up to whole blocks
  std::int32_t n_dense = 0;
  Buffer<std::uint64_t> present;  ///< a bit for each feature of the order
  Buffer<std::uint32_t> before;   ///< features present before each word of bits
  Buffer<List> lists;             ///< one for each feature present
  Buffer<std::uint16_t> rows;
  Buffer<float> values;
  AlignedFloats dense;       ///< [block][dense feature][row of the block]
  AlignedFloats remainders;  ///< [level][row], zero in the padding
  std::vector<float> largest_remainders;
  double largest_length = 0;

  /// The feature's list, or nullptr where no row has it.
  const List* find(std::int32_t feature) const {
    const auto word = present[feature >> 6];
    const auto bit = std::uint64_t{1} << (feature & 63);
    if ((word & bit) == 0) return nullptr;
    return &lists[before[feature >> 6] +
                  static_cast<std::uint32_t>(std::popcount(word & (bit - 1)))];
  }
  const float* level_remainders(int level) const { return remainders.data() + level * n_padded; }
};

/// Indexes targets [begin, end); features in at least `dense_share` of the rows become dense.
Tile build_tile(const PreparedRows& targets, const FeatureOrder& order, std::int64_t begin,
                std::int64_t end, double dense_share);

}  // namespace samestory::similarity
