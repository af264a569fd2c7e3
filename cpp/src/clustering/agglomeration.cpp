#include "clustering/agglomeration.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <string>

#include "clustering/link_lists.hpp"
#include "clustering/symmetric.hpp"
#include "support/parallel.hpp"

namespace samestory {
namespace {

constexpr std::int64_t kClustersPerChunk = 256;

/// parallel_for, but without asking the caller each time where the work is but a few steps: late
/// rounds are many and small.
template <class Body>
void for_each(const Control& control, std::int64_t n, Body&& body) {
  if (n <= kClustersPerChunk) {
    for (std::int64_t i = 0; i < n; ++i)
      body(i, 0);
    return;
  }
  parallel_for(control, n, kClustersPerChunk, [&](auto begin, auto end, int worker, const Stop&) {
    for (auto i = begin; i < end; ++i)
      body(i, worker);
  });
}

}  // namespace

template <class Value>
Agglomeration::Agglomeration(const CsrView<Value>& graph, AbsentPairs absent,
                             const Control& control)
    : control_(control),
      links_(graph.n_rows),
      sizes_(graph.n_rows, 1),
      norms_(absent == AbsentPairs::kAreBound ? graph.n_rows : 0, 1.0),
      best_(graph.n_rows, -1),
      partner_(graph.n_rows, -1),
      active_(graph.n_rows),
      marked_(graph.n_rows, 0) {
  std::iota(active_.begin(), active_.end(), 0);
  const auto mirror = mirrored_links(graph, "graph");
  for_each(control, graph.n_rows, [&](std::int64_t row, int) {
    links_[row].reserve(graph.row_size(row));
    for (auto i = graph.offsets[row]; i < graph.offsets[row + 1]; ++i) {
      if (graph.columns[i] == row) continue;
      // Both directions of a pair have to hold the very same value.
      const auto there = static_cast<double>(graph.values[i]);
      const auto back = static_cast<double>(graph.values[mirror[i]]);
      links_[row].push_back({(there + back) / 2, 0.0F, graph.columns[i]});
    }
  });
}

double Agglomeration::average(std::int32_t cluster, const Link& link) const {
  return link.total /
         (static_cast<double>(sizes_[cluster]) * static_cast<double>(sizes_[link.other]));
}

double Agglomeration::upper_average(std::int32_t cluster, const Link& link) const {
  return average(cluster, {link.total + static_cast<double>(link.slack), 0.0F, link.other});
}

std::vector<ClusterPair> Agglomeration::inexact_pairs() const {
  const auto n = std::ssize(active_);
  std::vector<std::vector<ClusterPair>> found(n / kClustersPerChunk + 1);
  for_each(control_, n, [&](std::int64_t i, int) {
    const auto cluster = active_[i];
    double lower_bound = min_similarity_;
    for (const auto& link : links_[cluster]) {
      if (is_forbidden(cluster, link.other)) continue;
      const Link least{link.total - static_cast<double>(link.slack), 0.0F, link.other};
      lower_bound = std::max(lower_bound, average(cluster, least));
    }
    for (const auto& link : links_[cluster]) {
      if (link.slack > 0 && upper_average(cluster, link) >= lower_bound &&
          !is_forbidden(cluster, link.other)) {
        found[i / kClustersPerChunk].push_back(
            {std::min(cluster, link.other), std::max(cluster, link.other)});
      }
    }
  });
  std::vector<ClusterPair> pairs;
  for (const auto& part : found)
    pairs.insert(pairs.end(), part.begin(), part.end());
  return pairs;
}

Link& Agglomeration::link_to(std::int32_t cluster, std::int32_t other) {
  auto& links = links_[cluster];
  return *std::lower_bound(links.begin(), links.end(), other,
                           [](const Link& link, std::int32_t name) { return link.other < name; });
}

void Agglomeration::set_exact(const ClusterPair& pair, double total) {
  // Names stay untouched: another thread may be searching the same list for another name.
  for (auto* link : {&link_to(pair.lower, pair.higher), &link_to(pair.higher, pair.lower)}) {
    link->total = total;
    link->slack = 0.0F;
  }
}

std::int32_t Agglomeration::strongest(std::int32_t cluster) const {
  std::int32_t best = -1;
  double best_average = 0;
  for (const auto& link : links_[cluster]) {
    if (link.slack > 0) continue;  // known to be weaker than another
    const double candidate = average(cluster, link);
    if (candidate > best_average && candidate >= min_similarity_ &&
        !is_forbidden(cluster, link.other)) {
      best = link.other;
      best_average = candidate;
    }
  }
  return best;
}

const std::vector<ClusterPair>& Agglomeration::choose_pairs() {
  for_each(control_, std::ssize(active_),
           [&](std::int64_t i, int) { best_[active_[i]] = strongest(active_[i]); });
  pairs_.clear();
  for (const auto cluster : active_) {
    const auto other = best_[cluster];
    if (other < 0 || best_[other] != cluster || partner_[cluster] >= 0) continue;
    partner_[cluster] = other;
    partner_[other] = cluster;
    pairs_.push_back({std::min(cluster, other), std::max(cluster, other)});
  }
  if (pairs_.empty()) active_.clear();
  return pairs_;
}

void Agglomeration::join_pairs() {
  std::vector<LinkRewriter> rewriters(resolve_threads(control_), LinkRewriter(partner_, norms_));
  std::vector<std::vector<Link>> joined(pairs_.size());
  for_each(control_, std::ssize(pairs_), [&](std::int64_t i, int worker) {
    const auto& pair = pairs_[i];
    rewriters[worker].rewrite(pair, links_[pair.lower], links_[pair.higher], joined[i]);
  });
  auto touched = touched_clusters(joined);
  for_each(control_, std::ssize(touched), [&](std::int64_t i, int worker) {
    const auto cluster = touched[i];
    auto& links = links_[cluster];
    // The rewriter reads all of the old links before it writes the first new one.
    rewriters[worker].rewrite({cluster, -1}, links, {}, links);
  });
  commit(joined, std::move(touched));
}

std::vector<std::int32_t> Agglomeration::touched_clusters(
    const std::vector<std::vector<Link>>& joined) {
  std::vector<std::int32_t> touched;
  for (const auto& links : joined) {
    for (const auto& link : links) {
      if (marked_[link.other] || partner_[link.other] >= 0) continue;
      marked_[link.other] = 1;
      touched.push_back(link.other);
    }
  }
  for (const auto cluster : touched)
    marked_[cluster] = 0;
  return touched;
}

void Agglomeration::commit(std::vector<std::vector<Link>>& joined,
                           std::vector<std::int32_t> touched) {
  active_ = std::move(touched);
  for (std::size_t i = 0; i < pairs_.size(); ++i) {
    const auto [lower, higher] = pairs_[i];
    const auto& link = link_to(lower, higher);
    merges_.push_back({lower, higher, is_forced_ ? 1.0 : average(lower, link)});
    if (!norms_.empty()) {
      norms_[lower] = std::sqrt(std::max(
          0.0, norms_[lower] * norms_[lower] + norms_[higher] * norms_[higher] + 2 * link.total));
    }
    sizes_[lower] += sizes_[higher];
    partner_[lower] = partner_[higher] = -1;
    active_.push_back(lower);
  }
  for (std::size_t i = 0; i < pairs_.size(); ++i) {
    links_[pairs_[i].lower] = std::move(joined[i]);
    links_[pairs_[i].higher] = {};
    best_[pairs_[i].higher] = -1;
    inherit_forbidden(pairs_[i]);
  }
  if (is_forced_) activate_all();
  is_forced_ = false;
  std::sort(active_.begin(), active_.end());
}

void Agglomeration::restrict(double min_similarity, std::span<const RowPair> cannot_link) {
  min_similarity_ = min_similarity;
  if (cannot_link.empty()) return;
  forbidden_.resize(links_.size());
  for (const auto [first, second] : cannot_link) {
    forbidden_[first].push_back(second);
    forbidden_[second].push_back(first);
  }
  for (auto& names : forbidden_)
    std::sort(names.begin(), names.end());
}

bool Agglomeration::is_forbidden(std::int32_t a, std::int32_t b) const {
  return !forbidden_.empty() && std::binary_search(forbidden_[a].begin(), forbidden_[a].end(), b);
}

void Agglomeration::inherit_forbidden(const ClusterPair& pair) {
  if (forbidden_.empty()) return;
  auto& kept = forbidden_[pair.lower];
  for (const auto other : forbidden_[pair.higher]) {
    auto& names = forbidden_[other];
    std::replace(names.begin(), names.end(), pair.higher, pair.lower);
    std::sort(names.begin(), names.end());
    kept.push_back(other);
  }
  std::sort(kept.begin(), kept.end());
  forbidden_[pair.higher] = {};
}

void Agglomeration::activate_all() {
  std::fill(marked_.begin(), marked_.end(), char{0});
  for (const auto& merge : merges_)
    marked_[merge.higher] = 1;
  active_.clear();
  for (std::size_t row = 0; row < marked_.size(); ++row) {
    if (!marked_[row]) active_.push_back(static_cast<std::int32_t>(row));
    marked_[row] = 0;
  }
}

std::int32_t Agglomeration::cluster_of(std::int32_t row) const {
  auto name = row;
  for (const auto& merge : merges_) {
    if (merge.higher == name) name = merge.lower;
  }
  return name;
}

const std::vector<ClusterPair>& Agglomeration::force_pair(const ClusterPair& pair) {
  if (is_forbidden(pair.lower, pair.higher)) {
    throw std::invalid_argument("must_link and cannot_link contradict each other at row " +
                                std::to_string(pair.lower) + " and row " +
                                std::to_string(pair.higher));
  }
  pairs_ = {pair};
  partner_[pair.lower] = pair.higher;
  partner_[pair.higher] = pair.lower;
  is_forced_ = true;
  return pairs_;
}

template Agglomeration::Agglomeration(const CsrView<float>&, AbsentPairs, const Control&);
template Agglomeration::Agglomeration(const CsrView<double>&, AbsentPairs, const Control&);

}  // namespace samestory
