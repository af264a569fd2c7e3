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
                                            const Dendrogram& dendrogram,
                                            std::span<const char> is_judged, const Control& control)
    : rows_(rows),
      pairs_(pairs),
      dendrogram_(dendrogram),
      is_judged_(is_judged),
      control_(control),
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
  find_judges();
  compare_with_all();
  for (auto& scratch : scratch_) {
    scratch.sum.assign(rows.n_columns, Value{0});
    scratch.seen_at.assign(rows.n_rows, -1);
    scratch.similarity.resize(rows.n_rows);
  }
}

/// Numbers the links of the judged rows, and finds for every row who is linked to it.
template <class Value>
void StorySimilarities<Value>::find_judges() {
  mirrored_links(pairs_, "pairs");  // throws unless they are symmetric
  first_link_.assign(rows_.n_rows + 1, 0);
  first_judge_.assign(rows_.n_rows + 1, 0);
  for (std::int32_t row = 0; row < rows_.n_rows; ++row) {
    const auto linked = pairs_.row_columns(row);
    first_link_[row + 1] = first_link_[row] + (is_judged(row) ? std::ssize(linked) : 0);
    if (!is_judged(row)) continue;
    for (const auto other : linked)
      ++first_judge_[other + 1];
  }
  std::partial_sum(first_judge_.begin(), first_judge_.end(), first_judge_.begin());
  to_linked_.resize(first_link_.back());
  judges_.resize(first_judge_.back());
  auto next = first_judge_;
  for (std::int32_t row = 0; row < rows_.n_rows; ++row) {
    if (!is_judged(row)) continue;
    const auto linked = pairs_.row_columns(row);
    const auto values = pairs_.row_values(row);
    for (std::size_t i = 0; i < linked.size(); ++i) {
      const auto link = first_link_[row] + static_cast<std::int64_t>(i);
      to_linked_[link] = static_cast<double>(values[i]);
      judges_[next[linked[i]]++] = {row, link};
    }
  }
}

template <class Value>
void StorySimilarities<Value>::compare_with_all() {
  std::vector<double> sum(rows_.n_columns, 0.0);
  for (std::int64_t i = 0; i < rows_.n_entries(); ++i)
    sum[rows_.columns[i]] += static_cast<double>(rows_.values[i]);
  to_all_.resize(rows_.n_rows);
  for (std::int32_t row = 0; row < rows_.n_rows; ++row) {
    const auto columns = rows_.row_columns(row);
    const auto values = rows_.row_values(row);
    for (std::size_t i = 0; is_judged(row) && i < columns.size(); ++i)
      to_all_[row] += sum[columns[i]] * static_cast<double>(values[i]);
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
  const auto linked = pairs_.row_columns(row);
  for (std::size_t i = 0; i < linked.size(); ++i) {
    if (story_[linked[i]] == story_[row]) continue;
    is_linked = true;
    const double sum = to_linked_[first_link_[row] + static_cast<std::int64_t>(i)];
    best = std::max(best, sum / static_cast<double>(size(linked[i])));
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
void StorySimilarities<Value>::add_members(std::int32_t story, std::vector<Value>& sum) const {
  for (const auto row : members_[story]) {
    const auto columns = rows_.row_columns(row);
    const auto values = rows_.row_values(row);
    for (std::size_t i = 0; i < columns.size(); ++i)
      sum[columns[i]] += values[i];
  }
}

template <class Value>
void StorySimilarities<Value>::clear_members(std::int32_t story, std::vector<Value>& sum) const {
  for (const auto row : members_[story]) {
    for (const auto column : rows_.row_columns(row))
      sum[column] = 0;
  }
}

template <class Value>
double StorySimilarities<Value>::dot_with(const std::vector<Value>& sum, std::int32_t row) const {
  const auto columns = rows_.row_columns(row);
  return dot_(sum.data(), columns.data(), rows_.row_values(row).data(), columns.size());
}

template <class Value>
void StorySimilarities<Value>::mark_changed(std::int32_t row) {
  // Several workers may mark one row; they all write the same.
  std::atomic_ref<char>(changed_[row]).store(1, std::memory_order_relaxed);
}

template <class Value>
void StorySimilarities<Value>::compare(std::int32_t story, std::span<const std::int32_t> members,
                                       const std::vector<Value>& sum, Scratch& scratch) {
  // A story of the same name may have been compared at an earlier level.
  const auto comparison = n_advances_ * rows_.n_rows + story;
  for (const auto member : members) {
    if (is_judged(member)) {
      to_own_[member] = dot_with(sum, member);
      mark_changed(member);
    }
    for (auto i = first_judge_[member]; i < first_judge_[member + 1]; ++i) {
      const auto [judge, link] = judges_[i];
      if (story_[judge] == story) continue;
      if (scratch.seen_at[judge] != comparison) {
        scratch.seen_at[judge] = comparison;
        scratch.similarity[judge] = dot_with(sum, judge);
        mark_changed(judge);
      }
      to_linked_[link] = scratch.similarity[judge];
    }
  }
}

template <class Value>
void StorySimilarities<Value>::compare_large(std::int32_t story) {
  std::vector<Value> sum(rows_.n_columns, Value{0});
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
