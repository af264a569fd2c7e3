#include "samestory/leiden.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
#include <limits>
#include <numeric>
#include <random>
#include <stdexcept>
#include <utility>

#include "clustering/symmetric.hpp"
#include "samestory/dendrogram.hpp"
#include "support/parallel.hpp"

namespace samestory {
namespace {

/// How freely refinement departs from the best part, as a share of what that would gain.
constexpr double kRandomness = 0.2;
/// Iterations without a change before the result is taken as it is.
constexpr int kPatience = 3;

using Communities = std::vector<std::int32_t>;

/// A graph whose nodes stand for sets of the original ones. Edges within a node are left out: no
/// move of nodes changes what they add.
struct Network {
  CsrMatrix<double> edges;
  std::vector<double> mass;  // strength for modularity, count for CPM

  std::int32_t n_nodes() const { return static_cast<std::int32_t>(mass.size()); }
};

class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  /// std::shuffle differs between standard libraries; this does not.
  void shuffle(std::vector<std::int32_t>& items) {
    for (auto i = items.size(); i > 1; --i)
      std::swap(items[i - 1], items[engine_() % i]);
  }
  /// In [0, 1).
  double uniform() { return static_cast<double>(engine_() >> 11) * 0x1.0p-53; }

 private:
  std::mt19937_64 engine_;
};

std::vector<std::int32_t> shuffled_nodes(std::int32_t n, Random& random) {
  std::vector<std::int32_t> nodes(n);
  std::iota(nodes.begin(), nodes.end(), 0);
  random.shuffle(nodes);
  return nodes;
}

/// Names communities 0, 1, ... in order of their first node; returns how many there are.
std::int32_t renumber(Communities& communities) {
  std::vector<std::int32_t> names(communities.size(), -1);
  std::int32_t count = 0;
  for (auto& community : communities) {
    if (names[community] < 0) names[community] = count++;
    community = names[community];
  }
  return count;
}

/// The edge weight between one node and each community around it.
class Surroundings {
 public:
  explicit Surroundings(std::int32_t n) : weight_(n, 0.0), seen_(n, 0) {}

  template <class Counts>
  void look(const Network& network, std::int32_t node, const Communities& communities,
            const Counts& counts) {
    forget();
    const auto others = network.edges.view().row_columns(node);
    const auto weights = network.edges.view().row_values(node);
    for (std::size_t i = 0; i < others.size(); ++i) {
      if (!counts(others[i])) continue;
      const auto community = communities[others[i]];
      if (!std::exchange(seen_[community], 1)) around_.push_back(community);
      weight_[community] += weights[i];
    }
  }
  const std::vector<std::int32_t>& communities() const { return around_; }
  double weight(std::int32_t community) const { return weight_[community]; }

 private:
  void forget() {
    for (const auto community : around_) {
      weight_[community] = 0;
      seen_[community] = 0;
    }
    around_.clear();
  }

  std::vector<double> weight_;
  std::vector<char> seen_;
  std::vector<std::int32_t> around_;
};

/// One iteration's work on one network.
class Level {
 public:
  Level(const Network& network, double penalty, Random& random, const Stop& stop)
      : network_(network),
        penalty_(penalty),
        random_(random),
        stop_(stop),
        around_(network.n_nodes()) {}

  /// Moves nodes to the community that gains most until none gains; true if any moved.
  bool move_nodes(Communities& communities);
  /// Splits each community into well-connected parts, starting from single nodes.
  Communities refine(const Communities& communities);

 private:
  double gain(std::int32_t node, std::int32_t community, const std::vector<double>& mass) const {
    return around_.weight(community) - penalty_ * network_.mass[node] * mass[community];
  }
  void step() {
    if ((++n_steps_ & 1023) == 0) stop_.check();
  }
  bool move(std::int32_t node, Communities& communities);
  std::int32_t draw();
  void merge_into_part(std::int32_t node, const Communities& communities, Communities& parts);

