#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

#include "samestory/buffer.hpp"
#include "support/prefetch.hpp"
#include "text/span.hpp"
#include "text/zeroed_array.hpp"

namespace samestory {

static_assert(std::endian::native == std::endian::little, "terms are keyed by their bytes as read");

/// No term; ids are below it.
constexpr std::uint32_t kNoTerm = 0xFFFFFFFF;
/// A term that is left out, as a stop word.
constexpr std::uint32_t kStopTerm = 0xFFFFFFFE;

/// Up to 16 bytes as two integers, filled up with zeros: a term that is its own key.
struct TermKey {
  std::uint64_t low, high;
  friend bool operator==(const TermKey&, const TermKey&) = default;
};

/// A term on its way into a table, its hash made ahead so that the memory can be asked for early.
struct TermProbe {
  TermKey key;
  std::uint64_t hash;
  const std::uint8_t* data;
  std::uint32_t length;
  bool is_short;

  /// Reads up to 15 bytes past the term. A term with a NUL in it is told apart from its zero
  /// padding by being kept as a long one.
  static TermProbe make(const std::uint8_t* data, std::uint32_t length, bool has_nul = false);
};

/// Terms to ids, open addressing. Short terms lie in the slots themselves: one cache miss a lookup.
class TermTable {
 public:
  TermTable();

  std::uint32_t find(const TermProbe& probe) const {
    return probe.is_short ? find_short(probe) : find_long(probe);
  }
  /// The term's id, `next` if it was not there yet.
  std::uint32_t intern(const TermProbe& probe, std::uint32_t next) {
    return probe.is_short ? intern_short(probe, next) : intern_long(probe, next);
  }
  /// The same for text that need not be followed by readable bytes.
  std::uint32_t intern(std::string_view term, std::uint32_t next);

  void prefetch(const TermProbe& probe) const { samestory::prefetch(&slots_[home_of(probe)]); }
  /// Says that so many times the text read until now is to come in all.
  void expect(double times_more_text) { times_more_text_ = times_more_text; }
  std::size_t size() const { return n_short_ + n_long_; }

  /// The ids of words of one text, which hold no NUL; miss(word) gives those that are not there,
  /// and may add them. The memory that a word needs is asked for some words ahead.
  template <class Miss>
  void find_words(const std::uint8_t* text, std::span<const Span> words, std::uint32_t* ids,
                  Miss&& miss) const;

  /// visit(bytes, id); the bytes live as long as the table is not added to.
  template <class Visitor>
  void for_each(Visitor&& visit) const {
    for (const auto& slot : slots_) {
      if (slot.id_above != 0) {
        visit(std::string_view(reinterpret_cast<const char*>(&slot.key), slot.length), slot.id());
      }
    }
    for (const auto& slot : long_slots_) {
      if (slot.id != kNoTerm) visit(bytes_of(slot), slot.id);
    }
  }

 private:
  struct Slot {
    TermKey key;
    std::uint32_t id_above;  // id + 1, so that an empty slot has that of kNoTerm
    std::uint32_t length;
    std::uint64_t unused;  // 32 bytes: no slot straddles two cache lines

    std::uint32_t id() const { return id_above - 1; }
  };
  struct LongSlot {
    std::uint64_t hash = 0;
    std::uint64_t offset = 0;
    std::uint32_t length = 0;
    std::uint32_t id = kNoTerm;
  };

