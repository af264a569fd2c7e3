#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "samestory/analyzer.hpp"
#include "samestory/control.hpp"
#include "samestory/csr.hpp"
#include "samestory/document.hpp"
#include "samestory/weighting.hpp"

namespace samestory {

struct VectorizerOptions {
  AnalyzerOptions analyzer = {};
  WeightingOptions weighting = {};
  std::int64_t min_df = 1;   ///< leave out terms in fewer documents
  std::int64_t max_df = -1;  ///< and in more; -1 for no such bound
  bool use_idf = true;
  bool smooth_idf = true;  ///< as if one more document had every term
};

/// Documents to TF-IDF rows, scikit-learn's TfidfVectorizer term for term and weight for weight:
/// tf * (log((1 + n) / (1 + df)) + 1), rows divided by their norm, columns in order of the terms.
class TfidfVectorizer {
 public:
  explicit TfidfVectorizer(VectorizerOptions options = {});
  ~TfidfVectorizer();
  TfidfVectorizer(TfidfVectorizer&&) noexcept;
  TfidfVectorizer& operator=(TfidfVectorizer&&) noexcept;

  /// Learns terms and idf and returns the rows. Throws std::invalid_argument if no term is left.
  CsrMatrix<double> fit_transform(std::span<const Document> documents, const Control& control = {});
  /// Rows over the terms learned. Throws std::logic_error before any have been.
  CsrMatrix<double> transform(std::span<const Document> documents,
                              const Control& control = {}) const;

  /// The terms by column; they live as long as the vectorizer is not fitted again.
  std::vector<std::string_view> terms() const;
  /// By column; empty without use_idf.
  const std::vector<double>& idf() const;

 private:
  struct Learned;
  VectorizerOptions options_;
  std::unique_ptr<Learned> learned_;
};

}  // namespace samestory
