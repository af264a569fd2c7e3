#include "clustering/story_similarities.hpp"

#include <algorithm>
#include <atomic>
#include <numeric>

#include "clustering/symmetric.hpp"
#include "support/parallel.hpp"

namespace samestory {
namespace {

/// Above this a story's members are shared out among the workers.
constexpr std::int64_t kLargeStory = 2048;

}  // namespace

template <class Value>
StorySimilarities<Value>::StorySimilarities(const CsrView<Value>& rows, const CsrView<Value>& pairs,
                                            const Dendrogram& dendrogram, const Control& control)
    : rows_(rows),
      pairs_(pairs),
      dendrogram_(dendrogram),
      control_(control),
      mirror_(mirrored_links(pairs, "pairs")),
      to_linked_(pairs.values.begin(), pairs.values.begin() + pairs.n_entries()),
      to_own_(rows.n_rows),
      story_(rows.n_rows),
      members_(rows.n_rows),
      name_of_node_(rows.n_rows + dendrogram.n_merges()),
      joins_at_(rows.n_rows + dendrogram.n_merges(), 0.0),
      next_join_(rows.n_rows),
      changed_(rows.n_rows, 1),
      scratch_(resolve_threads(control)) {
  for (std::int64_t m = 0; m < dendrogram.n_merges(); ++m)
    joins_at_[dendrogram.left[m]] = joins_at_[dendrogram.right[m]] = dendrogram.similarity[m];
  std::copy_n(joins_at_.begin(), rows.n_rows, next_join_.begin());
  std::iota(story_.begin(), story_.end(), 0);
  std::iota(name_of_node_.begin(), name_of_node_.end(), 0);
  for (std::int64_t row = 0; row < rows.n_rows; ++row) {
    members_[row] = {static_cast<std::int32_t>(row)};
    for (const auto value : rows.row_values(row))
      to_own_[row] += static_cast<double>(value) * static_cast<double>(value);
  }
  to_self_ = to_own_;
  std::vector<double> sum(rows.n_columns, 0.0);
  for (std::int64_t i = 0; i < rows.n_entries(); ++i)
    sum[rows.columns[i]] += static_cast<double>(rows.values[i]);
  to_all_.resize(rows.n_rows);
  for (std::int64_t row = 0; row < rows.n_rows; ++row)
    to_all_[row] = dot_with(sum, static_cast<std::int32_t>(row));
  for (auto& scratch : scratch_) {
    scratch.sum.assign(rows.n_columns, 0.0);
    scratch.seen_at.assign(rows.n_rows, -1);
    scratch.similarity.resize(rows.n_rows);
  }
}

template <class Value>
double StorySimilarities<Value>::own(std::int32_t row) const {
  const auto n = size(row);
  return n > 1 ? (to_own_[row] - to_self_[row]) / static_cast<double>(n - 1) : 0.0;
}

template <class Value>
double StorySimilarities<Value>::next(std::int32_t row) const {
  const auto n_outside = rows_.n_rows - size(row);
  if (n_outside == 0) return 0;
  double best = std::max(0.0, (to_all_[row] - to_own_[row]) / static_cast<double>(n_outside));
  bool is_linked = false;
  for (auto link = pairs_.offsets[row]; link < pairs_.offsets[row + 1]; ++link) {
    const auto other = pairs_.columns[link];
    if (story_[other] == story_[row]) continue;
    is_linked = true;
    best = std::max(best, to_linked_[link] / static_cast<double>(size(other)));
  }
  // All links of a row deep inside a large story stay within it; what is known then of the next
  // best is how similar the story as a whole is to the one that it joins next.
  return is_linked ? best : std::max(best, next_join_[story_[row]]);
}

template <class Value>
void StorySimilarities<Value>::advance(std::int64_t n_merges) {
  std::fill(changed_.begin(), changed_.end(), n_done_ == 0 && n_merges == 0 ? 1 : 0);
  const auto stories = merge_members(n_done_, n_merges);
  n_done_ = n_merges;
  ++n_advances_;
  std::vector<std::int32_t> small;
  for (const auto story : stories) {
    if (std::ssize(members_[story]) > kLargeStory) {
      compare_large(story);
    } else {
      small.push_back(story);
    }
  }
  parallel_for(control_, std::ssize(small), 16, [&](auto begin, auto end, int worker, auto&) {
    auto& scratch = scratch_[worker];
    for (auto i = begin; i < end; ++i) {
      add_members(small[i], scratch.sum);
      compare(small[i], members_[small[i]], scratch.sum, scratch);
      clear_members(small[i], scratch.sum);
    }
  });
}

/// Joins the lists of members; returns the names of the new stories, ascending.
template <class Value>
std::vector<std::int32_t> StorySimilarities<Value>::merge_members(std::int64_t from,
                                                                  std::int64_t to) {
  std::vector<std::int32_t> grown;
  for (auto m = from; m < to; ++m) {
    auto kept = name_of_node_[dendrogram_.left[m]];
    auto gone = name_of_node_[dendrogram_.right[m]];
    if (members_[kept].size() < members_[gone].size()) std::swap(kept, gone);
    for (const auto row : members_[gone])
      story_[row] = kept;
    members_[kept].insert(members_[kept].end(), members_[gone].begin(), members_[gone].end());
    members_[gone] = {};
    name_of_node_[dendrogram_.n_rows + m] = kept;
    next_join_[kept] = joins_at_[dendrogram_.n_rows + m];
    grown.push_back(kept);
  }
  std::sort(grown.begin(), grown.end());
  grown.erase(std::unique(grown.begin(), grown.end()), grown.end());
  std::erase_if(grown, [&](std::int32_t name) { return members_[name].empty(); });
  return grown;
}

template <class Value>
void StorySimilarities<Value>::add_members(std::int32_t story, std::vector<double>& sum) const {
  for (const auto row : members_[story]) {
    const auto columns = rows_.row_columns(row);
    const auto values = rows_.row_values(row);
    for (std::size_t i = 0; i < columns.size(); ++i)
      sum[columns[i]] += static_cast<double>(values[i]);
  }
}

template <class Value>
void StorySimilarities<Value>::clear_members(std::int32_t story, std::vector<double>& sum) const {
  for (const auto row : members_[story]) {
    for (const auto column : rows_.row_columns(row))
      sum[column] = 0;
  }
}

template <class Value>
double StorySimilarities<Value>::dot_with(const std::vector<double>& sum, std::int32_t row) const {
  const auto columns = rows_.row_columns(row);
  const auto values = rows_.row_values(row);
  double sums[2] = {0, 0};
  for (std::size_t i = 0; i < columns.size(); ++i)
    sums[i % 2] += sum[columns[i]] * static_cast<double>(values[i]);
  return sums[0] + sums[1];
}

template <class Value>
void StorySimilarities<Value>::mark_changed(std::int32_t row) {
  // Several workers may mark one row; they all write the same.
  std::atomic_ref<char>(changed_[row]).store(1, std::memory_order_relaxed);
}

template <class Value>
void StorySimilarities<Value>::compare(std::int32_t story, std::span<const std::int32_t> members,
                                       const std::vector<double>& sum, Scratch& scratch) {
  // A story of the same name may have been compared at an earlier level.
  const auto comparison = n_advances_ * rows_.n_rows + story;
  for (const auto member : members) {
    to_own_[member] = dot_with(sum, member);
    mark_changed(member);
    for (auto link = pairs_.offsets[member]; link < pairs_.offsets[member + 1]; ++link) {
      const auto other = pairs_.columns[link];
      if (story_[other] == story) continue;
      if (scratch.seen_at[other] != comparison) {
        scratch.seen_at[other] = comparison;
        scratch.similarity[other] = dot_with(sum, other);
        mark_changed(other);
      }
      to_linked_[mirror_[link]] = scratch.similarity[other];
    }
  }
}

template <class Value>
void StorySimilarities<Value>::compare_large(std::int32_t story) {
  std::vector<double> sum(rows_.n_columns, 0.0);
  add_members(story, sum);
  const std::span<const std::int32_t> members = members_[story];
  parallel_for(control_, std::ssize(members), kLargeStory,
               [&](auto begin, auto end, int worker, auto&) {
                 compare(story, members.subspan(begin, end - begin), sum, scratch_[worker]);
               });
}

template class StorySimilarities<float>;
template class StorySimilarities<double>;

}  // namespace samestory
