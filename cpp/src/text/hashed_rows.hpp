#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "samestory/control.hpp"
#include "samestory/csr.hpp"
#include "samestory/weighting.hpp"
#include "text/document_counter.hpp"
#include "text/row_counter.hpp"

namespace samestory {

/// A term holds a unpaired surrogate and so has no UTF-8 to hash.
class SurrogateError : public std::invalid_argument {
 public:
  explicit SurrogateError(std::string bad_term)
      : std::invalid_argument("a term with a unpaired surrogate cannot be hashed"),
        term(std::move(bad_term)) {}
  std::string term;
};

struct HashingOptions {
  std::int64_t n_features = 1 << 20;
  bool alternate_sign = true;
  bool binary = false;
  Norm norm = Norm::l2;
};

/// Rows over hashed terms: each distinct term is hashed once, counts that meet in a column add up.
template <class Value>
CsrMatrix<Value> hashed_rows(const std::vector<const DocumentCounter*>& workers,
                             std::vector<RowBlock>&& blocks, const HashingOptions& options,
                             const Control& control);

}  // namespace samestory
