#pragma once

#include <algorithm>
#include <bitset>
#include <cstdint>
#include <unordered_set>
#include <utility>
#include <vector>

#include "text/recurring_features.hpp"

namespace samestory {

/// The keys of what recurs; says no quickly.
class KeySet {
 public:
  void add(std::uint64_t key) {
    keys_.insert(key);
    quick_.set(key % quick_.size());
  }
  bool contains(std::uint64_t key) const {
    return quick_.test(key % quick_.size()) && keys_.contains(key);
  }
  bool empty() const { return keys_.empty(); }

 private:
  std::unordered_set<std::uint64_t> keys_;
  std::bitset<1 << 16> quick_;
};

/// Marks the words of every feature that the set has; says whether there is one.
template <class Keys>
bool mark(const Keys& has, const std::vector<ScannedWord>& words, RecurringFeatures& features,
          std::vector<char>& marked) {
  marked.assign(words.size(), 0);
  bool is_any = false;
  for (const auto& feature : features.run(words)) {
    if (!has(feature.key)) continue;
    std::fill(marked.begin() + feature.begin, marked.begin() + feature.end, 1);
    is_any = true;
  }
  return is_any;
}

/// What was found to recur, one round after another: each is looked for in what those before it
/// leave of a text.
class FoundRecurring {
 public:
  bool empty() const { return rounds_.empty(); }
  void add(KeySet&& keys) { rounds_.push_back(std::move(keys)); }

  std::size_t n_rounds() const { return rounds_.size(); }

  /// The words that are left of a text, in the place of all; rounds before `first` are done.
  void take_out(std::vector<ScannedWord>& words, RecurringFeatures& features,
                std::vector<char>& marked, std::size_t first = 0) const {
    for (std::size_t round = first; round < rounds_.size(); ++round) {
      const auto& keys = rounds_[round];
      const auto has = [&](std::uint64_t key) { return keys.contains(key); };
      if (!mark(has, words, features, marked)) continue;
      std::size_t n_left = 0;
      for (std::size_t i = 0; i < words.size(); ++i) {
        if (marked[i] == 0) words[n_left++] = words[i];
      }
      words.resize(n_left);
    }
  }

 private:
  std::vector<KeySet> rounds_;
};

}  // namespace samestory
