#include "samestory/text_reuse.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include "support/parallel.hpp"
#include "support/scrambled.hpp"
#include "text/occurrence_filter.hpp"
#include "text/recurring_features.hpp"
#include "text/unicode.hpp"
#include "text/word_scan.hpp"

namespace samestory {
namespace {

constexpr std::int64_t kDocumentsPerChunk = 32;
constexpr std::int64_t kPairsPerChunk = 8;
constexpr std::uint32_t kCharacters = 2;  // of a script without spaces stand for a word
constexpr std::size_t kParts = 256;       // of all shingles, by their highest bits
constexpr int kShift = 56;
// Places of one shingle in one text that are looked at: more is no prose.
constexpr std::ptrdiff_t kPlacesTried = 32;

void check_length(int length) {
  if (length < 1 || length > 1000) {
    throw std::invalid_argument("a shingle has 1 to 1000 words, not " + std::to_string(length));
  }
}

/// A shingle, and the word or the document where it stands.
struct Place {
  std::uint64_t key;
  std::uint32_t at;
  auto operator<=>(const Place&) const = default;
};

/// The shingles of one document after the other.
class Shingles {
 public:
  Shingles(const UnicodeTables& tables, int length)
      : scan_(tables, 0), length_(static_cast<std::uint32_t>(length)) {}

  void read(const Document& document) {
    words_ = scan_.run(document);
    hashes_.start(words_);
    places_.clear();
    const auto n = static_cast<std::uint32_t>(words_.size());
    for (std::uint32_t i = 0; i < n; ++i) {
      const auto end = i + length_at(i);
      if (end <= n) places_.push_back({scrambled(hashes_.of(i, end)), i});
    }
  }
  /// In order of the text, until they are sorted.
  const std::vector<Place>& places() const { return places_; }
  const std::vector<ScannedWord>& words() const { return words_; }
  std::uint32_t length_at(std::uint32_t word) const {
    return length_ * (words_[word].is_unspaced ? kCharacters : 1);
  }

  void sort() { std::sort(places_.begin(), places_.end()); }
  void keep_distinct() {
    sort();
    const auto is_same = [](const Place& a, const Place& b) { return a.key == b.key; };
    places_.erase(std::unique(places_.begin(), places_.end(), is_same), places_.end());
  }

 private:
  WordScan scan_;
  std::uint32_t length_;
  std::vector<ScannedWord> words_;
  RunHashes hashes_;
  std::vector<Place> places_;
};

std::vector<Shingles> one_a_thread(const UnicodeTables& tables, int length,
                                   const Control& control) {
  return std::vector<Shingles>(static_cast<std::size_t>(resolve_threads(control)),
                               Shingles(tables, length));
}

/// Numbers the shingles that two texts or more have. Most shingles are those of one text: a filter
/// drops them before anything is sorted.
class ShingleTable {
 public:
  ShingleTable(std::span<const Document> documents, int length, const Control& control)
      : documents_(documents), control_(control), length_(length) {
    if (documents.size() >= std::numeric_limits<std::uint32_t>::max()) {
      throw std::length_error("there may be at most 4 billion texts");
    }
  }

  ShingleRows run() {
    count_all();
    gather_shared();
    drop_lonely();
    return fill();
  }

 private:
  template <class Body>
  void read_all(Body&& body, std::string_view stage) {
    auto readers = one_a_thread(*tables_, length_, control_);
    parallel_for(
        control_, std::ssize(documents_), kDocumentsPerChunk,
        [&](auto begin, auto end, int worker, const Stop& stop) {
          auto& shingles = readers[static_cast<std::size_t>(worker)];
          for (auto i = static_cast<std::uint32_t>(begin); std::cmp_less(i, end); ++i) {
            stop.check();
            shingles.read(documents_[i]);
            shingles.keep_distinct();
            body(i, shingles.places(), static_cast<std::size_t>(worker));
          }
        },
        stage);
  }

  void count_all();
  void gather_shared();
  void drop_lonely();
  ShingleRows fill();

