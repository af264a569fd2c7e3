#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <new>
#include <utility>
#include <vector>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace samestory {

/// Leaves new elements uninitialized, so that resizing a large result does not write it twice, and
/// asks for huge pages where it is large: first touches of small ones would cost a fifth of the
/// time of a large count.
template <class T>
struct UninitializedAllocator : std::allocator<T> {
  static constexpr std::size_t kPage = std::size_t{1} << 21;
  static constexpr std::size_t kHugeBytes = 2 * kPage;

  template <class U>
  struct rebind {
    using other = UninitializedAllocator<U>;
  };
  T* allocate(std::size_t n) {
#if defined(__linux__)
    if (n >= kHugeBytes / sizeof(T)) {
      const std::size_t size = (n * sizeof(T) + kPage - 1) / kPage * kPage;
      void* memory = std::aligned_alloc(kPage, size);
      if (memory == nullptr) throw std::bad_alloc();
      madvise(memory, size, MADV_HUGEPAGE);  // advice: no matter if it is not taken
      return static_cast<T*>(memory);
    }
#endif
    return std::allocator<T>::allocate(n);
  }
  void deallocate(T* memory, std::size_t n) {
#if defined(__linux__)
    if (n >= kHugeBytes / sizeof(T)) return std::free(memory);
#endif
    std::allocator<T>::deallocate(memory, n);
  }

  template <class U, class... Arguments>
  void construct(U* place, Arguments&&... arguments) {
    if constexpr (sizeof...(Arguments) == 0) {
      ::new (static_cast<void*>(place)) U;
    } else {
      ::new (static_cast<void*>(place)) U(std::forward<Arguments>(arguments)...);
    }
  }
};

/// A std::vector of numbers whose resize() leaves the new elements unset.
template <class T>
using Buffer = std::vector<T, UninitializedAllocator<T>>;

/// Bytes that the elements take.
template <class T, class Allocator>
std::int64_t bytes_of(const std::vector<T, Allocator>& elements) {
  return static_cast<std::int64_t>(elements.size() * sizeof(T));
}

}  // namespace samestory
