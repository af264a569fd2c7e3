#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <utility>
#include <vector>

#include "samestory/buffer.hpp"
#include "similarity/best_list.hpp"
#include "similarity/tile_index.hpp"

namespace samestory::similarity {

/// Candidates for the n best of every row of a join with itself, to which all workers add.
///
/// Each pair is compared once and offered to both of its rows. What a row's bound discards is
/// strictly below the row's n-th best, so the lists end up the same in whatever order the offers
/// come. The rows of a tile share a lock; workers add what a batch of queries found at once.
class SharedBest {
 public:
  SharedBest(std::span<const Tile> tiles, std::int64_t n, double floor, std::int64_t capacity);

  static std::int64_t bytes_per_row(std::int64_t capacity) {
    return static_cast<std::int64_t>(sizeof(Candidate)) * capacity +
           static_cast<std::int64_t>(sizeof(double) + 2 * sizeof(std::int32_t));
  }
  std::mutex& lock_of(std::size_t tile) { return locks_[tile]; }

  // A row is used by one worker at a time: under the lock of its tile where others may add.

  double bound(std::int64_t position) const { return bounds_[position]; }
  /// Whether more can be added; where not, the list is to be compacted first.
  bool add(std::int64_t position, const Candidate& candidate);
  void load(std::int64_t position, BestList& list) const;
  /// The list has to have fewer than are due.
  void store(std::int64_t position, const BestList& list);
  /// Asks for what add() will read and write.
  void prefetch_row(std::int64_t position) const;

  // When nothing is added any more, the lists' candidates can be made exact in place.

  std::span<Candidate> candidates(std::int64_t position) {
    return {list_of(position), static_cast<std::size_t>(sizes_[position])};
  }
  /// What the list of one row says of another, or nullptr.
  const Candidate* find(std::int64_t position, std::int64_t other) const;
  /// Asks for what find() will read.
  void prefetch_list(std::int64_t position) const;
  /// Gives up the lists of a tile.
  void forget(std::size_t tile) { Buffer<Candidate>().swap(lists_[tile]); }

 private:
  Candidate* list_of(std::int64_t position) {
    return const_cast<Candidate*>(std::as_const(*this).list_of(position));
  }
  const Candidate* list_of(std::int64_t position) const {
    const auto row = static_cast<std::uint32_t>(position);  // a division of 64 bits takes longer
    return lists_[row / tile_rows_].data() + row % tile_rows_ * capacity_;
  }

  std::int64_t n_;
  std::int64_t capacity_;
  std::uint32_t tile_rows_;  // of every tile but the last
  std::unique_ptr<std::mutex[]> locks_;
  Buffer<double> bounds_;
  Buffer<std::int32_t> sizes_;
  Buffer<std::int32_t> dues_;             // sizes at which the lists are to be compacted
  std::vector<Buffer<Candidate>> lists_;  // by tile, `capacity_` candidates for each row
};

/// What the rows of one tile still take, as one worker last saw it.
class TileBounds {
 public:
  /// Bounds on single-precision sums: `margin` is how far those can be from the cosine.
  void load(SharedBest& shared, std::size_t number, const Tile& tile, double margin);
  /// The row's list has risen.
  void raise(std::int64_t row, double bound);

  const float* data() const { return bounds_.data(); }
  float operator[](std::int64_t row) const { return bounds_[row]; }
  /// No row's bound is below it.
  float least() const { return least_; }
  /// Few rows' bounds are below it.
  float low() const { return low_; }

 private:
  float lowered(double bound) const;

  double margin_ = 0;
  float least_ = 0;
  float low_ = 0;
  Buffer<float> bounds_;
  Buffer<float> sample_;
};

}  // namespace samestory::similarity
