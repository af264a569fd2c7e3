#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "similarity/kernels.hpp"
#include "similarity/quantized.hpp"

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
  constexpr std::int64_t kGroups = 50;
  std::vector<std::uint8_t> block(kGroups * kBlockRows * kGroup);
  for (auto& byte : block)
    byte = static_cast<std::uint8_t>(random_() % 8 == 0 ? kMostSteps : random_() % 128);
  for (const std::int64_t count : {0, 1, 2, 9, 40}) {
    std::vector<std::int32_t> groups(count), weights(count);
    std::vector<std::int32_t> expected(kBlockRows, -7), totals = expected;
    for (std::int64_t k = 0; k < count; ++k) {
      groups[k] = static_cast<std::int32_t>(random_() % kGroups);
      std::array<std::int8_t, kGroup> four;
      for (auto& weight : four)
        weight = static_cast<std::int8_t>(random_() % 4 == 0 ? -kMostSteps : random_() % 128);
      weights[k] = std::bit_cast<std::int32_t>(four);
      for (std::int64_t row = 0; row < kBlockRows; ++row) {
        for (std::int64_t j = 0; j < kGroup; ++j)
          expected[row] += four[j] * block[(groups[k] * kBlockRows + row) * kGroup + j];
      }
    }
    kernels_.add_dense(totals.data(), block.data(), groups.data(), weights.data(), count);
    EXPECT_EQ(totals, expected) << count;
  }
}

TEST_P(Kernels, SettleDense) {
  const auto steps = random_values(kBlockRows), errors = random_values(kBlockRows);
  const auto lengths = random_values(kBlockRows), before = random_values(kBlockRows);
  std::vector<std::int32_t> totals(kBlockRows);
  for (auto& total : totals)
    total = static_cast<std::int32_t>(random_() % 5) - 2;
  for (const bool may_cancel : {false, true}) {
    const DenseScale scale{.step = 0.3F,
                           .error = 0.1F,
                           .length = 0.7F,
                           .steps = steps.data(),
                           .errors = errors.data(),
                           .lengths = lengths.data(),
                           .may_cancel = may_cancel};
    auto sums = before;
    kernels_.settle_dense(sums.data(), totals.data(), scale);
    for (std::int64_t i = 0; i < kBlockRows; ++i) {
      const float added =
          static_cast<float>(totals[i]) * 0.3F * steps[i] + 0.1F * lengths[i] + 0.7F * errors[i];
      EXPECT_NEAR(sums[i], before[i] + (totals[i] != 0 || may_cancel ? added : 0), 1e-6) << i;
    }
  }
}

TEST_P(Kernels, FindShared) {
  std::vector<std::uint32_t> has(40);
  for (auto& word : has)
    word = static_cast<std::uint32_t>(random_() & random_());
  for (const std::int64_t count : {0, 1, 7, 8, 9, 16, 17, 200}) {
    std::vector<std::int32_t> columns(count), expected, shared(count + 16);
    for (std::int64_t k = 0; k < count; ++k) {
      columns[k] = static_cast<std::int32_t>(random_() % (40 * 32));
      if ((has[columns[k] / 32] >> (columns[k] % 32) & 1) != 0)
        expected.push_back(static_cast<std::int32_t>(k));
    }
    shared.resize(kernels_.find_shared(columns.data(), count, has.data(), shared.data()));
    EXPECT_EQ(shared, expected) << count;
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
  const auto sums = random_values(kRows), excess = random_values(kRows);
  std::vector<float> expected(64, -10), maxima(64);
  for (std::int64_t k = 0; k < kRows; ++k)
    expected[k % 64] = std::max(expected[k % 64], sums[k] - excess[k]);
  kernels_.maxima(sums.data(), excess.data(), kRows, maxima.data(), 64);
  EXPECT_EQ(maxima, expected);
}

TEST(Postings, AddAtLeastTheirValuesAndLittleMore) {
  std::mt19937 random(3);
  std::vector<std::uint16_t> rows(512);
  std::iota(rows.begin(), rows.end(), std::uint16_t{65000});
  std::shuffle(rows.begin(), rows.end(), random);
  for (const std::int64_t count : {0, 1, 3, 4, 5, 100}) {
    std::vector<float> sums(65536), values(65536);
    std::vector<Posting> postings;
    for (std::int64_t k = 0; k < count; ++k) {
      values[rows[k]] =
          std::ldexp(1 + static_cast<float>(random() % 1000) / 1000, -(random() % 40));
      postings.push_back(make_posting(rows[k], values[rows[k]]));
    }
    add_list(sums.data(), postings.data(), count, 0.5F);
    for (std::size_t row = 0; row < sums.size(); ++row) {
      EXPECT_GE(sums[row], 0.5F * values[row]);
      EXPECT_LE(sums[row], 0.5 * values[row] * (1 + kPostingExcess));
    }
  }
}

TEST(Quantized, BoundsWhatRoundingChanges) {
  std::mt19937 random(4);
  std::lognormal_distribution<float> size(0, 2);
  for (int round = 0; round < 200; ++round) {
    const std::size_t n = 1 + random() % 60;
    std::vector<std::vector<float>> values(2, std::vector<float>(n));
    std::vector<std::vector<std::int8_t>> steps(2, std::vector<std::int8_t>(n));
    std::vector<Quantized> known;
    for (int side = 0; side < 2; ++side) {
      for (auto& value : values[side])
        value = random() % 5 == 0 ? 0 : (random() % 2 == 0 ? size(random) : -size(random));
      known.push_back(
          quantize(values[side], side == 0 ? kMostSteps : kMostSignedSteps, steps[side].data()));
    }
    double exact = 0, rounded = 0;
    for (std::size_t i = 0; i < n; ++i) {
      exact += static_cast<double>(values[0][i]) * values[1][i];
      rounded += static_cast<double>(known[0].step) * steps[0][i] * known[1].step * steps[1][i];
      EXPECT_EQ(values[0][i] == 0, steps[0][i] == 0);
      EXPECT_LE(std::abs(steps[1][i]), kMostSignedSteps);
    }
    EXPECT_LE(std::abs(exact - rounded),
              known[0].error * known[1].length + known[0].length * known[1].error);
  }
}

INSTANTIATE_TEST_SUITE_P(InstructionSets, Kernels,
                         ::testing::ValuesIn(available_instruction_sets()),
                         [](const auto& test) { return std::string(name_of(test.param)); });

}  // namespace
}  // namespace samestory::similarity
