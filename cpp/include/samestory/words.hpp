#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "samestory/recurring.hpp"
#include "samestory/term_options.hpp"

namespace samestory {

/// In how many of many texts each word stands: what few texts cannot tell.
class Background {
 public:
  /// `terms` are UTF-8, one a line, ascending by code point, each once; `frequencies` has one each.
  Background(std::string terms, std::vector<std::uint32_t> frequencies, std::int64_t n_texts);

  std::int64_t size() const { return std::ssize(frequencies_); }
  std::string_view term(std::int64_t position) const { return terms_[position]; }
  /// Where each word stands, -1 for one that is not known; quick where the words ascend.
  std::vector<std::int64_t> positions_of(std::span<const std::string_view> words) const;
  /// The document frequency of what stands there, 0 for -1.
  double frequency(std::int64_t position) const {
    return position < 0 ? 0.0 : static_cast<double>(frequencies_[position]);
  }
  double n_texts() const { return static_cast<double>(n_texts_); }
  /// max(0, ln((1 + n_texts) / (least + frequency))), where `least` is `unknown_share` of the
  /// texts, from 1 to `most_unknown`.
  double idf(double frequency, const TermOptions& options = {}) const;

 private:
  std::string text_;
  std::vector<std::string_view> terms_;
  std::vector<std::uint32_t> frequencies_;
  std::int64_t n_texts_;
};

/// Vectors of the words of a background: two dimensions a byte, each a number from 1 to 15 where 8
/// stands for nothing; byte b of word w is packed[b * n_words + w].
struct WordVectors {
  std::span<const std::uint8_t> packed;
  std::int64_t n_bytes = 0;
};

/// What is known of words beforehand. All of it is handed in: the core reads no file.
class WordData {
 public:
  using Words = std::unordered_set<std::string>;
  using StopWords = std::map<std::string, Words, std::less<>>;

  /// Stop words by the code of their language. Without a background, English is a language like any
  /// other. Asked when first needed: the vectors of words, and the stop words of other languages,
  /// which tell those from each other. Both may be empty. `own` tells how rare the words of a
  /// language are (of any, where that is ""), in the place of `background`.
  explicit WordData(StopWords stop_words, std::shared_ptr<const Background> background = nullptr,
                    std::function<WordVectors()> vectors = {},
                    std::function<StopWords()> other_stop_words = {},
                    std::shared_ptr<const Background> own = nullptr, std::string own_language = {});

  const Background* background() const { return background_.get(); }
  /// That which tells how rare the words of a language are; nullptr if none.
  const Background* background_of(std::string_view language) const;
  bool has_vectors() const { return background_ != nullptr && vectors_; }
  WordVectors vectors() const { return vectors_(); }
  /// None for a language without a list.
  const Words& stop_words(std::string_view language) const;
  /// How much words say of what a text is about; what language is not known is taken for English.
  const WordWeights& weights(std::string_view language) const;
  /// The language that words show, each of which stands so often: English where the background
  /// knows `english_known` of them, else that of which most are stop words, if those are
  /// `least_stop_words` of all. Else "".
  std::string language_of(std::span<const std::string_view> words, std::span<const double> counts,
                          const TermOptions& options = {}) const;

 private:
  WordWeights weights_of(std::string_view language) const;
  const StopWords& other_stop_words() const;

  StopWords stop_words_;
  std::shared_ptr<const Background> background_;
  std::function<WordVectors()> vectors_;
  std::function<StopWords()> ask_for_others_;
  std::shared_ptr<const Background> own_;
  std::string own_language_;
  std::map<std::string, WordWeights, std::less<>> weights_;
  mutable std::mutex asking_;
  mutable std::optional<StopWords> others_;
};

}  // namespace samestory
