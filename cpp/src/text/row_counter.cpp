#include "text/row_counter.hpp"

#include <limits>
#include <utility>

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
  RowBlock block;
  block.worker = worker;
  block.entries.assign(entries_.begin(), entries_.begin() + static_cast<std::ptrdiff_t>(size_));
  block.row_ends.assign(row_ends_.begin(), row_ends_.end());
  drop_block();
  return block;
}

}  // namespace samestory
