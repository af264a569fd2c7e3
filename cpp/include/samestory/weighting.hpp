#pragma once

namespace samestory {

enum class Norm { none, l1, l2 };

/// How counts become weights; the defaults are scikit-learn's TfidfVectorizer's.
struct WeightingOptions {
  bool binary = false;     ///< every count is 1
  bool sublinear = false;  ///< log(count) + 1 instead of the count
  Norm norm = Norm::l2;
};

}  // namespace samestory
