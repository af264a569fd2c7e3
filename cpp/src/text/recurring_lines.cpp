#include "samestory/recurring_lines.hpp"

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <unordered_set>

#include "support/parallel.hpp"
#include "text/code_units.hpp"
#include "text/found_recurring.hpp"
#include "text/line_corpus.hpp"
#include "text/line_lists.hpp"
#include "text/line_search.hpp"
#include "text/recurring_features.hpp"
#include "text/text_lines.hpp"
#include "text/unicode.hpp"
#include "text/word_scan.hpp"

namespace samestory {
namespace {

constexpr std::int64_t kDocumentsPerChunk = 32;
constexpr std::size_t kLeastArticles = 3;
constexpr std::size_t kSampled = 2'000'000;  // units, as recurring_spans() reads
constexpr RecurringKinds kLines{.lines = true};
// A line of the same words may be so many times as long as another, for what stands between them.
constexpr std::size_t kSpread = 2;
constexpr std::size_t kHead = 48;  // characters of a line that nearly always hold two words
constexpr std::string_view kStage = "finding what recurs";

/// Reads the words of lines.
class LineWords {
 public:
  LineWords() : scan_(*tables_, 0), features_(kLines) {}

  /// body(key, first, begin) for each line with words: its first word, and where it begins, in code
  /// units.
  template <class Body>
  void for_each(const Document& document, Body&& body) {
    const auto& words = scan_.run(document);
    for (const auto& line : features_.run(words))
      body(line.key, words[line.begin].hash, words[line.begin].begin);
  }

  /// Whether a line may begin with one of some words: most do not, which a few characters tell.
  bool may_begin(const Document& line, const KeySet& firsts) {
    const Document head(line.data, std::min(line.length, kHead), line.encoding);
    const auto& words = scan_.run(head);
    const bool is_cut = line.length > kHead && words.size() < 2;
    return is_cut || (!words.empty() && firsts.contains(words[0].hash));
  }

