#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "samestory/similarity_join.hpp"
#include "similarity/exact_rows.hpp"
#include "similarity/kernels.hpp"
#include "similarity/prepared_rows.hpp"
#include "similarity/tile_index.hpp"
#include "similarity/time_order.hpp"

namespace samestory::similarity {

/// One side of a join: its rows as the definition sees them and as the candidate stage does.
template <class Value>
struct Side {
  ExactRows<Value> exact;
  TimeOrder order;
  PreparedRows prepared;

  std::int64_t n_bytes() const { return exact.n_bytes() + order.n_bytes() + prepared.n_bytes(); }
};

/// Everything that a search reads; shared by all workers.
template <class Value>
struct SearchPlan {
  const Side<Value>& queries;
  const Side<Value>& targets;
  const FeatureOrder& features;
  const std::vector<Tile>& tiles;
  const Kernels& kernels;
  const JoinTuning& tuning;
  bool is_self_join;
  double floor;  ///< what counts as reaching the threshold; -infinity without one
  std::optional<std::int64_t> top_n;
  std::int64_t list_capacity;  ///< of candidates for the n best
  std::optional<double> max_gap;
  std::optional<double> half_life;
  bool normalize;
};

}  // namespace samestory::similarity
