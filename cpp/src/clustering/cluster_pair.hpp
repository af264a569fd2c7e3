#pragma once

#include <cstdint>

namespace samestory {

/// Two clusters, named by their lowest rows.
struct ClusterPair {
  std::int32_t lower;
  std::int32_t higher;
};

/// A cluster that asks for its similarity to another.
struct Question {
  std::int32_t cluster;
  std::int32_t other;
};

}  // namespace samestory
