#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "samestory/control.hpp"
#include "samestory/csr.hpp"
#include "samestory/document.hpp"
#include "samestory/meaning.hpp"
#include "samestory/story_options.hpp"
#include "samestory/words.hpp"

namespace samestory {

/// Texts of a language that are there already, where new ones join them: these are weighed by the
/// document frequencies of both together.
struct KnownTexts {
  std::int64_t n_texts = 0;
  /// Terms by the names that TextRows gives them, and in how many of the texts each is.
  std::span<const std::string> terms = {};
  std::span<const std::int64_t> frequencies = {};
  /// Some of them: with these it is seen what recurs in texts that share nothing else.
  std::span<const Document> some_texts = {};
};

/// Articles as they come. A span has an entry for each, or none where nothing is known.
struct ArticleTexts {
  /// Headline, standfirst and body of each, joined.
  std::span<const Document> documents;
  /// The codes of languages, and of each article the number of its own there; -1 leaves it out.
  /// Articles of different numbers share no term. A code of "" is found in the words.
  std::span<const std::string> languages = {};
  std::span<const std::int32_t> language = {};
  /// When it appeared, in days; NaN where that is not known.
  std::span<const double> days = {};
  /// For StoryOptions::max_gap; copies of a text of different times are different texts.
  std::span<const double> times = {};
  /// Unit-length rows of `n_dimensions`, in the place of what words mean.
  std::span<const double> embeddings = {};
  std::int64_t n_dimensions = 0;
  /// By language. Rows are then those of the new texts alone.
  std::span<const KnownTexts> known = {};
};

/// What stands in for what small corpora do not tell of their texts, from the number of words; see
/// TextFacts.
struct PriorFacts {
  std::vector<double> least_similarity;
  std::vector<double> remitted;
  std::vector<double> least_next;
  std::vector<double> compared;
};

/// `language` has the number of each text's language, and `n_texts` how many texts each has.
PriorFacts prior_facts(std::span<const std::int64_t> n_words,
                       std::span<const std::int64_t> language,
                       std::span<const std::int64_t> n_texts, const TermOptions& options = {});

/// The distinct texts of articles as unit-length rows of terms, and what is known of each text.
struct TextRows {
  /// The text of each article; -1 for one without a letter or a digit.
  std::vector<std::int64_t> text_of_article;
  AnyCsrMatrix rows;
  std::vector<std::int64_t> n_words;
  std::vector<std::int64_t> language;
  std::vector<double> days;
  std::vector<double> times;
  PriorFacts prior;
  std::optional<Meanings> meanings;
  /// Names of the columns of terms, which are the first: a word, "elect*" for all words that begin
  /// so, "~elec~" for a run of letters in words.
  std::vector<std::string> terms;
};

/// Counts, weighs and normalizes the articles' words.
///
/// What recurs in texts that share nothing else is left out, copies of a text are found, and each
/// language's words, beginnings of words and, in short texts, runs of letters are weighed by
/// (1 + ln tf) idf, each field of unit length, and set side by side.
TextRows text_rows(const ArticleTexts& articles, const WordData& words,
                   const StoryOptions& options = {}, const Control& control = {});

/// The same of rows that somebody else made of the distinct texts of each language, one matrix a
/// language; they are brought to unit length, and their columns have no names. Of the articles the
/// days, times and embeddings are read.
TextRows text_rows(std::vector<AnyCsrMatrix>&& rows, std::vector<std::int64_t> text_of_article,
                   const ArticleTexts& articles, const StoryOptions& options = {},
                   const Control& control = {});

}  // namespace samestory
