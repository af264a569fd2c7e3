#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <unordered_set>
#include <vector>

#include "samestory/control.hpp"
#include "samestory/recurring.hpp"
#include "text/line_corpus.hpp"

namespace samestory {

/// Judges lines, those of the most articles first.
///
/// What is found is left out of all that is compared from then on, so that the lines of an outlet
/// do not make its articles alike; what was judged before they were known is judged again.
class LineSearch {
 public:
  LineSearch(const LineCorpus& corpus, std::span<const Document> date_names,
             const WordWeights& weights, const Control& control);

  /// Takes lines for found that are not of one report; some are written in several ways.
  void suppose(std::span<const std::uint64_t> lines);
  void judge_all();

  const std::unordered_set<std::uint64_t>& found() const { return found_; }

 private:
  using Number = std::uint32_t;  // of a shared line
  using Row = std::uint32_t;

  /// Articles without what is known to recur, to be compared.
  struct Compared {
    std::vector<std::u32string> texts;
    std::vector<std::vector<std::uint32_t>> begins;  // of the lines below the title
    std::vector<std::vector<std::uint64_t>> keys;    // of these
  };

  void judge_once(std::span<const Number> often);
  std::vector<Number> often() const;
  bool is_found(std::uint64_t key) const { return found_.contains(key); }
  bool is_new(Number line);
  std::int64_t n_found(Number line);
  void judge(Number line);
  void note_judged(Number line, std::size_t n_rows, const Compared& compared);
  Compared look_at(std::span<const Row> rows, std::size_t n_others);
  void add_found(const std::vector<std::uint64_t>& lines);
  bool is_of_sites(Number line);
  std::uint64_t shared_prose(Row row, std::uint64_t but);
  bool has_own_prose(Row row);
  std::vector<Row> others(std::span<const Row> rows, std::size_t n) const;
  Compared compared(std::span<const Row> rows);
  std::unordered_set<std::uint64_t> rare_labels(std::span<const std::vector<TextLine>> parts) const;
  std::vector<TextLine> shortened(Row row);
  void append(Row row, std::span<const TextLine> lines,
              const std::unordered_set<std::uint64_t>& rare, Compared& out);

  const LineCorpus& corpus_;
  TextLines reader_;
  const WordWeights& weights_;
  const Control& control_;
  std::unordered_set<std::uint64_t> found_;
  std::vector<std::int64_t> judged_;    // how many lines were found when it was; -1: not yet
  std::vector<signed char> own_prose_;  // -1: not known
  int n_groups_ = 0;
};

}  // namespace samestory
