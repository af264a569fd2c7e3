#include <algorithm>
#include <array>
#include <bit>

#include "text/ascii_copy.hpp"
#include "text/ascii_kernels.hpp"

namespace samestory {
namespace {

constexpr std::uint8_t kWord = 1, kUnderscore = 2, kSpace = 4;

constexpr std::array<std::uint8_t, 256> make_classes() {
  std::array<std::uint8_t, 256> classes{};
  for (int c = 0; c < 128; ++c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool space = (c >= 9 && c <= 13) || (c >= 28 && c <= 32);
    classes[c] = letter || (c >= '0' && c <= '9') ? kWord
                 : c == '_'                       ? kUnderscore
                 : space                          ? kSpace
                                                  : 0;
  }
  return classes;
}
constexpr auto kClasses = make_classes();

/// Sixty-four bytes looked up one by one.
class Block {
 public:
  explicit Block(const std::uint8_t* text) : text_(text) {}
  std::uint64_t word(bool underscore) const {
    return bits(static_cast<std::uint8_t>(underscore ? kWord | kUnderscore : kWord));
  }
  std::uint64_t space() const { return bits(kSpace); }
  std::uint64_t high() const {
    std::uint64_t result = 0;
    for (unsigned k = 0; k < 64; ++k)
      result |= static_cast<std::uint64_t>(text_[k] >> 7) << k;
    return result;
  }

 private:
  std::uint64_t bits(std::uint8_t wanted) const {
    std::uint64_t result = 0;
    for (unsigned k = 0; k < 64; ++k)
      result |= static_cast<std::uint64_t>((kClasses[text_[k]] & wanted) != 0) << k;
    return result;
  }
  const std::uint8_t* text_;
};

inline std::size_t write_places(std::uint64_t bits, std::uint32_t base, std::uint32_t* places) {
  std::size_t n = 0;
  for (; bits != 0; bits &= bits - 1)
    places[n++] = base + static_cast<std::uint32_t>(std::countr_zero(bits));
  return n;
}

}  // namespace
}  // namespace samestory

#define SAMESTORY_KERNELS portable_ascii_kernels
#include "text/ascii_kernels_impl.hpp"
