#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "similarity/kernels.hpp"

namespace samestory::similarity {
namespace {

/// Every kernel against the portable one.
class Kernels : public ::testing::TestWithParam<InstructionSet> {
 protected:
  static constexpr std::int64_t kRows = 512;

  std::vector<float> random_values(std::size_t size) {
    std::uniform_real_distribution<float> value(0, 1);
    std::vector<float> values(size);
    for (auto& one : values)
      one = value(random_);
    return values;
  }

  std::mt19937 random_{7};
  const similarity::Kernels& kernels_ = kernels_for(GetParam());
  const similarity::Kernels& plain_ = kernels_for(InstructionSet::portable);
};

TEST_P(Kernels, AddDense) {
  for (const std::int64_t count : {0, 1, 2, 9, 40}) {
    const auto block = random_values(50 * kBlockRows);
    const auto weights = random_values(count);
    std::vector<std::int32_t> features(count);
    for (auto& feature : features)
      feature = static_cast<std::int32_t>(random_() % 50);
    auto expected = random_values(kBlockRows);
    auto sums = expected;
    plain_.add_dense(expected.data(), block.data(), features.data(), weights.data(), count);
    kernels_.add_dense(sums.data(), block.data(), features.data(), weights.data(), count);
    for (std::int64_t i = 0; i < kBlockRows; ++i)
      EXPECT_NEAR(sums[i], expected[i], 1e-5) << count << " " << i;
  }
}

TEST_P(Kernels, Collect) {
  const auto remainders = random_values(kRows);
  for (const float bound : {0.1F, 0.9F, 1.2F, 1.39F, 2.0F}) {
    auto expected_sums = random_values(kRows);
    auto sums = expected_sums;
    std::vector<std::int32_t> expected_rows(kRows + 16), rows(kRows + 16);
    std::vector<float> expected_values(kRows + 16), values(kRows + 16);
    const auto expected = plain_.collect(expected_sums.data(), remainders.data(), 0.4F, bound,
                                         kRows, expected_rows.data(), expected_values.data());
    const auto found = kernels_.collect(sums.data(), remainders.data(), 0.4F, bound, kRows,
                                        rows.data(), values.data());
    ASSERT_EQ(found, expected);
    EXPECT_TRUE(std::equal(rows.begin(), rows.begin() + found, expected_rows.begin()));
    EXPECT_TRUE(std::equal(values.begin(), values.begin() + found, expected_values.begin()));
    EXPECT_EQ(sums, std::vector<float>(kRows, 0.0F));
  }
}

TEST_P(Kernels, AddList) {
  const auto values = random_values(kRows);
  std::vector<std::uint16_t> rows(kRows);
  std::iota(rows.begin(), rows.end(), std::uint16_t{0});
  std::shuffle(rows.begin(), rows.end(), random_);
  for (const std::int64_t count : {0, 1, 3, 4, 5, 100}) {
    auto expected = random_values(kRows);
    auto sums = expected;
    for (std::int64_t k = 0; k < count; ++k)
      expected[rows[k]] += 0.3F * values[k];
    add_list(sums.data(), rows.data(), values.data(), count, 0.3F);
    for (std::int64_t i = 0; i < kRows; ++i)
      EXPECT_NEAR(sums[i], expected[i], 1e-6) << count << " " << i;
  }
}

TEST_P(Kernels, CollectPairs) {
  const auto remainders = random_values(kRows), bounds = random_values(kRows);
  for (const float bound : {0.1F, 0.5F, 0.9F}) {
    const auto all = random_values(kRows);
    std::vector<std::int32_t> expected;
    for (std::int32_t i = 0; i < kRows; ++i) {
      if (!(all[i] + 0.4F * remainders[i] < std::min(bound, bounds[i]))) expected.push_back(i);
    }
    auto sums = all;
    std::vector<std::int32_t> rows(kRows + 16);
    std::vector<float> values(kRows + 16);
    const auto found = kernels_.collect_pairs(sums.data(), remainders.data(), 0.4F, bounds.data(),
                                              bound, kRows, rows.data(), values.data());
    rows.resize(found);
    EXPECT_EQ(rows, expected);
    for (std::int64_t i = 0; i < found; ++i)
      EXPECT_EQ(values[i], all[rows[i]]);
    EXPECT_EQ(sums, std::vector<float>(kRows, 0.0F));
  }
}

TEST_P(Kernels, Maxima) {
  const auto sums = random_values(kRows);
  std::vector<float> expected(64), maxima(64);
  plain_.maxima(sums.data(), kRows, expected.data(), 64);
  kernels_.maxima(sums.data(), kRows, maxima.data(), 64);
  EXPECT_EQ(maxima, expected);
}

INSTANTIATE_TEST_SUITE_P(InstructionSets, Kernels,
                         ::testing::ValuesIn(available_instruction_sets()),
                         [](const auto& test) { return std::string(name_of(test.param)); });

}  // namespace
}  // namespace samestory::similarity
