#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace samestory {

/// The first letters of a word (UTF-8), without Latin and Greek accents or the Arabic article.
std::string word_beginning(std::string_view word, std::size_t length);

/// The distinct beginnings of words, numbered by first appearance.
struct WordBeginnings {
  WordBeginnings(std::span<const std::string_view> words, std::size_t length);

  std::vector<std::string> beginnings;
  std::vector<std::int32_t> of_word;
};

}  // namespace samestory
