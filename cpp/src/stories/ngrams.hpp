#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "samestory/control.hpp"
#include "samestory/csr.hpp"
#include "samestory/term_options.hpp"

namespace samestory {

/// How much of the similarity is that of runs of letters: ngram_share where texts are short and
/// neither few nor many, else less or nothing.
double ngram_share_of(std::span<const std::int64_t> n_words, const TermOptions& options);

/// Texts as unit-length rows of the runs of letters in their words, (1 + ln tf) idf each; runs of a
/// single text are left out, so that rows may be empty.
struct NgramRows {
  CsrMatrix<double> rows;
  std::vector<std::string> ngrams;  // without the spaces around words
};

NgramRows ngram_rows(const CsrView<float>& word_counts, std::span<const std::string_view> words,
                     const TermOptions& options, const Control& control);

}  // namespace samestory
