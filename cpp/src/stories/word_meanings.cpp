#include "stories/word_meanings.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace samestory {
namespace {

// Weights of words are whole numbers of 64ths.
constexpr double kSteps = 64.0;
constexpr std::int8_t kNothing = 8;

bool none_counts(const std::vector<double>& shares) {
  return std::none_of(shares.begin(), shares.end(), [](double share) { return share > 0; });
}

/// The share of the vector of each text, by its length.
std::vector<double> shares_of(const CsrView<float>& counts, const StoryOptions& options) {
  std::vector<double> shares(counts.n_rows, 0.0);
  for (std::int64_t text = 0; text < counts.n_rows; ++text) {
    const auto n_words = counts.row_size(text);
    if (n_words > 0) shares[text] = options.terms.meaning_share * options.shortness(n_words);
  }
  return shares;
}

bool is_known_enough(std::span<const std::int32_t> words, std::span<const std::int64_t> positions,
                     double least) {
  const auto n_known =
      std::count_if(words.begin(), words.end(), [&](auto word) { return positions[word] >= 0; });
  return static_cast<double>(n_known) >= least * static_cast<double>(words.size());
}

/// (1 + ln count) idf in whole numbers of the texts that count; the columns are still all words.
CsrMatrix<std::int64_t> whole_weights(const CsrView<float>& counts, std::span<const double> idf,
                                      std::span<const double> shares) {
  CsrMatrix<std::int64_t> weights{counts.n_rows, counts.n_columns, {0}, {}, {}};
  for (std::int64_t text = 0; text < counts.n_rows; ++text) {
    for (auto i = counts.offsets[text]; shares[text] > 0 && i < counts.offsets[text + 1]; ++i) {
      const double exact =
          (1.0 + std::log(static_cast<double>(counts.values[i]))) * idf[counts.columns[i]];
      const auto whole = static_cast<std::int64_t>(std::nearbyint(kSteps * exact));
      if (whole == 0) continue;
      weights.columns.push_back(counts.columns[i]);
      weights.values.push_back(whole);
    }
    weights.offsets.push_back(std::ssize(weights.columns));
  }
  return weights;
}

/// Leaves out the columns without an entry; returns those that stay.
std::vector<std::int32_t> drop_empty_columns(CsrMatrix<std::int64_t>& weights) {
  std::vector<std::int32_t> number(weights.n_columns, -1), used;
  for (const auto column : weights.columns)
    number[column] = 0;
  for (std::size_t column = 0; column < number.size(); ++column) {
    if (number[column] < 0) continue;
    number[column] = static_cast<std::int32_t>(used.size());
    used.push_back(static_cast<std::int32_t>(column));
  }
  for (auto& column : weights.columns)
    column = number[column];
  weights.n_columns = std::ssize(used);
  return used;
}

void append_vector(const WordVectors& vectors, std::int64_t n_words, std::int64_t position,
                   std::vector<std::int8_t>& out) {
  for (std::int64_t b = 0; b < vectors.n_bytes; ++b) {
    const auto packed = vectors.packed[b * n_words + position];
    out.push_back(static_cast<std::int8_t>((packed >> 4) - kNothing));
    out.push_back(static_cast<std::int8_t>((packed & 15) - kNothing));
  }
}

void append(Meanings& all, Meanings&& more) {
  const auto first = static_cast<std::int32_t>(all.weights.n_columns);
  const auto begin = all.weights.offsets.back();
  for (std::int64_t text = 1; text <= more.weights.n_rows; ++text)
    all.weights.offsets.push_back(begin + more.weights.offsets[text]);
  for (const auto column : more.weights.columns)
    all.weights.columns.push_back(column + first);
  all.weights.values.insert(all.weights.values.end(), more.weights.values.begin(),
                            more.weights.values.end());
  all.weights.n_columns += more.weights.n_columns;
  all.vectors.insert(all.vectors.end(), more.vectors.begin(), more.vectors.end());
  all.n_dimensions = more.n_dimensions;
  all.words.insert(all.words.end(), more.words.begin(), more.words.end());
  std::copy(more.shares.begin(), more.shares.end(), std::back_inserter(all.shares));
}

}  // namespace

std::optional<Meanings> meanings_of(const CsrView<float>& counts,
                                    std::span<const std::string_view> words, const WordData& data,
                                    const StoryOptions& options) {
  auto shares = shares_of(counts, options);
  if (none_counts(shares)) return {};
  const auto& background = *data.background();
  const auto positions = background.positions_of(words);
  std::vector<double> idf;
  for (const auto position : positions)
    idf.push_back(position < 0 ? 0.0
                               : background.idf(background.frequency(position), options.terms));
  for (std::int64_t text = 0; text < counts.n_rows; ++text) {
    if (!is_known_enough(counts.row_columns(text), positions, options.terms.least_known))
      shares[text] = 0;
  }
  Meanings meanings;
  meanings.weights = whole_weights(counts, idf, shares);
  const auto used = drop_empty_columns(meanings.weights);
  for (std::int64_t text = 0; text < counts.n_rows; ++text) {
    if (meanings.weights.offsets[text] == meanings.weights.offsets[text + 1]) shares[text] = 0;
  }
  if (none_counts(shares)) return {};
  const auto vectors = data.vectors();
  meanings.n_dimensions = 2 * vectors.n_bytes;
  for (const auto word : used) {
    append_vector(vectors, background.size(), positions[word], meanings.vectors);
    meanings.words.emplace_back(words[word]);
  }
  meanings.shares = std::move(shares);
  return meanings;
}

std::optional<Meanings> joined_meanings(std::span<std::optional<Meanings>> groups,
                                        std::span<const std::int64_t> n_texts) {
  Meanings all;
  all.weights.offsets.push_back(0);
  for (std::size_t g = 0; g < groups.size(); ++g) {
    if (groups[g]) {
      append(all, std::move(*groups[g]));
    } else {
      all.weights.offsets.resize(all.weights.offsets.size() + n_texts[g],
                                 all.weights.offsets.back());
      all.shares.resize(all.shares.size() + n_texts[g], 0.0);
    }
  }
  all.weights.n_rows = std::ssize(all.shares);
  if (none_counts(all.shares)) return {};
  return all;
}

}  // namespace samestory
