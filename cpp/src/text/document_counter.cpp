#include "text/document_counter.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "text/utf8.hpp"

namespace samestory {
namespace {

constexpr std::size_t kAhead = 16;  // probes between asking for memory and using it

}  // namespace

DocumentCounter::DocumentCounter(const AnalyzerOptions& options, const Lookup* lookup,
                                 const AsciiKernels& kernels, const UnicodeTables& tables)
    : options_(options),
      lookup_(lookup),
      text_(options, kernels, tables),
      tokenizer_(options.tokens, kernels, tables),
      tables_(tables) {
  if (lookup_ != nullptr) {
    rows_.allow_terms(lookup_->n_nodes());
    return;
  }
  for (const auto& word : options_.stop_words)
    terms_.intern(word, kStopTerm);
}

RowBlock DocumentCounter::count(const Document* documents, std::size_t n, int worker,
                                const Stop& stop) {
  rows_.start_block();
  for (std::size_t i = 0; i < n; ++i) {
    stop.check();
    text_.run(documents[i]);
    rows_.start_row();
    switch (options_.tokens) {
      case TokenKind::words:
      case TokenKind::unicode_words:
        options_.max_n == 1 ? count_words() : count_word_ngrams(stop);
        break;
      case TokenKind::characters:
        count_character_ngrams(stop);
        break;
      case TokenKind::word_characters:
        count_word_characters();
        break;
    }
    rows_.end_row();
  }
  return rows_.take_block(worker);
}

std::uint32_t DocumentCounter::node_of(const TermProbe& probe) {
  if (lookup_ != nullptr) return lookup_->terms().find(probe);
  const auto node = terms_.intern(probe, n_nodes_);
  if (node == n_nodes_) rows_.allow_terms(++n_nodes_);
  return node;
}

std::uint32_t DocumentCounter::node_of_pair(std::uint64_t pair, std::uint32_t n) {
  if (lookup_ != nullptr) return lookup_->pairs().find(pair);
  const auto node = pairs_.intern(pair, n, n_nodes_);
  if (node == n_nodes_) rows_.allow_terms(++n_nodes_);
  return node;
}

void DocumentCounter::count_term(const TermProbe& probe) {
  const auto node = node_of(probe);
  if (is_term(node)) rows_.add(node);
}

/// Calls use(nodes) for the words of each stretch of the text, but for stop words.
template <class Use>
void DocumentCounter::for_words(Use&& use) {
  const auto learn = [this](Span word) {
    return node_of(TermProbe::make(text_.text() + word.begin, word.end - word.begin));
  };
  const auto& table = lookup_ != nullptr ? lookup_->terms() : terms_;
  tokenizer_.start(text_);
  while (tokenizer_.next()) {
    const auto& words = tokenizer_.spans();
    nodes_.resize(std::max(nodes_.size(), words.size()));
    table.find_words(text_.text(), words, nodes_.data(), learn);
    // Which words are left out cannot be foretold: each is written, some are written over.
    std::size_t n = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
      const auto node = nodes_[i];
      nodes_[n] = node;
      n += node != kStopTerm;
    }
    use(std::span<const std::uint32_t>(nodes_.data(), n));
  }
}

void DocumentCounter::count_words() {
  for_words([this](auto nodes) { rows_.add_all(nodes, kStopTerm); });
}

void DocumentCounter::count_word_ngrams(const Stop& stop) {
  sequence_.clear();
  for_words([this](auto nodes) {
    if (options_.min_n == 1) rows_.add_all(nodes, kStopTerm);
    sequence_.insert(sequence_.end(), nodes.begin(), nodes.end());
  });
  const auto& table = lookup_ != nullptr ? lookup_->pairs() : pairs_;
  grams_ = sequence_;
  for (std::size_t n = 2; n <= static_cast<std::size_t>(options_.max_n); ++n) {
    if (n > sequence_.size()) break;
    stop.check();
    const auto learn = [this, n](std::uint64_t pair) {
      return node_of_pair(pair, static_cast<std::uint32_t>(n));
    };
    grams_.resize(sequence_.size() - n + 1);
    table.find_pairs(grams_.data(), sequence_.data() + n - 1, grams_.size(), grams_.data(), learn);
    if (n >= static_cast<std::size_t>(options_.min_n)) rows_.add_all(grams_, kStopTerm);
  }
}

/// Two or more whitespace characters become one space; a single one stays as it is.
void DocumentCounter::collapse_spaces() {
  const std::uint8_t* text = text_.text();
  const std::size_t size = text_.size();
  spaced_.resize(size + 64);
  std::size_t out = 0;
  for (std::size_t at = 0; at < size;) {
    std::size_t end = at;
    int n_spaces = 0;
    while (end < size) {
      const std::size_t length = utf8::length_from_lead(text[end]);
      const auto code = length == 1 ? text[end] : utf8::decode(text + end, length);
      if (!tables_[code].is(code_point_flags::space)) break;
      end += length;
      ++n_spaces;
    }
    if (n_spaces >= 2) {
      spaced_[out++] = ' ';
      at = end;
      continue;
    }
    const std::size_t length = utf8::length_from_lead(text[at]);
    std::memcpy(&spaced_[out], text + at, length);
    out += length;
    at += length;
  }
  std::memset(&spaced_[out], 0, 64);
  spaced_.resize(out + 64);
}

