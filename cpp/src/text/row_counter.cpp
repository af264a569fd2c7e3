#include "text/row_counter.hpp"

#include <limits>

namespace samestory {

void RowCounter::start_block() {
  // Places are 32-bit; long before they run out every term forgets where it was.
  if (base_ > std::numeric_limits<std::uint32_t>::max() / 2) {
    for (auto& state : states_)
      state.place = 0;
    base_ = 1;
  }
  size_ = 0;
  row_start_ = base_;
  row_ends_.clear();
}

RowBlock RowCounter::take_block(int worker) {
  RowBlock block(worker, std::span(entries_.data(), size_), row_ends_, memory_);
  drop_block();
  return block;
}

}  // namespace samestory
