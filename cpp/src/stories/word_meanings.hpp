#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "samestory/csr.hpp"
#include "samestory/meaning.hpp"
#include "samestory/story_options.hpp"
#include "samestory/words.hpp"

namespace samestory {

/// What the words of short English texts mean, given their counts; nothing where no text is one.
std::optional<Meanings> meanings_of(const CsrView<float>& counts,
                                    std::span<const std::string_view> words, const WordData& data,
                                    const StoryOptions& options);

/// The meanings of groups of texts one after another; `n_texts` has the size of each group.
std::optional<Meanings> joined_meanings(std::span<std::optional<Meanings>> groups,
                                        std::span<const std::int64_t> n_texts);

}  // namespace samestory
