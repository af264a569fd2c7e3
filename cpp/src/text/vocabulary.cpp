#include "text/vocabulary.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <limits>
#include <span>
#include <stdexcept>
#include <utility>

#include "support/parallel.hpp"
#include "text/document_counter.hpp"
#include "text/term_table.hpp"

namespace samestory {
namespace {

/// A worker's word on its way into the common order: its first 16 bytes as a big number.
struct WordItem {
  std::uint64_t high, low;
  std::string_view bytes;
  std::uint32_t worker, node;
};

/// Up to eight bytes from `first` on, filled up with zeros.
std::uint64_t big_endian(std::string_view bytes, std::size_t first) {
  std::uint64_t value = 0;
  if (first < bytes.size())
    std::memcpy(&value, bytes.data() + first, std::min<std::size_t>(8, bytes.size() - first));
  value = (value & 0x00FF00FF00FF00FF) << 8 | (value >> 8 & 0x00FF00FF00FF00FF);
  value = (value & 0x0000FFFF0000FFFF) << 16 | (value >> 16 & 0x0000FFFF0000FFFF);
  return value << 32 | value >> 32;
}

bool before(const WordItem& a, const WordItem& b) {
  if (a.high != b.high) return a.high < b.high;
  if (a.low != b.low) return a.low < b.low;
  return a.bytes < b.bytes;
}

/// The words of each worker.
std::vector<Buffer<WordItem>> collect_words(const std::vector<const DocumentCounter*>& workers,
                                            const Control& control) {
  std::vector<Buffer<WordItem>> items(workers.size());
  const auto n_workers = static_cast<std::int64_t>(workers.size());
  parallel_for(control, n_workers, 1, [&](auto first, auto, int, const Stop&) {
    const auto w = static_cast<std::size_t>(first);
    items[w].reserve(workers[w]->terms().size());
    workers[w]->terms().for_each([&](std::string_view bytes, std::uint32_t node) {
      if (node == kStopTerm) return;
      items[w].push_back(
          {big_endian(bytes, 0), big_endian(bytes, 8), bytes, static_cast<std::uint32_t>(w), node});
    });
  });
  return items;
}

/// Sorts into buckets by the first two bytes, then each bucket by itself, on all threads.
Buffer<WordItem> sorted_words(std::vector<Buffer<WordItem>> items, const Control& control) {
  constexpr std::size_t kBuckets = 1 << 16;
  Buffer<std::size_t> ends(kBuckets + 1, 0);
  for (const auto& of_worker : items) {
    for (const auto& item : of_worker)
      ++ends[(item.high >> 48) + 1];
  }
  for (std::size_t i = 0; i < kBuckets; ++i)
    ends[i + 1] += ends[i];
  Buffer<WordItem> sorted(ends.back());
  auto places = ends;
  for (const auto& of_worker : items) {
    for (const auto& item : of_worker)
      sorted[places[item.high >> 48]++] = item;
  }
  items = {};
  parallel_for(control, kBuckets, 256, [&](auto first, auto last, int, const Stop&) {
    for (auto bucket = first; bucket < last; ++bucket) {
      if (ends[bucket + 1] - ends[bucket] > 1) {
        std::sort(sorted.begin() + static_cast<std::ptrdiff_t>(ends[bucket]),
                  sorted.begin() + static_cast<std::ptrdiff_t>(ends[bucket + 1]), before);
      }
    }
  });
  return sorted;
}

/// An n-gram of a worker: its place in the order as one number.
struct GramItem {
  std::uint64_t key;
  std::uint32_t worker, node;
};

/// N-grams in order of their keys, cut into buckets that threads can take one by one.
struct SortedGrams {
  Buffer<GramItem> items;
  std::vector<std::size_t> bucket_ends;

