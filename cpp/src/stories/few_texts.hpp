#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "samestory/csr.hpp"
#include "samestory/term_options.hpp"
#include "samestory/text_rows.hpp"
#include "samestory/words.hpp"

namespace samestory {

/// Two articles alone have no document frequencies, and no other story to compare theirs with. What
/// a corpus does not tell comes from elsewhere. How much it tells grows with the logarithm of its
/// size: from 0 at `told.from` texts to 1 at `told.to`; there is no size at which other rules set
/// in.
double told_by(std::int64_t n_texts, const Range& told);

/// The idf of words, and of their beginnings.
struct PriorIdf {
  std::vector<double> of_words;
  std::vector<double> of_prefixes;
};

/// The background's. A beginning is as rare as the background's words that share it, taken as
/// independent.
PriorIdf background_idf(const Background& background, std::span<const std::string_view> words,
                        std::span<const std::int32_t> prefix_of, std::int64_t n_prefixes,
                        const TermOptions& options);

/// From the length of words; a beginning has the mean of its words.
PriorIdf length_idf(const CsrView<float>& counts, std::span<const std::string_view> words,
                    std::span<const std::int32_t> prefix_of, std::int64_t n_prefixes,
                    const TermOptions& options);

/// In how many rows each column is.
std::vector<double> document_frequencies(const CsrView<float>& counts);

/// ln((1 + n) / (1 + df)) + 1, mixed with `prior` (where there is one) by what the texts tell, from
/// 0 to 1. Terms of a single text weigh half, where the texts tell that they are rare.
std::vector<double> mixed_idf(std::span<const double> frequencies, std::int64_t n_texts,
                              std::span<const double> prior, double told,
                              const TermOptions& options);

}  // namespace samestory
