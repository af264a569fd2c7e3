#pragma once

#include <cstddef>

namespace samestory::large_memory {

/// What is at least this large is served here.
constexpr std::size_t kLeast = std::size_t{1} << 18;

/// A piece of memory, and whether all of it is known to be zero.
struct Piece {
  void* data;
  bool is_zero;
};

/// At least n bytes, out of huge pages where the system has them: first touches of small ones would
/// cost a fifth of the time of a large count. Some of what has been given back is kept for the next
/// to come, since the system clears the pages that it hands out, which takes as long again. Throws
/// std::bad_alloc.
Piece take(std::size_t n);

/// Takes back what take(n) returned. From any thread.
void give(void* data, std::size_t n) noexcept;

/// Gives the system back what lies free between small pieces of memory, such as texts, that are
/// still in use: nothing large fits in there. Where the system's malloc cannot, nothing happens.
void give_back_gaps() noexcept;

}  // namespace samestory::large_memory
