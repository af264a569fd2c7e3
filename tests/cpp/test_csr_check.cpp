#include <gtest/gtest.h>

#include <cmath>
#include <limits>
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
