#include <gtest/gtest.h>

#include <vector>

#include "clustering_data.hpp"
#include "samestory/groups.hpp"

namespace samestory {
namespace {

const CsrMatrix<double> kRows = testing::sparse({{1, 0, 0}, {0, 1, 0}, {1, 1, 0}, {0, 0, 2}});
const std::vector<std::int64_t> kMembers{1, 2, 0, 3}, kStarts{0, 3, 3, 4};

TEST(GroupCentres, AreTheRowsNearestToTheSums) {
  // The sums are (2, 2, 0): row 2 is in the middle. The empty group has no centre.
  const auto centres = group_centres(kRows.view(), Groups{kMembers, kStarts}, {});
  EXPECT_EQ(centres, (std::vector<std::int64_t>{1, 0, 0}));
}

TEST(GroupColumns, AreTheHeaviestThatAreNotLeftOut) {
  const std::vector<std::uint8_t> none{0, 0, 0}, first{1, 0, 0};
  const Groups groups{kMembers, kStarts};
  EXPECT_EQ(group_columns(kRows.view(), groups, none, 2, {}),
            (std::vector<std::int32_t>{0, 1, -1, -1, 2, -1}));
  EXPECT_EQ(group_columns(kRows.view(), groups, first, 1, {}),
            (std::vector<std::int32_t>{1, -1, 2}));
}

TEST(Groups, AreChecked) {
  const std::vector<std::int64_t> short_starts{0, 2}, wrong_member{0, 4}, none;
  EXPECT_THROW(group_centres(kRows.view(), Groups{kMembers, short_starts}, {}),
               std::invalid_argument);
  EXPECT_THROW(group_centres(kRows.view(), Groups{kMembers, none}, {}), std::invalid_argument);
  EXPECT_THROW(group_centres(kRows.view(), Groups{wrong_member, short_starts}, {}),
               std::out_of_range);
}

}  // namespace
}  // namespace samestory
