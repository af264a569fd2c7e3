#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "support/csr_check.hpp"

namespace samestory {
namespace {

struct Arrays {
  std::vector<int> offsets{0, 2, 2, 3};
  std::vector<int> columns{0, 3, 1};
  std::vector<double> values{1.0, 2.0, 3.0};
  std::int64_t n_columns = 4;

  UncheckedCsr<double, int, int> unchecked() const {
    return {3, n_columns, offsets, columns, values};
  }
};

void expect_refused(const Arrays& arrays, const std::string& part) {
  try {
    check_csr(arrays.unchecked(), "X");
    FAIL() << "accepted, but should say: " << part;
  } catch (const std::invalid_argument& error) {
    EXPECT_NE(std::string(error.what()).find(part), std::string::npos) << error.what();
  }
}

TEST(CheckCsr, AcceptsASoundMatrix) {
  EXPECT_TRUE(check_csr(Arrays{}.unchecked(), "X").sorted_unique);
}

TEST(CheckCsr, NamesTheRowAndTheLimit) {
  Arrays arrays;
  arrays.columns[2] = 4;
  expect_refused(arrays, "X: row 2: column index 4 is outside of [0, 4)");
  arrays.columns[2] = -1;
  expect_refused(arrays, "row 2: column index -1");
}

TEST(CheckCsr, RefusesBrokenOffsets) {
  Arrays arrays;
  arrays.offsets = {0, 2, 1, 3};
  expect_refused(arrays, "row 1: indptr falls from 2 to 1");
  arrays.offsets = {1, 2, 2, 3};
  expect_refused(arrays, "indptr starts at 1");
  arrays.offsets = {0, 2, 2, 4};
  expect_refused(arrays, "indptr ends at 4");
  arrays.offsets = {0, 2, 3};
  expect_refused(arrays, "indptr has 3 entries");
}

TEST(CheckCsr, RefusesValuesThatAreNotFinite) {
  Arrays arrays;
  arrays.values[1] = std::nan("");
  expect_refused(arrays, "row 0: the value in column 3 is NaN or infinite");
  arrays.values[1] = std::numeric_limits<double>::infinity();
  expect_refused(arrays, "NaN or infinite");
}

TEST(CheckCsr, RefusesArraysOfUnlikeLength) {
  Arrays arrays;
  arrays.values.pop_back();
  expect_refused(arrays, "indices has 3 entries, but data has 2");
}

TEST(CheckStructure, SpeaksOfColumnsWhereTheyAreHeldTogether) {
  const std::vector<int> offsets{0, 1}, rows{5};
  try {
    check_structure(UncheckedStructure<int, int>{1, 5, offsets, rows, 1}, MajorAxis::columns, "X");
    FAIL() << "accepted";
  } catch (const std::invalid_argument& error) {
    EXPECT_STREQ(error.what(), "X: column 0: row index 5 is outside of [0, 5)");
  }
}

// What the check lets through is followed, entry by entry: AddressSanitizer sees a wrong step.
TEST(CheckCsr, TwentyThousandHostileMatricesAreRefusedOrSound) {
  std::mt19937 random(1);
  const auto draw = [&](int low, int high) {
    return std::uniform_int_distribution<int>(low, high)(random);
  };
  int n_sound = 0;
  double sum = 0;
  for (int round = 0; round < 20000; ++round) {
    Arrays arrays;
    const int n_wrong = draw(0, 2);
    for (int i = 0; i < n_wrong; ++i) {
      const int wild = draw(0, 3) == 0 ? std::numeric_limits<int>::max() : draw(-2, 5);
      switch (draw(0, 4)) {
        case 0:
          arrays.offsets[static_cast<std::size_t>(draw(0, 3))] = wild;
          break;
        case 1:
          arrays.columns[static_cast<std::size_t>(draw(0, 2))] = wild;
          break;
        case 2:
          arrays.values.resize(static_cast<std::size_t>(draw(0, 4)));
          break;
        case 3:
          arrays.offsets.pop_back();
          arrays.offsets.push_back(draw(0, 4));
          break;
        default:
          arrays.n_columns = draw(-1, 5);
      }
    }
    try {
      check_csr(arrays.unchecked(), "X");
    } catch (const std::invalid_argument&) {
      continue;
    }
    ++n_sound;
    const auto copy = canonical_copy(arrays.unchecked(), "X");
    std::vector<double> dense(static_cast<std::size_t>(copy.n_columns));
    for (std::int64_t i = 0; i < copy.n_entries(); ++i)
      dense[static_cast<std::size_t>(copy.columns[i])] += copy.values[i];
    for (const double value : dense)
      sum += value;
  }
  EXPECT_GT(n_sound, 2000);
  EXPECT_LT(n_sound, 18000);
  EXPECT_GT(sum, 0);
}

TEST(CanonicalCopy, RefusesDuplicatesThatSumUpToInfinity) {
  Arrays arrays;
  arrays.columns = {3, 3, 1};
  arrays.values = {1e308, 1e308, 1.0};
  EXPECT_THROW(canonical_copy(arrays.unchecked(), "X"), std::invalid_argument);
}

TEST(CanonicalCopy, SortsRowsAndSumsDuplicates) {
  Arrays arrays;
  arrays.offsets = {0, 3, 3, 4};
  arrays.columns = {3, 0, 3, 1};
  arrays.values = {1.0, 2.0, 4.0, 8.0};
  EXPECT_FALSE(check_csr(arrays.unchecked(), "X").sorted_unique);
  const auto rows = canonical_copy(arrays.unchecked(), "X");
  EXPECT_EQ(rows.offsets, (Buffer<std::int64_t>{0, 2, 2, 3}));
  EXPECT_EQ(rows.columns, (Buffer<std::int32_t>{0, 3, 1}));
  EXPECT_EQ(rows.values, (Buffer<double>{2.0, 5.0, 8.0}));
}

}  // namespace
}  // namespace samestory
