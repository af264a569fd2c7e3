#include <immintrin.h>

#include <algorithm>
#include <bit>

#include "text/ascii_copy.hpp"
#include "text/ascii_kernels.hpp"

namespace samestory {
namespace {

std::uint64_t in_range(__m512i bytes, char first, char count) {
  return _mm512_cmplt_epu8_mask(_mm512_sub_epi8(bytes, _mm512_set1_epi8(first)),
                                _mm512_set1_epi8(count));
}

/// One register of 64 bytes.
class Block {
 public:
  explicit Block(const std::uint8_t* text) : bytes_(_mm512_loadu_si512(text)) {}
  std::uint64_t word(bool underscore) const {
    const auto lower = _mm512_or_si512(bytes_, _mm512_set1_epi8(0x20));
    const auto found = in_range(lower, 'a', 26) | in_range(bytes_, '0', 10);
    return underscore ? found | _mm512_cmpeq_epi8_mask(bytes_, _mm512_set1_epi8('_')) : found;
  }
  std::uint64_t space() const { return in_range(bytes_, 9, 5) | in_range(bytes_, 28, 5); }
  std::uint64_t high() const { return _mm512_movepi8_mask(bytes_); }

 private:
  __m512i bytes_;
};

template <bool kLower>
std::uint64_t copy_64(const std::uint8_t* text, std::uint8_t* out) {
  const auto bytes = _mm512_loadu_si512(text);
  const auto upper = kLower ? in_range(bytes, 'A', 26) : 0;
  _mm512_storeu_si512(out, _mm512_mask_add_epi8(bytes, upper, bytes, _mm512_set1_epi8(0x20)));
  return _mm512_movepi8_mask(bytes);
}

/// Thirty-two characters, lowered while they are wide.
template <bool kLower>
std::uint64_t copy_32(const std::uint16_t* text, std::uint8_t* out) {
  const auto units = _mm512_loadu_si512(text);
  const auto from_a = _mm512_sub_epi16(units, _mm512_set1_epi16('A'));
  const auto upper = kLower ? _mm512_cmplt_epu16_mask(from_a, _mm512_set1_epi16(26)) : 0;
  const auto lowered = _mm512_mask_add_epi16(units, upper, units, _mm512_set1_epi16(0x20));
  // With a mask of all ones: GCC 12 warns of the plain form's undefined argument.
  const auto bytes = _mm512_maskz_cvtepi16_epi8(~__mmask32{0}, lowered);
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(out), bytes);
  return _mm512_test_epi16_mask(units, _mm512_set1_epi16(static_cast<short>(0xFF80)));
}
template <bool kLower>
std::uint64_t copy_64(const std::uint16_t* text, std::uint8_t* out) {
  const auto low = copy_32<kLower>(text, out);
  return copy_32<kLower>(text + 32, out + 32) << 32 | low;
}

/// Sixteen places at a time, those of the bits that are set moved together.
inline std::size_t write_places(std::uint64_t bits, std::uint32_t base, std::uint32_t* places) {
  const auto lanes = _mm512_set_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
  std::size_t n = 0;
  for (unsigned shift = 0; shift < 64; shift += 16) {
    const auto some = static_cast<__mmask16>(bits >> shift);
    const auto all = _mm512_add_epi32(lanes, _mm512_set1_epi32(static_cast<int>(base + shift)));
    _mm512_storeu_si512(places + n, _mm512_maskz_compress_epi32(some, all));
    n += static_cast<std::size_t>(std::popcount(static_cast<unsigned>(some)));
  }
  return n;
}

}  // namespace
}  // namespace samestory

#define SAMESTORY_KERNELS avx512_ascii_kernels
#include "text/ascii_kernels_impl.hpp"
