#include "clustering/agglomeration.hpp"

#include <algorithm>
#include <numeric>

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
Agglomeration::Agglomeration(const CsrView<Value>& graph, const Control& control)
    : control_(control),
      links_(graph.n_rows),
      sizes_(graph.n_rows, 1),
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
      links_[row].push_back({(there + back) / 2, graph.columns[i]});
    }
  });
}

double Agglomeration::average(std::int32_t cluster, const Link& link) const {
  return link.total /
         (static_cast<double>(sizes_[cluster]) * static_cast<double>(sizes_[link.other]));
}

Link& Agglomeration::link_to(std::int32_t cluster, std::int32_t other) {
  auto& links = links_[cluster];
  return *std::lower_bound(links.begin(), links.end(), other,
                           [](const Link& link, std::int32_t name) { return link.other < name; });
}

std::int32_t Agglomeration::strongest(std::int32_t cluster) const {
  std::int32_t best = -1;
  double best_average = 0;
  for (const auto& link : links_[cluster]) {
    const double candidate = average(cluster, link);
    if (candidate > best_average) {
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
  std::vector<LinkRewriter> rewriters(resolve_threads(control_), LinkRewriter(partner_));
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
    merges_.push_back({lower, higher, average(lower, link)});
    sizes_[lower] += sizes_[higher];
    partner_[lower] = partner_[higher] = -1;
    active_.push_back(lower);
  }
  for (std::size_t i = 0; i < pairs_.size(); ++i) {
    links_[pairs_[i].lower] = std::move(joined[i]);
    links_[pairs_[i].higher] = {};
    best_[pairs_[i].higher] = -1;
  }
  std::sort(active_.begin(), active_.end());
}

template Agglomeration::Agglomeration(const CsrView<float>&, const Control&);
template Agglomeration::Agglomeration(const CsrView<double>&, const Control&);

}  // namespace samestory
