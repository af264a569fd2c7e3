#pragma once

#include <cstdint>

#include "similarity/posting.hpp"
#include "support/instruction_set.hpp"

namespace samestory::similarity {

/// Rows of a dense block that are kept in registers while its features are summed.
constexpr std::int64_t kBlockRows = 128;
/// Dense features whose products with a row are added up at once. A group of a block holds kGroup
/// bytes for each of kBlockRows rows.
constexpr std::int64_t kGroup = 4;
/// Magnitudes of dense values in steps: two products of a pair still fit 16 bits.
constexpr std::int32_t kMostSteps = 127;
/// What is added to a row's steps where they may be negative, and how large those may then be.
constexpr std::int32_t kSignedZero = 64, kMostSignedSteps = 63;

/// How totals of whole steps become sums, and how far those may be from what they stand for:
/// total * step * steps[i], give or take error * lengths[i] + length * errors[i].
struct DenseScale {
  float step, error, length;
  const float *steps, *errors, *lengths;
  bool may_cancel;  ///< whether a total of zero may stand for something else
};

/// The inner loops of the candidate stage, once for each instruction set. They only propose: what
/// they propose is verified in double precision, so their rounding may differ. Row counts are
/// multiples of kBlockRows.
struct Kernels {
  /// totals[r] += sum over k, j of weights[k][j] * block[groups[k]][r][j] for the kBlockRows rows
  /// of a block; the weights of a group are the bytes of a number.
  void (*add_dense)(std::int32_t* totals, const std::uint8_t* block, const std::int32_t* groups,
                    const std::int32_t* weights, std::int64_t count);
  /// Adds to kBlockRows sums what the totals stand for at most; to a sum whose total is zero
  /// nothing, unless that may stand for something else.
  void (*settle_dense)(float* sums, const std::int32_t* totals, const DenseScale& scale);
  /// Clears sums and lists where sums[i] + remainder * remainders[i] was not below `bound`, as (i,
  /// sums[i]); returns how many. The lists need room for 16 more than n_rows.
  std::int64_t (*collect)(float* sums, const float* remainders, float remainder, float bound,
                          std::int64_t n_rows, std::int32_t* rows, float* values);
  /// The same where a row may have a bound lower than `bound`: its own in `bounds`.
  std::int64_t (*collect_pairs)(float* sums, const float* remainders, float remainder,
                                const float* bounds, float bound, std::int64_t n_rows,
                                std::int32_t* rows, float* values);
  /// maxima[i] = the largest of sums[k] - excess[k] for k = i, i + n_maxima, i + 2 n_maxima ...;
  /// n_maxima is a multiple of 16 that divides n_rows.
  void (*maxima)(const float* sums, const float* excess, std::int64_t n_rows, float* maxima,
                 std::int64_t n_maxima);
  /// Lists the k with columns[k] among those whose bits are set in `has`; returns how many. The
  /// list needs room for 16 more than `count`.
  std::int64_t (*find_shared)(const std::int32_t* columns, std::int64_t count,
                              const std::uint32_t* has, std::int32_t* shared);
  /// The share of a tile's rows from which a feature is cheaper as a dense row than as a list.
  double dense_share;
};

const Kernels& kernels_for(InstructionSet set);

/// Adds weight times its value to the sum of each posting's row; no row is listed twice. One for
/// all: no set has anything better for scattered rows.
void add_list(float* sums, const Posting* postings, std::int64_t count, float weight);

namespace portable {
extern const Kernels kernels;
}
namespace avx2 {
extern const Kernels kernels;
}
namespace avx512 {
extern const Kernels kernels;
}
namespace avx512vnni {
extern const Kernels kernels;
}
namespace neon {
extern const Kernels kernels;
}

}  // namespace samestory::similarity