  const Network& network_;
  double penalty_;
  Random& random_;
  const Stop& stop_;
  std::uint32_t n_steps_ = 0;
  Surroundings around_;
  std::vector<double> mass_;             // by community
  std::vector<std::int32_t> n_members_;  // by community
  std::vector<std::int32_t> empty_;      // communities without members
  std::vector<double> part_mass_;        // by part
  std::vector<double> part_outside_;     // by part: edge weight to the rest of its community
  std::vector<char> is_alone_;           // by node, in refine()
  std::vector<std::int32_t> parts_;      // that a node could join
  std::vector<double> gains_;            // by these doing so
};

bool Level::move_nodes(Communities& communities) {
  const auto n = network_.n_nodes();
  mass_.assign(n, 0.0);
  n_members_.assign(n, 0);
  empty_.clear();
  for (std::int32_t node = 0; node < n; ++node) {
    mass_[communities[node]] += network_.mass[node];
    ++n_members_[communities[node]];
  }
  for (auto community = n - 1; community >= 0; --community) {
    if (n_members_[community] == 0) empty_.push_back(community);
  }
  const auto order = shuffled_nodes(n, random_);
  std::deque<std::int32_t> queue(order.begin(), order.end());
  std::vector<char> is_queued(n, 1);
  bool any = false;
  while (!queue.empty()) {
    const auto node = queue.front();
    queue.pop_front();
    is_queued[node] = 0;
    step();
    if (!move(node, communities)) continue;
    any = true;
    for (const auto other : network_.edges.view().row_columns(node)) {
      if (communities[other] == communities[node] || std::exchange(is_queued[other], 1)) continue;
      queue.push_back(other);
    }
  }
  return any;
}

bool Level::move(std::int32_t node, Communities& communities) {
  const auto home = communities[node];
  around_.look(network_, node, communities, [](std::int32_t) { return true; });
  mass_[home] -= network_.mass[node];
  auto best = home;
  // The margin keeps rounding from moving a node to and fro.
  double best_gain = gain(node, home, mass_) + 1e-12 * (1 + std::abs(around_.weight(home)));
  for (const auto community : around_.communities()) {
    const double candidate = gain(node, community, mass_);
    if (candidate > best_gain) {
      best = community;
      best_gain = candidate;
    }
  }
  if (best_gain < 0 && n_members_[home] > 1) best = empty_.back();
  mass_[best] += network_.mass[node];
  if (best == home) return false;
  if (n_members_[best]++ == 0) empty_.pop_back();
  if (--n_members_[home] == 0) empty_.push_back(home);
  communities[node] = best;
  return true;
}

Communities Level::refine(const Communities& communities) {
  const auto n = network_.n_nodes();
  Communities parts(n);
  std::iota(parts.begin(), parts.end(), 0);
  mass_.assign(n, 0.0);
  for (std::int32_t node = 0; node < n; ++node)
    mass_[communities[node]] += network_.mass[node];
  part_mass_ = network_.mass;
  part_outside_.assign(n, 0.0);
  is_alone_.assign(n, 1);
  for (std::int32_t node = 0; node < n; ++node) {
    const auto others = network_.edges.view().row_columns(node);
    const auto weights = network_.edges.view().row_values(node);
    for (std::size_t i = 0; i < others.size(); ++i) {
      if (communities[others[i]] == communities[node]) part_outside_[node] += weights[i];
    }
  }
  for (const auto node : shuffled_nodes(n, random_)) {
    step();
    if (is_alone_[node]) merge_into_part(node, communities, parts);
  }
  return parts;
}

void Level::merge_into_part(std::int32_t node, const Communities& communities, Communities& parts) {
  const auto community = communities[node];
  const auto well_connected = [&](std::int32_t part) {
    const double rest = mass_[community] - part_mass_[part];
    return part_outside_[part] >= penalty_ * part_mass_[part] * rest;
  };
  if (!well_connected(node)) return;
  around_.look(network_, node, parts,
               [&](std::int32_t other) { return communities[other] == community; });
  parts_.assign(1, node);
  gains_.assign(1, 0.0);
  for (const auto part : around_.communities()) {
    if (part == node || !well_connected(part)) continue;
    const double candidate = gain(node, part, part_mass_);
    if (candidate < 0) continue;
    parts_.push_back(part);
    gains_.push_back(candidate);
  }
  const auto best = draw();
  if (best == node) return;
  // Parts are named by a node of theirs, which therefore is no longer alone either.
  part_outside_[best] += part_outside_[node] - 2 * around_.weight(best);
  part_mass_[best] += part_mass_[node];
  parts[node] = best;
  is_alone_[node] = is_alone_[best] = 0;
}

/// One of parts_, the likelier the more it gains: that is how later iterations find new ways.
std::int32_t Level::draw() {
  const double highest = *std::max_element(gains_.begin(), gains_.end());
  const double scale = kRandomness * std::max(highest, 1e-300);
  double total = 0;
  for (auto& gain : gains_)
    gain = total += std::exp((gain - highest) / scale);
  const double at = random_.uniform() * total;
  const auto found = std::upper_bound(gains_.begin(), gains_.end(), at);
  return parts_[std::min<std::ptrdiff_t>(found - gains_.begin(), std::ssize(parts_) - 1)];
}

/// One node for each part.
Network aggregate(const Network& network, const Communities& parts, std::int32_t n_parts) {
  Network result;
  result.mass.assign(n_parts, 0.0);
  std::vector<std::vector<std::int32_t>> members(n_parts);
  for (std::int32_t node = 0; node < network.n_nodes(); ++node) {
    result.mass[parts[node]] += network.mass[node];
    members[parts[node]].push_back(node);
  }
  auto& edges = result.edges;
  edges.n_rows = edges.n_columns = n_parts;
  edges.offsets.push_back(0);
  std::vector<double> weight(n_parts, 0.0);
  std::vector<std::int32_t> touched;
  for (std::int32_t part = 0; part < n_parts; ++part) {
    touched.clear();
    for (const auto node : members[part]) {
      const auto others = network.edges.view().row_columns(node);
      const auto weights = network.edges.view().row_values(node);
      for (std::size_t i = 0; i < others.size(); ++i) {
        const auto other = parts[others[i]];
        if (other == part) continue;
        if (weight[other] == 0) touched.push_back(other);
        weight[other] += weights[i];
      }
    }
    for (const auto other : touched) {
      edges.columns.push_back(other);
      edges.values.push_back(std::exchange(weight[other], 0.0));
    }
    edges.offsets.push_back(static_cast<std::int64_t>(edges.columns.size()));
  }
  return result;
}

/// One iteration on all levels; true if it changed the communities.
bool iterate(const Network& original, double penalty, Communities& communities, Random& random,
             const Stop& stop) {
  Network network = original;
  Communities node_of(original.n_nodes());  // the original nodes' nodes in `network`
  std::iota(node_of.begin(), node_of.end(), 0);
  Communities current = communities;
  bool any = false;
  for (;;) {
    Level level(network, penalty, random, stop);
    any = level.move_nodes(current) || any;
    const auto n_communities = renumber(current);
    if (n_communities == network.n_nodes()) break;
    auto parts = level.refine(current);
    auto n_parts = renumber(parts);
    // Where refinement merges nothing, the communities themselves are merged.
    if (n_parts == network.n_nodes()) {
      parts = current;
      n_parts = n_communities;
    }
    Communities next(n_parts);
    for (std::int32_t node = 0; node < network.n_nodes(); ++node)
      next[parts[node]] = current[node];
    for (auto& node : node_of)
      node = parts[node];
    network = aggregate(network, parts, n_parts);
    current = std::move(next);
  }
  for (std::size_t i = 0; i < communities.size(); ++i)
    communities[i] = current[node_of[i]];
  return any;
}

template <class Value>
Network make_network(const CsrView<Value>& graph, LeidenObjective objective, double& strength) {
  Network network;
  auto& edges = network.edges;
  edges.n_rows = edges.n_columns = graph.n_rows;
  edges.offsets.push_back(0);
  strength = 0;
  for (std::int64_t row = 0; row < graph.n_rows; ++row) {
    double own = 0;
    for (auto i = graph.offsets[row]; i < graph.offsets[row + 1]; ++i) {
      const auto weight = static_cast<double>(graph.values[i]);
      own += graph.columns[i] == row ? 2 * weight : weight;
      if (graph.columns[i] == row || weight == 0) continue;
      edges.columns.push_back(graph.columns[i]);
      edges.values.push_back(weight);
    }
    edges.offsets.push_back(static_cast<std::int64_t>(edges.columns.size()));
    network.mass.push_back(objective == LeidenObjective::kModularity ? own : 1.0);
    strength += own;
  }
  return network;
}

/// What is maximized, up to a constant.
double quality(const Network& network, double penalty, const Communities& communities) {
  std::vector<double> mass(communities.size(), 0.0);
  double inside = 0;
  for (std::int32_t node = 0; node < network.n_nodes(); ++node) {
    mass[communities[node]] += network.mass[node];
    const auto others = network.edges.view().row_columns(node);
    const auto weights = network.edges.view().row_values(node);
    for (std::size_t i = 0; i < others.size(); ++i) {
      if (communities[others[i]] == communities[node]) inside += weights[i];
    }
  }
  double squares = 0;
  for (const auto one : mass)
    squares += one * one;
  return (inside - penalty * squares) / 2;
}

struct Run {
  Communities communities;
  double quality = 0;
};

Run run_once(const Network& network, double penalty, const LeidenOptions& options,
             std::uint64_t number, const Stop& stop) {
  Run run;
  run.communities.resize(network.n_nodes());
  std::iota(run.communities.begin(), run.communities.end(), 0);
  // Neighbouring seeds are to have no run in common: the golden ratio keeps them far apart.
  Random random(options.seed + number * 0x9E3779B97F4A7C15ULL);
  int unchanged = 0;
  for (int i = 0; i < options.max_iterations && unchanged < kPatience; ++i) {
    unchanged = iterate(network, penalty, run.communities, random, stop) ? 0 : unchanged + 1;
  }
  run.quality = quality(network, penalty, run.communities);
  return run;
}

void check_options(const LeidenOptions& options) {
  if (!(options.resolution >= 0) || !std::isfinite(options.resolution)) {
    throw std::invalid_argument("resolution has to be a finite number of 0 or more");
  }
  if (options.n_runs < 1) throw std::invalid_argument("n_runs has to be at least 1");
  if (options.max_iterations < 1) {
    throw std::invalid_argument("max_iterations has to be at least 1");
  }
}

}  // namespace

template <class Value>
std::vector<std::int64_t> leiden(const CsrView<Value>& graph, const LeidenOptions& options,
                                 const Control& control) {
  check_options(options);
  check_weights(graph, "graph", std::numeric_limits<double>::infinity());
  double strength = 0;
  const auto network = make_network(graph, options.objective, strength);
  const bool is_modularity = options.objective == LeidenObjective::kModularity;
  const double penalty =
      !is_modularity ? options.resolution : (strength > 0 ? options.resolution / strength : 0.0);
  std::vector<Run> runs(options.n_runs);
  parallel_for(control, options.n_runs, 1, [&](auto begin, auto end, int, const Stop& stop) {
    for (auto i = begin; i < end; ++i)
      runs[i] = run_once(network, penalty, options, static_cast<std::uint64_t>(i), stop);
  });
  const auto best = std::max_element(
      runs.begin(), runs.end(), [](const Run& a, const Run& b) { return a.quality < b.quality; });
  return ordered_labels(best->communities);
}

template std::vector<std::int64_t> leiden(const CsrView<float>&, const LeidenOptions&,
                                          const Control&);
template std::vector<std::int64_t> leiden(const CsrView<double>&, const LeidenOptions&,
                                          const Control&);

}  // namespace samestory
