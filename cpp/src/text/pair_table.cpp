#include "text/pair_table.hpp"

#include <bit>

#include "text/expected_growth.hpp"

namespace samestory {
namespace {

constexpr int kInitialBits = 10;
constexpr double kHeapsExponent = 0.75;  // of pairs of words in news

}  // namespace

PairTable::PairTable() : slots_(std::size_t{1} << kInitialBits), shift_(64 - kInitialBits) {}

std::uint32_t PairTable::find(std::uint64_t pair) const {
  return slots_[place_of(~pair)].id_above - 1;
}

std::uint32_t PairTable::intern(std::uint64_t pair, std::uint32_t n, std::uint32_t next) {
  auto& slot = slots_[place_of(~pair)];
  if (slot.id_above != 0) return slot.id_above - 1;
  slot = {~pair, next + 1, n};
  if (++size_ * 2 > slots_.size()) grow();
  return next;
}

void PairTable::grow() {
  ZeroedArray<Slot> old(grown_slots(slots_.size(), times_more_text_, kHeapsExponent));
  old.swap(slots_);
  shift_ = 64 - std::countr_zero(slots_.size());
  for (const auto& slot : old) {
    if (slot.id_above != 0) slots_[place_of(slot.key)] = slot;
  }
}

}  // namespace samestory
