#include <gtest/gtest.h>

#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "samestory/text_reuse.hpp"

namespace samestory {
namespace {

using Pairs = std::vector<std::pair<std::int64_t, std::int64_t>>;

std::vector<Document> documents_of(const std::vector<std::string>& texts) {
  return {texts.begin(), texts.end()};
}

TEST(ShingleRows, HoldWhatTwoTextsShareAndCountAll) {
  const std::vector<std::string> texts{"One two three four. One two THREE!", "zero one, two three",
                                       "two", ""};
  for (const int n_threads : {1, 3}) {
    Control control;
    control.n_threads = n_threads;
    const auto found = shingle_rows(documents_of(texts), 3, control);
    // Of the first text: one two three, two three four, three four one, four one two.
    EXPECT_EQ(found.n_shingles, (Buffer<std::int64_t>{4, 2, 0, 0}));
    EXPECT_EQ(found.rows.n_columns, 1);
    EXPECT_EQ(found.rows.offsets, (Buffer<std::int64_t>{0, 1, 2, 2, 2}));
  }
}

TEST(SharedPassages, AreTheLongestAndGoOn) {
  const std::vector<std::string> texts{"a b c x a b c d e. f g", "Q! a b c D, e; r f g a b c"};
  const auto passages = shared_passages(documents_of(texts), Pairs{{0, 1}}, 2, {});
  std::vector<std::string> found;
  for (const auto& one : passages) {
    const auto cut = [](const std::string& text, std::int64_t begin, std::int64_t end) {
      return text.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
    };
    found.push_back(cut(texts[0], one.begin_first, one.end_first) + "|" +
                    cut(texts[1], one.begin_second, one.end_second));
  }
  EXPECT_EQ(found, (std::vector<std::string>{"a b c d e|a b c D, e", "f g|f g", "a b c|a b c"}));
}

TEST(SharedPassages, RefusePairsOfTextsThatAreNotThere) {
  const std::vector<std::string> texts{"a b"};
  EXPECT_THROW(shared_passages(documents_of(texts), Pairs{{0, 1}}, 2, {}), std::out_of_range);
  EXPECT_THROW(shared_passages(documents_of(texts), Pairs{{-1, 0}}, 2, {}), std::out_of_range);
  EXPECT_THROW(shingle_rows(documents_of(texts), 0, {}), std::invalid_argument);
}

}  // namespace
}  // namespace samestory
