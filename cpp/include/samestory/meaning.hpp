#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "samestory/control.hpp"
#include "samestory/csr.hpp"

namespace samestory {

/// What the words of short texts mean: vectors of words, and how much each text is made of which.
/// All numbers that are added up are whole, so that sums are the same on every machine.
struct Meanings {
  CsrMatrix<std::int64_t> weights;   ///< texts by words; no entry where meaning does not count
  std::vector<std::int8_t> vectors;  ///< words by dimensions, row by row
  std::int64_t n_dimensions = 0;
  std::vector<double> shares;           ///< how much of a text's similarity is that of its vector
  std::vector<std::string> words = {};  ///< by column of the weights; not needed for sums
};

/// Unit-length rows with the texts' vectors to their right, each as long as the square root of its
/// share: the rows stay of unit length.
template <class Value>
CsrMatrix<Value> with_meaning(const CsrView<Value>& rows, const Meanings& meanings,
                              const Control& control);

}  // namespace samestory
