#pragma once

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace samestory {

/// Counts keys up to 15, in four bits each. Keys may share a place, so a count is one "at most" (a
/// counting Bloom filter with one hash, Fan et al. 2000). Threads may add at the same time.
class OccurrenceFilter {
 public:
  static constexpr std::uint64_t kFull = 15;

  explicit OccurrenceFilter(std::size_t n_expected) {
    const auto n_counters = std::bit_ceil(std::max<std::size_t>(n_expected, 16)) * 4;
    mask_ = n_counters / kPerWord - 1;
    words_ = std::make_unique<std::atomic<std::uint64_t>[]>(mask_ + 1);
  }

  void prefetch(std::uint64_t key) const { __builtin_prefetch(&words_[key & mask_]); }

  void add(std::uint64_t key) {
    auto& word = words_[key & mask_];
    const auto shift = shift_of(key);
    auto seen = word.load(std::memory_order_relaxed);
    while ((seen >> shift & kFull) < kFull &&
           !word.compare_exchange_weak(seen, seen + (std::uint64_t{1} << shift),
                                       std::memory_order_relaxed)) {
    }
  }

  std::uint64_t at_most(std::uint64_t key) const {
    return words_[key & mask_].load(std::memory_order_relaxed) >> shift_of(key) & kFull;
  }

 private:
  static constexpr std::size_t kPerWord = 16;
  static std::uint64_t shift_of(std::uint64_t key) { return 4 * (key >> 60); }

  std::uint64_t mask_;
  std::unique_ptr<std::atomic<std::uint64_t>[]> words_;
};

}  // namespace samestory
