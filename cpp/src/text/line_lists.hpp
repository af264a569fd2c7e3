#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <unordered_set>
#include <vector>

#include "text/line_corpus.hpp"

namespace samestory {

/// Labels and links that stand below one and the same label of a site.
///
/// Of a list of links each is in few articles, and what is above the first is in many.
class LineLists {
 public:
  LineLists(const LineCorpus& corpus, std::span<const Document> date_names,
            const std::unordered_set<std::uint64_t>& found);

  /// The lines that are of the site as well.
  std::vector<std::uint64_t> links();

 private:
  struct Label {
    std::uint64_t key;
    bool is_headline;
  };
  /// Short lines that follow one of the site.
  struct List {
    std::uint32_t row;
    bool is_below;              // whether some of the article stands above
    std::vector<Label> labels;  // that are not of the site
    std::size_t n_found = 0;    // how many others are
  };
  /// Where a line stands in lists.
  struct Place {
    std::uint64_t line, head;
    std::uint32_t row;
    auto operator<=>(const Place&) const = default;
  };

  void find_lists();
  void add_lists(std::uint32_t row);
  bool are_links(std::uint64_t head, const std::vector<List>& lists) const;
  std::vector<Place> places(const std::unordered_set<std::uint64_t>& heads) const;
  bool goes_with_its_head(std::span<const Place> places);
  bool are_unrelated(std::span<const Place> places);
  std::unordered_set<std::uint64_t> subject(std::uint32_t row);

  const LineCorpus& corpus_;
  TextLines reader_;
  const std::unordered_set<std::uint64_t>& found_;
  std::map<std::uint64_t, std::vector<List>> lists_;  // by the label above
};

}  // namespace samestory
