#include "samestory/words.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

namespace samestory {
namespace {

double share_in(const WordData::Words& stop_words, std::span<const std::string_view> words,
                std::span<const double> counts, double total) {
  double sum = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (stop_words.contains(std::string(words[i]))) sum += counts[i];
  }
  return sum / total;
}

}  // namespace

Background::Background(std::string terms, std::vector<std::uint32_t> frequencies,
                       std::int64_t n_texts)
    : text_(std::move(terms)), frequencies_(std::move(frequencies)), n_texts_(n_texts) {
  const std::string_view all(text_);
  for (std::size_t begin = 0; begin < all.size();) {
    const auto end = std::min(all.find('\n', begin), all.size());
    terms_.push_back(all.substr(begin, end - begin));
    begin = end + 1;
  }
  if (terms_.size() != frequencies_.size()) {
    throw std::invalid_argument("a background has to have a frequency for each term");
  }
  if (!std::is_sorted(terms_.begin(), terms_.end())) {
    throw std::invalid_argument("the terms of a background have to ascend by code point");
  }
}

std::vector<std::int64_t> Background::positions_of(std::span<const std::string_view> words) const {
  std::vector<std::int64_t> positions;
  positions.reserve(words.size());
  std::size_t at = 0;
  for (const auto word : words) {
    if (at > 0 && !(terms_[at - 1] < word)) at = 0;
    // Ascending words are a few terms apart; the rest is left to bisection.
    for (int step = 0; step < 8 && at < terms_.size() && terms_[at] < word; ++step)
      ++at;
    if (at < terms_.size() && terms_[at] < word) {
      at = std::lower_bound(terms_.begin() + static_cast<std::ptrdiff_t>(at), terms_.end(), word) -
           terms_.begin();
    }
    const bool is_known = at < terms_.size() && terms_[at] == word;
    positions.push_back(is_known ? static_cast<std::int64_t>(at) : -1);
  }
  return positions;
}

double Background::idf(double frequency, const TermOptions& options) const {
  const double least = std::clamp(options.unknown_share * n_texts(), 1.0, options.most_unknown);
  return std::max(0.0, std::log((1.0 + n_texts()) / (least + frequency)));
}

WordData::WordData(StopWords stop_words, std::shared_ptr<const Background> background,
                   std::function<WordVectors()> vectors,
                   std::function<StopWords()> other_stop_words,
                   std::shared_ptr<const Background> own, std::string own_language)
    : stop_words_(std::move(stop_words)),
      background_(std::move(background)),
      vectors_(std::move(vectors)),
      ask_for_others_(std::move(other_stop_words)),
      own_(std::move(own)),
      own_language_(std::move(own_language)) {
  for (const auto& entry : stop_words_)
    weights_.emplace(entry.first, weights_of(entry.first));
}

const Background* WordData::background_of(std::string_view language) const {
  if (own_ != nullptr && (own_language_.empty() || own_language_ == language)) return own_.get();
  return language == "en" ? background_.get() : nullptr;
}

const WordData::StopWords& WordData::other_stop_words() const {
  const std::lock_guard lock(asking_);
  if (!others_) others_ = ask_for_others_ ? ask_for_others_() : StopWords{};
  return *others_;
}

const WordData::Words& WordData::stop_words(std::string_view language) const {
  static const Words none;
  const auto found = stop_words_.find(language);
  if (found != stop_words_.end()) return found->second;
  const std::lock_guard lock(asking_);
  if (!others_) return none;
  const auto other = others_->find(language);
  return other == others_->end() ? none : other->second;
}

WordWeights WordData::weights_of(std::string_view language) const {
  std::vector<Document> words;
  std::vector<double> weights;
  const auto add = [&](std::string_view word, double weight) {
    words.emplace_back(word);
    weights.push_back(weight);
  };
  const bool is_english = background_ != nullptr && language == "en";
  for (std::int64_t i = 0; is_english && i < background_->size(); ++i)
    add(background_->term(i), background_->idf(background_->frequency(i)));
  for (const auto& word : stop_words(language))
    add(word, 0.0);
  return {words, weights, is_english ? background_->idf(0) : 1.0};
}

const WordWeights& WordData::weights(std::string_view language) const {
  static const WordWeights alike({}, {}, 1.0);
  const auto found = weights_.find(language.empty() ? "en" : language);
  return found == weights_.end() ? alike : found->second;
}

std::string WordData::language_of(std::span<const std::string_view> words,
                                  std::span<const double> counts,
                                  const TermOptions& options) const {
  double total = 0, known = 0;
  for (const auto count : counts)
    total += count;
  if (total == 0) return "";
  if (background_ != nullptr) {
    const auto positions = background_->positions_of(words);
    for (std::size_t i = 0; i < words.size(); ++i)
      known += background_->frequency(positions[i]) > 0 ? counts[i] : 0;
    if (known >= options.english_known * total) return "en";
  }
  std::string best;
  double most = 0;
  for (const StopWords* lists : {&stop_words_, &other_stop_words()}) {
    for (const auto& [language, list] : *lists) {
      if (background_ != nullptr && language == "en") continue;
      const double share = share_in(list, words, counts, total);
      if (share > most || (share == most && language < best)) {
        most = share;
        best = language;
      }
    }
  }
  return most >= options.least_stop_words ? best : "";
}

}  // namespace samestory
