#pragma once

#include <cstdint>
#include <vector>

#include "samestory/control.hpp"
#include "samestory/csr.hpp"

namespace samestory {

/// What a partition is to maximize, the sum over communities of (weight inside) minus:
enum class LeidenObjective {
  kModularity,  ///< resolution * (sum of strengths)^2 / (4 * weight of all edges)
  kCpm,         ///< resolution * n (n - 1) / 2, the constant Potts model
};

struct LeidenOptions {
  LeidenObjective objective = LeidenObjective::kModularity;
  double resolution = 1.0;
  std::uint64_t seed = 0;
  /// Runs from different random orders; the best result counts.
  int n_runs = 4;
  /// Rounds of the whole method at most; a run ends sooner where rounds change nothing.
  int max_iterations = 10;
};

/// The Leiden method (Traag, Waltman and van Eck 2019) on a symmetric graph with weights of 0 and
/// above: moving nodes, refining communities so that each is connected, merging, again. Labels are
/// ordered: 0 the largest community, ties by lowest row. The same seed gives the same labels.
template <class Value>
std::vector<std::int64_t> leiden(const CsrView<Value>& graph, const LeidenOptions& options,
                                 const Control& control);

}  // namespace samestory
