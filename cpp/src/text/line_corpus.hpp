#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "samestory/control.hpp"
#include "samestory/recurring_lines.hpp"
#include "text/text_lines.hpp"

namespace samestory {

/// Articles by their lines: which articles have each line that stands in several.
///
/// Articles are numbered anew, in an order that nothing but their words decides.
class LineCorpus {
 public:
  LineCorpus(const ArticleTexts& articles, const Control& control);

  std::size_t size() const { return order_.size(); }
  /// The number of an article as it was given.
  std::uint32_t given(std::uint32_t i) const { return order_[i]; }
  const Document& title(std::uint32_t i) const { return articles_.titles[order_[i]]; }
  const Document& text(std::uint32_t i) const { return articles_.texts[order_[i]]; }

  /// The lines that stand in several articles, numbered in order of their keys.
  std::size_t n_shared() const { return shared_.size(); }
  std::uint64_t key(std::uint32_t number) const { return shared_[number].key; }
  bool is_label(std::uint32_t number) const { return shared_[number].is_label; }
  /// The articles of one, in order.
  std::span<const std::uint32_t> rows(std::uint32_t number) const;
  /// The number of a line, or -1 where it stands in one article at most.
  std::int64_t find(std::uint64_t key) const;

 private:
  struct Shared {
    std::uint64_t key;
    std::size_t first, size;  // among the rows
    bool is_label;
  };
  struct Place {
    std::uint64_t key;
    std::uint32_t row;
    bool is_label;
    auto operator<=>(const Place&) const = default;
  };

  void put_in_order(const Control& control);
  std::vector<Place> places(const Control& control) const;
  void add_shared(const std::vector<Place>& places);

  ArticleTexts articles_;
  std::vector<std::uint32_t> order_;
  std::vector<Shared> shared_;
  std::vector<std::uint32_t> rows_;
  std::unordered_map<std::uint64_t, std::uint32_t> numbers_;
};

/// One reader of lines for each thread.
std::vector<TextLines> line_readers(std::span<const Document> date_names, const Control& control);

}  // namespace samestory
