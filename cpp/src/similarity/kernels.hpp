#pragma once

#include <cstdint>

#include "support/instruction_set.hpp"

namespace samestory::similarity {

/// Rows of a dense block that are kept in registers while its features are summed.
constexpr std::int64_t kBlockRows = 128;

/// The inner loops of the candidate stage, once for each instruction set. They only propose: what
/// they propose is verified in double precision, so their rounding may differ. Row counts are
/// multiples of kBlockRows.
struct Kernels {
  /// sums[0 .. kBlockRows) += sum over k of weights[k] * block[features[k] * kBlockRows ..].
  void (*add_dense)(float* sums, const float* block, const std::int32_t* features,
                    const float* weights, std::int64_t count);
  /// Clears sums and lists where sums[i] + remainder * remainders[i] was not below `bound`, as (i,
  /// sums[i]); returns how many. The lists need room for 16 more than n_rows.
  std::int64_t (*collect)(float* sums, const float* remainders, float remainder, float bound,
                          std::int64_t n_rows, std::int32_t* rows, float* values);
  /// The same where a row may have a bound lower than `bound`: its own in `bounds`.
  std::int64_t (*collect_pairs)(float* sums, const float* remainders, float remainder,
                                const float* bounds, float bound, std::int64_t n_rows,
                                std::int32_t* rows, float* values);
  /// maxima[i] = the largest of sums[i], sums[i + n_maxima], sums[i + 2 n_maxima] ...; n_maxima is
  /// a multiple of 16 that divides n_rows.
  void (*maxima)(const float* sums, std::int64_t n_rows, float* maxima, std::int64_t n_maxima);
  /// The share of a tile's rows from which a feature is cheaper as a dense row than as a list.
  double dense_share;
};

const Kernels& kernels_for(InstructionSet set);

/// sums[rows[k]] += weight * values[k]; no row is listed twice. One for all: no set has anything
/// better for scattered rows.
void add_list(float* sums, const std::uint16_t* rows, const float* values, std::int64_t count,
              float weight);

namespace portable {
extern const Kernels kernels;
}
namespace avx2 {
extern const Kernels kernels;
}
namespace avx512 {
extern const Kernels kernels;
}
namespace neon {
extern const Kernels kernels;
}

}  // namespace samestory::similarity
