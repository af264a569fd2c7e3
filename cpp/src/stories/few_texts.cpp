#include "stories/few_texts.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace samestory {
namespace {

/// A share of texts below 1, so that its logarithm is finite.
constexpr double kMostShare = 1.0 - 1e-6;

double n_characters(std::string_view word) {
  const auto is_first = [](char byte) { return (byte & 0xC0) != 0x80; };
  return static_cast<double>(std::count_if(word.begin(), word.end(), is_first));
}

std::vector<double> occurrences_of(const CsrView<float>& counts) {
  std::vector<double> sums(counts.n_columns, 0.0);
  for (std::size_t i = 0; i < counts.columns.size(); ++i)
    sums[counts.columns[i]] += static_cast<double>(counts.values[i]);
  return sums;
}

/// u with u_i u_j = the least cosine of two texts of one story, from their distinct words.
double level_of(std::int64_t n_words, const TermOptions& options) {
  const auto n = static_cast<double>(std::max<std::int64_t>(n_words, 1));
  return std::sqrt(options.level_factor * std::pow(n, options.level_exponent));
}

}  // namespace

double told_by(std::int64_t n_texts, const Range& told) {
  const auto n = static_cast<double>(std::max<std::int64_t>(n_texts, 1));
  return std::clamp(std::log(n / told.from) / std::log(told.to / told.from), 0.0, 1.0);
}

PriorFacts prior_facts(std::span<const std::int64_t> n_words,
                       std::span<const std::int64_t> language,
                       std::span<const std::int64_t> n_texts, const TermOptions& options) {
  std::vector<double> untold, remitted, compared;
  for (const auto n : n_texts) {
    untold.push_back(std::sqrt(1.0 - told_by(n, options.told)));
    remitted.push_back(1.0 - told_by(n, {options.told.from, options.chance_told}));
    compared.push_back(std::max(std::log10(static_cast<double>(n) / options.told.to), 0.0));
  }
  if (language.size() != n_words.size()) {
    throw std::invalid_argument("every text has to have a number of words and a language");
  }
  PriorFacts facts;
  for (std::size_t text = 0; text < n_words.size(); ++text) {
    if (language[text] < 0 || language[text] >= std::ssize(n_texts)) {
      throw std::invalid_argument("a text is of a language that there is not");
    }
    const double level = level_of(n_words[text], options);
    facts.least_similarity.push_back(level);
    facts.least_next.push_back(level * untold[language[text]]);
    facts.remitted.push_back(remitted[language[text]]);
    facts.compared.push_back(compared[language[text]]);
  }
  return facts;
}

PriorIdf background_idf(const Background& background, std::span<const std::string_view> words,
                        std::span<const std::int32_t> prefix_of, std::int64_t n_prefixes,
                        const TermOptions& options) {
  const auto positions = background.positions_of(words);
  PriorIdf idf{std::vector<double>(words.size()), std::vector<double>(n_prefixes, 0.0)};
  for (std::size_t i = 0; i < words.size(); ++i) {
    const double frequency = background.frequency(positions[i]);
    idf.of_words[i] = background.idf(frequency, options);
    const double share = std::min(frequency / background.n_texts(), kMostShare);
    idf.of_prefixes[prefix_of[i]] += std::log1p(-share);
  }
  for (auto& absent : idf.of_prefixes)
    absent = background.idf(background.n_texts() * -std::expm1(absent), options);
  return idf;
}

PriorIdf length_idf(const CsrView<float>& counts, std::span<const std::string_view> words,
                    std::span<const std::int32_t> prefix_of, std::int64_t n_prefixes,
                    const TermOptions& options) {
  const auto occurrences = occurrences_of(counts);
  double sum = 0, total = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    sum += n_characters(words[i]) * occurrences[i];
    total += occurrences[i];
  }
  const double mean = std::max(sum / std::max(total, 1.0), 1.0);
  PriorIdf idf{{}, std::vector<double>(n_prefixes, 0.0)};
  std::vector<double> totals(n_prefixes, 0.0);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const double length = n_characters(words[i]) / mean - options.length_less;
    idf.of_words.push_back(options.length_size * std::clamp(length, options.length_least, 1.0));
    idf.of_prefixes[prefix_of[i]] += idf.of_words[i] * occurrences[i];
    totals[prefix_of[i]] += occurrences[i];
  }
  for (std::int64_t i = 0; i < n_prefixes; ++i)
    idf.of_prefixes[i] /= std::max(totals[i], 1.0);
  return idf;
}

std::vector<double> document_frequencies(const CsrView<float>& counts) {
  std::vector<double> frequencies(counts.n_columns, 0.0);
  for (const auto column : counts.columns)
    ++frequencies[column];
  return frequencies;
}

std::vector<double> mixed_idf(std::span<const double> frequencies, std::int64_t n_texts,
                              std::span<const double> prior, double told,
                              const TermOptions& options) {
  std::vector<double> idf;
  idf.reserve(frequencies.size());
  for (std::size_t i = 0; i < frequencies.size(); ++i) {
    double own = std::log((1.0 + static_cast<double>(n_texts)) / (1.0 + frequencies[i])) + 1.0;
    if (!prior.empty()) own = told * own + (1.0 - told) * prior[i];
    idf.push_back(frequencies[i] > 1 ? own : own * (1.0 - (1.0 - options.single_weight) * told));
  }
  return idf;
}

}  // namespace samestory
