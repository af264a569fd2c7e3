#include "samestory/large_memory.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <mutex>
#include <new>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

// AddressSanitizer watches over malloc's memory only, and so gets that.
#if defined(__linux__) && !defined(__SANITIZE_ADDRESS__)
#define SAMESTORY_KEEPS_PAGES
#include <pthread.h>
#include <sys/mman.h>
#endif

namespace samestory::large_memory {

#if defined(SAMESTORY_KEEPS_PAGES)
namespace {

constexpr std::size_t kPage = std::size_t{1} << 21;    // what the system is asked for
constexpr std::size_t kUnit = std::size_t{1} << 16;    // what is handed out
constexpr std::size_t kMost = std::size_t{200} << 20;  // in use and kept, together

std::size_t in_units(std::size_t n, std::size_t unit) {
  return (n + unit - 1) / unit * unit;
}

/// From the system; begins where a huge page does.
char* map(std::size_t n) {
  // One page more than needed, of which the ends are given back.
  void* all = mmap(nullptr, n + kPage, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (all == MAP_FAILED) throw std::bad_alloc();
  auto* begin = static_cast<char*>(all);
  const auto before = (kPage - reinterpret_cast<std::uintptr_t>(begin) % kPage) % kPage;
  if (before != 0) munmap(begin, before);
  munmap(begin + before + n, kPage - before);
  madvise(begin + before, n, MADV_HUGEPAGE);  // advice: no matter if it is not taken
  return begin + before;
}

/// Memory that nobody uses, neighbours joined. The more has been in use at a time, the less is kept
/// until almost all of that has come back: what is kept adds nothing to a large peak.
class FreeMemory {
 public:
  /// From the smallest piece that holds n bytes; null if there is none.
  char* take(std::size_t n) {
    auto* best = end();
    for (auto* piece = pieces_.data(); piece != end(); ++piece) {
      if (piece->size >= n && (best == end() || piece->size < best->size)) best = piece;
    }
    if (best == end()) return nullptr;
    char* begin = best->begin;
    best->begin += n;
    best->size -= n;
    n_kept_ -= n;
    if (best->size == 0) remove(best);
    return begin;
  }

  /// Knows from now on that n bytes, from here or from the system, are in use.
  void count_used(std::size_t n) {
    n_used_ += n;
    n_peak_ = std::max(n_peak_, n_used_);
    while (n_kept_ > most_kept())
      unmap(end() - 1, n_kept_ - most_kept());
  }

  /// Takes back what was in use.
  void give(char* begin, std::size_t n) {
    n_used_ -= n;
    if (n_used_ < kMost / 8) n_peak_ = n_used_;
    keep(begin, n);
  }

  /// Keeps of new memory what there is room for.
  void keep(char* begin, std::size_t n) {
    const std::size_t n_here = std::min(n, most_kept() - std::min(most_kept(), n_kept_));
    if (n_here < n) munmap(begin + n_here, n - n_here);
    if (n_here != 0) add({begin, n_here});
  }

 private:
  struct Free {
    char* begin;
    std::size_t size;
  };

  std::size_t most_kept() const { return kMost - std::min(kMost, n_peak_); }

  void unmap(Free* piece, std::size_t n_at_least) {
    const std::size_t n = std::min(piece->size, in_units(n_at_least, kUnit));
    piece->size -= n;
    munmap(piece->begin + piece->size, n);
    n_kept_ -= n;
    if (piece->size == 0) remove(piece);
  }

  void add(Free added) {
    n_kept_ += added.size;
    for (auto* piece = pieces_.data(); piece != end();) {
      const bool touches =
          piece->begin + piece->size == added.begin || added.begin + added.size == piece->begin;
      if (!touches) {
        ++piece;
        continue;
      }
      added = {std::min(piece->begin, added.begin), piece->size + added.size};
      remove(piece);
    }
    pieces_[n_pieces_++] = added;
  }

  Free* end() { return pieces_.data() + n_pieces_; }
  void remove(Free* piece) { *piece = pieces_[--n_pieces_]; }

  std::array<Free, kMost / kUnit> pieces_;  // each has a unit at the least
  std::size_t n_pieces_ = 0;
  std::size_t n_kept_ = 0;
  std::size_t n_used_ = 0;
  std::size_t n_peak_ = 0;
};

// Made before anything runs and never destroyed, since arrays may outlive the end of main.
constinit std::mutex lock_of_memory;

/// A process that forks while another of its threads is in here waits for that, so that the child
/// finds the lock free. Known from when the library is loaded: a fork during a first use would not
/// know of it yet.
[[maybe_unused]] const int kIsKeptOverForks =
    pthread_atfork([] { lock_of_memory.lock(); }, [] { lock_of_memory.unlock(); },
                   [] { lock_of_memory.unlock(); });

/// To be called with the lock held.
FreeMemory& free_memory() {
  static auto* memory = new FreeMemory;
  return *memory;
}

}  // namespace

Piece take(std::size_t n) {
  n = in_units(n, kUnit);
  {
    const std::lock_guard lock(lock_of_memory);
    if (auto* kept = free_memory().take(n)) {
      free_memory().count_used(n);
      return {kept, false};
    }
  }
  const std::size_t n_mapped = in_units(n, kPage);
  char* begin = map(n_mapped);
  const std::lock_guard lock(lock_of_memory);
  free_memory().count_used(n);
  if (n_mapped > n) free_memory().keep(begin + n, n_mapped - n);
  return {begin, true};
}

void give(void* data, std::size_t n) noexcept {
  const std::lock_guard lock(lock_of_memory);
  free_memory().give(static_cast<char*>(data), in_units(n, kUnit));
}

#else

Piece take(std::size_t n) {
  void* memory = std::malloc(n);
  if (memory == nullptr) throw std::bad_alloc();
  return {memory, false};
}

void give(void* data, std::size_t) noexcept {
  std::free(data);
}

#endif

void give_back_gaps() noexcept {
#if defined(__GLIBC__)
  malloc_trim(0);
#endif
}

}  // namespace samestory::large_memory
