#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "samestory/recurring_lines.hpp"

namespace samestory {
namespace {

Document latin(const std::string& text) {
  return {text.data(), text.size(), TextEncoding::latin1};
}

std::vector<Document> latin(const std::vector<std::string>& texts) {
  std::vector<Document> documents;
  for (const auto& text : texts)
    documents.push_back(latin(text));
  return documents;
}

const std::vector<std::string> kNames{"march", "may"};

TEST(ComparedLines, AreWithoutSpacesAndDates) {
  const auto names = latin(kNames);
  const std::string text =
      "Tarn Post | Updated 14 March 2024\n It rains. \n\n7 May 2020\nTarn 2 a 1";
  EXPECT_EQ(compared_lines(latin(text), names),
            (std::vector<std::u32string>{U"Tarn Post | Updated 0 0 0", U"It rains.", U"",
                                         U"7 May 2020", U"Tarn 2 a 1"}));
}

/// Words of one article, made of letters that depend on it.
std::string words(int article, int first, int n) {
  std::string text;
  for (int i = first; i < first + n; ++i) {
    for (int k = article * 131 + i * 17 + 7; k > 0; k /= 5)
      text.push_back(static_cast<char>('a' + k % 5 + 5 * (article % 5)));
    text.push_back(i + 1 < first + n ? ' ' : '.');
  }
  return text;
}

TEST(RecurringLines, AreThoseOfTheSite) {
  std::vector<std::string> titles, texts;
  for (int i = 0; i < 8; ++i) {
    titles.push_back(words(i, 0, 6));
    texts.push_back("Read the Tarn Times on paper\n" + words(i, 6, 30) +
                    "\nAll rights are with the Tarn Times.");
  }
  const auto title_documents = latin(titles), text_documents = latin(texts), names = latin(kNames);
  const WordWeights weights({}, {}, 5.0);
  for (const int n_threads : {1, 3}) {
    Control control;
    control.n_threads = n_threads;
    std::vector<std::pair<std::int64_t, std::int64_t>> found;
    for (const auto& one :
         recurring_lines({title_documents, text_documents, names}, weights, control)) {
      EXPECT_FALSE(one.is_link);
      found.emplace_back(one.document, one.line);
    }
    std::vector<std::pair<std::int64_t, std::int64_t>> all;
    for (std::int64_t i = 0; i < 8; ++i)
      all.insert(all.end(), {{i, 0}, {i, 2}});
    EXPECT_EQ(found, all);
  }
}

TEST(RecurringLines, AskForATitleEach) {
  const std::vector<std::string> texts{"a", "b", "c"};
  const auto documents = latin(texts);
  const WordWeights weights({}, {}, 5.0);
  EXPECT_THROW(recurring_lines({{}, documents, {}}, weights, {}), std::invalid_argument);
}

}  // namespace
}  // namespace samestory
