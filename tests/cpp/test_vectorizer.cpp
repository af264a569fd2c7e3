#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "samestory/vectorizer.hpp"
#include "support/instruction_set.hpp"

namespace samestory {
namespace {

/// The obvious way: words of ASCII letters and digits in maps.
std::map<std::string, int> count_words(const std::string& text) {
  std::map<std::string, int> counts;
  std::string word;
  for (const char c : text + " ") {
    if (std::isalnum(static_cast<unsigned char>(c)) || c == '_') {
      word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
      continue;
    }
    if (word.size() > 1) ++counts[word];
    word.clear();
  }
  return counts;
}

std::vector<std::string> random_texts(int n, unsigned seed) {
  std::mt19937 random(seed);
  const std::string letters = "abcXYZ019_ .,-  ";
  std::vector<std::string> texts(static_cast<std::size_t>(n));
  for (auto& text : texts) {
    const auto size = random() % 9000;
    for (unsigned i = 0; i < size; ++i)
      text += letters[random() % letters.size()];
    if (random() % 3 == 0) text += std::string(random() % 40, 'q');
  }
  return texts;
}

std::vector<Document> views(const std::vector<std::string>& texts) {
  return {texts.begin(), texts.end()};
}

VectorizerOptions counts_only() {
  VectorizerOptions options;
  options.use_idf = false;
  options.weighting.norm = Norm::none;
  return options;
}

TEST(TfidfVectorizer, CountsLikeTheReferenceOnEveryInstructionSetAndThreadCount) {
  const auto texts = random_texts(40, 1);
  std::set<std::string> words;
  for (const auto& text : texts)
    for (const auto& [word, n] : count_words(text))
      words.insert(word);
  for (const auto set : available_instruction_sets()) {
    setenv("SAMESTORY_INSTRUCTION_SET", std::string(name_of(set)).c_str(), 1);
    for (const int n_threads : {1, 2, 3, 7}) {
      TfidfVectorizer vectorizer(counts_only());
      const auto rows = vectorizer.fit_transform(views(texts), Control{n_threads});
      const auto terms = vectorizer.terms();
      ASSERT_TRUE(std::equal(terms.begin(), terms.end(), words.begin(), words.end()));
      const auto view = rows.view();
      for (std::int64_t row = 0; row < rows.n_rows; ++row) {
        std::map<std::string, int> counts;
        for (std::int64_t i = 0; i < view.row_size(row); ++i) {
          const auto k = static_cast<std::size_t>(i);
          counts[std::string(terms[static_cast<std::size_t>(view.row_columns(row)[k])])] =
              static_cast<int>(view.row_values(row)[k]);
        }
        ASSERT_EQ(counts, count_words(texts[static_cast<std::size_t>(row)]));
      }
      ASSERT_EQ(vectorizer.transform(views(texts)).values, rows.values);
    }
  }
  unsetenv("SAMESTORY_INSTRUCTION_SET");
}

TEST(TfidfVectorizer, WeighsAsTheFormulaSays) {
  TfidfVectorizer vectorizer;
  const std::vector<Document> texts = {std::string_view("rain again"),
                                       std::string_view("again and again")};
  const auto rows = vectorizer.fit_transform(texts);
  const double rare = std::log(3.0 / 2.0) + 1, common = 1;
  EXPECT_EQ(vectorizer.terms(), (std::vector<std::string_view>{"again", "and", "rain"}));
  EXPECT_DOUBLE_EQ(rows.values[0], common / std::hypot(common, rare));
  EXPECT_DOUBLE_EQ(rows.values[2], 2 * common / std::hypot(2 * common, rare));
}

TEST(TfidfVectorizer, OrdersNgramsAsStrings) {
  auto options = counts_only();
  options.analyzer.max_n = 3;
  TfidfVectorizer vectorizer(options);
  const std::vector<Document> texts = {std::string_view("ab a1 ab abc"),
                                       std::string_view("abc ab a1 ab")};
  vectorizer.fit_transform(texts);
  const auto terms = vectorizer.terms();
  EXPECT_TRUE(std::is_sorted(terms.begin(), terms.end()));
  EXPECT_EQ(terms.size(), 3u + 4u + 3u);
}

TEST(TfidfVectorizer, ReadsEveryEncoding) {
  const std::u32string wide = U"Été à ΟΔΟΣ İx";
  const std::u16string narrow = u"Été à ΟΔΟΣ İx";
  const std::string bytes = "Été à ΟΔΟΣ İx";
  const std::vector<Document> texts = {
      {wide.data(), wide.size(), TextEncoding::ucs4},
      {narrow.data(), narrow.size(), TextEncoding::ucs2},
      std::string_view(bytes),
  };
  TfidfVectorizer vectorizer(counts_only());
  const auto rows = vectorizer.fit_transform(texts);
  EXPECT_EQ(vectorizer.terms(), (std::vector<std::string_view>{"été", "οδος"}));
  EXPECT_EQ(rows.n_entries(), 6);
}

TEST(TfidfVectorizer, SaysWhatIsWrong) {
  const std::vector<Document> texts = {std::string_view("a b")};
  EXPECT_THROW(TfidfVectorizer().fit_transform(texts), std::invalid_argument);
  EXPECT_THROW(TfidfVectorizer().transform(texts), std::logic_error);
  VectorizerOptions options;
  options.analyzer.min_n = 2;
  EXPECT_THROW(TfidfVectorizer(options).fit_transform(texts), std::invalid_argument);
}

}  // namespace
}  // namespace samestory
