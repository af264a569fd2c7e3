#include <algorithm>
#include <bit>
#include <limits>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>

#include "samestory/language.hpp"
#include "support/parallel.hpp"
#include "text/unicode.hpp"
#include "text/utf8.hpp"

namespace samestory {
namespace {

// A text is read in so many places, so many code units each: 500 letters are enough to
// tell close languages apart, and the beginning alone is often a site's own words.
constexpr std::size_t kPlaces = 4;
constexpr std::size_t kPlaceLength = 128;
constexpr std::int64_t kGrain = 256;
// A trigram with more entries than this is kept as a row, which is added up by vectors of bytes.
constexpr std::size_t kFewEntries = 8;
constexpr std::uint32_t kRow = 0xFFFFFFFF;
// Sums of 16 bits hold so many weights of 8.
constexpr int kMostWeights = 256;
constexpr std::uint32_t kSpace = ' ';
constexpr std::uint32_t kEnd = 0xFFFFFFFF;  // no code point

void require(bool holds, const char* rule) {
  if (!holds) throw std::invalid_argument(std::string("language table: ") + rule);
}

void check(const LanguageTable& table) {
  const auto n = table.handicaps.size();
  require(n >= 1 && n <= 255, "there have to be 1 to 255 languages");
  require(table.families.size() == n, "every language has to have a family");
  require(table.offsets.size() == table.trigrams.size() + 1 && table.offsets.front() == 0,
          "offsets have to begin at 0 and have one entry more than trigrams");
  require(std::is_sorted(table.offsets.begin(), table.offsets.end()), "offsets have to ascend");
  require(table.offsets.back() == static_cast<std::int64_t>(table.languages.size()) &&
              table.weights.size() == table.languages.size() &&
              table.languages.size() < std::numeric_limits<std::uint32_t>::max(),
          "the last offset has to be the number of entries");
  require(std::all_of(table.languages.begin(), table.languages.end(),
                      [n](auto language) { return language < n; }),
          "an entry's language has to be one of the languages");
  require(std::adjacent_find(table.trigrams.begin(), table.trigrams.end(),
                             std::greater_equal<>()) == table.trigrams.end() &&
              (table.trigrams.empty() || table.trigrams.front() > 0),
          "trigrams have to ascend from above 0");
  require(table.scripts.size() % 4 == 0, "scripts have to have four numbers each");
  for (std::size_t i = 0; i < table.scripts.size(); i += 4)
    require(table.scripts[i + 2] < n && table.scripts[i + 3] < 256,
            "a script's language has to be one of the languages, its weight below 256");
}

/// The code points of a stretch of a document, one after the other; kEnd at its end.
class CodePoints {
 public:
  CodePoints(const Document& document, std::size_t begin, std::size_t end)
      : document_(document), at_(begin), end_(end) {
    if (document.encoding != TextEncoding::utf8) return;
    while (at_ < end_ && (byte(at_) & 0xC0) == 0x80)
      ++at_;
  }
  std::uint32_t next() {
    if (at_ >= end_) return kEnd;
    switch (document_.encoding) {
      case TextEncoding::latin1:
        return byte(at_++);
      case TextEncoding::ucs2:
        return static_cast<const std::uint16_t*>(document_.data)[at_++];
      case TextEncoding::ucs4:
        return static_cast<const std::uint32_t*>(document_.data)[at_++];
      case TextEncoding::utf8:
        break;
    }
    const std::uint8_t lead = byte(at_);
    const std::size_t length = utf8::length_from_lead(lead);
    if (at_ + length > document_.length) return kEnd;
    const auto* text = static_cast<const std::uint8_t*>(document_.data) + at_;
    at_ += length;
    return length == 1 ? lead : utf8::decode(text, length);
  }

 private:
  std::uint8_t byte(std::size_t at) const {
    return static_cast<const std::uint8_t*>(document_.data)[at];
  }

