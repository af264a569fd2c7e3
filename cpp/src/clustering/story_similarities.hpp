#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "clustering/dot_kernels.hpp"
#include "samestory/control.hpp"
#include "samestory/csr.hpp"
#include "samestory/dendrogram.hpp"

namespace samestory {

/// The similarity of some rows, or of all, to their own story and to those they are linked to, kept
/// up to date while stories merge. Only what a merge can change is computed again: the members of
/// the new story and the rows linked to them.
template <class Value>
class StorySimilarities {
 public:
  /// `is_judged`: nonzero for rows whose similarities are wanted; empty: all.
  StorySimilarities(const CsrView<Value>& rows, const CsrView<Value>& pairs,
                    const Dendrogram& dendrogram, std::span<const char> is_judged,
                    const Control& control);

  /// Does the merges up to this count; counts never fall.
  void advance(std::int64_t n_merges);

  /// Judged rows whose similarities the last advance() changed: nonzero where so.
  std::span<const char> changed() const { return changed_; }
  std::int64_t size(std::int32_t row) const { return std::ssize(members_[story_[row]]); }
  /// Mean similarity to the other rows of its story; 0 for a story of one.
  double own(std::int32_t row) const;
  /// Highest mean similarity to a linked story other than its own; at least 0, and at least the
  /// mean over all rows outside of its own story, which the best of the other stories cannot fall
  /// below.
  double next(std::int32_t row) const;

 private:
  /// What one worker needs to look at a story.
  struct Scratch {
    std::vector<Value> sum;             // of the story's rows, by column
    std::vector<std::int64_t> seen_at;  // by row: the comparison it last took part in
    std::vector<double> similarity;     // by row: and the result
  };

  std::vector<std::int32_t> merge_members(std::int64_t from, std::int64_t to);
  bool is_judged(std::int32_t row) const { return is_judged_.empty() || is_judged_[row]; }
  void find_judges();
  void compare_with_all();
  void add_members(std::int32_t story, std::vector<Value>& sum) const;
  void clear_members(std::int32_t story, std::vector<Value>& sum) const;
  void compare(std::int32_t story, std::span<const std::int32_t> members,
               const std::vector<Value>& sum, Scratch& scratch);
  void compare_large(std::int32_t story);
  double dot_with(const std::vector<Value>& sum, std::int32_t row) const;
  void mark_changed(std::int32_t row);

  CsrView<Value> rows_;
  CsrView<Value> pairs_;
  const Dendrogram& dendrogram_;
  std::span<const char> is_judged_;
  const Control& control_;
  const DotKernels& dot_ = dot_kernels_for(active_instruction_set());
  std::int64_t n_done_ = 0;
  /// A judged row that is linked to another, and where in `to_linked_` it keeps what it knows of
  /// it.
  struct Judge {
    std::int32_t row;
    std::int64_t link;
  };
  std::vector<std::int64_t> first_judge_;  // by row: its judges begin there
  std::vector<Judge> judges_;
  std::vector<std::int64_t> first_link_;  // by row: what it knows of those it is linked to
  std::vector<double> to_linked_;         // sums of similarities to the linked rows' stories
  std::vector<double> to_own_;  // by row: sum of similarities to the own story, itself too
  std::vector<double> to_self_;
  std::vector<double> to_all_;                      // by row: sum of similarities to every row
  std::vector<std::int32_t> story_;                 // by row: a story is named by one of its rows
  std::vector<std::vector<std::int32_t>> members_;  // by name
  std::vector<std::int32_t> name_of_node_;
  std::vector<double> joins_at_;   // by node: the similarity at which it is joined to another
  std::vector<double> next_join_;  // by name: the same for the story as it stands
  std::vector<char> changed_;
  std::vector<Scratch> scratch_;
  std::int64_t n_advances_ = 0;
};

}  // namespace samestory
