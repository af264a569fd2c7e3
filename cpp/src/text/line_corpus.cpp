#include "text/line_corpus.hpp"

#include <algorithm>
#include <numeric>
#include <string_view>
#include <utility>

#include "support/parallel.hpp"
#include "support/scrambled.hpp"
#include "text/code_units.hpp"
#include "text/occurrence_filter.hpp"

namespace samestory {
namespace {

constexpr std::int64_t kDocumentsPerChunk = 32;
constexpr std::uint32_t kLeastLength = 2;
constexpr std::size_t kUnitsPerLine = 40;  // about; fewer let more lines through to be sorted
constexpr std::string_view kStage = "finding what recurs";

std::uint64_t hash_of(const Document& document) {
  return with_units(document,
                    [&](const auto* units) { return hash_of_units(units, document.length); });
}

/// body(i, worker) for i = 0 .. n - 1, in parallel.
template <class Body>
void for_each_document(const Control& control, std::size_t n, Body&& body) {
  parallel_for(
      control, static_cast<std::int64_t>(n), kDocumentsPerChunk,
      [&](auto begin, auto end, int worker, const Stop& stop) {
        for (auto i = begin; i < end; ++i) {
          stop.check();
          body(static_cast<std::uint32_t>(i), static_cast<std::size_t>(worker));
        }
      },
      kStage);
}

}  // namespace

std::vector<TextLines> line_readers(std::span<const Document> date_names, const Control& control) {
  return {static_cast<std::size_t>(resolve_threads(control)), TextLines(date_names)};
}

LineCorpus::LineCorpus(const ArticleTexts& articles, const Control& control)
    : articles_(articles), order_(articles.texts.size()) {
  put_in_order(control);
  add_shared(places(control));
}

std::span<const std::uint32_t> LineCorpus::rows(std::uint32_t number) const {
  return std::span(rows_).subspan(shared_[number].first, shared_[number].size);
}

std::int64_t LineCorpus::find(std::uint64_t key) const {
  const auto at = numbers_.find(key);
  return at == numbers_.end() ? -1 : std::int64_t{at->second};
}

void LineCorpus::put_in_order(const Control& control) {
  std::vector<std::uint64_t> hashes(order_.size());
  for_each_document(control, hashes.size(), [&](auto i, auto) {
    hashes[i] = scrambled(hash_of(articles_.texts[i]) ^ scrambled(hash_of(articles_.titles[i])));
  });
  std::iota(order_.begin(), order_.end(), 0U);
  std::stable_sort(order_.begin(), order_.end(),
                   [&](auto i, auto j) { return hashes[i] < hashes[j]; });
}

/// Of each line that may stand in several articles, in order.
std::vector<LineCorpus::Place> LineCorpus::places(const Control& control) const {
  std::size_t n_units = 0;
  for (const auto& text : articles_.texts)
    n_units += text.length;
  OccurrenceFilter filter(n_units / kUnitsPerLine);
  auto readers = line_readers(articles_.date_names, control);
  for_each_document(control, size(), [&](auto i, auto worker) {
    for (const auto& line : readers[worker].run(text(i)))
      filter.add(scrambled(line.key));
  });
  std::vector<std::vector<Place>> found(readers.size());
  for_each_document(control, size(), [&](auto i, auto worker) {
    for (const auto& line : readers[worker].run(text(i))) {
      if (line.end - line.begin < kLeastLength || filter.at_most(scrambled(line.key)) < 2) continue;
      found[worker].push_back({line.key, i, readers[worker].is_label(text(i), line)});
    }
  });
  std::vector<Place> all;
  for (const auto& some : found)
    all.insert(all.end(), some.begin(), some.end());
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

void LineCorpus::add_shared(const std::vector<Place>& places) {
  for (std::size_t i = 0, next = 0; i < places.size(); i = next) {
    while (next < places.size() && places[next].key == places[i].key)
      ++next;
    if (next - i < 2) continue;
    numbers_.emplace(places[i].key, static_cast<std::uint32_t>(shared_.size()));
    shared_.push_back({places[i].key, rows_.size(), next - i, places[i].is_label});
    for (std::size_t place = i; place < next; ++place)
      rows_.push_back(places[place].row);
  }
}

}  // namespace samestory
