#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <numeric>
#include <random>
#include <stdexcept>
#include <vector>

#include "samestory/similarity_join.hpp"
#include "support/instruction_set.hpp"

namespace samestory {
namespace {

using Dense = std::vector<std::vector<double>>;

template <class Value>
CsrMatrix<Value> to_rows(const Dense& dense) {
  CsrMatrix<Value> rows{static_cast<std::int64_t>(dense.size()),
                        dense.empty() ? 0 : static_cast<std::int64_t>(dense[0].size()),
                        {0},
                        {},
                        {}};
  for (const auto& values : dense) {
    for (std::size_t column = 0; column < values.size(); ++column) {
      if (values[column] == 0) continue;
      rows.columns.push_back(static_cast<std::int32_t>(column));
      rows.values.push_back(static_cast<Value>(values[column]));
    }
    rows.offsets.push_back(static_cast<std::int64_t>(rows.columns.size()));
  }
  return rows;
}

Dense random_rows(std::mt19937& random, int n_rows, int n_columns) {
  std::uniform_int_distribution<int> value(-1, 6);
  Dense dense(n_rows, std::vector<double>(n_columns));
  for (auto& row : dense) {
    for (auto& cell : row)
      cell = std::max(0, value(random) - 3);
  }
  return dense;
}

double similarity(const std::vector<double>& x, const std::vector<double>& y) {
  double xx = 0, yy = 0, sum = 0;
  for (std::size_t column = 0; column < x.size(); ++column) {
    xx += x[column] * x[column];
    yy += y[column] * y[column];
  }
  if (xx == 0 || yy == 0) return 0;
  for (std::size_t column = 0; column < x.size(); ++column)
    sum += x[column] / std::sqrt(xx) * (y[column] / std::sqrt(yy));
  return sum;
}

TEST(SimilarityJoin, KeepsExactlyThePairsAtTheThreshold) {
  std::mt19937 random(1);
  JoinTuning tuning;
  tuning.tile_rows = 128;
  tuning.chunk_rows = 7;
  for (int round = 0; round < 40; ++round) {
    const auto dense = random_rows(random, 20 + 10 * round, 12);
    const auto rows = to_rows<double>(dense);
    const auto result = similarity_join(rows.view(), {.threshold = 0.6}, {.n_threads = 3}, tuning);
    for (std::int64_t i = 0; i < rows.n_rows; ++i) {
      std::vector<double> found(dense.size());
      for (auto k = result.offsets[i]; k < result.offsets[i + 1]; ++k)
        found[result.columns[k]] = result.values[k];
      for (std::int64_t j = 0; j < rows.n_rows; ++j) {
        const double expected = i == j ? 0 : similarity(dense[i], dense[j]);
        EXPECT_EQ(found[j], expected >= 0.6 - 4e-16 ? expected : 0) << i << " " << j;
      }
    }
  }
}

TEST(SimilarityJoin, BreaksTiesByTheLowerColumn) {
  const auto rows = to_rows<float>(Dense(500, {1, 2, 3}));
  const auto result = similarity_join(rows.view(), {.top_n = 3});
  ASSERT_EQ(result.n_entries(), 1500);
  for (std::int64_t k = 0; k < 3; ++k) {
    EXPECT_EQ(result.columns[result.offsets[400] + k], k);
    EXPECT_EQ(result.columns[result.offsets[1] + k], k == 0 ? 0 : k + 1);
  }
}

/// all() compares each pair of rows in different tiles once, for both of them; rows() does not.
void expect_the_same_from_either_side(const Dense& dense, const JoinOptions& options) {
  const auto rows = to_rows<double>(dense);
  const auto view = rows.view();
  JoinTuning tuning;
  tuning.tile_rows = 128;
  tuning.chunk_rows = 30;
  std::vector<std::int64_t> every(dense.size());
  std::iota(every.begin(), every.end(), 0);
  for (const int n_threads : {1, 2, 7}) {
    const Control control{.n_threads = n_threads};
    const SimilarityJoiner<double> joiner(view, options, control, tuning);
    const auto both = joiner.all(control), one = joiner.rows(every, control);
    EXPECT_EQ(both.offsets, one.offsets);
    EXPECT_EQ(both.columns, one.columns);
    EXPECT_EQ(both.values, one.values);
  }
}

TEST(SimilarityJoin, FindsTheSameBestFromEitherSide) {
  std::mt19937 random(5);
  for (const std::int64_t top_n : {1, 10, 50, 2000}) {
    const auto dense = random_rows(random, 1100, 40);
    expect_the_same_from_either_side(dense, {.top_n = top_n});
    expect_the_same_from_either_side(dense, {.threshold = 0.7, .top_n = top_n});
  }
}

TEST(SimilarityJoin, FindsTheSameBestOfTwinColumnsFromEitherSide) {
  std::mt19937 random(8);
  auto dense = random_rows(random, 1100, 40);
  for (auto& row : dense) {
    const double factor = 0.8 + static_cast<double>(random() % 100) / 250;
    for (std::size_t column = 0; column < 40; ++column)
      row.push_back(factor * row[column]);
  }
  for (const std::int64_t top_n : {1, 10, 50})
    expect_the_same_from_either_side(dense, {.top_n = top_n});
}

TEST(SimilarityJoin, FindsTheSameBestOfCopiesFromEitherSide) {
  std::mt19937 random(6);
  auto dense = random_rows(random, 1500, 5);
  std::fill(dense.begin() + 300, dense.begin() + 900, dense[0]);
  expect_the_same_from_either_side(dense, {.top_n = 5});
}

TEST(SimilarityJoin, FindsTheSameBestWithinTheGapFromEitherSide) {
  std::mt19937 random(7);
  const auto dense = random_rows(random, 900, 20);
  std::vector<double> times(dense.size());
  for (auto& time : times)
    time = random() % 8 == 0 ? std::nan("") : static_cast<double>(random() % 50);
  expect_the_same_from_either_side(dense, {.top_n = 7, .times_x = times, .max_gap = 9});
}

TEST(SimilarityJoin, GivesTheSameBytesOnEveryInstructionSet) {
  std::mt19937 random(2);
  const auto rows = to_rows<float>(random_rows(random, 700, 30));
  std::vector<CsrMatrix<float>> results;
  for (const auto set : available_instruction_sets()) {
    ::setenv("SAMESTORY_INSTRUCTION_SET", std::string(name_of(set)).c_str(), 1);
    for (const int n_threads : {1, 2, 3, 7})
      results.push_back(similarity_join(rows.view(), {.top_n = 5}, {.n_threads = n_threads}));
  }
  ::unsetenv("SAMESTORY_INSTRUCTION_SET");
  for (const auto& result : results) {
    EXPECT_EQ(result.offsets, results[0].offsets);
    EXPECT_EQ(result.columns, results[0].columns);
    EXPECT_EQ(result.values, results[0].values);
  }
}

TEST(SimilarityJoin, BlocksOfPairsMakeUpTheTriangle) {
  std::mt19937 random(3);
  const auto rows = to_rows<double>(random_rows(random, 300, 20));
  const JoinOptions options{.threshold = 0.5, .triangle = true};
  const auto whole = similarity_join(rows.view(), options);
  const auto view = rows.view();
  const SimilarityJoiner<double> joiner(view, options, {});
  std::int64_t n_pairs = 0;
  for (const std::int64_t begin : {0, 100, 200}) {
    const auto edges = joiner.pairs(begin, begin + 100, {});
    n_pairs += static_cast<std::int64_t>(edges.rows.size());
    for (std::size_t k = 0; k < edges.rows.size(); ++k)
      EXPECT_LT(edges.rows[k], edges.columns[k]);
  }
  EXPECT_EQ(n_pairs, whole.n_entries());
}

TEST(SimilarityJoin, ComparesOnlyWithinTheGap) {
  const auto rows = to_rows<double>(Dense(5, {1.0}));
  const std::vector<double> times{0, 10, 3, std::nan(""), 13};
  const auto result =
      similarity_join(rows.view(), {.threshold = 1, .times_x = times, .max_gap = 3});
  const std::vector<std::int64_t> sizes{2, 2, 2, 4, 2};
  for (std::int64_t row = 0; row < 5; ++row)
    EXPECT_EQ(result.offsets[row + 1] - result.offsets[row], sizes[row]) << row;
}

TEST(SimilarityJoin, RefusesWhatHasNoMeaning) {
  const auto rows = to_rows<double>(Dense(3, {1.0, 2.0}));
  const auto narrow = to_rows<double>(Dense(3, {1.0}));
  EXPECT_THROW(similarity_join(rows.view(), {}), std::invalid_argument);
  EXPECT_THROW(similarity_join(rows.view(), {.threshold = 1.1}), std::invalid_argument);
  EXPECT_THROW(similarity_join(rows.view(), {.top_n = 0}), std::invalid_argument);
  EXPECT_THROW(similarity_join(rows.view(), {.top_n = 1, .max_gap = 2}), std::invalid_argument);
  EXPECT_THROW(similarity_join(rows.view(), narrow.view(), {.top_n = 1}), std::invalid_argument);
}

TEST(SimilarityJoin, StopsWhenItsCallerSaysSo) {
  std::mt19937 random(4);
  const auto rows = to_rows<double>(random_rows(random, 3000, 40));
  Control control{.n_threads = 2};
  control.check_interrupt = [] { throw Interrupted(); };
  EXPECT_THROW(
      {
        for (int attempt = 0; attempt < 1000; ++attempt)
          similarity_join(rows.view(), {.top_n = 100}, control);
      },
      Interrupted);
}

}  // namespace
}  // namespace samestory
