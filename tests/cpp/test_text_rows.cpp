#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>
#include <string>
#include <vector>

#include "samestory/stories.hpp"
#include "samestory/text_rows.hpp"
#include "stories/few_texts.hpp"
#include "stories/ngrams.hpp"
#include "stories/telling_texts.hpp"
#include "text/word_beginning.hpp"

namespace samestory {
namespace {

using Numbers = std::vector<std::int64_t>;

const WordData kNoWords{WordData::StopWords{}};

std::vector<Document> documents_of(std::initializer_list<std::string_view> texts) {
  return {texts.begin(), texts.end()};
}

TextRows rows_of(std::initializer_list<std::string_view> texts) {
  const auto documents = documents_of(texts);
  return text_rows({documents}, WordData(WordData::StopWords{{"en", {"the"}}}));
}

TEST(TextRows, CopiesAreOneTextAndThoseWithoutWordsNone) {
  const auto texts = rows_of({"The storm", "storm the", " -- ", "harbour"});
  EXPECT_EQ(texts.text_of_article, (Numbers{0, 0, -1, 1}));
}

TEST(TextRows, NameTheirColumns) {
  StoryOptions options;
  const auto texts = rows_of({"harbours", "harbour"});
  EXPECT_EQ(texts.terms, (std::vector<std::string>{"harbour", "harbours", "harbou*"}));
  const auto& rows = std::get<CsrMatrix<double>>(texts.rows);
  EXPECT_EQ(rows.columns, (Buffer<std::int32_t>{1, 2, 0, 2}));
  EXPECT_NEAR(rows.values[0], std::sqrt(0.5), 1e-12);
}

TEST(TextRows, OfLanguagesShareNoColumn) {
  const auto documents = documents_of({"taxi", "taxi"});
  const std::vector<std::string> languages{"de", "fr"};
  const std::vector<std::int32_t> language{0, 1};
  const auto texts = text_rows({documents, languages, language}, kNoWords);
  EXPECT_EQ(std::get<CsrMatrix<double>>(texts.rows).columns, (Buffer<std::int32_t>{0, 1, 2, 3}));
}

TEST(TextRows, AreInSinglePrecisionWhereThoseOfOneLanguageAre) {
  std::vector<AnyCsrMatrix> blocks;
  blocks.emplace_back(CsrMatrix<float>{1, 2, {0, 2}, {0, 1}, {3, 4}});
  blocks.emplace_back(CsrMatrix<double>{1, 1, {0, 1}, {0}, {2}});
  const auto texts = text_rows(std::move(blocks), {0, 1}, {});
  const auto& rows = std::get<CsrMatrix<float>>(texts.rows);
  EXPECT_EQ(rows.columns, (Buffer<std::int32_t>{0, 1, 2}));
  EXPECT_FLOAT_EQ(rows.values[0], 0.6F);
  EXPECT_EQ(rows.values[2], 1.0F);
}

TEST(TextRows, RefuseArraysOfAnotherLength) {
  const auto documents = documents_of({"one", "two"});
  const std::vector<double> days{1.0};
  EXPECT_THROW(text_rows({.documents = documents, .days = days}, kNoWords), std::invalid_argument);
}

/// How much more than the second term of a text the first one weighs.
double ratio_of(const TextRows& texts) {
  const auto& rows = std::get<CsrMatrix<double>>(texts.rows);
  return rows.values[0] / rows.values[1];
}

TEST(TextRows, CountWhatIsKnown) {
  const auto documents = documents_of({"bank ferry"});
  const std::vector<std::string> terms{"bank"};
  const std::vector<std::int64_t> frequencies{299};
  const std::vector<KnownTexts> known{{299, terms, frequencies, {}}};
  const auto found = text_rows({.documents = documents, .known = known}, kNoWords);
  EXPECT_EQ(found.terms, (std::vector<std::string>{"bank", "ferry", "bank*", "ferry*"}));
  // In all of 300 texts, and in one of them, which counts half.
  EXPECT_NEAR(ratio_of(found), 1 / ((std::log(301.0 / 2) + 1) / 2), 1e-12);
  EXPECT_EQ(found.prior.least_next, std::vector<double>{0});
  EXPECT_NEAR(ratio_of(text_rows({documents}, kNoWords)), 1, 0.4);
}

TEST(TextRows, SeeWhatRecursInKnownTexts) {
  std::vector<std::string> texts(4);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    for (int word = 0; word < 12; ++word)
      texts[i] += "w" + std::to_string(i) + "x" + std::to_string(word) + " ";
    texts[i] += "- Harbour Herald";
  }
  const std::vector<Document> all(texts.begin(), texts.end());
  const auto last = std::span(all).last(1);
  const std::vector<KnownTexts> known{{3, {}, {}, std::span(all).first(3)}};
  EXPECT_EQ(text_rows({.documents = last, .known = known}, kNoWords).n_words, Numbers{12});
  EXPECT_EQ(text_rows({last}, kNoWords).n_words, Numbers{14});
}

TEST(TextRows, RefuseFrequenciesThatCannotBe) {
  const auto documents = documents_of({"ferry"});
  const std::vector<std::string> terms{"ferry"};
  for (const auto& frequencies : {Numbers{}, Numbers{-1}, Numbers{4}}) {
    const std::vector<KnownTexts> known{{3, terms, frequencies, {}}};
    EXPECT_THROW(text_rows({.documents = documents, .known = known}, kNoWords),
                 std::invalid_argument);
  }
}

TEST(FindStories, FromTexts) {
  const auto documents = documents_of(
      {"ferry aground near harbour", "bank raises rates", "ferry aground near harbour again", " "});
  const auto stories = find_stories({documents}, kNoWords);
  EXPECT_EQ(stories.labels, (Numbers{0, 1, 0, -1}));
}

TEST(FindStories, RefusesLinksThatCannotBe) {
  const auto documents = documents_of({"one ferry", "one ferry", "two banks", " "});
  const auto linked = [&](std::vector<RowPair> must, std::vector<RowPair> cannot) {
    return find_stories({documents}, kNoWords, {}, {}, must, cannot).labels;
  };
  EXPECT_EQ(linked({{0, 1}}, {{0, 2}}), (Numbers{0, 0, 1, -1}));
  EXPECT_THROW(linked({}, {{0, 1}}), std::invalid_argument);
  EXPECT_THROW(linked({{0, 3}}, {}), std::invalid_argument);
  EXPECT_THROW(linked({{0, 4}}, {}), std::invalid_argument);
  EXPECT_THROW(linked({{1, 2}}, {{0, 2}}), std::invalid_argument);
}

TEST(FewTexts, TellALittle) {
  EXPECT_EQ(told_by(2, {2, 300}), 0);
  EXPECT_NEAR(told_by(20, {2, 300}), 0.46, 0.005);
  EXPECT_EQ(told_by(300, {2, 300}), 1);
  const Numbers language{0, 0, 1}, n_texts{2, 30'000};
  const auto facts = prior_facts(Numbers{10, 300, 20}, language, n_texts);
  const auto& levels = facts.least_similarity;
  EXPECT_EQ(facts.remitted, (std::vector<double>{1, 1, 0}));
  EXPECT_EQ(facts.least_next, (std::vector<double>{levels[0], levels[1], 0}));
  EXPECT_EQ(facts.compared, (std::vector<double>{0, 0, 2}));
  EXPECT_NEAR(levels[0] * levels[0], 0.044, 5e-4);
  EXPECT_NEAR(levels[1] * levels[1], 0.122, 5e-4);
}

struct Case {
  std::size_t n;
  std::int64_t length;
  double share;
};

TEST(Ngrams, CountWhereTextsAreShortAndNeitherFewNorMany) {
  for (const auto& [n, length, share] :
       {Case{20, 8, 0.0}, Case{60, 8, 0.165}, Case{100, 8, 0.33}, Case{5'000, 15, 0.33},
        Case{7'500, 15, 0.165}, Case{10'000, 8, 0.0}, Case{500, 30, 0.165}, Case{500, 60, 0.0},
        Case{500, 0, 0.0}}) {
    EXPECT_NEAR(ngram_share_of(Numbers(n, length), {}), share, 1e-12) << n << " " << length;
  }
}

TEST(WordBeginning, IsWithoutAccents) {
  EXPECT_EQ(word_beginning("\u00e9lections", 6), "electi");
  EXPECT_EQ(word_beginning("\u0439\u043e\u0433\u0430", 6), "\u0439\u043e\u0433\u0430");
  EXPECT_EQ(word_beginning("", 6), "");
}

TEST(TellingTexts, KeepATextWhole) {
  const auto documents = documents_of({"Rain falls - Herald", "Herald"});
  const std::vector<RecurringSpan> spans{{0, 13, 19}, {1, 0, 6}};
  const TellingTexts texts(documents, spans);
  const auto text = [&](std::size_t i) {
    const auto& document = texts.documents()[i];
    return std::string(static_cast<const char*>(document.data), document.length);
  };
  EXPECT_EQ(text(0), "Rain falls -  ");
  EXPECT_EQ(text(1), "Herald");
}

TEST(TellingTexts, InWideCharacters) {
  const std::u16string wide = u"\u0416\u0436 ab";
  const std::vector<Document> documents{{wide.data(), wide.size(), TextEncoding::ucs2}};
  const std::vector<RecurringSpan> spans{{0, 0, 2}};
  const TellingTexts texts(documents, spans);
  const auto& left = texts.documents()[0];
  EXPECT_EQ(std::u16string(static_cast<const char16_t*>(left.data), left.length), u"  ab");
}

TEST(Background, KnowsItsTermsInAnyOrder) {
  const Background background("ant\nbee\ncat\ndog\neel\nfox\ngnu\nhen\nibis\njay\nkiwi",
                              {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, 100);
  const std::vector<std::string_view> words{"bee", "kiwi", "ant", "ant", "zebra", "cow", "jay"};
  EXPECT_EQ(background.positions_of(words), (Numbers{1, 10, 0, 0, -1, -1, 9}));
}

}  // namespace
}  // namespace samestory
