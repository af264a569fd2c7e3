#include "samestory/recurring.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <bitset>
#include <memory>
#include <optional>
#include <stdexcept>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "support/parallel.hpp"
#include "support/scrambled.hpp"
#include "text/found_recurring.hpp"
#include "text/occurrence_filter.hpp"
#include "text/recurring_features.hpp"
#include "text/telling_words.hpp"
#include "text/unicode.hpp"
#include "text/word_scan.hpp"

namespace samestory {
namespace {

constexpr std::int64_t kDocumentsPerChunk = 32;
constexpr std::size_t kLeastTexts = 3;  // two may be about anything
constexpr std::size_t kLeastShort = 6;  // or six where these have fewer than ten other words
constexpr std::size_t kManyWords = 10;
constexpr std::size_t kLeastOf = 500;        // in large collections one text of so many
constexpr std::size_t kSampled = 2'000'000;  // units; more are read in part
constexpr std::size_t kCompared = 24;        // texts, hence 276 pairs
constexpr std::size_t kAsked = 128;          // texts that say how similar they are in the mean,
constexpr std::size_t kAnyTexts = 1000;      // and how similar any two are:
constexpr double kLeastSimilar = 0.02;       // at least so much in news
constexpr double kExcess = 1.5;              // over that
constexpr double kRelated = 0.1;             // of long texts about one event .2 and more
constexpr double kUnrelatedShare = 1.0 / 3.0;
constexpr double kEdgeShare = 0.75;  // of the texts with a run, those where it stands there
constexpr std::size_t kAtOnce = 4;   // what recurs in a quarter of the texts that the most has
constexpr std::size_t kFew = 100;    // and all that recurs in fewer than one text of these
constexpr std::size_t kComparedUnits = 1000;  // of either end of a text that is compared
constexpr std::size_t kHashed = 32;           // units at three places that tell texts apart

/// Where a key stands.
struct Place {
  std::uint64_t key;
  std::uint32_t document;
  auto operator<=>(const Place&) const = default;
};

/// A run that opens or closes something, and the same run anywhere.
struct Edge {
  std::uint64_t key, run;
  auto operator<=>(const Edge&) const = default;
};

/// Texts that have the same runs or lines in common.
struct Group {
  std::size_t first, size;  // among the places
  bool recurs = true;       // until it is judged
};

/// The words that are left of a text: scanned once, then shortened from round to round.
struct WordsLeft {
  std::vector<ScannedWord> words;
  std::size_t n_rounds = 0;  // that have been taken out
  bool is_scanned = false;
};

/// What one thread needs to read a document.
struct Reader {
  WordScan scan;
  WordScan scan_to_compare;
  RecurringFeatures features;
  const FoundRecurring& found;  // in the rounds before
  std::vector<ScannedWord> left;
  std::vector<char> marked;
  std::vector<Place> runs, edges;
  std::vector<Edge> runs_of_edges;
  MeanCosine mean_cosine;

  Reader(const UnicodeTables& tables, const RecurringKinds& kinds, const FoundRecurring& known)
      : scan(tables, static_cast<std::size_t>(kinds.reach)),
        scan_to_compare(tables, kComparedUnits),
        features(kinds),
        found(known) {}

  /// The words of a text without what is known to recur, or as many as are compared.
  const std::vector<ScannedWord>& words(const Document& document, WordsLeft& kept) {
    return rest(scan, document, kept);
  }
  const std::vector<ScannedWord>& some_words(const Document& document, WordsLeft& kept) {
    return rest(scan_to_compare, document, kept);
  }

