#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "samestory/analyzer.hpp"
#include "samestory/buffer.hpp"
#include "samestory/document.hpp"
#include "text/ascii_kernels.hpp"
#include "text/unicode.hpp"

namespace samestory {

/// Documents in any encoding to UTF-8, lowercased and without accents where asked for, as
/// str.lower() and scikit-learn's strip_accents make it.
class Normalizer {
 public:
  Normalizer(const AnalyzerOptions& options, const AsciiKernels& kernels,
             const UnicodeTables& tables);

  /// The result stands in text() until the next call; 64 zero bytes follow it.
  void run(const Document& document);
  const std::uint8_t* text() const { return out_.data(); }
  std::size_t size() const { return size_; }
  bool is_ascii() const { return is_ascii_; }

 private:
  template <class Source>
  void run_source(const Source& source);
  template <class Source>
  void append_lowered(const Source& source, std::size_t at, std::uint32_t code);
  template <class Source>
  bool is_final_sigma(const Source& source, std::size_t at) const;
  void append(std::uint32_t code);
  void append_encoded(std::uint32_t code);
  void reserve(std::size_t more);

  AnalyzerOptions options_;
  const AsciiKernels& kernels_;
  const UnicodeTables& tables_;
  Buffer<std::uint8_t> out_;
  std::size_t size_ = 0;
  bool is_ascii_ = true;
  std::u32string stripped_;
};

}  // namespace samestory
