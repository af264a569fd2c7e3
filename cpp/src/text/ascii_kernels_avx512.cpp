#include <immintrin.h>

#include "text/ascii_kernels.hpp"

namespace samestory {
namespace {

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
  static std::uint64_t in_range(__m512i bytes, char first, char count) {
    return _mm512_cmplt_epu8_mask(_mm512_sub_epi8(bytes, _mm512_set1_epi8(first)),
                                  _mm512_set1_epi8(count));
  }
  __m512i bytes_;
};

}  // namespace
}  // namespace samestory

#define SAMESTORY_KERNELS avx512_ascii_kernels
#include "text/ascii_kernels_impl.hpp"
