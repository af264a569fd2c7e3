#include "text/term_table.hpp"

#include <bit>
#include <utility>

#include "text/expected_growth.hpp"

namespace samestory {
namespace {

constexpr int kInitialBits = 10;
constexpr double kHeapsExponent = 0.5;  // of words in news

}  // namespace

std::uint64_t detail::hash_bytes(const std::uint8_t* data, std::size_t length) {
  std::uint64_t hash = length * 0x9E3779B97F4A7C15u;
  for (std::size_t i = 0; i < length; i += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, data + i, std::min<std::size_t>(8, length - i));
    hash = (std::rotl(hash, 23) ^ word) * 0xC2B2AE3D27D4EB4Fu;
    hash ^= hash >> 29;
  }
  return hash ^ hash >> 32;
}

TermTable::TermTable()
    : slots_(std::size_t{1} << kInitialBits), long_slots_(64), shift_(64 - kInitialBits) {}

std::uint32_t TermTable::intern(std::string_view term, std::uint32_t next) {
  std::uint8_t padded[32] = {};
  const auto length = static_cast<std::uint32_t>(term.size());
  const bool has_nul = term.find('\0') != std::string_view::npos;
  if (length <= 16) std::memcpy(padded, term.data(), length);
  const auto* data = length <= 16 ? padded : reinterpret_cast<const std::uint8_t*>(term.data());
  return intern(TermProbe::make(data, length, has_nul), next);
}

std::size_t TermTable::long_place(const TermProbe& probe) const {
  const std::size_t mask = long_slots_.size() - 1;
  for (std::size_t at = probe.hash & mask;; at = (at + 1) & mask) {
    const auto& slot = long_slots_[at];
    const bool same = slot.hash == probe.hash && slot.length == probe.length &&
                      std::memcmp(arena_.data() + slot.offset, probe.data, probe.length) == 0;
    if (slot.id == kNoTerm || same) return at;
  }
}

std::uint32_t TermTable::find_long(const TermProbe& probe) const {
  return long_slots_[long_place(probe)].id;
}

std::uint32_t TermTable::intern_long(const TermProbe& probe, std::uint32_t next) {
  auto& slot = long_slots_[long_place(probe)];
  if (slot.id != kNoTerm) return slot.id;
  slot = {probe.hash, arena_.size(), probe.length, next};
  arena_.insert(arena_.end(), probe.data, probe.data + probe.length);
  if (++n_long_ * 2 > long_slots_.size()) grow_long();
  return next;
}

void TermTable::grow_short() {
  ZeroedArray<Slot> old(grown_slots(slots_.size(), times_more_text_, kHeapsExponent));
  old.swap(slots_);
  shift_ = 64 - std::countr_zero(slots_.size());
  for (const auto& slot : old) {
    if (slot.id_above == 0) continue;
    std::uint64_t at = detail::hash_key(slot.key) >> shift_;
    while (slots_[at].id_above != 0)
      at = after(at);
    slots_[at] = slot;
  }
}

void TermTable::grow_long() {
  Buffer<LongSlot> old(long_slots_.size() * 2);
  old.swap(long_slots_);
  const std::size_t mask = long_slots_.size() - 1;
  for (const auto& slot : old) {
    if (slot.id == kNoTerm) continue;
    std::size_t at = slot.hash & mask;
    while (long_slots_[at].id != kNoTerm)
      at = (at + 1) & mask;
    long_slots_[at] = slot;
  }
}

}  // namespace samestory
