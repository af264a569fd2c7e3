#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "samestory/control.hpp"
#include "samestory/csr.hpp"

namespace samestory {

/// Which text each row is, numbered by first appearance, and the first row of each text. Rows with
/// the same counts and the same time are one text, by a 128-bit hash; rows without counts and those
/// whose time is not known (NaN) never are.
struct DistinctTexts {
  std::vector<std::int64_t> text_of_row;
  std::vector<std::int64_t> first_rows;
};

/// `times` is empty where they do not matter.
DistinctTexts distinct_texts(const CsrView<float>& counts, std::span<const double> times,
                             const Control& control);

/// Some rows of a matrix.
CsrMatrix<float> selected_rows(const CsrView<float>& matrix, std::span<const std::int64_t> rows);

}  // namespace samestory
