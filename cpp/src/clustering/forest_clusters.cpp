#include "clustering/forest_clusters.hpp"

#include <algorithm>
#include <numeric>
#include <stdexcept>
#include <string>

#include "clustering/symmetric.hpp"
#include "support/parallel.hpp"
#include "support/prefetch.hpp"

namespace samestory {
namespace {

constexpr std::int64_t kClustersPerChunk = 256;
constexpr std::int64_t kPairsPerChunk = 64;
constexpr std::size_t kAhead = 4;  // links between asking for memory and using it

}  // namespace

template <class Value>
ForestClusters::ForestClusters(const CsrView<Value>& pairs, const LinkageOptions& options,
                               const Control& control)
    : control_(control),
      min_similarity_(options.min_similarity),
      links_(pairs.n_rows),
      parent_(pairs.n_rows),
      sizes_(pairs.n_rows, 1),
      best_(pairs.n_rows, -1),
      best_average_(pairs.n_rows, 0.0),
      partner_(pairs.n_rows, -1),
      has_news_(pairs.n_rows, 1),
      changed_(pairs.n_rows),
      scratch_(resolve_threads(control)) {
  std::iota(parent_.begin(), parent_.end(), 0);
  std::iota(changed_.begin(), changed_.end(), 0);
  for (auto& scratch : scratch_)
    scratch.place_of.assign(pairs.n_rows, -1);
  if (!options.cannot_link.empty()) forbidden_.resize(pairs.n_rows);
  for (const auto [first, second] : options.cannot_link) {
    forbidden_[first].push_back(second);
    forbidden_[second].push_back(first);
  }
  for (auto& names : forbidden_)
    std::sort(names.begin(), names.end());
  const auto mirror = mirrored_links(pairs, "pairs");
  parallel_for(control, pairs.n_rows, kClustersPerChunk, [&](auto begin, auto end, int, auto&) {
    for (auto row = begin; row < end; ++row) {
      auto& [names, totals] = links_[row];
      names.reserve(pairs.row_size(row));
      totals.reserve(pairs.row_size(row));
      for (auto i = pairs.offsets[row]; i < pairs.offsets[row + 1]; ++i) {
        if (pairs.columns[i] == row) continue;
        // Both directions of a pair have to hold the very same value.
        const auto there = static_cast<double>(pairs.values[i]);
        const auto back = static_cast<double>(pairs.values[mirror[i]]);
        names.push_back(pairs.columns[i]);
        totals.push_back((there + back) / 2);
      }
      find_best(static_cast<std::int32_t>(row));
    }
  });
}

std::int32_t ForestClusters::cluster_of(std::int32_t row) const {
  while (parent_[row] != row)
    row = parent_[row];
  return row;
}

std::int32_t ForestClusters::name_after(std::int32_t name) const {
  return partner_[name] < 0 ? name : std::min(name, partner_[name]);
}

const std::vector<ClusterPair>& ForestClusters::force(const ClusterPair& pair) {
  if (is_forbidden(pair.lower, pair.higher)) {
    throw std::invalid_argument("must_link and cannot_link contradict each other at row " +
                                std::to_string(pair.lower) + " and row " +
                                std::to_string(pair.higher));
  }
  chosen_ = {pair};
  chosen_similarity_ = {1.0};
  return chosen_;
}

const std::vector<ClusterPair>& ForestClusters::choose() {
  chosen_.clear();
  chosen_similarity_.clear();
  for (const auto cluster : changed_) {
    const auto other = best_[cluster];
    if (other < 0 || best_[other] != cluster || (has_news_[other] && other < cluster)) continue;
    chosen_.push_back({std::min(cluster, other), std::max(cluster, other)});
    chosen_similarity_.push_back(best_average_[cluster]);
  }
  for (const auto cluster : changed_)
    has_news_[cluster] = 0;
  changed_.clear();
  return chosen_;
}

const std::vector<Question>& ForestClusters::join() {
  for (const auto [lower, higher] : chosen_) {
    partner_[lower] = higher;
    partner_[higher] = lower;
  }
  const auto n = std::ssize(chosen_);
  std::vector<std::vector<Gap>> gaps(n / kPairsPerChunk + 1);
  parallel_for(control_, n, kPairsPerChunk, [&](auto begin, auto end, int worker, auto&) {
    for (auto i = begin; i < end; ++i)
      join_links(chosen_[i], scratch_[worker], gaps[begin / kPairsPerChunk]);
  });
  gaps_.clear();
  for (const auto& part : gaps)
    gaps_.insert(gaps_.end(), part.begin(), part.end());
  unknown_.clear();
  for (const auto [cluster, place] : gaps_)
    unknown_.push_back({cluster, links_[cluster].names[place]});
  for (std::size_t i = 0; i < chosen_.size(); ++i) {
    const auto [lower, higher] = chosen_[i];
    merges_.push_back({lower, higher, chosen_similarity_[i]});
    parent_[higher] = lower;
    sizes_[lower] += sizes_[higher];
    links_[higher] = {};
    best_[higher] = -1;
    inherit_forbidden(chosen_[i]);
  }
  return unknown_;
}

/// Makes the links of the lower cluster those of both.
void ForestClusters::join_links(const ClusterPair& pair, Scratch& scratch, std::vector<Gap>& gaps) {
  auto& [place_of, joined, n_known] = scratch;
  joined.names.clear();
  joined.totals.clear();
  n_known.clear();
  for (const auto part : {pair.lower, pair.higher}) {
    const auto& [names, totals] = links_[part];
    for (std::size_t i = 0; i < names.size(); ++i) {
      const auto name = name_after(names[i]);
      if (name == pair.lower) continue;
      if (place_of[name] < 0) {
        place_of[name] = static_cast<std::int32_t>(joined.names.size());
        joined.names.push_back(name);
        joined.totals.push_back(0.0);
        n_known.push_back(0);
      }
      joined.totals[place_of[name]] += totals[i];
      ++n_known[place_of[name]];
    }
  }
  for (std::size_t i = 0; i < joined.names.size(); ++i) {
    const auto name = joined.names[i];
    place_of[name] = -1;
    const bool is_new = partner_[name] >= 0;
    // Of two new clusters, the lower finds out and tells the other.
    if (is_new && name < pair.lower) continue;
    if (n_known[i] < (is_new ? 4 : 2)) gaps.push_back({pair.lower, static_cast<std::int32_t>(i)});
  }
  links_[pair.lower] = joined;
}

void ForestClusters::settle(const std::vector<double>& totals) {
  for (std::size_t i = 0; i < gaps_.size(); ++i)
    links_[gaps_[i].cluster].totals[gaps_[i].place] = totals[i];
  tell_others();
  for (const auto [lower, higher] : chosen_) {
    partner_[lower] = partner_[higher] = -1;
    if (!has_news_[lower]) changed_.push_back(lower);
    has_news_[lower] = 1;
    best_[lower] = -1;
  }
  std::sort(changed_.begin(), changed_.end());
  parallel_for(control_, std::ssize(changed_), kClustersPerChunk,
               [&](auto begin, auto end, int, auto&) {
                 for (auto i = begin; i < end; ++i) {
                   if (best_[changed_[i]] < 0) find_best(changed_[i]);
                 }
               });
}

/// Tells every cluster that is linked to a new one. Each worker tells those of its own share.
void ForestClusters::tell_others() {
  const std::int64_t n_shares = resolve_threads(control_);
  std::vector<std::vector<std::int32_t>> told(n_shares);
  parallel_for(control_, n_shares, 1, [&](auto share, auto, int, auto&) {
    const auto is_mine = [&](std::int32_t name) { return name / 64 % n_shares == share; };
    for (const auto& pair : chosen_) {
      const auto& [names, totals] = links_[pair.lower];
      for (std::size_t i = 0; i < names.size(); ++i) {
        if (i + 2 * kAhead < names.size()) prefetch(&links_[names[i + 2 * kAhead]]);
        if (i + kAhead < names.size()) prefetch(links_[names[i + kAhead]].names.data());
        // Of two new clusters, the lower tells the higher.
        const bool is_known = partner_[names[i]] >= 0 && names[i] < pair.lower;
        if (is_mine(names[i]) && !is_known && tell(names[i], pair, totals[i])) {
          told[share].push_back(names[i]);
        }
      }
    }
  });
  for (const auto& part : told)
    changed_.insert(changed_.end(), part.begin(), part.end());
}

/// Returns whether the cluster's best may have changed for the first time in this round.
bool ForestClusters::tell(std::int32_t cluster, const ClusterPair& pair, double total) {
  replace_link(cluster, pair, total);
  const auto before = best_[cluster];
  if (before == pair.lower || before == pair.higher) {
    best_[cluster] = -1;
  } else if (before >= 0) {
    offer(cluster, pair.lower, total);
  }
  const bool is_first = !has_news_[cluster] && (before < 0 || best_[cluster] != before);
  if (is_first) has_news_[cluster] = 1;
  return is_first;
}

void ForestClusters::replace_link(std::int32_t cluster, const ClusterPair& pair, double total) {
  auto& [names, totals] = links_[cluster];
  bool is_set = false;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] != pair.lower && names[i] != pair.higher) continue;
    if (is_set) {
      names[i] = names.back();
      totals[i] = totals.back();
      names.pop_back();
      totals.pop_back();
      return;
    }
    names[i] = pair.lower;
    totals[i] = total;
    is_set = true;
  }
}