  std::size_t begin_of(std::size_t bucket) const {
    return bucket == 0 ? 0 : bucket_ends[bucket - 1];
  }
};

/// By key, from bit 0 to below `end_bit`, eight bits a pass.
void radix_sort(std::span<GramItem> items, int end_bit, Buffer<GramItem>& other) {
  constexpr int kBits = 8;
  other.resize(std::max(other.size(), items.size()));
  std::span<GramItem> from = items, to(other.data(), items.size());
  for (int shift = 0; shift < end_bit; shift += kBits) {
    std::array<std::size_t, (1 << kBits) + 1> places{};
    const auto digit = [shift](const GramItem& item) {
      return static_cast<std::size_t>(item.key >> shift & ((1 << kBits) - 1));
    };
    for (const auto& item : from)
      ++places[digit(item) + 1];
    for (std::size_t i = 1; i < places.size(); ++i)
      places[i] += places[i - 1];
    for (const auto& item : from)
      to[places[digit(item)]++] = item;
    std::swap(from, to);
  }
  if (from.data() != items.data()) std::copy(from.begin(), from.end(), items.begin());
}

/// Each bucket by itself, on all threads; keys in it differ below bit `end_bit`.
void sort_buckets(SortedGrams& grams, int end_bit, const Control& control) {
  constexpr std::ptrdiff_t kFew = 256;
  const auto n_buckets = static_cast<std::int64_t>(grams.bucket_ends.size());
  parallel_for(control, n_buckets, 8, [&](auto first, auto last, int, const Stop&) {
    Buffer<GramItem> other;
    for (auto b = static_cast<std::size_t>(first); b < static_cast<std::size_t>(last); ++b) {
      const auto begin = grams.items.begin() + static_cast<std::ptrdiff_t>(grams.begin_of(b));
      const auto end = grams.items.begin() + static_cast<std::ptrdiff_t>(grams.bucket_ends[b]);
      if (end - begin < kFew) {
        std::sort(begin, end, [](const auto& a, const auto& c) { return a.key < c.key; });
      } else {
        radix_sort(std::span(begin, end), end_bit, other);
      }
    }
  });
}

/// Builds a WordTree level by level, with each worker's nodes numbered within their level.
class TreeBuilder {
 public:
  TreeBuilder(const std::vector<const DocumentCounter*>& workers, const Control& control)
      : workers_(workers), control_(control), tree_(std::make_shared<WordTree>()) {
    ranks_.resize(workers.size());
    for (std::size_t w = 0; w < workers.size(); ++w)
      ranks_[w].resize(workers[w]->n_nodes());  // each node is a word or an n-gram
  }

  void add_words() {
    const auto items = sorted_words(collect_words(workers_, control_), control_);
    std::size_t n_bytes = 0;
    for (const auto& item : items)
      n_bytes += item.bytes.size();
    tree_->words.reserve(items.size(), n_bytes);
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (i == 0 || items[i].bytes != items[i - 1].bytes) tree_->words.push_back(items[i].bytes);
      ranks_[items[i].worker][items[i].node] = static_cast<std::int32_t>(tree_->words.size()) - 1;
    }
    tree_->n_features = tree_->words.size();
  }

  void add_ngrams(int min_n, int max_n) {
    auto& first = tree_->levels.emplace_back();
    first.word.resize(tree_->words.size());
    for (std::size_t i = 0; i < first.word.size(); ++i)
      first.word[i] = static_cast<std::uint32_t>(i);
    first.prefix.assign(first.word.size(), 0);
    std::vector<SortedGrams> grams;
    for (int n = 2; n <= max_n; ++n)
      grams.push_back(add_level(static_cast<std::uint32_t>(n)));
    number_features(min_n);
    for (std::size_t l = 0; l < grams.size(); ++l)
      replace_ranks(grams[l], tree_->levels[l + 1]);
    replace_ranks_of_words();
  }

  MergedTerms take() { return {std::move(tree_), std::move(ranks_)}; }

 private:
  /// Some slots of a worker's pairs.
  struct Slots {
    std::uint32_t worker;
    std::size_t first, end;
  };
  std::vector<Slots> parts_of_pairs() const {
    constexpr std::size_t kMost = std::size_t{1} << 16;
    std::vector<Slots> parts;
    for (std::uint32_t w = 0; w < workers_.size(); ++w) {
      const std::size_t n = workers_[w]->pairs().n_slots();
      for (std::size_t first = 0; first < n; first += kMost)
        parts.push_back({w, first, std::min(n, first + kMost)});
    }
    return parts;
  }

  /// The n-grams in some slots, keyed by the ranks of prefix and word.
  Buffer<GramItem> items_of(const Slots& slots, std::uint32_t n, int word_bits) const {
    const auto* ranks = ranks_[slots.worker].data();
    Buffer<PairTable::Slot> found(slots.end - slots.first);
    const auto& pairs = workers_[slots.worker]->pairs();
    found.resize(pairs.copy_slots(slots.first, slots.end, n, found.data()));
    Buffer<GramItem> items(found.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
      const auto prefix = static_cast<std::uint64_t>(ranks[found[i].pair() >> 32]);
      const auto word = static_cast<std::uint64_t>(ranks[found[i].pair() & 0xFFFFFFFF]);
      items[i] = {prefix << word_bits | word, slots.worker, found[i].id()};
    }
    return items;
  }

