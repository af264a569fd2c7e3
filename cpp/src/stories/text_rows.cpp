#include "samestory/text_rows.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "stories/copies.hpp"
#include "stories/few_texts.hpp"
#include "stories/language_terms.hpp"
#include "stories/row_blocks.hpp"
#include "stories/telling_texts.hpp"
#include "stories/word_meanings.hpp"
#include "text/text_counter.hpp"
#include "text/weighting.hpp"

namespace samestory {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

void check_size(std::size_t size, std::size_t n, const char* name) {
  if (size != 0 && size != n) {
    throw std::invalid_argument(std::string(name) + " has " + std::to_string(size) +
                                " entries; there have to be " + std::to_string(n));
  }
}

void check(const ArticleTexts& articles, std::size_t n) {
  check_size(articles.language.size(), n, "language");
  check_size(articles.days.size(), n, "days");
  check_size(articles.times.size(), n, "times");
  check_size(articles.embeddings.size(), n * static_cast<std::size_t>(articles.n_dimensions),
             "embeddings");
  const auto n_languages = std::max<std::int64_t>(std::ssize(articles.languages), 1);
  check_size(articles.known.size(), static_cast<std::size_t>(n_languages), "known");
  for (const auto& known : articles.known) {
    if (known.terms.size() != known.frequencies.size()) {
      throw std::invalid_argument("known texts have to have a frequency for each of their terms");
    }
    if (std::any_of(known.frequencies.begin(), known.frequencies.end(),
                    [&](auto own) { return own < 0 || own > known.n_texts; })) {
      throw std::invalid_argument("known texts: a term has to be in 0 to " +
                                  std::to_string(known.n_texts) + " of them");
    }
  }
  if (std::any_of(articles.language.begin(), articles.language.end(),
                  [&](auto number) { return number >= n_languages; })) {
    throw std::invalid_argument("language has to be the number of one of the languages, or -1");
  }
}

/// Some of the values.
template <class Value>
std::vector<Value> at(std::span<const Value> values, std::span<const std::int64_t> places) {
  std::vector<Value> some;
  if (values.empty()) return some;
  for (const auto place : places)
    some.push_back(values[static_cast<std::size_t>(place)]);
  return some;
}

/// The first article of each text.
std::vector<std::int64_t> first_articles(std::span<const std::int64_t> text_of_article,
                                         std::size_t n_texts) {
  std::vector<std::int64_t> first(n_texts, -1);
  for (std::size_t i = 0; i < text_of_article.size(); ++i) {
    const auto text = text_of_article[i];
    if (text >= std::ssize(first)) throw std::invalid_argument("an article is of no text");
    if (text >= 0 && first[text] < 0) first[text] = static_cast<std::int64_t>(i);
  }
  if (std::count(first.begin(), first.end(), -1) > 0) {
    throw std::invalid_argument("every text has to be that of an article");
  }
  return first;
}

/// The words that stand in documents, and how often.
struct CountedWords {
  std::shared_ptr<const WordTree> tree;  // holds the letters of the words
  std::vector<std::string_view> words;
  CsrMatrix<float> counts;
};

CountedWords counted_words(std::span<const Document> documents, const Control& control) {
  TextCounter counter({.tokens = TokenKind::unicode_words}, nullptr);
  counter.add(documents, control);
  auto [tree, counts] = counter.finish(control);
  CountedWords counted{tree, {}, {}};
  for (std::size_t i = 0; i < tree->n_features; ++i)
    counted.words.push_back(tree->words[i]);
  counted.counts =
      counts.take_rows<float>({}, counts.n_features(), {}, {.norm = Norm::none}, control);
  return counted;
}

/// One language after another.
class RowMaker {
 public:
  RowMaker(const ArticleTexts& articles, const StoryOptions& options, const Control& control)
      : articles_(articles), options_(options), control_(control) {}

  TextRows run(const WordData& words) {
    found_.text_of_article.assign(articles_.documents.size(), -1);
    const std::string unknown;
    const auto languages = articles_.languages.empty() ? std::span<const std::string>(&unknown, 1)
                                                       : articles_.languages;
    for (std::size_t number = 0; number < languages.size(); ++number)
      add_language(languages[number], static_cast<std::int32_t>(number), words);
    return finish();
  }

  TextRows run(std::vector<AnyCsrMatrix>&& blocks, std::vector<std::int64_t>&& text_of_article) {
    found_.text_of_article = std::move(text_of_article);
    for (auto& block : blocks) {
      const auto number = static_cast<std::int64_t>(blocks_.size());
      std::visit([&](auto& rows) { add_rows(number, std::move(rows)); }, block);
    }
    return finish();
  }

 private:
  /// The articles of a language that have words.
  std::vector<std::int64_t> members_of(std::int32_t language) const {
    std::vector<std::int64_t> members;
    for (std::size_t i = 0; i < articles_.documents.size(); ++i) {
      const auto own = articles_.language.empty() ? 0 : articles_.language[i];
      if (own == language && has_words(articles_.documents[i], *tables_)) {
        members.push_back(static_cast<std::int64_t>(i));
      }
    }
    return members;
  }

