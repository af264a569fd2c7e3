#include "text/telling_words.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <stdexcept>

#include "support/scrambled.hpp"

namespace samestory {
namespace {

constexpr std::size_t kLeastWords = 2;  // of fewer, nothing is known
constexpr double kLeastShare = 0.1;     // or of fewer among all words of the text
constexpr std::size_t kFewTexts = 30;   // that tell nothing of how frequent words are
constexpr double kFrequent = 10.0;      // one text in so many

}  // namespace

double cosine(const TellingWords& a, const TellingWords& b) {
  double sum = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i].first == b[j].first) {
      sum += static_cast<double>(a[i++].second) * b[j++].second;
    } else {
      a[i].first < b[j].first ? ++i : ++j;
    }
  }
  return sum;
}

double MeanCosine::operator()(std::span<const TellingWords* const> texts) {
  double squares = 0, n = 0;
  for (const auto* text : texts) {
    for (const auto& [key, weight] : *text) {
      auto& sum = sums_[key % sums_.size()];
      squares += 2.0 * sum * weight;
      sum += weight;
    }
    n += text->empty() ? 0 : 1;
  }
  for (const auto* text : texts) {
    for (const auto& [key, weight] : *text)
      sums_[key % sums_.size()] = 0;
  }
  return n < 2 ? 0 : squares / (n * (n - 1));
}

void WordWeigher::count(const std::vector<ScannedWord>& words) {
  std::vector<std::uint64_t> keys;
  keys.reserve(words.size());
  for (const auto& word : words)
    keys.push_back(word.hash);
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  for (const auto key : keys)
    fading_[key] += 1;
  ++n_counted_;
}

void WordWeigher::fade() {
  if (n_counted_ < kFewTexts) fading_.clear();
  const auto n = static_cast<double>(n_counted_);
  for (auto& [word, count] : fading_)
    count = static_cast<float>(std::log(n / static_cast<double>(count)) / std::log(kFrequent));
  std::erase_if(fading_, [](const auto& entry) { return entry.second >= 1; });
}

float WordWeigher::weight(std::uint64_t word) const {
  const auto fading = fading_.find(word);
  return static_cast<float>(given_.of(word)) * (fading == fading_.end() ? 1.0F : fading->second);
}

TellingWords WordWeigher::operator()(const std::vector<ScannedWord>& words,
                                     std::span<const char> marked) const {
  TellingWords telling;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i].is_number) continue;
    auto key = words[i].hash;
    if (words[i].is_unspaced) {  // pairs of characters say more than single ones
      if (i + 1 == words.size() || !words[i + 1].is_unspaced) continue;
      key = scrambled(key * 3 + words[i + 1].hash);
    }
    telling.emplace_back(key, marked[i] ? 0.0F : 1.0F);
  }
  // A word that stands elsewhere as well is left, so that of each key the 1 comes first.
  std::sort(telling.begin(), telling.end(), std::greater<>());
  const auto same = [](const auto& a, const auto& b) { return a.first == b.first; };
  telling.erase(std::unique(telling.begin(), telling.end(), same), telling.end());
  std::reverse(telling.begin(), telling.end());
  double squares = 0;
  std::size_t n_different = 0;
  for (auto& [key, left] : telling) {
    const auto full = weight(key);
    n_different += full > 0;
    left *= full;
    squares += static_cast<double>(left) * left;
  }
  std::erase_if(telling, [](const auto& entry) { return entry.second <= 0; });
  const auto n = static_cast<double>(telling.size());
  if (telling.size() < kLeastWords || n < kLeastShare * static_cast<double>(n_different)) return {};
  for (auto& entry : telling)
    entry.second /= static_cast<float>(std::sqrt(squares));
  return telling;
}

WordWeights::WordWeights(std::span<const Document> words, std::span<const double> weights,
                         double others)
    : others_(others) {
  if (words.size() != weights.size()) {
    throw std::invalid_argument("there has to be a weight for each word");
  }
  const auto tables = unicode_tables();
  WordScan scan(*tables, 0);
  weights_.reserve(words.size());
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto& scanned = scan.run(words[i]);
    if (scanned.size() == 1) weights_[scanned[0].hash] = static_cast<float>(weights[i]);
  }
}

double WordWeights::of(std::uint64_t word) const {
  const auto at = weights_.find(word);
  return at == weights_.end() ? others_ : static_cast<double>(at->second);
}

}  // namespace samestory