 private:
  std::shared_ptr<const UnicodeTables> tables_ = unicode_tables();
  WordScan scan_;
  RecurringFeatures features_;
};

/// The lines that recur by their words, wherever they stand.
struct WordLines {
  KeySet keys, firsts;      // of lines, and of their first words
  std::size_t longest = 0;  // in code units
};

std::u32string joined(const Document& title, const Document& text) {
  std::u32string both;
  both.reserve(title.length + text.length + 1);
  with_units(title, [&](const auto* units) { both.append(units, units + title.length); });
  both.push_back(U'\n');
  with_units(text, [&](const auto* units) { both.append(units, units + text.length); });
  return both;
}

/// The first articles: so many as have `kSampled` units, titles above their texts.
std::vector<std::u32string> sampled(const LineCorpus& corpus) {
  std::vector<std::u32string> texts;
  std::size_t n_units = 0;
  for (std::uint32_t i = 0; i < corpus.size() && n_units < kSampled; ++i) {
    texts.push_back(joined(corpus.title(i), corpus.text(i)));
    n_units += texts.back().size();
  }
  return texts;
}

WordLines lines_by_words(const LineCorpus& corpus, const WordWeights& weights,
                         const Control& control) {
  const auto texts = sampled(corpus);
  std::vector<Document> documents;
  for (const auto& text : texts)
    documents.emplace_back(text.data(), text.size(), TextEncoding::ucs4);
  WordLines found;
  LineWords words;
  const auto spans = recurring_spans(documents, weights, kLines, control);
  for (std::size_t i = 0, next = 0; i < spans.size(); i = next) {
    while (next < spans.size() && spans[next].document == spans[i].document)
      ++next;
    std::unordered_set<std::int64_t> begins;
    for (std::size_t span = i; span < next; ++span) {
      begins.insert(spans[span].begin);
      found.longest = std::max<std::size_t>(found.longest, spans[span].end - spans[span].begin);
    }
    words.for_each(documents[static_cast<std::size_t>(spans[i].document)],
                   [&](auto key, auto first, auto begin) {
                     if (!begins.contains(begin)) return;
                     found.keys.add(key);
                     found.firsts.add(first);
                   });
  }
  return found;
}

/// What one thread needs to read articles.
struct Reader {
  TextLines lines;
  LineWords words;
  std::vector<std::uint64_t> keys;
};

std::vector<Reader> readers_for(std::span<const Document> date_names, const Control& control) {
  std::vector<Reader> readers;
  for (int i = 0; i < resolve_threads(control); ++i)
    readers.push_back({TextLines(date_names), {}, {}});
  return readers;
}

/// body(i, reader) for i = 0 .. n - 1, in parallel.
template <class Body>
void read_all(const Control& control, std::size_t n, std::vector<Reader>& readers, Body&& body) {
  parallel_for(
      control, static_cast<std::int64_t>(n), kDocumentsPerChunk,
      [&](auto begin, auto end, int worker, const Stop& stop) {
        for (auto i = begin; i < end; ++i) {
          stop.check();
          body(static_cast<std::uint32_t>(i), readers[static_cast<std::size_t>(worker)]);
        }
      },
      kStage);
}

/// The keys of the lines of all articles that have the same words as some, in order.
std::vector<std::uint64_t> keys_of(const LineCorpus& corpus, const WordLines& known,
                                   std::vector<Reader>& readers, const Control& control) {
  if (known.keys.empty()) return {};
  read_all(control, corpus.size(), readers, [&](auto i, Reader& reader) {
    const auto& text = corpus.text(i);
    for (const auto& line : reader.lines.run(text)) {
      if (line.end - line.begin > kSpread * known.longest) continue;
      const Document alone(
          static_cast<const char*>(text.data) + line.begin * (text.n_bytes() / text.length),
          line.end - line.begin, text.encoding);
      if (!reader.words.may_begin(alone, known.firsts)) continue;
      reader.words.for_each(alone, [&](auto key, auto, auto) {
        if (known.keys.contains(key)) reader.keys.push_back(line.key);
      });
    }
  });
  std::vector<std::uint64_t> all;
  for (auto& reader : readers)
    all.insert(all.end(), reader.keys.begin(), reader.keys.end());
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

/// What is known of lines when all have been judged.
struct KnownLines {
  KeySet recurring, headlines;
};

/// The line of a title that is a headline, or nothing.
const TextLine* headline_of(const Document& title, TextLines& lines) {
  const auto& found = lines.run(title);
  if (found.size() != 1) return nullptr;
  return TextLines::n_spaces(title, found.front()) >= kHeadlineSpaces ? &found.front() : nullptr;
}

void add_lines_of(std::uint32_t i, const LineCorpus& corpus, const KnownLines& known,
                  TextLines& lines, std::vector<RecurringLine>& out) {
  const auto* title = headline_of(corpus.title(i), lines);
  const std::uint64_t own = title == nullptr ? 0 : title->words;
  bool is_first = true;
  for (const auto& line : lines.run(corpus.text(i))) {
    const bool recurs = known.recurring.contains(line.key);
    const bool is_link = !is_first && line.words != own && known.headlines.contains(line.words);
    if (recurs || is_link) out.push_back({corpus.given(i), line.number, !recurs});
    is_first = false;
  }
}

std::vector<RecurringLine> lines_of_all(const LineCorpus& corpus, const KnownLines& known,
                                        std::vector<Reader>& readers, const Control& control) {
  std::vector<std::vector<RecurringLine>> found(corpus.size());
  read_all(control, corpus.size(), readers, [&](auto i, Reader& reader) {
    add_lines_of(i, corpus, known, reader.lines, found[corpus.given(i)]);
  });
  std::vector<RecurringLine> all;
  for (const auto& some : found)
    all.insert(all.end(), some.begin(), some.end());
  return all;
}

}  // namespace

std::vector<RecurringLine> recurring_lines(const ArticleTexts& articles, const WordWeights& weights,
                                           const Control& control) {
  if (articles.titles.size() != articles.texts.size()) {
    throw std::invalid_argument("there have to be as many titles as texts");
  }
  if (articles.texts.size() < kLeastArticles) return {};
  const LineCorpus corpus(articles, control);
  auto readers = readers_for(articles.date_names, control);
  LineSearch search(corpus, articles.date_names, weights, control);
  search.suppose(keys_of(corpus, lines_by_words(corpus, weights, control), readers, control));
  search.judge_all();
  KnownLines known;
  for (const auto key : search.found())
    known.recurring.add(key);
  for (const auto key : LineLists(corpus, articles.date_names, search.found()).links())
    known.recurring.add(key);
  for (std::uint32_t i = 0; i < corpus.size(); ++i) {
    const auto* line = headline_of(corpus.title(i), readers[0].lines);
    if (line != nullptr) known.headlines.add(line->words);
  }
  return lines_of_all(corpus, known, readers, control);
}

std::vector<std::u32string> compared_lines(const Document& text,
                                           std::span<const Document> date_names) {
  TextLines reader(date_names);
  const auto n = with_units(
      text, [&](const auto* units) { return std::count(units, units + text.length, U'\n'); });
  std::vector<std::u32string> lines(static_cast<std::size_t>(n) + 1);
  for (const auto& line : std::vector(reader.run(text)))
    reader.append(text, line, std::u32string::npos, lines[line.number]);
  return lines;
}

}  // namespace samestory