  void add_language(const std::string& language, std::int32_t number, const WordData& words) {
    const auto members = members_of(number);
    const auto known = articles_.known.empty() ? KnownTexts{} : articles_.known[number];
    if (members.empty()) return;
    auto counted = telling_words(language, members, known, words);
    const auto times = at(articles_.times, members);
    const auto distinct = distinct_texts(counted.counts.view(), times, control_);
    const auto n_before = static_cast<std::int64_t>(found_.n_words.size());
    for (std::size_t i = 0; i < members.size(); ++i)
      found_.text_of_article[members[i]] = n_before + distinct.text_of_row[i];
    if (distinct.first_rows.size() < members.size()) {
      counted.counts = selected_rows(counted.counts.view(), distinct.first_rows);
    }
    add(number, known.n_texts,
        language_terms(std::move(counted.counts), counted.words, language, known, words, options_,
                       control_));
  }

  /// The words of articles, without what recurs in some that share nothing else.
  CountedWords telling_words(const std::string& language, const std::vector<std::int64_t>& members,
                             const KnownTexts& known, const WordData& words) const {
    std::vector<Document> documents(known.some_texts.begin(), known.some_texts.end());
    for (const auto member : members)
      documents.push_back(articles_.documents[member]);
    const auto spans =
        recurring_spans(documents, words.weights(language), options_.terms.recurring, control_);
    const TellingTexts texts(documents, spans);
    return counted_words(texts.documents().subspan(known.some_texts.size()), control_);
  }

  template <class Value>
  void add_rows(std::int64_t language, CsrMatrix<Value>&& rows) {
    LanguageTerms terms;
    for (std::int64_t row = 0; row < rows.n_rows; ++row)
      terms.n_words.push_back(rows.view().row_size(row));
    normalize_rows<Value, std::int64_t>(rows.values, rows.offsets, Norm::l2, control_);
    terms.rows = std::move(rows);
    add(language, 0, std::move(terms));
  }

  void add(std::int64_t language, std::int64_t n_known, LanguageTerms&& terms) {
    const auto n = std::ssize(terms.n_words);
    found_.language.resize(found_.language.size() + n, language);
    n_texts_.resize(language + 1, 0);
    n_texts_[language] = n_known + n;
    found_.n_words.insert(found_.n_words.end(), terms.n_words.begin(), terms.n_words.end());
    std::move(terms.names.begin(), terms.names.end(), std::back_inserter(found_.terms));
    blocks_.push_back(std::move(terms.rows));
    meanings_.push_back(std::move(terms.meanings));
    sizes_.push_back(n);
  }

  TextRows finish() {
    first_articles_ = first_articles(found_.text_of_article, found_.n_words.size());
    found_.rows = without_zeros(diagonal_blocks(std::move(blocks_)), control_);
    found_.times = at(articles_.times, first_articles_);
    set_days();
    found_.prior = prior_facts(found_.n_words, found_.language, n_texts_, options_.terms);
    if (articles_.n_dimensions > 0) {
      add_embeddings();
    } else {
      found_.meanings = joined_meanings(meanings_, sizes_);
    }
    return std::move(found_);
  }

  /// The day of each text's earliest dated copy.
  void set_days() {
    found_.days.assign(found_.n_words.size(), kUnknown);
    for (std::size_t i = 0; i < articles_.days.size(); ++i) {
      const auto text = found_.text_of_article[i];
      if (text >= 0) found_.days[text] = std::fmin(found_.days[text], articles_.days[i]);
    }
  }

  void add_embeddings() {
    std::vector<double> own;
    for (const auto article : first_articles_) {
      const auto* first = articles_.embeddings.data() + article * articles_.n_dimensions;
      own.insert(own.end(), first, first + articles_.n_dimensions);
    }
    found_.rows = without_zeros(blended(found_.rows, own, articles_.n_dimensions,
                                        options_.terms.embeddings_share, control_),
                                control_);
  }

  const ArticleTexts& articles_;
  const StoryOptions& options_;
  const Control& control_;
  std::shared_ptr<const UnicodeTables> tables_ = unicode_tables();
  std::vector<std::int64_t> first_articles_;  // of each text
  std::vector<AnyCsrMatrix> blocks_;
  std::vector<std::optional<Meanings>> meanings_;
  std::vector<std::int64_t> sizes_;
  std::vector<std::int64_t> n_texts_;  // of each language, those that are known too
  TextRows found_;
};

}  // namespace

TextRows text_rows(const ArticleTexts& articles, const WordData& words, const StoryOptions& options,
                   const Control& control) {
  check(articles, articles.documents.size());
  return RowMaker(articles, options, control).run(words);
}

TextRows text_rows(std::vector<AnyCsrMatrix>&& rows, std::vector<std::int64_t> text_of_article,
                   const ArticleTexts& articles, const StoryOptions& options,
                   const Control& control) {
  check(articles, text_of_article.size());
  return RowMaker(articles, options, control).run(std::move(rows), std::move(text_of_article));
}

}  // namespace samestory
