#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "samestory/large_memory.hpp"

namespace samestory {

/// Leaves new elements uninitialized, so that resizing a large result does not write it twice.
template <class T>
struct UninitializedAllocator : std::allocator<T> {
  template <class U>
  struct rebind {
    using other = UninitializedAllocator<U>;
  };
  T* allocate(std::size_t n) {
    if (n < large_memory::kLeast / sizeof(T)) return std::allocator<T>::allocate(n);
    return static_cast<T*>(large_memory::take(n * sizeof(T)).data);
  }
  void deallocate(T* memory, std::size_t n) {
    if (n < large_memory::kLeast / sizeof(T)) return std::allocator<T>::deallocate(memory, n);
    large_memory::give(memory, n * sizeof(T));
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
