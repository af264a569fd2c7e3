#include "text/lookup.hpp"

namespace samestory {

Lookup::Lookup(const AnalyzerOptions& options)
    : splits_terms_(options.max_n > 1 && (options.tokens == TokenKind::words ||
                                          options.tokens == TokenKind::unicode_words)) {
  for (const auto& word : options.stop_words)
    terms_.intern(word, kStopTerm);
}

void Lookup::add(std::string_view term, std::int32_t column) {
  std::uint32_t node = kNoTerm;
  std::uint32_t n = 0;
  while (splits_terms_) {
    const std::size_t space = term.find(' ');
    const auto word = node_of_term(term.substr(0, space));
    if (word == kStopTerm) return;  // nothing that holds a stop word can be found
    node = ++n == 1 ? word : node_of_pair(node, word, n);
    if (space == std::string_view::npos) break;
    term.remove_prefix(space + 1);
  }
  if (!splits_terms_) node = node_of_term(term);
  if (node != kStopTerm) columns_[node] = column;
}

std::uint32_t Lookup::node_of_term(std::string_view term) {
  const auto node = terms_.intern(term, n_nodes());
  if (node == n_nodes()) columns_.push_back(-1);
  return node;
}

std::uint32_t Lookup::node_of_pair(std::uint32_t prefix, std::uint32_t word, std::uint32_t n) {
  const auto node = pairs_.intern(PairTable::pair_of(prefix, word), n, n_nodes());
  if (node == n_nodes()) columns_.push_back(-1);
  return node;
}

}  // namespace samestory
