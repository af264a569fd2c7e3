#pragma once

#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "samestory/buffer.hpp"
#include "similarity/aligned_array.hpp"
#include "similarity/dense_part.hpp"
#include "similarity/kernels.hpp"
#include "similarity/prepared_rows.hpp"
#include "support/parallel.hpp"

namespace samestory::similarity {

/// An inverted index of consecutive target rows, few enough that a sum for each fits the L1 cache.
///
/// A feature of few rows is a list of postings; those of many are a dense matrix.
struct Tile {
  struct List {
    std::uint32_t begin;  ///< in postings; of a dense feature: its number
    std::uint32_t size;   ///< 0 for a dense feature
  };

  std::int64_t begin = 0;
  std::int64_t end = 0;
  std::int64_t n_padded = 0;      ///< rows, rounded up to whole blocks
  Buffer<std::uint64_t> present;  ///< a bit for each feature of the order
  Buffer<std::uint32_t> before;   ///< features present before each word of bits
  Buffer<List> lists;             ///< one for each feature present
  Buffer<Posting> postings;
  DensePart dense;
  AlignedFloats remainders;  ///< [level][row], zero in the padding
  AlignedFloats losses;      ///< [row], enlarged; zero in the padding
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
  std::int64_t n_bytes() const {
    return bytes_of(present) + bytes_of(before) + bytes_of(lists) + bytes_of(postings) +
           dense.n_bytes() + remainders.n_bytes() + losses.n_bytes() + bytes_of(largest_remainders);
  }
  const float* level_remainders(int level) const { return remainders.data() + level * n_padded; }
};

/// Which features of a tile are dense: those in a share of its rows, if two rows have so many of
/// them in common that adding up whole blocks is less work than walking through lists.
struct DenseRule {
  double share;
  double least_products;
};

/// Indexes targets [begin, end).
Tile build_tile(const PreparedRows& targets, const FeatureOrder& order, std::int64_t begin,
                std::int64_t end, const DenseRule& rule, const Stop& stop);

}  // namespace samestory::similarity
