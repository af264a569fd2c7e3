#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace samestory {

/// MurmurHash3_x86_32 with seed 0 (Austin Appleby, public domain): what scikit-learn hashes by.
inline std::int32_t murmur3(std::string_view text) {
  constexpr std::uint32_t c1 = 0xCC9E2D51, c2 = 0x1B873593;
  const auto scramble = [&](std::uint32_t k) { return std::rotl(k * c1, 15) * c2; };
  std::uint32_t hash = 0;
  std::size_t i = 0;
  for (; i + 4 <= text.size(); i += 4) {
    std::uint32_t k;
    std::memcpy(&k, text.data() + i, 4);
    hash = std::rotl(hash ^ scramble(k), 13) * 5 + 0xE6546B64;
  }
  std::uint32_t tail = 0;
  std::memcpy(&tail, text.data() + i, text.size() - i);
  if (i < text.size()) hash ^= scramble(tail);
  hash ^= static_cast<std::uint32_t>(text.size());
  hash = (hash ^ hash >> 16) * 0x85EBCA6B;
  hash = (hash ^ hash >> 13) * 0xC2B2AE35;
  return static_cast<std::int32_t>(hash ^ hash >> 16);
}

/// The column of a hash, and whether its counts are negative, as scikit-learn's FeatureHasher.
struct HashedColumn {
  std::uint32_t column;
  bool is_negative;
};

inline HashedColumn hashed_column(std::string_view term, std::int64_t n_features) {
  const std::int64_t hash = murmur3(term);
  constexpr std::int64_t kLeast = INT32_MIN;  // its absolute value is no 32-bit integer
  const std::int64_t size = hash == kLeast ? INT32_MAX - (n_features - 1) : hash < 0 ? -hash : hash;
  return {static_cast<std::uint32_t>(size % n_features), hash < 0};
}

}  // namespace samestory
