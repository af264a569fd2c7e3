#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "samestory/control.hpp"
#include "samestory/csr.hpp"

namespace samestory {

struct Point {
  double x = 0;
  double y = 0;
};

struct GraphLayoutOptions {
  /// Rounds with the links drawn `exaggeration` times as strong, and rounds after those.
  int n_early = 100;
  int n_late = 200;
  double exaggeration = 8.0;
  /// A group of nodes acts as one on those from which it looks smaller than this (Barnes and Hut).
  double opening = 0.9;
};

/// Places in the plane for the nodes of a graph, linked ones near each other: t-SNE (van der Maaten
/// and Hinton 2008) on a given graph in place of distances, with the far field summed by a quadtree
/// (van der Maaten 2014).
///
/// `links` is symmetric with weights of 0 and above. A node of mass m stands for m points: its
/// links weigh m times as much, and it takes m times the room. The same input gives the same bits
/// for any number of threads.
///
/// Throws std::invalid_argument unless there is a mass above 0 and a finite start for every node.
std::vector<Point> graph_layout(const CsrView<double>& links, std::span<const double> masses,
                                std::span<const Point> start, const GraphLayoutOptions& options,
                                const Control& control);

}  // namespace samestory
