#include "text/recurring_features.hpp"

#include <algorithm>

#include "support/scrambled.hpp"

namespace samestory {
namespace {

constexpr std::uint64_t kFactor = 0x9ddfea08eb382d69U;
constexpr std::uint64_t kRun = 1, kLine = 2, kOpening = 3, kClosing = 4;
// Title, standfirst and the first line of the text: what opens and closes these is looked at.
constexpr std::size_t kFirstLines = 3;
// Two characters of a script without spaces stand for a word.
constexpr std::uint32_t kCharacters = 2;

}  // namespace

void RunHashes::start(const std::vector<ScannedWord>& words) {
  while (powers_.size() <= words.size())
    powers_.push_back(powers_.back() * kFactor);
  sums_.resize(words.size() + 1);
  sums_[0] = 0;
  for (std::size_t i = 0; i < words.size(); ++i)
    sums_[i + 1] = sums_[i] * kFactor + words[i].hash;
}

std::uint64_t RunHashes::of(std::uint32_t begin, std::uint32_t end) const {
  return sums_[end] - sums_[begin] * powers_[end - begin];
}

const std::vector<RecurringFeature>& RecurringFeatures::run(const std::vector<ScannedWord>& words) {
  hashes_.start(words);
  features_.clear();
  line_begins_.clear();
  for (std::uint32_t i = 0; i < words.size(); ++i) {
    if (i == 0 || words[i].line != words[i - 1].line) line_begins_.push_back(i);
  }
  line_begins_.push_back(static_cast<std::uint32_t>(words.size()));
  if (kinds_.run_words > 0) add_runs(words);
  if (kinds_.lines) add_lines();
  if (kinds_.edge_words > 0) add_edges(words);
  return features_;
}

std::uint32_t RecurringFeatures::longest_edge(const ScannedWord& first) const {
  return static_cast<std::uint32_t>(kinds_.edge_words) * (first.is_unspaced ? kCharacters : 1);
}

const std::vector<std::uint64_t>& RecurringFeatures::short_runs(
    const std::vector<ScannedWord>& words) {
  short_runs_.clear();
  hashes_.start(words);
  const auto n = static_cast<std::uint32_t>(words.size());
  for (std::uint32_t begin = 0; begin < n; ++begin) {
    for (auto end = begin + 1; end <= std::min(n, begin + longest_edge(words[begin])); ++end)
      short_runs_.push_back(hashes_.of(begin, end));
  }
  return short_runs_;
}

void RecurringFeatures::add_runs(const std::vector<ScannedWord>& words) {
  const auto n = static_cast<std::uint32_t>(words.size());
  for (std::uint32_t i = 0; i < n; ++i) {
    const auto length =
        static_cast<std::uint32_t>(kinds_.run_words) * (words[i].is_unspaced ? kCharacters : 1);
    if (i + length > n) continue;
    const auto run = hashes_.of(i, i + length);
    features_.push_back({scrambled(run ^ kRun), run, i, i + length, false});
  }
}

void RecurringFeatures::add_lines() {
  for (std::size_t i = 0; i + 1 < line_begins_.size(); ++i) {
    const auto begin = line_begins_[i], end = line_begins_[i + 1];
    const auto run = hashes_.of(begin, end);
    features_.push_back({scrambled(run ^ kLine), run, begin, end, false});
  }
}

void RecurringFeatures::add_edges(const std::vector<ScannedWord>& words) {
  const std::size_t n = line_begins_.size() - 1;
  for (std::size_t i = 0; i < n; ++i) {
    if (i < kFirstLines || i + 1 == n)
      add_edges_of_line(words, line_begins_[i], line_begins_[i + 1]);
  }
}

void RecurringFeatures::add_edges_of_line(const std::vector<ScannedWord>& words,
                                          std::uint32_t begin, std::uint32_t end) {
  bool are_numbers = true;
  for (auto last = begin + 1; last <= std::min(end, begin + longest_edge(words[begin])); ++last) {
    are_numbers = are_numbers && words[last - 1].is_number;
    const auto run = hashes_.of(begin, last);
    if (!are_numbers) features_.push_back({scrambled(run ^ kOpening), run, begin, last, true});
  }
  const auto longest = std::min(end - begin, longest_edge(words[end - 1]));
  are_numbers = true;
  for (auto first = end; first-- > end - longest;) {
    are_numbers = are_numbers && words[first].is_number;
    const auto run = hashes_.of(first, end);
    if (!are_numbers) features_.push_back({scrambled(run ^ kClosing), run, first, end, true});
  }
}

}  // namespace samestory
