#include "clustering/linked_clusters.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <string>

#include "clustering/symmetric.hpp"
#include "support/parallel.hpp"
#include "support/prefetch.hpp"

namespace samestory {
namespace {

// Late rounds are many and small: to start threads would take longer than what they do.
constexpr std::int64_t kClustersPerChunk = 256;
constexpr std::int64_t kPairsPerChunk = 128;
constexpr std::size_t kQuestionsAlone = 1024;
constexpr std::int32_t kClustersPerShare = 64;
constexpr std::int64_t kAhead = 2;  // clusters between asking for their links and using them
// What a cluster asks at once, the most promising first, where most bounds need no answer.
constexpr std::size_t kQuestionsAtOnce = 6;

void append(std::vector<std::int32_t>& all, const std::vector<std::vector<std::int32_t>>& parts) {
  for (const auto& part : parts)
    all.insert(all.end(), part.begin(), part.end());
}

}  // namespace

template <class Value>
LinkedClusters::LinkedClusters(const CsrView<Value>& pairs, const LinkageOptions& options,
                               const Control& control)
    : control_(control),
      min_similarity_(options.min_similarity),
      slack_(options.slack),
      parent_(pairs.n_rows),
      size_(pairs.n_rows, 1),
      node_(pairs.n_rows),
      links_(pairs.n_rows),
      fresh_at_(pairs.n_rows, 0),
      best_(pairs.n_rows, -1),
      best_average_(pairs.n_rows, 0.0),
      old_nodes_(pairs.n_rows, {-1, -1}),
      has_news_(pairs.n_rows, 1),
      changed_(pairs.n_rows),
      asked_at_(pairs.n_rows, -1),
      scratch_(resolve_threads(control)) {
  std::iota(node_.begin(), node_.end(), 0);
  for (auto* by_node : {&parent_, &size_, &name_})
    by_node->reserve(2 * pairs.n_rows);
  parent_ = name_ = changed_ = node_;
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
  parallel_for(control, pairs.n_rows, 256, [&](auto begin, auto end, int, auto&) {
    for (auto row = begin; row < end; ++row) {
      auto& links = links_[row];
      const auto values = pairs.row_values(row);
      links.reserve(std::count_if(values.begin(), values.end(), [&](auto value) {
        return static_cast<double>(value) >= options.min_pair;
      }));
      for (auto i = pairs.offsets[row]; i < pairs.offsets[row + 1]; ++i) {
        if (pairs.columns[i] == row) continue;
        // Both directions of a pair have to hold the very same value.
        const auto there = static_cast<double>(pairs.values[i]);
        const auto back = static_cast<double>(pairs.values[mirror[i]]);
        const auto similarity = (there + back) / 2;
        if (similarity < options.min_pair) continue;
        links.push_back({similarity, pairs.columns[i], 1, true});
        offer(static_cast<std::int32_t>(row), links.back());
      }
    }
  });
}

std::int32_t LinkedClusters::cluster_of(std::int32_t row) {
  return name_[root_of(row)];
}

bool LinkedClusters::is_root(std::int32_t node) const {
  return std::atomic_ref(const_cast<std::int32_t&>(parent_[node]))
             .load(std::memory_order_relaxed) == node;
}

/// The cluster that a node has become part of. Paths are halved on the way (Tarjan and van Leeuwen
/// 1984); several workers may do so at once, since every parent that they may see is an ancestor.
std::int32_t LinkedClusters::root_of(std::int32_t node) {
  const auto parent_of = [&](std::int32_t child) { return std::atomic_ref(parent_[child]); };
  for (;;) {
    const auto parent = parent_of(node).load(std::memory_order_relaxed);
    if (parent == node) return node;
    const auto above = parent_of(parent).load(std::memory_order_relaxed);
    if (above != parent) parent_of(node).store(above, std::memory_order_relaxed);
    node = above;
  }
}

const std::vector<ClusterPair>& LinkedClusters::force(const ClusterPair& pair) {
  if (is_forbidden(pair.lower, pair.higher)) {
    throw std::invalid_argument("must_link and cannot_link contradict each other at row " +
                                std::to_string(pair.lower) + " and row " +
                                std::to_string(pair.higher));
  }
  end_round();
  chosen_ = {pair};
  chosen_similarity_ = {1.0};
  return chosen_;
}

const std::vector<ClusterPair>& LinkedClusters::choose() {
  end_round();
  std::sort(changed_.begin(), changed_.end());
  for (const auto cluster : changed_) {
    if (best_[cluster] < 0) continue;
    const auto other = name_[best_[cluster]];
    if (best_[other] != node_[cluster] || (has_news_[other] && other < cluster)) continue;
    chosen_.push_back({std::min(cluster, other), std::max(cluster, other)});
    chosen_similarity_.push_back(best_average_[cluster]);
  }
  for (const auto cluster : changed_)
    has_news_[cluster] = 0;
  changed_.clear();
  if (chosen_.empty()) choose_leftover();
  return chosen_;
}

/// Two clusters add up their links to each other in different orders, so that equal averages may
/// differ in the last bit, and three clusters each prefer the next. The best of such pairs is
/// joined.
void LinkedClusters::choose_leftover() {
  std::int32_t strongest = -1;
  for (std::int32_t cluster = 0; cluster < std::ssize(best_); ++cluster) {
    if (best_[cluster] < 0) continue;
    if (strongest < 0 || best_average_[cluster] > best_average_[strongest]) strongest = cluster;
  }
  if (strongest < 0) return;
  const auto other = name_[best_[strongest]];
  chosen_.push_back({std::min(strongest, other), std::max(strongest, other)});
  chosen_similarity_.push_back(best_average_[strongest]);
}

void LinkedClusters::end_round() {
  for (const auto& pair : chosen_)
    old_nodes_[pair.lower] = {-1, -1};
  chosen_.clear();
  chosen_similarity_.clear();
}

void LinkedClusters::join() {
  for (std::size_t i = 0; i < chosen_.size(); ++i) {
    const auto& pair = chosen_[i];
    old_nodes_[pair.lower] = {node_[pair.lower], node_[pair.higher]};
    merges_.push_back({pair.lower, pair.higher, chosen_similarity_[i]});
    node_[pair.lower] = new_node(pair);
    best_[pair.lower] = best_[pair.higher] = -1;
  }
  std::vector<std::vector<std::int32_t>> concerned(chosen_.size() / kPairsPerChunk + 1);
  parallel_for(control_, std::ssize(chosen_), kPairsPerChunk,
               [&](auto begin, auto end, int worker, auto&) {
                 for (auto i = begin; i < end; ++i)
                   join_links(chosen_[i], scratch_[worker], concerned[begin / kPairsPerChunk]);
               });
  for (const auto& pair : chosen_) {
    inherit_forbidden(pair);
    note_change(pair.lower);
  }
  for (const auto& part : concerned) {
    for (const auto cluster : part)
      note_change(cluster);
  }
  pending_ = changed_;
  std::sort(pending_.begin(), pending_.end());
}

void LinkedClusters::note_change(std::int32_t cluster) {
  best_[cluster] = -1;
  if (!has_news_[cluster]) changed_.push_back(cluster);
  has_news_[cluster] = 1;
}

std::int32_t LinkedClusters::new_node(const ClusterPair& pair) {
  const auto node = static_cast<std::int32_t>(parent_.size());
  const auto left = node_[pair.lower], right = node_[pair.higher];
  parent_[left] = parent_[right] = node;
  parent_.push_back(node);
  size_.push_back(size_[left] + size_[right]);
  name_.push_back(pair.lower);
  return node;
}

/// Makes the links of the lower cluster those of both, and finds whom they concern.
void LinkedClusters::join_links(const ClusterPair& pair, Scratch& scratch,
                                std::vector<std::int32_t>& concerned) {
  const auto node = node_[pair.lower];
  const auto parts = old_nodes_[pair.lower];
  add_links(pair.lower, size_[parts.lower], node, scratch);
  add_links(pair.higher, size_[parts.higher], node, scratch);
  std::vector<Link>().swap(links_[pair.higher]);  // to assign {} would keep the memory
  fresh_at_[pair.lower] = static_cast<std::int32_t>(merges_.size());
  auto& links = links_[pair.lower];
  take_sums(size_[node], scratch, links);
  for (const auto& link : links) {
    if (concerns(link, parts)) concerned.push_back(name_[link.node]);
  }
}

/// Adds up what a cluster of this size knows of every other cluster as it stands now.
void LinkedClusters::add_links(std::int32_t cluster, double size, std::int32_t except,
                               Scratch& scratch) {
  for (const auto& link : links_[cluster]) {
    const auto node = root_of(link.node);
    if (node == except) continue;
    auto& place = scratch.place_of[name_[node]];
    if (place < 0) {
      place = static_cast<std::int32_t>(scratch.sums.size());
      scratch.sums.push_back({node});
    }
    auto& sum = scratch.sums[place];
    const double n = size * link.size;
    sum.is_exact &= link.is_exact;
    sum.total += n * link.average;
    sum.n_known += n;
    sum.highest = std::max(sum.highest, link.average);
  }
}

/// Writes the sums as the links of a cluster of this size.
void LinkedClusters::take_sums(double size, Scratch& scratch, std::vector<Link>& links) {
  links.clear();
  links.reserve(scratch.sums.size());
  for (const auto& sum : scratch.sums) {
    scratch.place_of[name_[sum.node]] = -1;
    const double n_pairs = size * size_[sum.node];
    const double n_unknown = n_pairs - sum.n_known;
    const bool is_exact = sum.is_exact && n_unknown == 0;
    const double total = n_unknown > 0 ? sum.total + n_unknown * (sum.highest + slack_) : sum.total;
    links.push_back({total / n_pairs, sum.node, static_cast<std::uint32_t>(size_[sum.node]),
                     is_exact ? 1U : 0U});
  }
  scratch.sums.clear();
}

/// Whether a cluster has to look for its best again, now that a new one links to it: its best has
/// become part of that, or that may be better.
bool LinkedClusters::concerns(const Link& link, const ClusterPair& parts) const {
  const auto cluster = name_[link.node];
  if (old_nodes_[cluster].lower >= 0) return false;  // it is new itself
  const auto best = best_[cluster];
  if (best >= 0 && (best == parts.lower || best == parts.higher)) return true;
  return link.average >= min_similarity_ && link.average > (best < 0 ? 0 : best_average_[cluster]);
}

const std::vector<Question>& LinkedClusters::ask() {
  std::vector<std::vector<Gap>> gaps(pending_.size() / kClustersPerChunk + 1);
  parallel_for(control_, std::ssize(pending_), kClustersPerChunk,
               [&](auto begin, auto end, int worker, auto&) {
                 auto& found = gaps[begin / kClustersPerChunk];
                 for (auto i = begin; i < end; ++i) {
                   if (i + kAhead < end) prefetch(links_[pending_[i + kAhead]].data());
                   find_best(pending_[i], scratch_[worker], found);
                 }
               });
  gaps_.clear();
  for (const auto& part : gaps)
    gaps_.insert(gaps_.end(), part.begin(), part.end());
  pending_.clear();
  for (const auto& gap : gaps_) {
    if (pending_.empty() || pending_.back() != gap.cluster) pending_.push_back(gap.cluster);
  }
  drop_double_questions();
  questions_.clear();
  for (const auto& gap : gaps_)
    questions_.push_back({gap.cluster, name_[links_[gap.cluster][gap.place].node]});
  return questions_;
}

/// Brings a cluster's links up to date.
void LinkedClusters::refresh(std::int32_t cluster, Scratch& scratch) {
  const auto n_merges = static_cast<std::int32_t>(merges_.size());
  if (fresh_at_[cluster] == n_merges) return;
  fresh_at_[cluster] = n_merges;
  auto& links = links_[cluster];
  const auto is_current = [&](const Link& link) { return is_root(link.node); };
  if (std::all_of(links.begin(), links.end(), is_current)) return;
  const double size = size_[node_[cluster]];
  add_links(cluster, size, node_[cluster], scratch);
  take_sums(size, scratch, links);
}

/// Finds the most similar cluster among those whose averages are known, and whose have to be known
/// before it can be said to be that.
void LinkedClusters::find_best(std::int32_t cluster, Scratch& scratch, std::vector<Gap>& gaps) {
  refresh(cluster, scratch);
  best_[cluster] = -1;
  best_average_[cluster] = 0;
  const auto& links = links_[cluster];
  for (const auto& link : links) {
    if (link.is_exact) offer(cluster, link);
  }
  auto& own = scratch.gaps;
  own.clear();
  for (std::size_t i = 0; i < links.size(); ++i) {
    const double bound = links[i].average;
    if (links[i].is_exact || bound < min_similarity_ || !(bound > best_average_[cluster])) continue;
    if (is_forbidden(cluster, name_[links[i].node])) continue;
    own.push_back({cluster, static_cast<std::int32_t>(i), bound});
  }
  if (own.size() > kQuestionsAtOnce && std::isfinite(slack_)) {
    const auto is_before = [&](const Gap& a, const Gap& b) {
      if (a.bound != b.bound) return a.bound > b.bound;
      return name_[links[a.place].node] < name_[links[b.place].node];
    };
    std::nth_element(own.begin(), own.begin() + kQuestionsAtOnce, own.end(), is_before);
    own.resize(kQuestionsAtOnce);
  }
  gaps.insert(gaps.end(), own.begin(), own.end());
  if (!own.empty()) best_[cluster] = -1;
}

/// Of two clusters that ask for each other, the new one asks, of two such the lower.
void LinkedClusters::drop_double_questions() {
  for (std::size_t i = gaps_.size(); i-- > 0;)
    asked_at_[gaps_[i].cluster] = static_cast<std::int64_t>(i);
  const auto asks_for = [&](std::int32_t cluster, std::int32_t node) {
    if (asked_at_[cluster] < 0) return false;
    for (auto i = asked_at_[cluster]; i < std::ssize(gaps_) && gaps_[i].cluster == cluster; ++i) {
      if (links_[cluster][gaps_[i].place].node == node) return true;
    }
    return false;
  };
  const auto is_new = [&](std::int32_t cluster) { return old_nodes_[cluster].lower >= 0; };
  std::vector<Gap> kept;
  for (const auto& gap : gaps_) {
    const auto cluster = gap.cluster;
    const auto other = name_[links_[cluster][gap.place].node];
    const bool is_first = is_new(cluster) == is_new(other) ? cluster < other : is_new(cluster);
    if (is_first || !asks_for(other, node_[cluster])) kept.push_back(gap);
  }
  for (const auto cluster : pending_)
    asked_at_[cluster] = -1;
  gaps_ = std::move(kept);
}

/// Both clusters of every question learn the answer. Each worker tells those of its own share.
void LinkedClusters::answer(const std::vector<double>& totals) {
  const std::int64_t n_shares = questions_.size() < kQuestionsAlone ? 1 : resolve_threads(control_);
  std::vector<std::vector<std::int32_t>> told(n_shares);
  parallel_for(control_, n_shares, 1, [&](auto share, auto, int worker, auto&) {
    const auto is_own = [&](std::int32_t cluster) {
      return cluster / kClustersPerShare % n_shares == share;
    };
    const auto learn = [&](std::int32_t cluster, Link& link, double average) {
      if (take_answer(cluster, link, average)) told[share].push_back(cluster);
    };
    for (std::size_t i = 0; i < questions_.size(); ++i) {
      const auto [cluster, other] = questions_[i];
      const auto place = gaps_[i].place;
      const double n_pairs = static_cast<double>(size_[node_[cluster]]) * size_[node_[other]];
      const double average = totals[i] / n_pairs;
      if (is_own(cluster)) learn(cluster, links_[cluster][place], average);
      if (is_own(other)) learn(other, link_to(other, cluster, scratch_[worker]), average);
    }
  });
  append(changed_, told);
}

/// What a cluster knows of another: links are mutual, so there is one.
LinkedClusters::Link& LinkedClusters::link_to(std::int32_t cluster, std::int32_t other,
                                              Scratch& scratch) {
  refresh(cluster, scratch);
  auto& links = links_[cluster];
  return *std::find_if(links.begin(), links.end(),
                       [node = node_[other]](const Link& link) { return link.node == node; });
}

/// Returns whether the cluster's best has changed for the first time in this round.
bool LinkedClusters::take_answer(std::int32_t cluster, Link& link, double average) {
  link.average = average;
  link.is_exact = true;
  const auto before = best_[cluster];
  offer(cluster, link);
  const bool is_first = !has_news_[cluster] && best_[cluster] != before;
  if (is_first) has_news_[cluster] = 1;
  return is_first;
}

void LinkedClusters::offer(std::int32_t cluster, const Link& link) {
  const double average = link.average;
  if (!(average > 0) || average < min_similarity_ || average < best_average_[cluster]) return;
  const auto best = best_[cluster];
  const auto name = name_[link.node];
  if (average == best_average_[cluster] && best >= 0 && name_[best] <= name) return;
  if (is_forbidden(cluster, name)) return;
  best_[cluster] = link.node;
  best_average_[cluster] = average;
}

bool LinkedClusters::is_forbidden(std::int32_t a, std::int32_t b) const {
  return !forbidden_.empty() && std::binary_search(forbidden_[a].begin(), forbidden_[a].end(), b);
}

void LinkedClusters::inherit_forbidden(const ClusterPair& pair) {
  if (forbidden_.empty()) return;
  auto& kept = forbidden_[pair.lower];
  for (const auto other : forbidden_[pair.higher]) {
    auto& names = forbidden_[other];
    std::replace(names.begin(), names.end(), pair.higher, pair.lower);
    std::sort(names.begin(), names.end());
    kept.push_back(other);
  }
  std::sort(kept.begin(), kept.end());
  std::vector<std::int32_t>().swap(forbidden_[pair.higher]);
}

template LinkedClusters::LinkedClusters(const CsrView<float>&, const LinkageOptions&,
                                        const Control&);
template LinkedClusters::LinkedClusters(const CsrView<double>&, const LinkageOptions&,
                                        const Control&);

}  // namespace samestory