 private:
  const std::vector<ScannedWord>& rest(WordScan& by, const Document& document, WordsLeft& kept) {
    if (!kept.is_scanned) {
      const auto& all = by.run(document);
      kept.words.assign(all.begin(), all.end());
      kept.is_scanned = true;
    }
    found.take_out(kept.words, features, marked, kept.n_rounds);
    kept.n_rounds = found.n_rounds();
    return kept.words;
  }
};

/// A number for a document that does not depend on where it stands: from its length and a few of
/// its bytes.
std::uint64_t quick_hash(const Document& document) {
  const auto* bytes = static_cast<const std::uint8_t*>(document.data);
  const auto n = document.n_bytes(), step = std::min(n, kHashed);
  std::uint64_t hash = scrambled(n);
  for (const auto begin : {std::size_t{0}, (n - step) / 2, n - step}) {
    for (std::size_t i = begin; i < begin + step; ++i)
      hash = (hash ^ bytes[i]) * 0x100000001b3U;
  }
  return scrambled(hash);
}

/// The items of all readers, sorted, each once.
template <class Item>
std::vector<Item> gathered(std::vector<Reader>& readers, std::vector<Item> Reader::* member) {
  std::vector<Item> all;
  for (auto& reader : readers) {
    all.insert(all.end(), (reader.*member).begin(), (reader.*member).end());
    std::vector<Item>().swap(reader.*member);
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

/// Calls body(begin, end) for each stretch of at least `least` places with one key.
template <class Body>
void for_each_key(const std::vector<Place>& places, std::size_t least, Body&& body) {
  for (std::size_t i = 0, next = 0; i < places.size(); i = next) {
    while (next < places.size() && places[next].key == places[i].key)
      ++next;
    if (next - i >= least) body(i, next);
  }
}

/// Whether many pairs of texts share no words that tell, and three of the texts pairwise.
bool are_unrelated(std::span<const TellingWords* const> texts) {
  const auto n = texts.size();
  const auto is_long = [](const auto* text) { return text->size() >= kManyWords; };
  const auto n_long = static_cast<std::size_t>(std::count_if(texts.begin(), texts.end(), is_long));
  if (n_long < kLeastTexts && n < kLeastShort) return false;
  std::array<std::bitset<kCompared>, kCompared> unrelated;
  std::size_t n_unrelated = 0;
  bool are_three = false;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (texts[i]->empty() || texts[j]->empty() || cosine(*texts[i], *texts[j]) >= kRelated)
        continue;
      are_three = are_three || (unrelated[i] & unrelated[j]).any();
      unrelated[i][j] = unrelated[j][i] = true;
      ++n_unrelated;
    }
  }
  const auto n_pairs = static_cast<double>(n * (n - 1) / 2);
  return are_three && static_cast<double>(n_unrelated) >= kUnrelatedShare * n_pairs;
}

class Search {
 public:
  Search(std::span<const Document> documents, const WordWeights& weights,
         const RecurringKinds& kinds, const Control& control)
      : all_(documents), kinds_(kinds), control_(control), weights_(weights) {
    std::size_t n_units = 0;
    for (const auto& document : documents)
      n_units += document.length;
    if (n_units <= kSampled) kinds_.reach = 0;
    for (int i = 0; i < resolve_threads(control); ++i)
      readers_.emplace_back(*tables_, kinds_, found_);
    take_sample();
    left_.resize(sample_.size());
    left_to_compare_.resize(sample_.size());
  }

  std::vector<RecurringSpan> run() {
    while (!is_last_) {
      auto keys = next_keys();
      if (keys.empty()) break;
      found_.add(std::move(keys));
    }
    if (found_.empty()) return {};
    return spans();
  }

 private:
  /// body(i, reader) for i = 0 .. n - 1, in parallel.
  template <class Body>
  void read_all(std::size_t n, Body&& body) {
    parallel_for(
        control_, static_cast<std::int64_t>(n), kDocumentsPerChunk,
        [&](auto begin, auto end, int worker, const Stop& stop) {
          auto& reader = readers_[static_cast<std::size_t>(worker)];
          for (auto i = begin; i < end; ++i) {
            stop.check();
            body(static_cast<std::uint32_t>(i), reader);
          }
        },
        "finding what recurs");
  }

  KeySet next_keys();
  std::size_t n_read(const Document& document) const;
  const std::vector<ScannedWord>& some_words(std::size_t i, Reader& reader);
  void take_sample();
  void count_keys();
  void drop_copies();
  void find_groups();
  std::vector<Place> edges_in_place(const std::vector<Place>& edges, const std::vector<Edge>& runs);
  void add_groups_of(const std::vector<Place>& places);
  void count_words();
  std::vector<std::uint32_t> first_by_content(const Group& group, std::size_t most) const;
  std::vector<std::uint32_t> first_of_sample(std::size_t most) const;
  void find_other_words();
  bool judge_groups();
  bool recurs(const Group& group, MeanCosine& mean_cosine) const;
  std::vector<RecurringSpan> spans();

