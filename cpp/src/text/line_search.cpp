#include "text/line_search.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "support/parallel.hpp"
#include "text/code_units.hpp"

namespace samestory {
namespace {

constexpr std::size_t kLeast = 3;       // articles with a line; two may be about anything
constexpr std::size_t kLeastOf = 500;   // in large collections one of so many,
constexpr std::size_t kMostLeast = 15;  // but no more than so many
constexpr std::size_t kLookedAt = 48;   // articles with a line, and as many others
constexpr std::size_t kFew = 30;  // how similar any two of fewer are is chance, so others are tried
constexpr std::size_t kCompared = 1500;  // characters of what is nowhere else
constexpr std::size_t kAsked = 6;        // articles of a line that tell whether more is known
constexpr int kMostGroups = 400;
constexpr double kOwnShare = 0.5;

/// The words of a title, each with one space before the next.
std::u32string squeezed(const Document& title, const UnicodeTables& tables) {
  std::u32string words;
  with_units(title, [&](const auto* units) {
    for (std::size_t i = 0; i < title.length; ++i) {
      const bool is_space = tables[units[i]].is(code_point_flags::space);
      const bool is_first = i > 0 && tables[units[i - 1]].is(code_point_flags::space);
      if (!is_space && is_first && !words.empty()) words.push_back(U' ');
      if (!is_space) words.push_back(units[i]);
    }
  });
  return words;
}

/// A number for a title, without case; 0 for none.
std::uint64_t caseless_key(const Document& title, const UnicodeTables& tables) {
  if (title.length == 0) return 0;
  std::u32string letters;
  with_units(title, [&](const auto* units) {
    for (std::size_t i = 0; i < title.length; ++i)
      letters.push_back(folded(tables, units[i]));
  });
  return hash_of_units(letters.data(), letters.size()) | 1;
}

}  // namespace

LineSearch::LineSearch(const LineCorpus& corpus, std::span<const Document> date_names,
                       const WordWeights& weights, const Control& control)
    : corpus_(corpus),
      reader_(date_names),
      weights_(weights),
      control_(control),
      judged_(corpus.n_shared(), -1),
      own_prose_(corpus.size(), -1) {}

void LineSearch::suppose(std::span<const std::uint64_t> lines) {
  std::vector<std::uint64_t> taken;
  Poller poller(control_);
  for (const auto key : lines) {
    poller.step();
    const auto number = corpus_.find(key);
    if (number < 0 || is_of_sites(static_cast<Number>(number))) taken.push_back(key);
  }
  found_.insert(taken.begin(), taken.end());
}

void LineSearch::judge_all() {
  const auto lines = often();
  for (std::size_t before = found_.size() + 1;
       before != found_.size() && n_groups_ < kMostGroups;) {
    before = found_.size();
    judge_once(lines);
  }
}

/// The lines of enough articles, those of the most first.
std::vector<LineSearch::Number> LineSearch::often() const {
  const auto least = std::clamp(corpus_.size() / kLeastOf, kLeast, kMostLeast);
  std::vector<Number> lines;
  for (Number line = 0; line < corpus_.n_shared(); ++line) {
    if (corpus_.rows(line).size() >= least) lines.push_back(line);
  }
  std::stable_sort(lines.begin(), lines.end(), [&](auto one, auto other) {
    return corpus_.rows(one).size() > corpus_.rows(other).size();
  });
  return lines;
}

/// Judges each line that has not been since something was found in its articles.
void LineSearch::judge_once(std::span<const Number> often) {
  Poller poller(control_, "finding what recurs", std::ssize(often));
  for (std::size_t i = 0; i < often.size() && n_groups_ < kMostGroups; ++i) {
    poller.poll(static_cast<std::int64_t>(i));
    if (is_found(corpus_.key(often[i])) || !is_new(often[i])) continue;
    ++n_groups_;
    judge(often[i]);
  }
}

/// Whether more is known of its articles than when it was judged.
bool LineSearch::is_new(Number line) {
  return judged_[line] < 0 || judged_[line] < n_found(line);
}

/// Counts the found lines in the first of its articles.
std::int64_t LineSearch::n_found(Number line) {
  std::int64_t n = 0;
  const auto rows = corpus_.rows(line);
  for (const auto row : rows.first(std::min(rows.size(), kAsked))) {
    for (const auto& one : reader_.run(corpus_.text(row)))
      n += is_found(one.key);
  }
  return n;
}

void LineSearch::judge(Number line) {
  auto rows = corpus_.rows(line);
  rows = rows.first(std::min(rows.size(), kLookedAt));
  auto compared = look_at(rows, rows.size());
  if (!is_found(corpus_.key(line)) && rows.size() < kFew) compared = look_at(rows, kFew);
  note_judged(line, rows.size(), compared);
}

/// Lines that most of their articles were looked at for are judged as well.
void LineSearch::note_judged(Number line, std::size_t n_rows, const Compared& compared) {
  std::unordered_map<Number, std::size_t> counts;
  for (auto keys : compared.keys) {
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    for (const auto key : keys) {
      if (const auto number = corpus_.find(key); number >= 0) ++counts[static_cast<Number>(number)];
    }
  }
  for (const auto& [one, count] : counts) {
    const auto most = std::max(std::min(corpus_.rows(one).size(), kLookedAt), n_rows);
    if (one == line || (count >= kLeast && 2 * count >= most)) judged_[one] = n_found(one);
  }
  // A line of articles whose other lines are all found is not in what was compared.
  judged_[line] = std::max(judged_[line], n_found(line));
}

/// Adds what recurs in some texts, beside others, to what is found.
LineSearch::Compared LineSearch::look_at(std::span<const Row> rows, std::size_t n_others) {
  std::vector<Row> all(rows.begin(), rows.end());
  const auto more = others(rows, n_others);
  all.insert(all.end(), more.begin(), more.end());
  auto texts = compared(all);
  std::vector<Document> documents;
  for (const auto& text : texts.texts)
    documents.emplace_back(text.data(), text.size(), TextEncoding::ucs4);
  const RecurringKinds lines{.lines = true};
  Control quiet = control_;
  quiet.report_progress = {};
  std::vector<std::uint64_t> recurring;
  for (const auto& span : recurring_spans(documents, weights_, lines, quiet)) {
    const auto& begins = texts.begins[static_cast<std::size_t>(span.document)];
    const auto after = std::upper_bound(begins.begin(), begins.end(), span.begin);
    if (after == begins.begin()) continue;  // of the title
    const auto line = static_cast<std::size_t>(after - begins.begin()) - 1;
    recurring.push_back(texts.keys[static_cast<std::size_t>(span.document)][line]);
  }
  add_found(recurring);
  return texts;
}

void LineSearch::add_found(const std::vector<std::uint64_t>& lines) {
  std::vector<std::uint64_t> taken;
  for (const auto key : lines) {
    const auto number = corpus_.find(key);
    if (number >= 0 && !is_found(key) && is_of_sites(static_cast<Number>(number))) {
      taken.push_back(key);
    }
  }
  found_.insert(taken.begin(), taken.end());
}

/// Whether a line is not of one report that many print.
///
/// Most articles with it have a headline of their own, and prose that no other has; of those that
/// have none, each report counts once, known by the first paragraph that is shared.
bool LineSearch::is_of_sites(Number line) {
  auto rows = corpus_.rows(line);
  rows = rows.first(std::min(rows.size(), kLookedAt));
  std::unordered_set<std::uint64_t> own;
  for (const auto row : rows) {
    std::uint64_t key = 0;
    if (has_own_prose(row)) {
      key = caseless_key(corpus_.title(row), reader_.tables());
      if (key == 0) key = std::uint64_t{row} << 1 | std::uint64_t{1} << 63;
    } else {
      key = shared_prose(row, corpus_.key(line));
    }
    if (key != 0) own.insert(key);
  }
  return static_cast<double>(own.size()) >=
         std::max(static_cast<double>(kLeast), kOwnShare * static_cast<double>(rows.size()));
}

/// The key of the first paragraph of a text but for one line, or 0.
std::uint64_t LineSearch::shared_prose(Row row, std::uint64_t but) {
  const auto& text = corpus_.text(row);
  for (const auto& line : reader_.run(text)) {
    if (line.key != but && !is_found(line.key) && !reader_.is_label(text, line)) return line.key;
  }
  return 0;
}

bool LineSearch::has_own_prose(Row row) {
  if (own_prose_[row] < 0) {
    const auto& text = corpus_.text(row);
    const auto& lines = reader_.run(text);
    own_prose_[row] = std::any_of(lines.begin(), lines.end(), [&](const auto& line) {
      return corpus_.find(line.key) < 0 && !reader_.is_label(text, line) &&
             reader_.has_words(text, line);
    });
  }
  return own_prose_[row] == 1;
}

/// Some other texts to compare with.
std::vector<LineSearch::Row> LineSearch::others(std::span<const Row> rows, std::size_t n) const {
  const auto step = std::max<std::size_t>(1, corpus_.size() / (2 * n));
  std::vector<Row> found;
  for (std::size_t i = 0; i < corpus_.size() && found.size() < n; i += step) {
    const auto row = static_cast<Row>(i);
    if (!std::binary_search(rows.begin(), rows.end(), row)) found.push_back(row);
  }
  return found;
}

/// Texts without what is known to recur, and without labels of two of them.
LineSearch::Compared LineSearch::compared(std::span<const Row> rows) {
  std::vector<std::vector<TextLine>> parts;
  for (const auto row : rows)
    parts.push_back(shortened(row));
  const auto rare = rare_labels(parts);
  Compared texts;
  for (std::size_t i = 0; i < rows.size(); ++i)
    append(rows[i], parts[i], rare, texts);
  return texts;
}

/// The lines of a text that others have, and of its own what is compared.
std::vector<TextLine> LineSearch::shortened(Row row) {
  std::vector<TextLine> lines;
  std::size_t left = kCompared;
  for (const auto& line : reader_.run(corpus_.text(row))) {
    if (is_found(line.key)) continue;
    if (corpus_.find(line.key) < 0) {
      if (left == 0) continue;
      left -= std::min<std::size_t>(left, line.end - line.begin);
    }
    lines.push_back(line);
  }
  return lines;
}

std::unordered_set<std::uint64_t> LineSearch::rare_labels(
    std::span<const std::vector<TextLine>> parts) const {
  std::unordered_map<std::uint64_t, std::size_t> counts;
  for (const auto& lines : parts) {
    std::unordered_set<std::uint64_t> keys;
    for (const auto& line : lines) {
      if (keys.insert(line.key).second) ++counts[line.key];
    }
  }
  std::unordered_set<std::uint64_t> rare;
  for (const auto& [key, n] : counts) {
    const auto number = corpus_.find(key);
    if (n < kLeast && number >= 0 && corpus_.is_label(static_cast<Number>(number)))
      rare.insert(key);
  }
  return rare;
}

void LineSearch::append(Row row, std::span<const TextLine> lines,
                        const std::unordered_set<std::uint64_t>& rare, Compared& out) {
  auto& text = out.texts.emplace_back(squeezed(corpus_.title(row), reader_.tables()));
  auto& begins = out.begins.emplace_back();
  auto& keys = out.keys.emplace_back();
  std::size_t left = kCompared;
  for (const auto& line : lines) {
    const bool is_own = corpus_.find(line.key) < 0;
    if (!is_own && rare.contains(line.key)) continue;
    text.push_back(U'\n');
    begins.push_back(static_cast<std::uint32_t>(text.size()));
    keys.push_back(line.key);
    reader_.append(corpus_.text(row), line, is_own ? left : std::u32string::npos, text);
    if (is_own) left -= std::min<std::size_t>(left, line.end - line.begin);
  }
}

}  // namespace samestory
