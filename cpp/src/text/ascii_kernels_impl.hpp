// The kernels' bodies, compiled once for each instruction set: the file that includes this defines
// SAMESTORY_KERNELS, the name of its table, a struct Block with the set's own 64-byte masks,
// write_places(bits, base, places): the places of all bits that are set, and what it has in place
// of the loops of ascii_copy.hpp.
// No include guard: one inclusion a file is the point.

namespace samestory {
namespace {

/// Copies up to the first character that is not ASCII.
template <class Char, bool kLower>
std::size_t copy_ascii(const Char* text, std::size_t n, std::uint8_t* out) {
  std::size_t i = 0;
  for (; i + 64 <= n; i += 64) {
    const std::uint64_t wide = copy_64<kLower>(text + i, out + i);
    if (wide != 0) return i + static_cast<std::size_t>(std::countr_zero(wide));
  }
  Char last[64] = {};
  std::copy_n(text + i, n - i, last);
  const std::uint64_t wide = copy_64<kLower>(last, out + i);
  return std::min(n, i + static_cast<std::size_t>(std::countr_zero(wide)));
}

template <class Char>
std::size_t copy(const Char* text, std::size_t n, std::uint8_t* out, bool lower) {
  return lower ? copy_ascii<Char, true>(text, n, out) : copy_ascii<Char, false>(text, n, out);
}

void word_bits(const std::uint8_t* text, std::size_t n_blocks, bool underscore, std::uint64_t* word,
               std::uint64_t* high) {
  for (std::size_t i = 0; i < n_blocks; ++i) {
    const Block block(text + 64 * i);
    word[i] = block.word(underscore);
    high[i] = block.high();
  }
}

void space_bits(const std::uint8_t* text, std::size_t n_blocks, std::uint64_t* space,
                std::uint64_t* high) {
  for (std::size_t i = 0; i < n_blocks; ++i) {
    const Block block(text + 64 * i);
    space[i] = block.space();
    high[i] = block.high();
  }
}

std::size_t changes(const std::uint64_t* bits, std::size_t n_blocks, std::uint32_t base,
                    std::uint64_t* carry, std::uint32_t* places) {
  std::size_t n = 0;
  std::uint64_t before = *carry;
  for (std::size_t i = 0; i < n_blocks; ++i) {
    n += write_places(bits[i] ^ (bits[i] << 1 | before), base, places + n);
    before = bits[i] >> 63;
    base += 64;
  }
  *carry = before;
  return n;
}

}  // namespace

extern const AsciiKernels SAMESTORY_KERNELS;
const AsciiKernels SAMESTORY_KERNELS = {
    copy<std::uint8_t>, copy<std::uint16_t>, copy<std::uint32_t>, word_bits, space_bits, changes};

}  // namespace samestory
