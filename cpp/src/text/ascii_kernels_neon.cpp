#include <arm_neon.h>

#include <algorithm>
#include <bit>

#include "text/ascii_copy.hpp"
#include "text/ascii_kernels.hpp"

namespace samestory {
namespace {

/// Four registers of 16 bytes.
class Block {
 public:
  explicit Block(const std::uint8_t* text) {
    for (int k = 0; k < 4; ++k)
      bytes_[k] = vld1q_u8(text + 16 * k);
  }
  std::uint64_t word(bool underscore) const {
    uint8x16_t found[4];
    for (int k = 0; k < 4; ++k) {
      const auto lower = vorrq_u8(bytes_[k], vdupq_n_u8(0x20));
      found[k] = vorrq_u8(in_range(lower, 'a', 26), in_range(bytes_[k], '0', 10));
      if (underscore) found[k] = vorrq_u8(found[k], vceqq_u8(bytes_[k], vdupq_n_u8('_')));
    }
    return bits(found);
  }
  std::uint64_t space() const {
    uint8x16_t found[4];
    for (int k = 0; k < 4; ++k)
      found[k] = vorrq_u8(in_range(bytes_[k], 9, 5), in_range(bytes_[k], 28, 5));
    return bits(found);
  }
  std::uint64_t high() const {
    uint8x16_t found[4];
    for (int k = 0; k < 4; ++k)
      found[k] = vcgeq_u8(bytes_[k], vdupq_n_u8(0x80));
    return bits(found);
  }

 private:
  static uint8x16_t in_range(uint8x16_t bytes, std::uint8_t first, std::uint8_t count) {
    return vcltq_u8(vsubq_u8(bytes, vdupq_n_u8(first)), vdupq_n_u8(count));
  }
  /// A bit of each byte: three rounds of pairwise sums leave eight bits a byte in order.
  static std::uint64_t bits(const uint8x16_t (&found)[4]) {
    const uint8x16_t weights = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    const auto low = vpaddq_u8(vandq_u8(found[0], weights), vandq_u8(found[1], weights));
    const auto high = vpaddq_u8(vandq_u8(found[2], weights), vandq_u8(found[3], weights));
    const auto sums = vpaddq_u8(low, high);
    return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(sums, sums)), 0);
  }
  uint8x16_t bytes_[4];
};

inline std::size_t write_places(std::uint64_t bits, std::uint32_t base, std::uint32_t* places) {
  std::size_t n = 0;
  for (; bits != 0; bits &= bits - 1)
    places[n++] = base + static_cast<std::uint32_t>(std::countr_zero(bits));
  return n;
}

}  // namespace
}  // namespace samestory

#define SAMESTORY_KERNELS neon_ascii_kernels
#include "text/ascii_kernels_impl.hpp"
