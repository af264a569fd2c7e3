#pragma once

namespace samestory {

/// Asks for memory that will be used soon. Any address will do.
inline void prefetch(const void* address) {
#if defined(__GNUC__)
  __builtin_prefetch(address);
#endif
  static_cast<void>(address);
}

}  // namespace samestory
