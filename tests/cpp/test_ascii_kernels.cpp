#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "text/ascii_kernels.hpp"

namespace samestory {
namespace {

/// Every set's loops over bytes against the portable ones.
class AsciiKernelsOf : public ::testing::TestWithParam<InstructionSet> {
 protected:
  /// Mostly letters, spaces and digits; `beyond` of a thousand are not ASCII.
  template <class Char>
  std::vector<Char> random_text(std::size_t n, unsigned beyond) {
    std::vector<Char> text(n + 64);  // kernels read whole blocks
    for (auto& c : text) {
      c = static_cast<Char>(random_() % 4 == 0 ? random_() % 128 : "aZ 09_\t"[random_() % 7]);
      if (random_() % 1000 < beyond) c = static_cast<Char>(128 + random_());
    }
    return text;
  }

  template <class Char>
  void expect_same_copies(std::size_t (*const AsciiKernels::*copy)(const Char*, std::size_t,
                                                                   std::uint8_t*, bool)) {
    for (std::size_t n = 0; n < 300; ++n) {
      const auto text = random_text<Char>(n, n % 3);
      for (const bool lower : {false, true}) {
        std::vector<std::uint8_t> found(n + 64), expected(n + 64);
        const auto n_found = (kernels_.*copy)(text.data(), n, found.data(), lower);
        const auto n_expected = (plain_.*copy)(text.data(), n, expected.data(), lower);
        ASSERT_EQ(n_found, n_expected);
        found.resize(n_found);
        expected.resize(n_expected);
        EXPECT_EQ(found, expected);
      }
    }
  }

  std::mt19937 random_{7};
  const AsciiKernels& kernels_ = ascii_kernels(GetParam());
  const AsciiKernels& plain_ = ascii_kernels(InstructionSet::portable);
};

TEST_P(AsciiKernelsOf, CopyTheSame) {
  expect_same_copies<std::uint8_t>(&AsciiKernels::copy_8);
  expect_same_copies<std::uint16_t>(&AsciiKernels::copy_16);
  expect_same_copies<std::uint32_t>(&AsciiKernels::copy_32);
}

TEST_P(AsciiKernelsOf, ClassifyEveryByteTheSame) {
  std::vector<std::uint8_t> text(256);
  for (std::size_t i = 0; i < text.size(); ++i)
    text[i] = static_cast<std::uint8_t>(i);
  using Words = std::vector<std::uint64_t>;
  for (const bool underscore : {false, true}) {
    Words found(4), expected(4), high(4), expected_high(4);
    kernels_.word_bits(text.data(), 4, underscore, found.data(), high.data());
    plain_.word_bits(text.data(), 4, underscore, expected.data(), expected_high.data());
    EXPECT_EQ(found, expected);
    EXPECT_EQ(high, expected_high);
  }
  Words found(4), expected(4), high(4), expected_high(4);
  kernels_.space_bits(text.data(), 4, found.data(), high.data());
  plain_.space_bits(text.data(), 4, expected.data(), expected_high.data());
  EXPECT_EQ(found, expected);
  EXPECT_EQ(high, expected_high);
}

TEST_P(AsciiKernelsOf, FindTheSameChanges) {
  for (int round = 0; round < 200; ++round) {
    std::vector<std::uint64_t> bits(8);
    for (auto& word : bits) {
      const std::uint64_t wide = static_cast<std::uint64_t>(random_()) << 32 | random_();
      word = round % 3 == 0 ? wide : round % 3 == 1 ? wide & wide >> 7 & wide << 9 : 0 - (wide & 1);
    }
    std::uint64_t carry = round & 1, expected_carry = carry;
    std::vector<std::uint32_t> found(64 * 9), expected(64 * 9);
    found.resize(kernels_.changes(bits.data(), 8, 1000, &carry, found.data()));
    expected.resize(plain_.changes(bits.data(), 8, 1000, &expected_carry, expected.data()));
    EXPECT_EQ(found, expected);
    EXPECT_EQ(carry, expected_carry);
  }
}

INSTANTIATE_TEST_SUITE_P(All, AsciiKernelsOf, ::testing::ValuesIn(available_instruction_sets()),
                         [](const auto& tested) { return std::string(name_of(tested.param)); });

}  // namespace
}  // namespace samestory
