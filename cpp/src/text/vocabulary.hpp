#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "samestory/buffer.hpp"
#include "samestory/control.hpp"

namespace samestory {

class DocumentCounter;

/// Texts one after another in one piece of memory.
class TermList {
 public:
  std::size_t size() const { return ends_.size(); }
  std::string_view operator[](std::size_t i) const {
    const auto begin = i == 0 ? 0 : ends_[i - 1];
    return {bytes_.data() + begin, static_cast<std::size_t>(ends_[i] - begin)};
  }
  void reserve(std::size_t n_terms, std::size_t n_bytes) {
    ends_.reserve(n_terms);
    bytes_.reserve(n_bytes);
  }
  void push_back(std::string_view term) {
    bytes_.insert(bytes_.end(), term.begin(), term.end());
    ends_.push_back(bytes_.size());
  }

 private:
  Buffer<char> bytes_;
  Buffer<std::uint64_t> ends_;
};

/// Words in order, and all n-grams of them as a tree: an n-gram is the n-gram without its last word
/// and that word. A space sorts below every word character, so that the order of the n-grams as
/// strings is the order of the tree: each before its continuations, siblings by their last word.
struct WordTree {
  struct Level {                   // the n-grams of one length, in order
    Buffer<std::uint32_t> prefix;  // place in the level above; unused in the first
    Buffer<std::uint32_t> word;
    Buffer<std::uint32_t> feature;  // place among the features, or kNoTerm
  };
  TermList words;
  std::vector<Level> levels;  // empty where the features are the words themselves
  std::size_t n_features = 0;
};

/// Sorted terms. The strings of n-grams are made when first asked for.
class Vocabulary {
 public:
  explicit Vocabulary(std::shared_ptr<const WordTree> tree) : tree_(std::move(tree)) {}

  std::size_t size() const { return is_pruned_ ? kept_.size() : tree_->n_features; }
  const TermList& terms() const;
  /// Only the features for which keep[i] is not 0.
  Vocabulary pruned(const std::vector<std::uint8_t>& keep) const;

 private:
  TermList make_terms() const;

  std::shared_ptr<const WordTree> tree_;
  bool is_pruned_ = false;
  std::vector<std::uint32_t> kept_;
  mutable std::shared_ptr<const TermList> terms_;
};

/// What several workers learned, put together.
struct MergedTerms {
  std::shared_ptr<const WordTree> tree;
  /// For each worker and each of its nodes the feature, or -1.
  std::vector<Buffer<std::int32_t>> features;
};

/// Sorts the workers' terms by code point. `max_n` above 1 says that n-grams of words were counted,
/// from `min_n` words on.
MergedTerms merge_terms(const std::vector<const DocumentCounter*>& workers, int min_n, int max_n,
                        const Control& control);

}  // namespace samestory