  std::span<const Document> documents_;
  const Control& control_;
  int length_;
  std::shared_ptr<const UnicodeTables> tables_ = unicode_tables();
  std::unique_ptr<OccurrenceFilter> filter_;
  Buffer<std::int64_t> n_shingles_;
  std::array<std::vector<Place>, kParts> parts_;
};

void ShingleTable::count_all() {
  std::size_t n_units = 0;
  for (const auto& document : documents_)
    n_units += document.length;
  filter_ = std::make_unique<OccurrenceFilter>(n_units / 5);
  n_shingles_.resize(documents_.size());
  read_all(
      [&](auto i, const auto& places, auto) {
        n_shingles_[i] = std::ssize(places);
        for (const auto& place : places)
          filter_->add(place.key);
      },
      "counting shingles");
}

void ShingleTable::gather_shared() {
  std::vector<std::array<std::vector<Place>, kParts>> found(
      static_cast<std::size_t>(resolve_threads(control_)));
  read_all(
      [&](auto i, const auto& places, auto worker) {
        for (const auto& place : places) {
          if (filter_->at_most(place.key) > 1)
            found[worker][place.key >> kShift].push_back({place.key, i});
        }
      },
      "finding shared shingles");
  filter_.reset();
  for (std::size_t part = 0; part < kParts; ++part) {
    for (auto& of_worker : found) {
      parts_[part].insert(parts_[part].end(), of_worker[part].begin(), of_worker[part].end());
      std::vector<Place>().swap(of_worker[part]);
    }
  }
}

/// Sorts each part, and drops what the filter took for shared.
void ShingleTable::drop_lonely() {
  parallel_for(control_, kParts, 1, [&](auto begin, auto end, int, const Stop&) {
    for (auto p = static_cast<std::size_t>(begin); std::cmp_less(p, end); ++p) {
      auto& part = parts_[p];
      std::sort(part.begin(), part.end());
      std::size_t kept = 0;
      for (std::size_t i = 0, next = 0; i < part.size(); i = next) {
        while (next < part.size() && part[next].key == part[i].key)
          ++next;
        if (next - i < 2) continue;
        for (auto j = i; j < next; ++j)
          part[kept++] = part[j];
      }
      part.resize(kept);
    }
  });
}

/// Goes through the shingles in order, so that every row's columns come out sorted.
ShingleRows ShingleTable::fill() {
  ShingleRows result;
  auto& rows = result.rows;
  rows.n_rows = std::ssize(documents_);
  rows.offsets.assign(documents_.size() + 1, 0);
  for (const auto& part : parts_) {
    for (const auto& place : part)
      ++rows.offsets[place.at + 1];
  }
  for (std::size_t i = 0; i < documents_.size(); ++i)
    rows.offsets[i + 1] += rows.offsets[i];
  std::vector<std::int64_t> at(rows.offsets.begin(), rows.offsets.end());
  rows.columns.resize(static_cast<std::size_t>(rows.offsets.back()));
  rows.values.assign(rows.columns.size(), 1.0);
  std::int64_t column = -1;
  for (auto& part : parts_) {
    for (std::size_t i = 0; i < part.size(); ++i) {
      column += i == 0 || part[i].key != part[i - 1].key;
      if (column > std::numeric_limits<std::int32_t>::max()) {
        throw std::length_error("the texts share more than 2 billion shingles");
      }
      const auto place = static_cast<std::size_t>(at[part[i].at]++);
      rows.columns[place] = static_cast<std::int32_t>(column);
    }
    std::vector<Place>().swap(part);
  }
  rows.n_columns = column + 1;
  result.n_shingles = std::move(n_shingles_);
  return result;
}

/// Finds what a pair shares; keeps the first text of one pair for the next.
class PassageFinder {
 public:
  PassageFinder(const UnicodeTables& tables, int length)
      : first_(tables, length), second_(tables, length) {}