  const Document& document_;
  std::size_t at_;
  std::size_t end_;
};

bool is_ascii_letter(std::uint32_t code) {
  return (code | 32) - 'a' < 26;
}

}  // namespace

/// Adds up what the letters of one text say.
class LanguageIdentifier::Reader {
 public:
  Reader(const LanguageIdentifier& identifier, const UnicodeTables& tables)
      : identifier_(identifier),
        tables_(tables),
        sums_(identifier.n_languages()),
        part_(identifier.row_size_) {}

  void read(const Document& document) {
    std::fill(sums_.begin(), sums_.end(), 0);
    read_places(document);
    flush();
  }

  /// The best language and its lead.
  std::pair<std::int32_t, std::int32_t> best() const {
    const auto& handicap = identifier_.handicaps_;
    std::size_t first = 0;
    for (std::size_t i = 1; i < sums_.size(); ++i)
      if (sums_[i] - handicap[i] > sums_[first] - handicap[first]) first = i;
    if (sums_[first] == 0) return {-1, 0};
    std::int32_t second = -handicap[first];
    for (std::size_t i = 0; i < sums_.size(); ++i)
      if (identifier_.families_[i] != identifier_.families_[first])
        second = std::max(second, sums_[i] - handicap[i]);
    return {static_cast<std::int32_t>(first), sums_[first] - handicap[first] - second};
  }

 private:
  void read_places(const Document& document) {
    if (document.length <= kPlaces * kPlaceLength) {
      read_place(document, 0, document.length);
      return;
    }
    const std::size_t step = (document.length - kPlaceLength) / (kPlaces - 1);
    for (std::size_t i = 0; i < kPlaces; ++i)
      read_place(document, i * step, i * step + kPlaceLength);
  }

  void read_place(const Document& document, std::size_t begin, std::size_t end) {
    CodePoints points(document, begin, end);
    before_ = last_ = kSpace;
    for (auto code = points.next(); code != kEnd; code = points.next())
      read_code_point(code);
    end_word();
  }

  void read_code_point(std::uint32_t code) {
    if (code < 0x80) {
      if (is_ascii_letter(code)) return add_letter(code | 32);
      return end_word();
    }
    const auto point = tables_[code];
    if (point.is(code_point_flags::word)) return read_wide_letter(code);
    // Vowel signs part the words that the table was counted from; accents that follow their letter
    // and Arabic or Hebrew points do not.
    if (!point.is(code_point_flags::letter) || (code >= 0x0900 && code <= 0x0DFF)) end_word();
  }

  void read_wide_letter(std::uint32_t code) {
    bool tells = false;
    for (const Script& script : identifier_.scripts_) {
      if (code < script.first || code > script.last) continue;
      sums_[script.language] += static_cast<std::int32_t>(script.weight);
      tells = true;
    }
    if (tells) return end_word();
    add_letter(tables_.lower(code));
  }

  void add_letter(std::uint32_t letter) {
    if (last_ != kSpace) add_trigram(before_, last_, letter);
    before_ = last_;
    last_ = letter;
  }

  void end_word() {
    if (last_ != kSpace) add_trigram(before_, last_, kSpace);
    before_ = last_ = kSpace;
  }

  void add_trigram(std::uint32_t a, std::uint32_t b, std::uint32_t c) {
    const Slot* slot = identifier_.find(key(a, b, c));
    if (slot == nullptr) return;
    if (n_added_++ == kMostWeights) flush();
    if (slot->n_entries == kRow) {
      const std::uint8_t* row = identifier_.rows_.data() + slot->begin;
      std::uint16_t* part = part_.data();
      for (std::size_t i = 0, n = part_.size(); i < n; ++i)
        part[i] = static_cast<std::uint16_t>(part[i] + row[i]);
      return;
    }
    const Entry* entry = identifier_.entries_.data() + slot->begin;
    for (std::uint32_t i = 0; i < slot->n_entries; ++i) {
      std::uint16_t& sum = part_[entry[i].language];
      sum = static_cast<std::uint16_t>(sum + entry[i].weight);
    }
  }