void DocumentCounter::find_characters(const std::uint8_t* text, std::size_t size) {
  characters_.clear();
  for (std::size_t at = 0; at < size; at += utf8::length_from_lead(text[at]))
    characters_.push_back(static_cast<std::uint32_t>(at));
  characters_.push_back(static_cast<std::uint32_t>(size));
}

void DocumentCounter::count_character_ngrams(const Stop& stop) {
  collapse_spaces();
  const std::size_t size = spaced_.size() - 64;
  const auto& table = lookup_ != nullptr ? lookup_->terms() : terms_;
  has_nul_ = std::memchr(spaced_.data(), 0, size) != nullptr;
  find_characters(spaced_.data(), size);
  const std::size_t n_characters = characters_.size() - 1;
  std::array<TermProbe, kAhead> probes;
  for (std::size_t n = static_cast<std::size_t>(options_.min_n);
       n <= std::min<std::size_t>(options_.max_n, n_characters); ++n) {
    const std::size_t n_grams = n_characters - n + 1;
    rows_.reserve(n_grams);
    for (std::size_t first = 0; first < n_grams; first += kAhead) {
      if (first % 4096 == 0) stop.check();
      const std::size_t end = std::min(first + kAhead, n_grams);
      for (std::size_t i = first; i < end; ++i) {
        const auto begin = characters_[i];
        probes[i - first] =
            TermProbe::make(spaced_.data() + begin, characters_[i + n] - begin, has_nul_);
        table.prefetch(probes[i - first]);
      }
      for (std::size_t i = first; i < end; ++i)
        count_term(probes[i - first]);
    }
  }
}

/// Counts the distinct words of the text first; each then adds the n-grams that it expands to.
void DocumentCounter::count_word_characters() {
  has_nul_ = std::memchr(text_.text(), 0, text_.size()) != nullptr;
  word_rows_.start_block();
  word_rows_.start_row();
  tokenizer_.start(text_);
  while (tokenizer_.next()) {
    word_rows_.reserve(tokenizer_.spans().size());
    for (const auto span : tokenizer_.spans()) {
      const auto* word = text_.text() + span.begin;
      const auto length = span.end - span.begin;
      const auto next = static_cast<std::uint32_t>(expansion_ends_.size() - 1);
      const auto id = words_.intern(TermProbe::make(word, length, has_nul_), next);
      if (id == next) {
        expand_word(word, length);
        word_rows_.allow_terms(next + 1);
      }
      word_rows_.add(id);
    }
  }
  for (std::size_t i = 0; i < word_rows_.row_size(); ++i) {
    const auto [word, n] = word_rows_.row()[i];
    const auto begin = expansion_ends_[word], end = expansion_ends_[word + 1];
    rows_.reserve(end - begin);
    for (auto k = begin; k < end; ++k)
      rows_.add(expansions_[k].term, expansions_[k].count * n);
  }
  word_rows_.drop_block();
}

/// The n-grams of ' word ', as scikit-learn makes them: one that is as long as the whole word or
/// longer stands once, and ends the list.
void DocumentCounter::expand_word(const std::uint8_t* text, std::uint32_t size) {
  spaced_.resize(size + 2 + 64);
  spaced_[0] = ' ';
  std::memcpy(&spaced_[1], text, size);
  spaced_[size + 1] = ' ';
  std::memset(&spaced_[size + 2], 0, 64);
  find_characters(spaced_.data(), size + 2);
  const std::size_t n_characters = characters_.size() - 1;
  const auto first = static_cast<std::ptrdiff_t>(expansions_.size());
  for (std::size_t n = static_cast<std::size_t>(options_.min_n);
       n <= static_cast<std::size_t>(options_.max_n); ++n) {
    const std::size_t n_grams = n >= n_characters ? 1 : n_characters - n + 1;
    for (std::size_t i = 0; i < n_grams; ++i) {
      const auto begin = characters_[i];
      const auto end = characters_[std::min(i + n, n_characters)];
      const auto node = node_of(TermProbe::make(spaced_.data() + begin, end - begin, has_nul_));
      if (is_term(node)) expansions_.push_back({node, 1});
    }
    if (n_grams == 1) break;
  }
  // Equal ones together, in the order of their first place.
  const auto begin = expansions_.begin() + first;
  std::sort(begin, expansions_.end(), [](auto a, auto b) { return a.term < b.term; });
  auto last = begin;
  for (auto it = begin; it != expansions_.end(); ++it) {
    if (it != begin && (last - 1)->term == it->term) {
      ++(last - 1)->count;
    } else {
      *last++ = *it;
    }
  }
  expansions_.erase(last, expansions_.end());
  expansion_ends_.push_back(expansions_.size());
}

}  // namespace samestory
