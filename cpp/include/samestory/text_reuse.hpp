#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "samestory/control.hpp"
#include "samestory/csr.hpp"
#include "samestory/document.hpp"

namespace samestory {

/// The word shingles of texts (Broder 1997): all runs of so many words, lowercased, whatever stands
/// between them. In scripts written without spaces two characters stand for a word.
struct ShingleRows {
  CsrMatrix<double> rows;           ///< 1 for each shingle that another text has, too
  Buffer<std::int64_t> n_shingles;  ///< distinct ones of each text, those of no other included
};

/// Columns are numbered in an order that depends on nothing but the shingles themselves.
ShingleRows shingle_rows(std::span<const Document> documents, int length, const Control& control);

/// Words that stand in both texts of a pair in one order, as many as there are; places in code
/// points (bytes, where a text is UTF-8).
struct SharedPassage {
  std::int64_t pair, begin_first, end_first, begin_second, end_second, n_words;
};

/// The passages of `length` words or more that the texts of each pair share, in order of the second
/// text, where none overlaps another. Each is the longest that begins there; of equally long ones
/// that which goes on where the one before ended, or else the foremost.
std::vector<SharedPassage> shared_passages(
    std::span<const Document> documents,
    std::span<const std::pair<std::int64_t, std::int64_t>> pairs, int length,
    const Control& control);

}  // namespace samestory
