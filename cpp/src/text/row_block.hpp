#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "samestory/buffer.hpp"

namespace samestory {

/// How often a term stands in a document.
struct TermCount {
  std::uint32_t term = 0;
  std::uint32_t count = 0;
};

/// Memory for block after block, in large pieces: each is given back to the system when the last
/// block in it has gone.
class BlockMemory {
 public:
  using Piece = Buffer<std::uint8_t>;

  /// Room for n bytes, and what keeps it.
  std::pair<std::uint8_t*, std::shared_ptr<const Piece>> take(std::size_t n) {
    if (!piece_ || n_used_ + n > piece_->size()) {
      n_next_ = std::min(2 * n_next_, kLargest);
      piece_ = std::make_shared<Piece>(std::max(n, n_next_));
      n_used_ = 0;
    }
    auto* begin = piece_->data() + n_used_;
    n_used_ += (n + 63) / 64 * 64;
    return {begin, piece_};
  }

 private:
  static constexpr std::size_t kLargest = std::size_t{1} << 20;

  std::shared_ptr<Piece> piece_;
  std::size_t n_used_ = 0;
  std::size_t n_next_ = std::size_t{1} << 14;
};

/// The counted rows of some consecutive documents; the terms are ids of one worker. A count takes
/// one byte: those that need more are kept apart.
class RowBlock {
 public:
  RowBlock() = default;
  RowBlock(int worker, std::span<const TermCount> entries, std::span<const std::uint64_t> row_ends,
           BlockMemory& memory)
      : worker_(worker), row_ends_(row_ends.begin(), row_ends.end()) {
    const std::size_t n = entries.size();
    auto [bytes, owner] = memory.take(5 * n);
    auto* terms = reinterpret_cast<std::uint32_t*>(bytes);
    auto* counts = bytes + 4 * n;
    std::uint32_t largest = 0;
    for (std::size_t i = 0; i < n; ++i) {
      terms[i] = entries[i].term;
      counts[i] = static_cast<std::uint8_t>(std::min(entries[i].count, kLarge));
      largest = std::max(largest, entries[i].count);
    }
    for (std::size_t i = 0; largest >= kLarge && i < n; ++i) {
      if (entries[i].count >= kLarge) large_.push_back({i, entries[i].count});
    }
    terms_ = {terms, n};
    counts_ = {counts, n};
    owner_ = std::move(owner);
  }

  int worker() const { return worker_; }
  std::size_t n_rows() const { return row_ends_.size(); }
  /// Where each row ends among the entries.
  const Buffer<std::uint64_t>& row_ends() const { return row_ends_; }
  std::span<const std::uint32_t> terms() const { return terms_; }
  std::uint32_t count(std::size_t i) const {
    const std::uint32_t count = counts_[i];
    if (count < kLarge) [[likely]]
      return count;
    return large_count(i);
  }
  void free_entries() {
    terms_ = {};
    counts_ = {};
    large_ = {};
    owner_.reset();
  }

 private:
  static constexpr std::uint32_t kLarge = 255;

  struct LargeCount {
    std::size_t entry;
    std::uint32_t count;
  };
  std::uint32_t large_count(std::size_t i) const {
    const auto before = [](const LargeCount& large, std::size_t entry) {
      return large.entry < entry;
    };
    return std::lower_bound(large_.begin(), large_.end(), i, before)->count;
  }

  int worker_ = 0;
  Buffer<std::uint64_t> row_ends_;
  std::span<const std::uint32_t> terms_;
  std::span<const std::uint8_t> counts_;
  std::vector<LargeCount> large_;
  std::shared_ptr<const BlockMemory::Piece> owner_;
};

}  // namespace samestory
