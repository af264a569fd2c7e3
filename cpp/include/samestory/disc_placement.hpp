#pragma once

#include <span>
#include <vector>

#include "samestory/control.hpp"
#include "samestory/graph_layout.hpp"

namespace samestory {

/// Moves discs so that no two overlap, each to the first free place on a spiral around where it
/// wants to be. Earlier discs go first: give the largest first. Between two discs there is a gap
/// of at least `gap`.
///
/// Throws std::invalid_argument unless every radius is above 0 and every place is finite.
std::vector<Point> disc_placement(std::span<const Point> wanted, std::span<const double> radii,
                                  double gap, const Control& control);

}  // namespace samestory
