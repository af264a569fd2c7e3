#pragma once

#include <memory>
#include <utility>
#include <vector>

namespace samestory {

/// Leaves new elements uninitialized, so that resizing a large result does not write it twice.
template <class T>
struct UninitializedAllocator : std::allocator<T> {
  template <class U>
  struct rebind {
    using other = UninitializedAllocator<U>;
  };
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

}  // namespace samestory