  std::string_view bytes_of(const LongSlot& slot) const {
    return {reinterpret_cast<const char*>(arena_.data()) + slot.offset, slot.length};
  }
  /// By the upper bits of the hash, so that slots keep their order when the table grows: it is
  /// then read and written from front to back.
  std::uint64_t home_of(const TermProbe& probe) const { return probe.hash >> shift_; }
  std::uint64_t after(std::uint64_t at) const { return (at + 1) & (slots_.size() - 1); }
  std::uint32_t find_short(const TermProbe& probe) const {
    for (std::uint64_t at = home_of(probe);; at = after(at)) {
      const auto& slot = slots_[at];
      if (slot.key == probe.key || slot.id_above == 0) return slot.id();
    }
  }
  std::uint32_t intern_short(const TermProbe& probe, std::uint32_t next) {
    for (std::uint64_t at = home_of(probe);; at = after(at)) {
      auto& slot = slots_[at];
      if (slot.id_above == 0) {
        slot = {probe.key, next + 1, probe.length, 0};
        if (++n_short_ * 2 > slots_.size()) grow_short();
        return next;
      }
      if (slot.key == probe.key) return slot.id();
    }
  }
  std::uint32_t find_long(const TermProbe& probe) const;
  std::uint32_t intern_long(const TermProbe& probe, std::uint32_t next);
  std::size_t long_place(const TermProbe& probe) const;
  void grow_short();
  void grow_long();

  ZeroedArray<Slot> slots_;
  Buffer<LongSlot> long_slots_;
  Buffer<std::uint8_t> arena_;
  int shift_;
  std::size_t n_short_ = 0;
  std::size_t n_long_ = 0;
  double times_more_text_ = 1;
};

namespace detail {

inline std::uint64_t hash_key(const TermKey& key) {
  // Multiplying carries low bits up; the upper ones depend on all of them.
  return (key.low ^ std::rotl(key.high * 0xC2B2AE3D27D4EB4Fu, 32)) * 0x9E3779B97F4A7C15u;
}

std::uint64_t hash_bytes(const std::uint8_t* data, std::size_t length);

constexpr std::array<TermKey, 18> make_key_masks() {
  std::array<TermKey, 18> masks{};
  for (int byte = 0; byte < 16; ++byte) {
    for (int length = byte + 1; length <= 16; ++length) {
      auto& half = byte < 8 ? masks[length].low : masks[length].high;
      half |= std::uint64_t{255} << (8 * (byte % 8));
    }
  }
  return masks;
}
inline constexpr auto kKeyMasks = make_key_masks();

}  // namespace detail

inline TermProbe TermProbe::make(const std::uint8_t* data, std::uint32_t length, bool has_nul) {
  // An empty term's key would be that of a free slot.
  if (length - 1 >= 16 || (has_nul && std::memchr(data, 0, length) != nullptr)) {
    return {{}, detail::hash_bytes(data, length), data, length, false};
  }
  // Masks from a table: lengths vary too much from word to word for a branch to be foretold.
  TermKey key;
  std::memcpy(&key, data, 16);
  key.low &= detail::kKeyMasks[length].low;
  key.high &= detail::kKeyMasks[length].high;
  return {key, detail::hash_key(key), data, length, true};
}

template <class Miss>
void TermTable::find_words(const std::uint8_t* text, std::span<const Span> words,
                           std::uint32_t* ids, Miss&& miss) const {
  constexpr std::size_t kAhead = 32;
  TermKey keys[kAhead];
  std::uint32_t homes[kAhead];
  for (; !words.empty(); words = words.subspan(std::min(kAhead, words.size()))) {
    const std::size_t n = std::min(kAhead, words.size());
    for (std::size_t i = 0; i < n; ++i) {
      // A long word's key is empty, as is that of a free slot: neither has an id there.
      const auto& mask =
          detail::kKeyMasks[std::min<std::uint32_t>(words[i].end - words[i].begin, 17)];
      std::memcpy(&keys[i], text + words[i].begin, 16);
      keys[i].low &= mask.low;
      keys[i].high &= mask.high;
      homes[i] = static_cast<std::uint32_t>(detail::hash_key(keys[i]) >> shift_);
      samestory::prefetch(&slots_[homes[i]]);
    }
    for (std::size_t i = 0; i < n; ++i) {
      const auto& slot = slots_[homes[i]];
      const bool known = slot.key == keys[i] && slot.id_above != 0;
      *ids++ = known ? slot.id() : miss(words[i]);
    }
  }
}

}  // namespace samestory
