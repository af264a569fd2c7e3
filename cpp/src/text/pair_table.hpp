#pragma once

#include <algorithm>
#include <cstdint>

#include "support/prefetch.hpp"
#include "text/term_table.hpp"
#include "text/zeroed_array.hpp"

namespace samestory {

/// Pairs of ids to ids: n-grams as (the n-gram without its last word, its last word).
class PairTable {
 public:
  PairTable();

  static std::uint64_t pair_of(std::uint32_t prefix, std::uint32_t word) {
    return static_cast<std::uint64_t>(prefix) << 32 | word;
  }
  std::uint32_t find(std::uint64_t pair) const;
  /// The pair's id, `next` if it was not there yet. It stands for an n-gram of `n` words.
  std::uint32_t intern(std::uint64_t pair, std::uint32_t n, std::uint32_t next);

  /// The ids of the pairs (prefixes[i], words[i]), `ids` may be `prefixes`; miss(pair) gives those
  /// that are not where they are looked for first, and may add them. The memory that a pair needs
  /// is asked for some pairs ahead.
  template <class Miss>
  void find_pairs(const std::uint32_t* prefixes, const std::uint32_t* words, std::size_t n,
                  std::uint32_t* ids, Miss&& miss) const;

  /// Says that so many times the text read until now is to come in all.
  void expect(double times_more_text) { times_more_text_ = times_more_text; }

  std::size_t size() const { return size_; }
  std::size_t n_slots() const { return slots_.size(); }
  /// visit(pair, id, n)
  template <class Visitor>
  void for_each(Visitor&& visit) const {
    for (const auto& slot : slots_) {
      if (slot.id_above != 0) visit(slot.pair(), slot.id(), slot.n);
    }
  }

  struct Slot {
    std::uint64_t key;       // the pair's complement: an empty slot has that of two missing words
    std::uint32_t id_above;  // id + 1, so that an empty slot has that of kNoTerm
    std::uint32_t n;

    std::uint64_t pair() const { return ~key; }
    std::uint32_t id() const { return id_above - 1; }
  };
  /// Copies those of some slots that hold n-grams of `n` words; returns how many. There has to be
  /// room for all of them.
  std::size_t copy_slots(std::size_t first, std::size_t end, std::uint32_t n, Slot* out) const {
    std::size_t n_copied = 0;
    for (auto at = first; at < end; ++at) {
      out[n_copied] = slots_[at];
      n_copied += slots_[at].n == n;  // which are empty cannot be foretold, hence no branch
    }
    return n_copied;
  }

 private:
  /// By the upper bits of a hash, so that slots keep their order when the table grows: it is then
  /// read and written from front to back.
  std::uint64_t home_of(std::uint64_t key) const {
    return ((key ^ key >> 32) * 0x9E3779B97F4A7C15u) >> shift_;
  }
  /// Where the pair is, or the empty slot where it would be.
  std::uint64_t place_of(std::uint64_t key) const {
    std::uint64_t at = home_of(key);
    while (slots_[at].key != key && slots_[at].id_above != 0)
      at = (at + 1) & (slots_.size() - 1);
    return at;
  }
  void grow();

  ZeroedArray<Slot> slots_;
  int shift_;
  std::size_t size_ = 0;
  double times_more_text_ = 1;
};

template <class Miss>
void PairTable::find_pairs(const std::uint32_t* prefixes, const std::uint32_t* words, std::size_t n,
                           std::uint32_t* ids, Miss&& miss) const {
  constexpr std::size_t kAhead = 32;
  std::uint64_t keys[kAhead];
  std::uint64_t homes[kAhead];
  std::uint32_t missed[kAhead];
  for (std::size_t first = 0; first < n; first += kAhead) {
    const std::size_t n_here = std::min(kAhead, n - first);
    for (std::size_t i = 0; i < n_here; ++i) {
      keys[i] = ~pair_of(prefixes[first + i], words[first + i]);
      homes[i] = home_of(keys[i]);
      prefetch(&slots_[homes[i]]);
    }
    // Whether a pair is found cannot be foretold: those that are not wait until the end.
    std::size_t n_missed = 0;
    for (std::size_t i = 0; i < n_here; ++i) {
      const auto& slot = slots_[homes[i]];
      ids[first + i] = slot.id_above - 1;
      missed[n_missed] = static_cast<std::uint32_t>(i);
      n_missed += slot.key != keys[i];
    }
    for (std::size_t i = 0; i < n_missed; ++i)
      ids[first + missed[i]] = miss(~keys[missed[i]]);
  }
}

}  // namespace samestory
