#include "text/line_lists.hpp"

#include <algorithm>

#include "text/code_units.hpp"

namespace samestory {
namespace {

constexpr std::size_t kLeast = 3;       // articles with a list
constexpr std::size_t kMostLinks = 8;   // in a list
constexpr std::size_t kLeastLinks = 2;  // one may be the headline
constexpr double kMost = 0.8;
constexpr std::size_t kAsked = 6;      // articles that tell whether they are unrelated
constexpr std::size_t kHeadline = 80;  // characters
constexpr std::size_t kSameWords = 2;  // of two headlines about one thing
constexpr std::size_t kLongWord = 4;   // characters

bool are_most(std::size_t n, std::size_t all) {
  return static_cast<double>(n) >= kMost * static_cast<double>(all);
}

std::size_t n_common(const std::unordered_set<std::uint64_t>& one,
                     const std::unordered_set<std::uint64_t>& other) {
  return static_cast<std::size_t>(
      std::count_if(one.begin(), one.end(), [&](auto word) { return other.contains(word); }));
}

}  // namespace

LineLists::LineLists(const LineCorpus& corpus, std::span<const Document> date_names,
                     const std::unordered_set<std::uint64_t>& found)
    : corpus_(corpus), reader_(date_names), found_(found) {}

std::vector<std::uint64_t> LineLists::links() {
  find_lists();
  std::unordered_set<std::uint64_t> heads;
  std::vector<std::uint64_t> links;
  for (const auto& [head, lists] : lists_) {
    if (!are_links(head, lists)) continue;
    heads.insert(head);
    for (const auto& list : lists) {
      for (const auto& label : list.labels) {
        if (label.is_headline) links.push_back(label.key);
      }
    }
  }
  const auto all = places(heads);
  for (std::size_t i = 0, next = 0; i < all.size(); i = next) {
    while (next < all.size() && all[next].line == all[i].line)
      ++next;
    if (goes_with_its_head(std::span(all).subspan(i, next - i))) links.push_back(all[i].line);
  }
  return links;
}

void LineLists::find_lists() {
  std::vector<char> has_label(corpus_.size());
  for (std::uint32_t line = 0; line < corpus_.n_shared(); ++line) {
    if (!corpus_.is_label(line) || !found_.contains(corpus_.key(line))) continue;
    for (const auto row : corpus_.rows(line))
      has_label[row] = 1;
  }
  for (std::uint32_t row = 0; row < has_label.size(); ++row) {
    if (has_label[row] != 0) add_lists(row);
  }
}

/// Adds the labels of a text that follow labels of the site.
void LineLists::add_lists(std::uint32_t row) {
  const auto& text = corpus_.text(row);
  List* list = nullptr;
  bool has_prose = false;
  for (const auto& line : reader_.run(text)) {
    const bool is_found = found_.contains(line.key);
    const bool is_label = reader_.is_label(text, line);
    if (!is_label || (list == nullptr && !is_found)) {
      has_prose = has_prose || !(is_found || is_label);
      list = nullptr;
    } else if (list == nullptr) {
      list = &lists_[line.key].emplace_back(List{row, has_prose, {}});
    } else if (is_found) {
      ++list->n_found;
    } else if (list->labels.size() < kMostLinks) {
      list->labels.push_back({line.key, reader_.is_headline(text, line)});
    }
  }
}

/// Whether a label stands above several labels, and below the article, nearly always.
bool LineLists::are_links(std::uint64_t head, const std::vector<List>& lists) const {
  std::unordered_set<std::uint32_t> rows;
  for (const auto& list : lists) {
    if (list.is_below && list.labels.size() + list.n_found >= kLeastLinks) rows.insert(list.row);
  }
  const auto number = corpus_.find(head);
  const auto all = number < 0 ? 0 : corpus_.rows(static_cast<std::uint32_t>(number)).size();
  return rows.size() >= kLeast && are_most(rows.size(), all);
}

/// Of the shared lines in lists that are not of links alone, in order.
std::vector<LineLists::Place> LineLists::places(
    const std::unordered_set<std::uint64_t>& heads) const {
  std::vector<Place> all;
  for (const auto& [head, lists] : lists_) {
    if (heads.contains(head)) continue;
    for (const auto& list : lists) {
      for (const auto& label : list.labels) {
        if (corpus_.find(label.key) >= 0) all.push_back({label.key, head, list.row});
      }
    }
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

/// Whether a line stands below one label wherever it stands, in articles on different things.
bool LineLists::goes_with_its_head(std::span<const Place> places) {
  std::span<const Place> most;
  for (std::size_t i = 0, next = 0; i < places.size(); i = next) {
    while (next < places.size() && places[next].head == places[i].head)
      ++next;
    if (next - i > most.size()) most = places.subspan(i, next - i);
  }
  const auto line = static_cast<std::uint32_t>(corpus_.find(places.front().line));
  return are_most(most.size(), corpus_.rows(line).size()) && are_unrelated(most);
}

/// Whether articles are on different things, as far as their headlines tell.
bool LineLists::are_unrelated(std::span<const Place> places) {
  std::vector<std::unordered_set<std::uint64_t>> subjects;
  for (const auto& place : places.first(std::min(places.size(), kAsked))) {
    auto words = subject(place.row);
    if (!words.empty()) subjects.push_back(std::move(words));
  }
  std::size_t n_pairs = 0, n_unrelated = 0;
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j, ++n_pairs)
      n_unrelated += n_common(subjects[i], subjects[j]) < kSameWords;
  }
  return n_pairs > 0 && are_most(n_unrelated, n_pairs);
}

/// The longer words of a headline, or of how the longest paragraph begins.
std::unordered_set<std::uint64_t> LineLists::subject(std::uint32_t row) {
  std::u32string headline;
  const auto take = [&](const auto* begin, std::size_t n) { headline.assign(begin, begin + n); };
  if (const auto& title = corpus_.title(row); title.length > 0) {
    with_units(title, [&](const auto* units) { take(units, title.length); });
  } else {
    const auto& lines = reader_.run(corpus_.text(row));
    const auto longest = std::max_element(lines.begin(), lines.end(), [](auto& one, auto& other) {
      return one.end - one.begin < other.end - other.begin;
    });
    if (longest == lines.end()) return {};
    reader_.append(corpus_.text(row), *longest, kHeadline, headline);
  }
  std::unordered_set<std::uint64_t> words;
  const auto& tables = reader_.tables();
  for (std::size_t i = 0, begin = 0; i <= headline.size(); ++i) {
    if (i < headline.size() && tables[headline[i]].is(code_point_flags::word)) {
      headline[i] = folded(tables, headline[i]);
      continue;
    }
    if (i - begin >= kLongWord) words.insert(hash_of_units(headline.data() + begin, i - begin));
    begin = i + 1;
  }
  return words;
}

}  // namespace samestory