  /// The level below the last one: its n-grams into buckets by the upper bits of their keys, which
  /// are counted first, then each bucket by itself.
  SortedGrams add_level(std::uint32_t n) {
    constexpr int kBucketBits = 9;
    const int word_bits = static_cast<int>(std::bit_width(tree_->words.size()));
    const int n_bits =
        word_bits + static_cast<int>(std::bit_width(tree_->levels.back().word.size()));
    const int shift = std::max(0, n_bits - kBucketBits);
    const std::size_t n_buckets = std::size_t{1} << std::min(kBucketBits, n_bits);
    const auto parts = parts_of_pairs();
    std::vector<Buffer<GramItem>> items(parts.size());
    Buffer<std::size_t> places(parts.size() * n_buckets, 0);  // of each part in each bucket
    const auto for_parts = [&](auto&& visit) {
      parallel_for(control_, static_cast<std::int64_t>(parts.size()), 1,
                   [&](auto first, auto, int, const Stop&) {
                     const auto part = static_cast<std::size_t>(first);
                     visit(part, items[part], places.data() + part * n_buckets);
                   });
    };
    for_parts([&](std::size_t part, auto& here, auto* n_in_bucket) {
      here = items_of(parts[part], n, word_bits);
      for (const auto& item : here)
        ++n_in_bucket[item.key >> shift];
    });
    SortedGrams grams{{}, std::vector<std::size_t>(n_buckets)};
    std::size_t n_grams = 0;
    for (std::size_t b = 0; b < n_buckets; ++b) {
      for (std::size_t part = 0; part < parts.size(); ++part)
        n_grams += std::exchange(places[part * n_buckets + b], n_grams);
      grams.bucket_ends[b] = n_grams;
    }
    grams.items.resize(n_grams);
    for_parts([&](std::size_t, auto& here, auto* place) {
      for (const auto& item : here)
        grams.items[place[item.key >> shift]++] = item;
      Buffer<GramItem>().swap(here);  // to assign {} would keep the memory
    });
    sort_buckets(grams, shift, control_);
    write_level(grams, word_bits, tree_->levels.emplace_back());
    return grams;
  }

  /// The distinct n-grams into the level; their ranks in it into ranks_.
  void write_level(const SortedGrams& grams, int word_bits, WordTree::Level& level) {
    const auto& items = grams.items;
    const auto is_first = [&](std::size_t i) { return i == 0 || items[i].key != items[i - 1].key; };
    const std::uint64_t word_mask = (std::uint64_t{1} << word_bits) - 1;
    std::vector<std::size_t> n_before(grams.bucket_ends.size() + 1, 0);
    const auto n_buckets = static_cast<std::int64_t>(grams.bucket_ends.size());
    const auto for_buckets = [&](auto&& visit) {
      parallel_for(control_, n_buckets, 8, [&](auto first, auto last, int, const Stop&) {
        for (auto b = static_cast<std::size_t>(first); b < static_cast<std::size_t>(last); ++b)
          visit(b);
      });
    };
    for_buckets([&](std::size_t b) {
      for (auto i = grams.begin_of(b); i < grams.bucket_ends[b]; ++i)
        n_before[b + 1] += is_first(i);
    });
    for (std::size_t b = 1; b < n_before.size(); ++b)
      n_before[b] += n_before[b - 1];
    level.prefix.resize(n_before.back());
    level.word.resize(n_before.back());
    for_buckets([&](std::size_t b) {
      auto next = n_before[b];
      for (auto i = grams.begin_of(b); i < grams.bucket_ends[b]; ++i) {
        if (is_first(i)) {
          level.prefix[next] = static_cast<std::uint32_t>(items[i].key >> word_bits);
          level.word[next++] = static_cast<std::uint32_t>(items[i].key & word_mask);
        }
        ranks_[items[i].worker][items[i].node] = static_cast<std::int32_t>(next) - 1;
      }
    });
  }

  template <class Visit>
  void for_each_part(std::size_t n, Visit&& visit) const {
    parallel_for(control_, static_cast<std::int64_t>(n), 1 << 14,
                 [&](auto first, auto last, int, const Stop&) {
                   visit(static_cast<std::size_t>(first), static_cast<std::size_t>(last));
                 });
  }

  /// An n-gram comes before its continuations, and so after those that it continues: its place is
  /// the number of n-grams before it, level by level.
  void number_features(int min_n) {
    auto& levels = tree_->levels;
    const auto counts = [min_n](std::size_t level) { return static_cast<int>(level) + 1 >= min_n; };
    tree_->n_features = 0;
    for (std::size_t l = 0; l < levels.size(); ++l)
      tree_->n_features += counts(l) ? levels[l].word.size() : 0;
    if (tree_->n_features > std::numeric_limits<std::int32_t>::max()) {
      throw std::length_error("a vocabulary may have at most 2^31 - 1 terms");
    }
    std::vector<Buffer<std::uint32_t>> children(levels.size());
    for (std::size_t l = 0; l + 1 < levels.size(); ++l)
      children[l] = first_children(l);
    for (std::size_t l = 0; l < levels.size(); ++l) {
      auto& features = levels[l].feature;
      features.resize(levels[l].word.size());
      for_each_part(features.size(), [&](std::size_t first, std::size_t last) {
        for (auto i = first; i < last; ++i) {
          auto place = counts(l) ? static_cast<std::uint32_t>(i) : 0;
          auto node = static_cast<std::uint32_t>(i);
          for (std::size_t above = l; above-- > 0;) {
            node = levels[above + 1].prefix[node];
            if (counts(above)) place += node + 1;
          }
          node = static_cast<std::uint32_t>(i);
          for (std::size_t below = l + 1; below < levels.size(); ++below) {
            node = children[below - 1][node];
            if (counts(below)) place += node;
          }
          features[i] = counts(l) ? place : kNoTerm;
        }
      });
    }
  }

