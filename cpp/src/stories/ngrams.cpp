#include "stories/ngrams.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "clustering/accumulator.hpp"
#include "samestory/fields.hpp"
#include "support/parallel.hpp"
#include "text/text_counter.hpp"
#include "text/weighting.hpp"

namespace samestory {
namespace {

constexpr std::int64_t kRowsPerChunk = 256;

double median_of(std::span<const std::int64_t> numbers) {
  std::vector<std::int64_t> sorted(numbers.begin(), numbers.end());
  std::sort(sorted.begin(), sorted.end());
  const auto middle = sorted.size() / 2;
  const auto high = static_cast<double>(sorted[middle]);
  return sorted.size() % 2 == 1 ? high : (static_cast<double>(sorted[middle - 1]) + high) / 2;
}

double way(double n, const Range& range) {
  return std::clamp((n - range.from) / (range.to - range.from), 0.0, 1.0);
}

/// The sum of the rows of the words that a text has, each as often as it has it.
CsrMatrix<float> sums_of_rows(const CsrView<float>& counts, const CsrView<float>& of_words,
                              const Control& control) {
  std::vector<Accumulator> sums(resolve_threads(control), Accumulator(of_words.n_columns));
  CsrMatrix<float> result{counts.n_rows, of_words.n_columns, {}, {}, {}};
  result.offsets.assign(counts.n_rows + 1, 0);
  parallel_for(control, counts.n_rows, kRowsPerChunk, [&](auto begin, auto end, int worker, auto&) {
    for (auto row = begin; row < end; ++row) {
      for (const auto word : counts.row_columns(row))
        sums[worker].touch(of_words.row_columns(word));
      result.offsets[row + 1] = sums[worker].take_count();
    }
  });
  std::partial_sum(result.offsets.begin(), result.offsets.end(), result.offsets.begin());
  result.columns.resize(result.offsets.back());
  result.values.resize(result.offsets.back());
  parallel_for(control, counts.n_rows, kRowsPerChunk, [&](auto begin, auto end, int worker, auto&) {
    for (auto row = begin; row < end; ++row) {
      for (auto i = counts.offsets[row]; i < counts.offsets[row + 1]; ++i) {
        const auto word = counts.columns[i];
        sums[worker].add(of_words.row_columns(word), of_words.row_values(word),
                         static_cast<double>(counts.values[i]));
      }
      sums[worker].take_scaled(result.columns.data() + result.offsets[row],
                               result.values.data() + result.offsets[row], 1.0);
    }
  });
  return result;
}

std::vector<std::int64_t> frequencies_of(const CsrMatrix<float>& counts) {
  std::vector<std::int64_t> frequency(counts.n_columns, 0);
  for (const auto column : counts.columns)
    ++frequency[column];
  return frequency;
}

CsrMatrix<double> unit_rows(const CsrMatrix<float>& counts, const std::vector<double>& idf,
                            const Control& control) {
  CsrMatrix<double> rows{counts.n_rows, counts.n_columns, counts.offsets, counts.columns, {}};
  rows.values.reserve(counts.values.size());
  for (std::size_t i = 0; i < counts.values.size(); ++i) {
    const double frequency = std::log(static_cast<double>(counts.values[i])) + 1.0;
    rows.values.push_back(frequency * idf[counts.columns[i]]);
  }
  normalize_rows<double, std::int64_t>(rows.values, rows.offsets, Norm::l2, control);
  return rows;
}

std::string stripped(std::string_view ngram) {
  const auto first = ngram.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return std::string(ngram.substr(first, ngram.find_last_not_of(' ') - first + 1));
}

TextCounter::Result counted(std::span<const std::string_view> words, const TermOptions& options,
                            const Control& control) {
  const std::vector<Document> documents(words.begin(), words.end());
  TextCounter counter({.tokens = TokenKind::word_characters,
                       .lowercase = false,
                       .min_n = options.min_ngram,
                       .max_n = options.max_ngram},
                      nullptr);
  const Control quiet{control.n_threads, control.check_interrupt, {}};
  counter.add(documents, quiet);
  return counter.finish(quiet);
}

}  // namespace

double ngram_share_of(std::span<const std::int64_t> n_words, const TermOptions& options) {
  if (std::all_of(n_words.begin(), n_words.end(), [](auto n) { return n == 0; })) return 0;
  const double median = std::max(median_of(n_words), 1.0);
  const auto& words = options.ngram_words;
  const double shortness =
      std::clamp(std::log(words.to / median) / std::log(words.to / words.from), 0.0, 1.0);
  const auto n = static_cast<double>(n_words.size());
  return options.ngram_share *
         (shortness * way(n, options.ngram_texts) * (1.0 - way(n, options.ngram_many)));
}

NgramRows ngram_rows(const CsrView<float>& word_counts, std::span<const std::string_view> words,
                     const TermOptions& options, const Control& control) {
  auto [tree, in_words] = counted(words, options, control);
  const auto n_ngrams = in_words.n_features();
  const auto of_words = in_words.take_rows<float>({}, n_ngrams, {}, {.norm = Norm::none}, control);
  const auto all = sums_of_rows(word_counts, of_words.view(), control);
  const auto frequency = frequencies_of(all);
  NgramRows found;
  const Vocabulary vocabulary(tree);
  std::vector<std::int32_t> target(n_ngrams, -1);
  std::vector<double> idf;
  const double n_texts = 1.0 + static_cast<double>(word_counts.n_rows);
  for (std::int64_t i = 0; i < n_ngrams; ++i) {
    if (frequency[i] < 2) continue;
    target[i] = static_cast<std::int32_t>(found.ngrams.size());
    found.ngrams.push_back(stripped(vocabulary.terms()[static_cast<std::size_t>(i)]));
    idf.push_back(std::log(n_texts / (1.0 + static_cast<double>(frequency[i]))) + 1.0);
  }
  const auto shared = joined_columns(all.view(), target, std::ssize(idf), control);
  found.rows = unit_rows(shared, idf, control);
  return found;
}

}  // namespace samestory