void ForestClusters::find_best(std::int32_t cluster) {
  best_[cluster] = -1;
  best_average_[cluster] = 0;
  const auto& [names, totals] = links_[cluster];
  for (std::size_t i = 0; i < names.size(); ++i)
    offer(cluster, names[i], totals[i]);
}

void ForestClusters::offer(std::int32_t cluster, std::int32_t other, double total) {
  const double average =
      total / (static_cast<double>(sizes_[cluster]) * static_cast<double>(sizes_[other]));
  if (!(average > 0) || average < min_similarity_ || average < best_average_[cluster]) return;
  if (average == best_average_[cluster] && best_[cluster] >= 0 && best_[cluster] <= other) return;
  if (is_forbidden(cluster, other)) return;
  best_[cluster] = other;
  best_average_[cluster] = average;
}

bool ForestClusters::is_forbidden(std::int32_t a, std::int32_t b) const {
  return !forbidden_.empty() && std::binary_search(forbidden_[a].begin(), forbidden_[a].end(), b);
}

void ForestClusters::inherit_forbidden(const ClusterPair& pair) {
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

template ForestClusters::ForestClusters(const CsrView<float>&, const LinkageOptions&,
                                        const Control&);
template ForestClusters::ForestClusters(const CsrView<double>&, const LinkageOptions&,
                                        const Control&);

}  // namespace samestory