  void flush() {
    for (std::size_t i = 0; i < sums_.size(); ++i)
      sums_[i] += part_[i];
    std::fill(part_.begin(), part_.end(), std::uint16_t{0});
    n_added_ = 1;
  }

  const LanguageIdentifier& identifier_;
  const UnicodeTables& tables_;
  std::vector<std::int32_t> sums_;
  std::vector<std::uint16_t> part_;  // of the last trigrams, not yet in the sums
  int n_added_ = 1;
  std::uint32_t before_ = kSpace;
  std::uint32_t last_ = kSpace;
};

LanguageIdentifier::LanguageIdentifier(const LanguageTable& table)
    : handicaps_(table.handicaps.begin(), table.handicaps.end()),
      families_(table.families.begin(), table.families.end()) {
  check(table);
  const auto n_slots = std::bit_ceil(2 * table.trigrams.size() + 2);
  slots_.resize(n_slots);
  mask_ = n_slots - 1;
  shift_ = 64 - std::countr_zero(n_slots);
  row_size_ = (handicaps_.size() + 15) / 16 * 16;
  for (std::size_t i = 0; i < table.trigrams.size(); ++i)
    add_slot(table, i);
  for (std::size_t i = 0; i < table.scripts.size(); i += 4)
    scripts_.push_back(
        {table.scripts[i], table.scripts[i + 1], table.scripts[i + 2], table.scripts[i + 3]});
}

void LanguageIdentifier::add_slot(const LanguageTable& table, std::size_t trigram) {
  std::size_t at = slot_of(table.trigrams[trigram]);
  while (slots_[at].key != 0)
    at = (at + 1) & mask_;
  const auto begin = static_cast<std::size_t>(table.offsets[trigram]);
  const auto end = static_cast<std::size_t>(table.offsets[trigram + 1]);
  Slot& slot = slots_[at];
  slot = {table.trigrams[trigram], static_cast<std::uint32_t>(entries_.size()),
          static_cast<std::uint32_t>(end - begin)};
  if (end - begin <= kFewEntries) {
    for (std::size_t i = begin; i < end; ++i)
      entries_.push_back({table.languages[i], table.weights[i]});
    return;
  }
  slot.begin = static_cast<std::uint32_t>(rows_.size());
  slot.n_entries = kRow;
  rows_.resize(rows_.size() + row_size_);
  for (std::size_t i = begin; i < end; ++i)
    rows_[slot.begin + table.languages[i]] = table.weights[i];
}

/// Fibonacci hashing: the high bits of a product with 2^64 over the golden ratio.
std::size_t LanguageIdentifier::slot_of(std::uint64_t key) const {
  return static_cast<std::size_t>(key * 0x9E3779B97F4A7C15u >> shift_);
}

const LanguageIdentifier::Slot* LanguageIdentifier::find(std::uint64_t key) const {
  for (std::size_t at = slot_of(key); slots_[at].key != 0; at = (at + 1) & mask_)
    if (slots_[at].key == key) return &slots_[at];
  return nullptr;
}

LanguageIdentifier::Found LanguageIdentifier::identify(std::span<const Document> documents,
                                                       const Control& control) const {
  Found found;
  found.language.resize(documents.size());
  found.lead.resize(documents.size());
  const auto tables = unicode_tables();
  parallel_for(control, static_cast<std::int64_t>(documents.size()), kGrain,
               [&](std::int64_t begin, std::int64_t end, int, const Stop&) {
                 Reader reader(*this, *tables);
                 for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end);
                      ++i) {
                   reader.read(documents[i]);
                   std::tie(found.language[i], found.lead[i]) = reader.best();
                 }
               });
  return found;
}

}  // namespace samestory
