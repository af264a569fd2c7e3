#include "stories/language_terms.hpp"

#include <array>
#include <cmath>
#include <numeric>
#include <unordered_map>
#include <utility>

#include "samestory/fields.hpp"
#include "stories/few_texts.hpp"
#include "stories/ngrams.hpp"
#include "stories/row_blocks.hpp"
#include "stories/word_meanings.hpp"
#include "text/word_beginning.hpp"

namespace samestory {
namespace {

constexpr const char* kPrefixMark = "*";
constexpr const char* kNgramMark = "~";

using Words = std::vector<std::string_view>;

std::vector<double> occurrences_of(const CsrMatrix<float>& counts) {
  std::vector<double> sums(counts.n_columns, 0.0);
  for (std::size_t i = 0; i < counts.columns.size(); ++i)
    sums[counts.columns[i]] += static_cast<double>(counts.values[i]);
  return sums;
}

/// The terms of one language on their way to rows.
class Weigher {
 public:
  Weigher(const WordData& data, const KnownTexts& known, const StoryOptions& options,
          const Control& control)
      : data_(data),
        known_(known),
        story_options_(options),
        options_(options.terms),
        control_(control) {
    for (std::size_t i = 0; i < known.terms.size(); ++i)
      known_frequencies_.emplace(known.terms[i], static_cast<double>(known.frequencies[i]));
  }

  LanguageTerms run(CsrMatrix<float>&& counts, const Words& words, std::string_view named) {
    language_ = named;
    if (named.empty()) language_ = data_.language_of(words, occurrences_of(counts), options_);
    split_fields(std::move(counts), words);
    LanguageTerms terms;
    for (std::int64_t text = 0; text < word_counts_.n_rows; ++text)
      terms.n_words.push_back(word_counts_.view().row_size(text));
    const double share = ngram_share_of(terms.n_words, options_);
    if (share > 0) ngrams_ = ngram_rows(word_counts_.view(), kept_, options_, control_);
    terms.rows = weighed(share);
    terms.names = names();
    if (has_meaning()) {
      terms.meanings = meanings_of(word_counts_.view(), kept_, data_, story_options_);
    }
    return terms;
  }

 private:
  bool has_meaning() const {
    return options_.use_background && language_ == "en" && data_.has_vectors() &&
           n_texts() > options_.meaning_above;
  }

  /// Stop words are left out; what is left is counted as it is, and by its beginning.
  void split_fields(CsrMatrix<float>&& counts, const Words& words) {
    const auto& stop_words = data_.stop_words(language_);
    std::vector<std::int32_t> place(words.size(), -1), beginning(words.size(), -1);
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (stop_words.contains(std::string(words[i]))) continue;
      place[i] = static_cast<std::int32_t>(kept_.size());
      kept_.push_back(words[i]);
    }
    prefixes_.emplace(kept_, options_.prefix_length);
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (place[i] >= 0) beginning[i] = prefixes_->of_word[place[i]];
    }
    word_counts_ = joined_columns(counts.view(), place, std::ssize(kept_), control_);
    prefix_counts_ = joined_columns(counts.view(), beginning, n_prefixes(), control_);
    counts = {};
  }

  const Background* background() const {
    return options_.use_background ? data_.background_of(language_) : nullptr;
  }

  /// What the texts tell of how rare terms are.
  double told() const {
    return told_by(n_texts(), background() != nullptr ? options_.told : options_.told_without);
  }

  PriorIdf prior() const {
    if (told() >= 1) return {};
    if (background() != nullptr) {
      return background_idf(*background(), kept_, prefixes_->of_word, n_prefixes(), options_);
    }
    return length_idf(word_counts_.view(), kept_, prefixes_->of_word, n_prefixes(), options_);
  }

  AnyCsrMatrix weighed(double share) const {
    const auto elsewhere = prior();
    const auto of_words = mixed_idf(frequencies(word_counts_, kept_, ""), n_texts(),
                                    elsewhere.of_words, told(), options_);
    const auto of_prefixes =
        mixed_idf(frequencies(prefix_counts_, prefixes_->beginnings, kPrefixMark), n_texts(),
                  elsewhere.of_prefixes, told(), options_);
    const std::array fields{
        Field{word_counts_.view(), of_words, std::sqrt(1.0 - options_.prefix_share)},
        Field{prefix_counts_.view(), of_prefixes, std::sqrt(options_.prefix_share)}};
    const std::span<const Field<float>> both(fields);
    if (share == 0 && word_counts_.n_rows > story_options_.many_texts) {
      return weighed_fields<float>(both, control_);
    }
    auto rows = weighed_fields<double>(both, control_);
    return share > 0 ? blended(rows, ngrams_.rows, share, control_) : std::move(rows);
  }

  /// In how many texts each column of the counts is, with those that are known.
  template <class Name>
  std::vector<double> frequencies(const CsrMatrix<float>& counts, const std::vector<Name>& names,
                                  const char* mark) const {
    auto frequencies = document_frequencies(counts.view());
    if (known_frequencies_.empty()) return frequencies;
    for (std::size_t i = 0; i < names.size(); ++i) {
      const auto found = known_frequencies_.find(std::string(names[i]) + mark);
      if (found != known_frequencies_.end()) frequencies[i] += found->second;
    }
    return frequencies;
  }

  std::vector<std::string> names() const {
    std::vector<std::string> names(kept_.begin(), kept_.end());
    for (const auto& prefix : prefixes_->beginnings)
      names.push_back(prefix + kPrefixMark);
    for (const auto& ngram : ngrams_.ngrams)
      names.push_back(kNgramMark + ngram + kNgramMark);
    return names;
  }

  /// Those that are known, and the new ones.
  std::int64_t n_texts() const { return known_.n_texts + word_counts_.n_rows; }
  std::int64_t n_prefixes() const { return std::ssize(prefixes_->beginnings); }

  const WordData& data_;
  const KnownTexts& known_;
  const StoryOptions& story_options_;
  const TermOptions& options_;
  const Control& control_;
  std::unordered_map<std::string_view, double> known_frequencies_;
  std::string language_;
  Words kept_;
  std::optional<WordBeginnings> prefixes_;
  CsrMatrix<float> word_counts_;
  CsrMatrix<float> prefix_counts_;
  NgramRows ngrams_;
};

}  // namespace

LanguageTerms language_terms(CsrMatrix<float>&& counts, const Words& words,
                             std::string_view language, const KnownTexts& known,
                             const WordData& data, const StoryOptions& options,
                             const Control& control) {
  return Weigher(data, known, options, control).run(std::move(counts), words, language);
}

}  // namespace samestory