  /// Where the continuations of each n-gram begin in the level below, and the end.
  Buffer<std::uint32_t> first_children(std::size_t level) const {
    const auto& prefixes = tree_->levels[level + 1].prefix;
    const std::size_t n = tree_->levels[level].word.size();
    Buffer<std::uint32_t> first(n + 1);
    for_each_part(prefixes.size() + 1, [&](std::size_t begin, std::size_t end) {
      for (auto i = begin; i < end; ++i) {
        // Those that stand between two prefixes have no continuations.
        const std::size_t after = i == 0 ? 0 : prefixes[i - 1] + std::size_t{1};
        const std::size_t last = i == prefixes.size() ? n : prefixes[i];
        for (auto node = after; node <= last; ++node)
          first[node] = static_cast<std::uint32_t>(i);
      }
    });
    return first;
  }

  static std::int32_t feature_of(const WordTree::Level& level, std::int32_t rank) {
    return static_cast<std::int32_t>(level.feature[static_cast<std::size_t>(rank)]);
  }
  /// From ranks within a level to features.
  void replace_ranks(const SortedGrams& grams, const WordTree::Level& level) {
    for_each_part(grams.items.size(), [&](std::size_t first, std::size_t last) {
      for (auto i = first; i < last; ++i) {
        auto& rank = ranks_[grams.items[i].worker][grams.items[i].node];
        rank = feature_of(level, rank);
      }
    });
  }
  void replace_ranks_of_words() {
    for (std::size_t w = 0; w < workers_.size(); ++w) {
      workers_[w]->terms().for_each([&](std::string_view, std::uint32_t node) {
        if (node != kStopTerm) ranks_[w][node] = feature_of(tree_->levels[0], ranks_[w][node]);
      });
    }
  }

  const std::vector<const DocumentCounter*>& workers_;
  const Control& control_;
  std::shared_ptr<WordTree> tree_;
  std::vector<Buffer<std::int32_t>> ranks_;
};

}  // namespace

MergedTerms merge_terms(const std::vector<const DocumentCounter*>& workers, int min_n, int max_n,
                        const Control& control) {
  TreeBuilder builder(workers, control);
  builder.add_words();
  if (max_n > 1) builder.add_ngrams(min_n, max_n);
  return builder.take();
}

const TermList& Vocabulary::terms() const {
  if (!is_pruned_ && tree_->levels.empty()) return tree_->words;
  if (!terms_) terms_ = std::make_shared<const TermList>(make_terms());
  return *terms_;
}

Vocabulary Vocabulary::pruned(const std::vector<std::uint8_t>& keep) const {
  if (keep.size() != size()) throw std::invalid_argument("keep has to say so of every term");
  Vocabulary result(tree_);
  result.is_pruned_ = true;
  for (std::uint32_t i = 0; i < keep.size(); ++i) {
    if (keep[i] != 0) result.kept_.push_back(is_pruned_ ? kept_[i] : i);
  }
  return result;
}

TermList Vocabulary::make_terms() const {
  const auto& levels = tree_->levels;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> nodes(tree_->n_features);
  for (std::uint32_t l = 0; l < levels.size(); ++l) {
    for (std::uint32_t i = 0; i < levels[l].feature.size(); ++i) {
      if (levels[l].feature[i] != kNoTerm) nodes[levels[l].feature[i]] = {l, i};
    }
  }
  TermList terms;
  std::string term;
  for (std::size_t i = 0; i < size(); ++i) {
    const auto feature = is_pruned_ ? kept_[i] : static_cast<std::uint32_t>(i);
    if (levels.empty()) {
      terms.push_back(tree_->words[feature]);
      continue;
    }
    std::vector<std::uint32_t> words;
    for (auto [level, node] = nodes[feature];; --level) {
      words.push_back(levels[level].word[node]);
      if (level == 0) break;
      node = levels[level].prefix[node];
    }
    term.clear();
    for (auto word = words.rbegin(); word != words.rend(); ++word) {
      if (!term.empty()) term += ' ';
      term += tree_->words[*word];
    }
    terms.push_back(term);
  }
  return terms;
}

}  // namespace samestory