  void find(std::span<const Document> documents, std::int64_t pair, std::int64_t first,
            std::int64_t second, std::vector<SharedPassage>& passages);

 private:
  struct Run {
    std::uint32_t begin = 0, size = 0;  // in words of the first text
  };
  Run longest(std::uint32_t word, std::uint64_t key, std::uint32_t expected) const;
  std::uint32_t size_of_run(std::uint32_t in_first, std::uint32_t in_second) const;

  Shingles first_, second_;
  std::int64_t read_ = -1;
};

std::uint32_t PassageFinder::size_of_run(std::uint32_t in_first, std::uint32_t in_second) const {
  const auto &a = first_.words(), &b = second_.words();
  std::uint32_t size = 0;
  while (in_first + size < a.size() && in_second + size < b.size() &&
         a[in_first + size].hash == b[in_second + size].hash)
    ++size;
  return size;
}

PassageFinder::Run PassageFinder::longest(std::uint32_t word, std::uint64_t key,
                                          std::uint32_t expected) const {
  const auto& places = first_.places();
  auto at = std::lower_bound(places.begin(), places.end(), Place{key, 0});
  const auto last = at + std::min(kPlacesTried, places.end() - at);
  Run best;
  const auto consider = [&](std::uint32_t begin) {
    const auto size = size_of_run(begin, word);
    if (size > best.size) best = {begin, size};
  };
  if (std::binary_search(at, places.end(), Place{key, expected})) consider(expected);
  for (; at != last && at->key == key; ++at)
    consider(at->at);
  return best.size < second_.length_at(word) ? Run{} : best;
}

void PassageFinder::find(std::span<const Document> documents, std::int64_t pair, std::int64_t first,
                         std::int64_t second, std::vector<SharedPassage>& passages) {
  if (read_ != first) {
    first_.read(documents[static_cast<std::size_t>(first)]);
    first_.sort();
    read_ = first;
  }
  second_.read(documents[static_cast<std::size_t>(second)]);
  const auto &a = first_.words(), &b = second_.words();
  std::uint32_t next = 0, expected = 0;
  for (const auto& place : second_.places()) {
    if (place.at < next) continue;
    const auto run = longest(place.at, place.key, expected);
    if (run.size == 0) continue;
    next = place.at + run.size;
    expected = run.begin + run.size;
    passages.push_back({pair, a[run.begin].begin, a[expected - 1].end, b[place.at].begin,
                        b[next - 1].end, run.size});
  }
}

}  // namespace

ShingleRows shingle_rows(std::span<const Document> documents, int length, const Control& control) {
  check_length(length);
  return ShingleTable(documents, length, control).run();
}

std::vector<SharedPassage> shared_passages(
    std::span<const Document> documents,
    std::span<const std::pair<std::int64_t, std::int64_t>> pairs, int length,
    const Control& control) {
  check_length(length);
  for (const auto& [first, second] : pairs) {
    if (std::min(first, second) < 0 || std::max(first, second) >= std::ssize(documents)) {
      throw std::out_of_range("a pair names a text beyond the " + std::to_string(documents.size()) +
                              " that there are");
    }
  }
  const auto tables = unicode_tables();
  std::vector<PassageFinder> finders(static_cast<std::size_t>(resolve_threads(control)),
                                     PassageFinder(*tables, length));
  std::vector<std::vector<SharedPassage>> found(pairs.size());
  parallel_for(
      control, std::ssize(pairs), kPairsPerChunk,
      [&](auto begin, auto end, int worker, const Stop& stop) {
        for (auto i = begin; i < end; ++i) {
          stop.check();
          const auto [first, second] = pairs[static_cast<std::size_t>(i)];
          finders[static_cast<std::size_t>(worker)].find(documents, i, first, second,
                                                         found[static_cast<std::size_t>(i)]);
        }
      },
      "finding shared passages");
  std::vector<SharedPassage> passages;
  for (const auto& some : found)
    passages.insert(passages.end(), some.begin(), some.end());
  return passages;
}

}  // namespace samestory
