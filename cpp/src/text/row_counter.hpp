#pragma once

#include <algorithm>
#include <cstdint>
#include <span>

#include "samestory/buffer.hpp"
#include "support/prefetch.hpp"
#include "text/row_block.hpp"

namespace samestory {

/// Counts terms, row by row. Each term remembers where in the rows it was last put: if that is in
/// the current row its count goes up, else the term is new there. Nothing is cleared between rows.
class RowCounter {
 public:
  /// Terms [0, n) may be added from now on.
  void allow_terms(std::uint32_t n) {
    if (n > states_.size()) states_.resize(std::max<std::size_t>(n, 2 * states_.size()));
  }
  void start_block();
  void start_row() { row_start_ = static_cast<std::uint32_t>(size_) + base_; }
  /// Makes room for n more calls of add(); to be called before them.
  void reserve(std::size_t n) {
    if (entries_.size() < size_ + n) entries_.resize(2 * (size_ + n));
  }
  void add(std::uint32_t term, std::uint32_t n = 1) {
    // Whether a term is new in its row cannot be foretold, hence no branch.
    auto& state = states_[term];
    const bool is_new = state.place < row_start_;
    const std::size_t place = is_new ? size_ : state.place - base_;
    auto& entry = entries_[place];
    entry = {term, (is_new ? 0 : entry.count) + n};
    state.place = static_cast<std::uint32_t>(place) + base_;
    state.n_documents += is_new;
    size_ += is_new;
  }
  /// Adds those terms, once each, that are below `limit`.
  void add_all(std::span<const std::uint32_t> terms, std::uint32_t limit) {
    reserve(terms.size() + 1);
    auto* states = states_.data();
    auto* entries = entries_.data();
    const auto base = base_, row_start = row_start_;
    auto end = static_cast<std::uint32_t>(size_) + base;
    for (std::size_t i = 0; i < terms.size(); ++i) {
      if (i + kAhead < terms.size()) prefetch(states + terms[i + kAhead]);
      const auto term = terms[i];
      if (term >= limit) continue;
      auto& state = states[term];
      // All ones where the term is new in its row: compilers make a branch of a condition here.
      const std::uint32_t fresh = 0 - static_cast<std::uint32_t>(state.place < row_start);
      const std::uint32_t place = state.place ^ ((state.place ^ end) & fresh);
      auto& entry = entries[place - base];
      entry = {term, (entry.count & ~fresh) + 1};
      state = {place, state.n_documents - fresh};
      end -= fresh;
    }
    size_ = end - base;
  }
  void end_row() { row_ends_.push_back(size_); }
  RowBlock take_block(int worker);
  /// Ends a block whose rows have been used in place.
  void drop_block() { base_ += static_cast<std::uint32_t>(size_); }

  /// In how many rows the term stands.
  std::uint32_t document_frequency(std::uint32_t term) const {
    return term < states_.size() ? states_[term].n_documents : 0;
  }
  /// The entries of the current row.
  const TermCount* row() const { return entries_.data() + (row_start_ - base_); }
  std::size_t row_size() const { return size_ - (row_start_ - base_); }

 private:
  static constexpr std::size_t kAhead = 16;  // terms between asking for memory and using it

  struct State {
    std::uint32_t place = 0;
    std::uint32_t n_documents = 0;
  };
  Buffer<State> states_;
  Buffer<TermCount> entries_;
  Buffer<std::uint64_t> row_ends_;
  BlockMemory memory_;
  std::size_t size_ = 0;
  std::uint32_t base_ = 1;  // places are base_ + index, so that 0 is never in the current row
  std::uint32_t row_start_ = 1;
};

}  // namespace samestory
