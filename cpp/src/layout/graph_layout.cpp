#include "samestory/graph_layout.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "layout/quadtree.hpp"
#include "support/parallel.hpp"

namespace samestory {
namespace {

constexpr std::int64_t kNodesPerChunk = 128;
// As in the published implementations of t-SNE: momentum, and gains per coordinate that grow while
// the gradient keeps its sign (Jacobs 1988).
constexpr double kEarlyMomentum = 0.5, kLateMomentum = 0.8;
constexpr double kGainStep = 0.2, kGainFall = 0.8, kLeastGain = 0.01;
// No node moves further than this in a round: a heavy one among light ones would be flung away.
constexpr double kLongestStep = 5.0;

/// One coordinate of a node on its way.
struct Motion {
  double velocity = 0;
  double gain = 1;

  double step(double gradient, double momentum, double rate) {
    gain = (gradient > 0) != (velocity > 0) ? gain + kGainStep : gain * kGainFall;
    gain = std::max(gain, kLeastGain);
    velocity = momentum * velocity - rate * gain * gradient;
    velocity = std::clamp(velocity, -kLongestStep, kLongestStep);
    return velocity;
  }
};

class Layout {
 public:
  Layout(const CsrView<double>& links, std::span<const double> masses, std::span<const Point> start,
         const GraphLayoutOptions& options, const Control& control)
      : links_(links),
        options_(options),
        control_(control),
        points_(start.begin(), start.end()),
        shares_(masses.begin(), masses.end()),
        motions_(2 * start.size()),
        gradients_(start.size()),
        nearness_(start.size()) {
    double sum = 0;
    for (const double mass : masses)
      sum += mass;
    for (auto& share : shares_)
      share /= sum;
    for (const double weight : links.values)
      link_sum_ += weight;
  }

  std::vector<Point> run() && {
    const int n_rounds = options_.n_early + options_.n_late;
    Poller poller(control_, "laying out", n_rounds);
    for (int round = 0; round < n_rounds; ++round) {
      poller.poll(round);
      const bool is_early = round < options_.n_early;
      measure(is_early ? options_.exaggeration : 1.0);
      move(is_early ? kEarlyMomentum : kLateMomentum);
    }
    return std::move(points_);
  }

 private:
  std::int64_t size() const { return std::ssize(points_); }

  /// The gradient of the divergence at every node. The sum of all nearnesses, which every node's
  /// repulsion is divided by, is that of this round: it is added up in the order of the nodes.
  void measure(double exaggeration) {
    tree_.build(points_, shares_);
    const auto order = tree_.order();
    parallel_for(control_, size(), kNodesPerChunk, [&](auto begin, auto end, int, auto&) {
      for (auto i = begin; i < end; ++i) {
        const auto node = order[i];
        const auto away = tree_.repulsion(node, options_.opening);
        nearness_[node] = shares_[node] * away.nearness;
        gradients_[node] = away.force;
      }
    });
    double all = 0;
    for (const double nearness : nearness_)
      all += nearness;
    const double pull = link_sum_ > 0 ? exaggeration / link_sum_ : 0.0;
    const double push = all > 0 ? 1.0 / all : 0.0;
    parallel_for(control_, size(), kNodesPerChunk, [&](auto begin, auto end, int, auto&) {
      for (auto i = begin; i < end; ++i) {
        const auto node = order[i];
        const Point towards = attraction(node);
        // By the node's share: a heavy node is as quick as a light one.
        gradients_[node].x = pull / shares_[node] * towards.x - push * gradients_[node].x;
        gradients_[node].y = pull / shares_[node] * towards.y - push * gradients_[node].y;
      }
    });
  }

  Point attraction(std::int64_t node) const {
    Point sum;
    const auto columns = links_.row_columns(node);
    const auto weights = links_.row_values(node);
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const double dx = points_[node].x - points_[columns[i]].x;
      const double dy = points_[node].y - points_[columns[i]].y;
      const double pull = weights[i] / (1.0 + dx * dx + dy * dy);
      sum.x += pull * dx;
      sum.y += pull * dy;
    }
    return sum;
  }

  void move(double momentum) {
    // The rate that Belkina and others (2019) found to hold for any number of points: n divided by
    // the exaggeration; gradients here are already n times as large.
    const double rate = 4.0 / options_.exaggeration;
    Point centre;
    for (std::int64_t i = 0; i < size(); ++i) {
      points_[i].x += motions_[2 * i].step(gradients_[i].x, momentum, rate);
      points_[i].y += motions_[2 * i + 1].step(gradients_[i].y, momentum, rate);
      centre.x += shares_[i] * points_[i].x;
      centre.y += shares_[i] * points_[i].y;
    }
    for (auto& point : points_) {
      point.x -= centre.x;
      point.y -= centre.y;
    }
  }

  const CsrView<double>& links_;
  const GraphLayoutOptions& options_;
  const Control& control_;
  std::vector<Point> points_;
  std::vector<double> shares_;
  double link_sum_ = 0;
  std::vector<Motion> motions_;
  std::vector<Point> gradients_;
  std::vector<double> nearness_;
  Quadtree tree_;
};

void check(const CsrView<double>& links, std::span<const double> masses,
           std::span<const Point> start) {
  if (links.n_columns != links.n_rows)
    throw std::invalid_argument("links have to be square, a row and a column for every node");
  if (std::ssize(masses) != links.n_rows || std::ssize(start) != links.n_rows)
    throw std::invalid_argument("masses and start have to have an entry for every node");
  for (const double mass : masses) {
    if (!(mass > 0 && std::isfinite(mass)))
      throw std::invalid_argument("masses have to be finite numbers above 0");
  }
  for (const auto& point : start) {
    if (!std::isfinite(point.x) || !std::isfinite(point.y))
      throw std::invalid_argument("start has to hold finite numbers");
  }
  for (const double weight : links.values) {
    if (weight < 0) throw std::invalid_argument("links have to have weights of 0 and above");
  }
}

}  // namespace

std::vector<Point> graph_layout(const CsrView<double>& links, std::span<const double> masses,
                                std::span<const Point> start, const GraphLayoutOptions& options,
                                const Control& control) {
  check(links, masses, start);
  return Layout(links, masses, start, options, control).run();
}

}  // namespace samestory