  std::span<const Document> all_;
  RecurringKinds kinds_;
  const Control& control_;
  const WordWeights& weights_;
  FoundRecurring found_;
  std::shared_ptr<const UnicodeTables> tables_ = unicode_tables();
  std::vector<Reader> readers_;
  std::vector<Document> sample_;
  std::vector<WordsLeft> left_, left_to_compare_;  // of the sample
  std::size_t least_ = kLeastTexts;
  bool is_last_ = false;  // of the rounds
  // Of one round:
  std::optional<WordWeigher> weigher_;
  std::unique_ptr<OccurrenceFilter> filter_;
  std::vector<std::uint64_t> contents_;  // a hash of the words of each text of the sample
  std::vector<char> is_copy_;            // of one before it
  std::vector<Place> places_;            // of the keys of enough texts, by group
  std::vector<Group> groups_;
  std::unordered_map<std::uint64_t, std::uint32_t> group_of_key_;
  std::vector<TellingWords> other_words_;  // of texts that are compared
  double any_two_ = 0;                     // how similar two texts are in the mean
};

/// What recurs in what is left, where the most texts have it.
///
/// What fewer have is looked for when that is out of the way: whether a site's name stands behind
/// every text or not, then changes nothing of what else is found.
KeySet Search::next_keys() {
  places_.clear();
  groups_.clear();
  group_of_key_.clear();
  count_keys();
  find_groups();
  if (groups_.empty()) return {};
  count_words();
  // What proves to tell of an event speaks for it when the rest is judged again.
  if (judge_groups()) judge_groups();
  std::size_t most = 0;
  for (const auto& group : groups_) {
    if (group.recurs) most = std::max(most, group.size);
  }
  is_last_ = most * kFew < sample_.size();
  KeySet keys;
  for (const auto& [key, group] : group_of_key_) {
    const auto& [first, size, recurs] = groups_[group];
    if (recurs && (is_last_ || kAtOnce * size >= most)) keys.add(key);
  }
  return keys;
}

std::size_t Search::n_read(const Document& document) const {
  const auto most = 2 * static_cast<std::size_t>(kinds_.reach);
  return most == 0 ? document.length : std::min(document.length, most);
}

/// Those that are compared of a text of the sample.
const std::vector<ScannedWord>& Search::some_words(std::size_t i, Reader& reader) {
  if (kinds_.reach == 0 && sample_[i].length <= 2 * kComparedUnits) {
    return reader.words(sample_[i], left_[i]);
  }
  return reader.some_words(sample_[i], left_to_compare_[i]);
}

/// All texts, or so many as have `kSampled` units.
void Search::take_sample() {
  std::size_t n_units = 0;
  for (const auto& document : all_)
    n_units += n_read(document);
  if (n_units <= kSampled) {
    sample_.assign(all_.begin(), all_.end());
  } else {
    std::vector<std::pair<std::uint64_t, std::uint32_t>> order;
    for (std::uint32_t i = 0; i < all_.size(); ++i)
      order.emplace_back(quick_hash(all_[i]), i);
    std::sort(order.begin(), order.end());
    n_units = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
      if (n_units >= kSampled && order[i].first != order[i - 1].first) break;
      sample_.push_back(all_[order[i].second]);
      n_units += n_read(sample_.back());
    }
  }
  least_ = std::clamp<std::size_t>(sample_.size() / kLeastOf, kLeastTexts, OccurrenceFilter::kFull);
}

void Search::count_keys() {
  std::size_t n_units = 0;
  for (const auto& document : sample_)
    n_units += n_read(document);
  filter_ = std::make_unique<OccurrenceFilter>(n_units / 5);
  contents_.resize(sample_.size());
  read_all(sample_.size(), [&](auto i, Reader& reader) {
    const auto& features = reader.features.run(reader.words(sample_[i], left_[i]));
    // What is not read may differ where the length does.
    const auto length = n_read(sample_[i]) < sample_[i].length ? sample_[i].length : 0;
    contents_[i] = scrambled(reader.features.hashes().whole() + length);
    constexpr std::size_t kAhead = 16;
    for (std::size_t f = 0; f < features.size(); ++f) {
      if (f + kAhead < features.size()) filter_->prefetch(features[f + kAhead].key);
      filter_->add(features[f].key);
    }
  });
  drop_copies();
}

void Search::drop_copies() {
  std::unordered_set<std::uint64_t> seen;
  is_copy_.resize(sample_.size());
  for (std::size_t i = 0; i < sample_.size(); ++i)
    is_copy_[i] = !seen.insert(contents_[i]).second;
}

void Search::find_groups() {
  read_all(sample_.size(), [&](auto i, Reader& reader) {
    if (is_copy_[i]) return;
    for (const auto& feature : reader.features.run(reader.words(sample_[i], left_[i]))) {
      if (filter_->at_most(feature.key) < least_) continue;
      (feature.is_edge ? reader.edges : reader.runs).push_back({feature.key, i});
      if (feature.is_edge) reader.runs_of_edges.push_back({feature.key, feature.run});
    }
  });
  filter_.reset();
  add_groups_of(gathered(readers_, &Reader::runs));
  const auto edges = gathered(readers_, &Reader::edges);
  add_groups_of(edges_in_place(edges, gathered(readers_, &Reader::runs_of_edges)));
}

/// The edges that stand where they do in most of the short texts that have the same words.
std::vector<Place> Search::edges_in_place(const std::vector<Place>& edges,
                                          const std::vector<Edge>& runs) {
  const auto run_of = [&](std::uint64_t key) {
    return std::lower_bound(runs.begin(), runs.end(), Edge{key, 0})->run;
  };
  std::unordered_map<std::uint64_t, std::uint32_t> numbers;
  for_each_key(edges, least_, [&](auto begin, auto) {
    numbers.try_emplace(run_of(edges[begin].key), static_cast<std::uint32_t>(numbers.size()));
  });
  if (numbers.empty()) return {};
  std::vector<std::atomic<std::uint32_t>> met(numbers.size());
  read_all(sample_.size(), [&](auto i, Reader& reader) {
    if (is_copy_[i]) return;
    std::vector<std::uint32_t> found;
    for (const auto run : reader.features.short_runs(reader.words(sample_[i], left_[i]))) {
      const auto at = numbers.find(run);
      if (at != numbers.end()) found.push_back(at->second);
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    for (const auto number : found)
      met[number].fetch_add(1, std::memory_order_relaxed);
  });
  std::vector<Place> kept;
  for_each_key(edges, least_, [&](auto begin, auto end) {
    const auto anywhere = met[numbers.at(run_of(edges[begin].key))].load();
    if (static_cast<double>(end - begin) < kEdgeShare * anywhere) return;
    kept.insert(kept.end(), edges.begin() + static_cast<std::ptrdiff_t>(begin),
                edges.begin() + static_cast<std::ptrdiff_t>(end));
  });
  return kept;
}

/// One group for all keys that the same texts have.
void Search::add_groups_of(const std::vector<Place>& places) {
  std::unordered_map<std::uint64_t, std::uint32_t> group_of_texts;
  for_each_key(places, least_, [&](auto begin, auto end) {
    std::uint64_t texts = 0;
    for (auto i = begin; i < end; ++i)
      texts += scrambled(contents_[places[i].document]);
    const auto number = static_cast<std::uint32_t>(groups_.size());
    const auto [at, is_new] = group_of_texts.try_emplace(texts, number);
    if (is_new) {
      groups_.push_back({places_.size(), end - begin});
      places_.insert(places_.end(), places.begin() + static_cast<std::ptrdiff_t>(begin),
                     places.begin() + static_cast<std::ptrdiff_t>(end));
    }
    group_of_key_.emplace(places[begin].key, at->second);
  });
}

/// Those whose contents have the lowest hashes, in the order of these.
std::vector<std::uint32_t> first_of(std::vector<std::pair<std::uint64_t, std::uint32_t>> order,
                                    std::size_t most) {
  const auto n = static_cast<std::ptrdiff_t>(std::min(most, order.size()));
  std::partial_sort(order.begin(), order.begin() + n, order.end());
  std::vector<std::uint32_t> documents;
  for (auto i = order.begin(); i != order.begin() + n; ++i)
    documents.push_back(i->second);
  return documents;
}

std::vector<std::uint32_t> Search::first_by_content(const Group& group, std::size_t most) const {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> order;
  for (std::size_t i = group.first; i < group.first + group.size; ++i)
    order.emplace_back(contents_[places_[i].document], places_[i].document);
  return first_of(std::move(order), most);
}

std::vector<std::uint32_t> Search::first_of_sample(std::size_t most) const {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> order;
  for (std::uint32_t i = 0; i < sample_.size(); ++i) {
    if (!is_copy_[i]) order.emplace_back(contents_[i], i);
  }
  return first_of(std::move(order), most);
}

void Search::count_words() {
  weigher_.emplace(weights_);
  Poller poller(control_);
  for (const auto i : first_of_sample(kAnyTexts)) {
    weigher_->count(some_words(i, readers_[0]));
    poller.step();
  }
  weigher_->fade();
}

/// Of the texts that speak for a group, and of any others to compare with.
void Search::find_other_words() {
  const auto any = first_of_sample(kAnyTexts);
  std::vector<char> is_needed(sample_.size());
  for (const auto i : any)
    is_needed[i] = 1;
  for (const auto& group : groups_) {
    if (!group.recurs) continue;
    for (const auto i : first_by_content(group, kAsked))
      is_needed[i] = 1;
  }
  const auto is_left_out = [&](auto key) {
    const auto at = group_of_key_.find(key);
    return at != group_of_key_.end() && groups_[at->second].recurs;
  };
  other_words_.assign(sample_.size(), {});
  read_all(sample_.size(), [&](auto i, Reader& reader) {
    if (!is_needed[i]) return;
    const auto& words = some_words(i, reader);
    mark(is_left_out, words, reader.features, reader.marked);
    other_words_[i] = (*weigher_)(words, reader.marked);
  });
  std::vector<const TellingWords*> texts;
  for (const auto i : any)
    texts.push_back(&other_words_[i]);
  any_two_ = std::max(kLeastSimilar, readers_[0].mean_cosine(texts));
}

/// Whether one of them turns out not to recur.
bool Search::judge_groups() {
  find_other_words();
  std::vector<char> judged(groups_.size());
  parallel_for(control_, std::ssize(groups_), kDocumentsPerChunk,
               [&](auto begin, auto end, int worker, const Stop& stop) {
                 auto& reader = readers_[static_cast<std::size_t>(worker)];
                 for (auto i = static_cast<std::size_t>(begin); std::cmp_less(i, end); ++i) {
                   stop.check();
                   judged[i] = groups_[i].recurs && recurs(groups_[i], reader.mean_cosine);
                 }
               });
  bool is_any_out = false;
  for (std::size_t i = 0; i < groups_.size(); ++i) {
    is_any_out = is_any_out || (groups_[i].recurs && judged[i] == 0);
    groups_[i].recurs = judged[i] != 0;
  }
  return is_any_out;
}

bool Search::recurs(const Group& group, MeanCosine& mean_cosine) const {
  std::vector<const TellingWords*> texts;
  for (const auto i : first_by_content(group, kAsked))
    texts.push_back(&other_words_[i]);
  return are_unrelated(std::span(texts).first(std::min(kCompared, texts.size()))) &&
         mean_cosine(texts) <= kExcess * any_two_;
}

std::vector<RecurringSpan> Search::spans() {
  std::vector<std::vector<RecurringSpan>> found(all_.size());
  read_all(all_.size(), [&](auto i, Reader& reader) {
    const auto& words = reader.scan.run(all_[i]);
    auto& left = reader.left;
    left = words;
    found_.take_out(left, reader.features, reader.marked);
    auto next = left.cbegin();
    const auto is_out = [&](std::size_t w) {
      return w < words.size() && (next == left.cend() || words[w].begin != next->begin);
    };
    for (std::size_t w = 0; w < words.size(); ++w) {
      if (!is_out(w)) {
        ++next;
        continue;
      }
      const auto begin = words[w].begin;
      while (is_out(w + 1) && words[w + 1].line == words[w].line)
        ++w;
      found[i].push_back({i, begin, words[w].end});
    }
  });
  std::vector<RecurringSpan> spans;
  for (const auto& some : found)
    spans.insert(spans.end(), some.begin(), some.end());
  return spans;
}

}  // namespace

std::vector<RecurringSpan> recurring_spans(std::span<const Document> documents,
                                           const WordWeights& weights, const RecurringKinds& kinds,
                                           const Control& control) {
  if (kinds.run_words < 0 || kinds.edge_words < 0 || kinds.reach < 0) {
    throw std::invalid_argument("run_words, edge_words and reach have to be 0 or more");
  }
  if (documents.size() < kLeastTexts) return {};
  return Search(documents, weights, kinds, control).run();
}

}  // namespace samestory
