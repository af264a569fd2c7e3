#pragma once

namespace samestory::similarity {

/// Asks for the cache line at an address that will be read soon. Nothing but time depends on it.
inline void prefetch([[maybe_unused]] const void* address) {
#if defined(__GNUC__) || defined(__clang__)
  __builtin_prefetch(address);
#endif
}

}  // namespace samestory::similarity
