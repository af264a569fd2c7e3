#include <immintrin.h>

#include <algorithm>
#include <bit>

#include "text/ascii_copy.hpp"
#include "text/ascii_kernels.hpp"

namespace samestory {
namespace {

/// Bytes in [first, first + count), where first + count <= 128; not ASCII compares as negative.
__m256i in_range(__m256i bytes, char first, char count) {
  const auto above = _mm256_cmpgt_epi8(bytes, _mm256_set1_epi8(static_cast<char>(first - 1)));
  const auto end = _mm256_set1_epi8(static_cast<char>(first + count));
  return _mm256_and_si256(above, _mm256_cmpgt_epi8(end, bytes));
}

std::uint64_t join_bits(__m256i low, __m256i high) {
  const auto a = static_cast<std::uint32_t>(_mm256_movemask_epi8(low));
  const auto b = static_cast<std::uint32_t>(_mm256_movemask_epi8(high));
  return static_cast<std::uint64_t>(b) << 32 | a;
}

/// Two registers of 32 bytes.
class Block {
 public:
  explicit Block(const std::uint8_t* text)
      : low_(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(text))),
        high_(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(text + 32))) {}
  std::uint64_t word(bool underscore) const {
    return join_bits(word(low_, underscore), word(high_, underscore));
  }
  std::uint64_t space() const { return join_bits(space(low_), space(high_)); }
  std::uint64_t high() const { return join_bits(low_, high_); }

 private:
  static __m256i word(__m256i bytes, bool underscore) {
    const auto letter = in_range(_mm256_or_si256(bytes, _mm256_set1_epi8(0x20)), 'a', 26);
    const auto found = _mm256_or_si256(letter, in_range(bytes, '0', 10));
    if (!underscore) return found;
    return _mm256_or_si256(found, _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('_')));
  }
  static __m256i space(__m256i bytes) {
    return _mm256_or_si256(in_range(bytes, 9, 5), in_range(bytes, 28, 5));
  }
  __m256i low_, high_;
};

__m256i load_256(const void* text) {
  return _mm256_loadu_si256(static_cast<const __m256i*>(text));
}

template <bool kLower>
void store_32(__m256i bytes, std::uint8_t* out) {
  const auto space = _mm256_set1_epi8(0x20);
  if (kLower) bytes = _mm256_or_si256(bytes, _mm256_and_si256(in_range(bytes, 'A', 26), space));
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(out), bytes);
}

template <bool kLower>
std::uint64_t copy_64(const std::uint8_t* text, std::uint8_t* out) {
  const auto low = load_256(text), high = load_256(text + 32);
  store_32<kLower>(low, out);
  store_32<kLower>(high, out + 32);
  return join_bits(low, high);
}

template <bool kLower>
std::uint64_t copy_64(const std::uint16_t* text, std::uint8_t* out) {
  const auto beyond = _mm256_set1_epi16(static_cast<short>(0xFF80));
  const auto is_ascii = [&](__m256i units) {
    return _mm256_cmpeq_epi16(_mm256_and_si256(units, beyond), _mm256_setzero_si256());
  };
  // Packing goes lane by lane: the four quarters are put in order afterwards.
  const auto in_order = [](__m256i packed) { return _mm256_permute4x64_epi64(packed, 0xD8); };
  __m256i ascii[2];
  for (int k = 0; k < 2; ++k) {
    const auto a = load_256(text + 32 * k), b = load_256(text + 32 * k + 16);
    store_32<kLower>(in_order(_mm256_packus_epi16(a, b)), out + 32 * k);
    ascii[k] = in_order(_mm256_packs_epi16(is_ascii(a), is_ascii(b)));
  }
  return ~join_bits(ascii[0], ascii[1]);
}

/// Eight at a time whether or not there are as many: how many is hard to foretell.
inline std::size_t write_places(std::uint64_t bits, std::uint32_t base, std::uint32_t* places) {
  const auto n = static_cast<std::size_t>(std::popcount(bits));
  for (std::size_t done = 0; done < n; done += 8) {
    for (std::size_t k = done; k < done + 8; ++k) {
      places[k] = base + static_cast<std::uint32_t>(std::countr_zero(bits));
      bits &= bits - 1;
    }
  }
  return n;
}

}  // namespace
}  // namespace samestory

#define SAMESTORY_KERNELS avx2_ascii_kernels
#include "text/ascii_kernels_impl.hpp"
