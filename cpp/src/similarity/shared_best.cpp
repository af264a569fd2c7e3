#include "similarity/shared_best.hpp"

#include <algorithm>
#include <limits>

#include "support/prefetch.hpp"

namespace samestory::similarity {
namespace {

/// Every so many rows are enough to tell where most bounds are.
constexpr std::int64_t kSampleStep = 16;
constexpr float kLeast = std::numeric_limits<float>::denorm_min();

}  // namespace

SharedBest::SharedBest(std::span<const Tile> tiles, std::int64_t n, double floor,
                       std::int64_t capacity)
    : n_(n),
      capacity_(capacity),
      tile_rows_(tiles.empty() ? 1 : static_cast<std::uint32_t>(tiles[0].end)),
      locks_(std::make_unique<std::mutex[]>(tiles.size())),
      lists_(tiles.size()) {
  const auto n_rows = tiles.empty() ? 0 : tiles.back().end;
  bounds_.assign(n_rows, floor);
  sizes_.assign(n_rows, 0);
  dues_.assign(n_rows, static_cast<std::int32_t>(capacity));
  for (std::size_t tile = 0; tile < tiles.size(); ++tile)
    lists_[tile].resize((tiles[tile].end - tiles[tile].begin) * capacity_);
}

bool SharedBest::add(std::int64_t position, const Candidate& candidate) {
  if (candidate.upper() < bounds_[position]) return true;
  list_of(position)[sizes_[position]++] = candidate;
  return sizes_[position] < dues_[position];
}

void SharedBest::load(std::int64_t position, BestList& list) const {
  list.resume(n_, bounds_[position], capacity_, dues_[position],
              {list_of(position), static_cast<std::size_t>(sizes_[position])});
}

void SharedBest::store(std::int64_t position, const BestList& list) {
  const auto& candidates = list.candidates();
  std::copy(candidates.begin(), candidates.end(), list_of(position));
  sizes_[position] = static_cast<std::int32_t>(candidates.size());
  dues_[position] = static_cast<std::int32_t>(list.due());
  bounds_[position] = list.bound();
}

void SharedBest::prefetch_row(std::int64_t position) const {
  prefetch(&bounds_[position]);
  prefetch(&sizes_[position]);
  // Most lists are about half full.
  prefetch(list_of(position) + n_);
}

const Candidate* SharedBest::find(std::int64_t position, std::int64_t other) const {
  const auto* candidate = list_of(position);
  const auto* end = candidate + sizes_[position];
  while (candidate != end && candidate->position != other)
    ++candidate;
  return candidate == end ? nullptr : candidate;
}

void SharedBest::prefetch_list(std::int64_t position) const {
  constexpr std::int64_t kLine = 64 / sizeof(Candidate);
  prefetch(&sizes_[position]);
  for (std::int64_t i = 0; i < n_; i += kLine)
    prefetch(list_of(position) + i);
}

void TileBounds::load(SharedBest& shared, std::size_t number, const Tile& tile, double margin) {
  margin_ = margin;
  // Nothing is proposed in the padding.
  bounds_.assign(tile.n_padded, std::numeric_limits<float>::infinity());
  const auto n_rows = tile.end - tile.begin;
  {
    const std::lock_guard guard(shared.lock_of(number));
    for (std::int64_t row = 0; row < n_rows; ++row)
      bounds_[row] = lowered(shared.bound(tile.begin + row));
  }
  least_ = *std::min_element(bounds_.begin(), bounds_.begin() + n_rows);
  sample_.clear();
  for (std::int64_t row = 0; row < n_rows; row += kSampleStep)
    sample_.push_back(bounds_[row]);
  const auto low = sample_.begin() + static_cast<std::int64_t>(sample_.size() / 8);
  std::nth_element(sample_.begin(), low, sample_.end());
  low_ = *low;
}

void TileBounds::raise(std::int64_t row, double bound) {
  bounds_[row] = std::max(bounds_[row], lowered(bound));
}

/// A sum of zero says that no feature is shared, so no bound is below the least number above zero.
float TileBounds::lowered(double bound) const {
  constexpr double kRoundDown = 1 - 2e-7, kSmall = 1e-30;
  const double lowered = (bound - margin_) * kRoundDown;
  return lowered > kSmall ? static_cast<float>(lowered) : kLeast;
}

}  // namespace samestory::similarity
