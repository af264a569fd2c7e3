#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "samestory/recurring.hpp"
#include "text/word_scan.hpp"

namespace samestory {

/// The words of one text that may tell what it is about, each once, scaled to unit length; by key.
using TellingWords = std::vector<std::pair<std::uint64_t, float>>;

double cosine(const TellingWords& a, const TellingWords& b);

/// The mean cosine of all pairs of texts, in time linear in their words: the square of their sum
/// has them all. Columns are hashed (Weinberger et al. 2009).
class MeanCosine {
 public:
  MeanCosine() : sums_(std::size_t{1} << 18) {}
  /// 0 where fewer than two texts have words.
  double operator()(std::span<const TellingWords* const> texts);

 private:
  std::vector<float> sums_;
};

/// Weighs the words of texts: as given, and less where more than one text in ten has them.
class WordWeigher {
 public:
  explicit WordWeigher(const WordWeights& given) : given_(given) {}

  /// To be called with the distinct words of each text that is to be counted, then fade().
  void count(const std::vector<ScannedWord>& words);
  void fade();

  /// The words that are not marked. Empty where fewer than two, or one in ten of all, are left.
  TellingWords operator()(const std::vector<ScannedWord>& words,
                          std::span<const char> marked) const;

 private:
  float weight(std::uint64_t word) const;

  const WordWeights& given_;
  std::unordered_map<std::uint64_t, float> fading_;
  std::size_t n_counted_ = 0;
};

}  // namespace samestory
