#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "samestory/control.hpp"
#include "samestory/csr.hpp"
#include "samestory/meaning.hpp"
#include "samestory/story_options.hpp"
#include "samestory/text_rows.hpp"
#include "samestory/words.hpp"

namespace samestory {

/// The rows of the distinct texts of one language.
struct LanguageTerms {
  AnyCsrMatrix rows;
  std::vector<std::int64_t> n_words;
  std::vector<std::string> names;
  std::optional<Meanings> meanings;
};

/// Weighs counted words: fields of words, of their beginnings and, in short texts, of runs of
/// letters, side by side. What is `known` of other texts counts in their document frequencies.
LanguageTerms language_terms(CsrMatrix<float>&& counts, const std::vector<std::string_view>& words,
                             std::string_view language, const KnownTexts& known,
                             const WordData& data, const StoryOptions& options,
                             const Control& control);

}  // namespace samestory
