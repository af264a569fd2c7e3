#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace samestory::similarity {

/// A target that a query's result may hold: its similarity is between the two bounds, and known
/// where they are equal.
struct Candidate {
  double lower;
  float spread;  ///< single precision, rounded up: lists of them are most of a join's memory
  std::int32_t position;

  double upper() const { return lower + spread; }
  bool is_known() const { return spread == 0; }

  static Candidate between(double lower, double upper, std::int64_t position) {
    const auto spread = static_cast<float>((upper - lower) * (1 + 1e-6));
    return {lower, std::max(spread, std::numeric_limits<float>::min()),
            static_cast<std::int32_t>(position)};
  }
};

/// The candidates for the n best of one query. The n-th best lower bound is what another candidate
/// has to reach; those that cannot are dropped now and then.
class BestList {
 public:
  /// How many candidates a list for the n best needs room for. More is of use where a product takes
  /// long: candidates whose bounds tell nothing yet may then wait, and most are dropped for better
  /// ones in the end. A list gets no longer than the rows that it is about.
  static std::int64_t capacity(std::int64_t n, double entries_per_row) {
    constexpr double kEntryBytes = sizeof(std::int32_t) + sizeof(float);
    const auto row = static_cast<std::int64_t>(entries_per_row * kEntryBytes / sizeof(Candidate));
    const auto least = n + n / 2 + kSlack;
    return std::max(least, std::min(row, 4 * n + 2 * kSlack));
  }

  /// Keeps what reaches `floor`, and of it the n best.
  void start(std::int64_t n, double floor, std::int64_t capacity) {
    n_ = n;
    bound_ = floor;
    capacity_ = capacity;
    candidates_.clear();
    plan_next();
  }
  /// Starts with candidates that are to be compacted when there are `due`.
  void resume(std::int64_t n, double bound, std::int64_t capacity, std::int64_t due,
              std::span<const Candidate> candidates) {
    start(n, bound, capacity);
    candidates_.assign(candidates.begin(), candidates.end());
    due_ = due;
  }

  /// What a similarity has to reach to matter.
  double bound() const { return bound_; }
  void raise_bound(double bound) { bound_ = std::max(bound_, bound); }
  void add(const Candidate& candidate) {
    if (!(candidate.upper() < bound_)) candidates_.push_back(candidate);
  }
  std::vector<Candidate>& candidates() { return candidates_; }
  const std::vector<Candidate>& candidates() const { return candidates_; }

  /// With how many candidates the list is to be compacted.
  std::int64_t due() const { return due_; }

  /// To be called after some were added. `resolve` makes the candidates' bounds exact and keeps the
  /// n best of them by the rule for ties; it is needed only where too many bounds overlap.
  template <class Resolve>
  void compact(Resolve&& resolve) {
    if (size() < due_) return;
    drop_hopeless();
    if (size() >= capacity_ - kSlack / 2) {
      resolve(candidates_);
      if (size() >= n_) drop_hopeless();
    }
    plan_next();
  }

  void drop_hopeless() {
    if (size() < n_ || n_ <= 0) return;
    const auto nth = candidates_.begin() + (n_ - 1);
    std::nth_element(candidates_.begin(), nth, candidates_.end(),
                     [](const auto& a, const auto& b) { return a.lower > b.lower; });
    raise_bound(nth->lower);
    std::erase_if(candidates_, [&](const auto& one) { return one.upper() < bound_; });
  }

 private:
  static constexpr std::int64_t kSlack = 32;
  std::int64_t size() const { return static_cast<std::int64_t>(candidates_.size()); }
  void plan_next() { due_ = std::min(std::max(n_, size()) + n_ / 2 + kSlack, capacity_); }

  std::int64_t n_ = 0;
  std::int64_t capacity_ = 0;
  std::int64_t due_ = 0;
  double bound_ = -std::numeric_limits<double>::infinity();
  std::vector<Candidate> candidates_;
};

}  // namespace samestory::similarity
