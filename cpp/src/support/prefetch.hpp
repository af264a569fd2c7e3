#pragma once

namespace samestory {

/// Asks for memory that will be used soon. Any address will do; nothing but time depends on it.
inline void prefetch([[maybe_unused]] const void* address) {
#if defined(__GNUC__) || defined(__clang__)
  __builtin_prefetch(address);
#endif
}

}  // namespace samestory
