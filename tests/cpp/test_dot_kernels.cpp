#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "clustering/dot_kernels.hpp"

namespace samestory {
namespace {

/// Every instruction set gives the bits of the portable kernel.
class DotKernelsOf : public ::testing::TestWithParam<InstructionSet> {};

template <class Value>
void expect_the_same(const DotKernels& kernels) {
  std::mt19937 random(5);
  std::normal_distribution<Value> value;
  std::vector<Value> dense(500);
  for (auto& one : dense)
    one = value(random);
  std::vector<std::int32_t> columns(dense.size());
  std::iota(columns.begin(), columns.end(), 0);
  std::shuffle(columns.begin(), columns.end(), random);
  std::vector<Value> values(dense.size());
  for (auto& one : values)
    one = value(random);
  const auto& portable = dot_kernels_for(InstructionSet::portable);
  for (std::size_t n = 0; n < 60; ++n) {
    double plain = 0;
    for (std::size_t i = 0; i < n; ++i)
      plain += static_cast<double>(dense[columns[i]]) * static_cast<double>(values[i]);
    const double expected = portable(dense.data(), columns.data(), values.data(), n);
    EXPECT_NEAR(expected, plain, 1e-12);
    EXPECT_EQ(kernels(dense.data(), columns.data(), values.data(), n), expected) << n;
  }
}

TEST_P(DotKernelsOf, GiveTheBitsOfThePortableOne) {
  expect_the_same<float>(dot_kernels_for(GetParam()));
  expect_the_same<double>(dot_kernels_for(GetParam()));
}

INSTANTIATE_TEST_SUITE_P(Sets, DotKernelsOf, ::testing::ValuesIn(available_instruction_sets()),
                         [](const auto& set) { return std::string(name_of(set.param)); });

}  // namespace
}  // namespace samestory
