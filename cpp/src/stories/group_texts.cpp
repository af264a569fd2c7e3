#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>
#include <utility>

#include "samestory/candidates.hpp"
#include "samestory/large_memory.hpp"
#include "samestory/similarity_join.hpp"
#include "samestory/smoothing.hpp"
#include "samestory/stories.hpp"
#include "stories/linked_pairs.hpp"

namespace samestory {
namespace {

void check_size(std::size_t size, std::int64_t n, const char* name) {
  if (size != 0 && size != static_cast<std::size_t>(n)) {
    throw std::invalid_argument(std::string(name) + " has " + std::to_string(size) +
                                " entries; there are " + std::to_string(n) + " texts");
  }
}

void check(const TextFacts& facts, std::int64_t n) {
  check_size(facts.n_words.size(), n, "n_words");
  check_size(facts.least_similarity.size(), n, "least_similarity");
  check_size(facts.days.size(), n, "days");
  check_size(facts.times.size(), n, "times");
  check_size(facts.remitted.size(), n, "remitted");
  check_size(facts.least_next.size(), n, "least_next");
  check_size(facts.compared.size(), n, "compared");
  for (const auto pairs : {facts.must_link, facts.cannot_link}) {
    for (const auto& [first, second] : pairs) {
      if (std::min(first, second) < 0 || std::max(first, second) >= n) {
        throw std::invalid_argument("must_link and cannot_link have to name texts from 0 to " +
                                    std::to_string(n - 1));
      }
    }
  }
}

bool any_known(std::span<const double> days) {
  return std::any_of(days.begin(), days.end(), [](double day) { return !std::isnan(day); });
}

/// The same rows in single precision; the structure is shared.
struct SingleRows {
  template <class Value>
  explicit SingleRows(const CsrView<Value>& rows) : values(rows.values.begin(), rows.values.end()) {
    view = {rows.n_rows, rows.n_columns, rows.offsets, rows.columns, values};
  }
  Buffer<float> values;
  CsrView<float> view;
};

/// The stages one after another; each reads what those before it left in the result.
class Grouping {
 public:
  Grouping(const TextFacts& facts, const StoryOptions& options, const Control& control,
           std::int64_t n)
      : facts_(facts), options_(options), control_(control), n_(n) {
    for (const auto n_words : facts.n_words)
      shortness_.push_back(options.shortness(n_words));
    shortness_.resize(n, 0.0);
  }

  /// With neighbours that are known.
  template <class Value>
  GroupedTexts run(const CsrView<Value>& rows, const CsrView<Value>& graph) {
    check_graph(graph.n_rows, graph.n_columns);
    smooth(rows, graph);
    merge(graph);
    return std::move(result_);
  }

  template <class Value>
  GroupedTexts run(const CsrView<Value>& rows) {
    auto graph = neighbors_of(rows);
    if (facts_.meanings == nullptr) {
      smooth(rows, graph.view());
    } else {
      auto pairs = proposed_pairs(graph.view(), options_.n_neighbors, control_);
      graph = {};
      // Made anew when asked for rather than kept: they are long, and merging takes much memory.
      const auto with_vectors = with_meaning(rows, *facts_.meanings, control_);
      graph = compared_pairs(with_vectors.view(), std::move(pairs), control_);
      smooth(with_vectors.view(), graph.view());
    }
    merge(graph.view());
    result_.graph = std::move(graph);
    return std::move(result_);
  }

 private:
  template <class Value>
  CsrMatrix<Value> neighbors_of(const CsrView<Value>& rows) const {
    JoinOptions options{.top_n = options_.n_neighbors};
    if (options_.max_gap) {
      options.times_x = facts_.times;
      options.max_gap = options_.max_gap;
    }
    const SimilarityJoiner<Value> joiner(rows, options, control_);
    return joiner.all(control_, options_.list_bytes);
  }

  template <class Value>
  CsrMatrix<Value> weights_of(const CsrView<Value>& graph) const {
    std::vector<double> least(facts_.least_similarity.begin(), facts_.least_similarity.end());
    least.resize(n_, 0.0);
    const auto days = any_known(facts_.days) ? facts_.days : std::span<const double>{};
    const Fading fading{days, options_.fading_days, options_.fading_floor};
    return smoothing_weights(graph, {shortness_, least}, options_.smoothing, fading, control_);
  }

  void check_graph(std::int64_t n_rows, std::int64_t n_columns) const {
    if (n_rows != n_ || n_columns != n_) {
      throw std::invalid_argument("the graph has to have a row and a column for each of the " +
                                  std::to_string(n_) + " texts");
    }
  }

  /// From here on, many rows are in single precision.
  template <class Value>
  void smooth(const CsrView<Value>& rows, const CsrView<Value>& graph) {
    auto weights = weights_of(graph);
    if (std::is_same_v<Value, double> && n_ > options_.many_texts) {
      const SingleRows single(rows), by(weights.view());
      result_.smoothed = smooth_rows(single.view, by.view, control_);
    } else {
      result_.smoothed = smooth_rows(rows, weights.view(), control_);
    }
    result_.weights = std::move(weights);
  }

  template <class Value>
  void merge(const CsrView<Value>& graph) {
    if (const auto* smoothed = std::get_if<CsrMatrix<Value>>(&result_.smoothed)) {
      merge(smoothed->view(), graph);
    } else {
      const SingleRows near(graph);
      merge(std::get<CsrMatrix<float>>(result_.smoothed).view(), near.view);
    }
  }

  template <class Value>
  void merge(const CsrView<Value>& smoothed, const CsrView<Value>& graph) {
    const auto& search = options_.search_for(n_);
    auto pairs = candidate_pairs(smoothed, graph, search.n_candidates, control_);
    if (options_.max_gap && !facts_.times.empty()) {
      pairs = within_gap(std::move(pairs), facts_.times, *options_.max_gap, control_);
    }
    const LinkageOptions limits{search.min_similarity, search.slack, search.min_pair,
                                facts_.must_link, facts_.cannot_link};
    pairs = with_links(std::move(pairs), facts_.must_link, smoothed);
    const auto dendrogram = average_linkage_of_rows(smoothed, pairs.view(), limits, control_);
    if (n_ > options_.many_texts) large_memory::give_back_gaps();
    judge(dendrogram);
    result_.pairs = std::move(pairs);
  }

  void judge(const Dendrogram& dendrogram) {
    const std::vector<double> once(n_, 1.0);  // copies change nothing
    std::vector<double> days(facts_.days.begin(), facts_.days.end()), growth, price;
    days.resize(n_, std::nan(""));
    for (const auto shortness : shortness_) {
      growth.push_back(options_.growth.at(shortness));
      price.push_back(options_.price.at(shortness));
    }
    const auto group = linked_groups(facts_.must_link, n_);
    const Leaves leaves{
        once, days, growth, price, group, facts_.remitted, facts_.least_next, facts_.compared};
    result_.tree = story_tree(linkage_of(dendrogram), leaves, options_.worth);
    result_.labels =
        story_labels(result_.tree.linkage, n_, facts_.cannot_link, options_.granularity);
  }

  const TextFacts& facts_;
  const StoryOptions& options_;
  const Control& control_;
  const std::int64_t n_;
  std::vector<double> shortness_;
  GroupedTexts result_;
};

}  // namespace

template <class Value>
GroupedTexts group_texts(const CsrView<Value>& rows, const TextFacts& facts,
                         const StoryOptions& options, const Control& control,
                         const CsrView<Value>* graph) {
  check(facts, rows.n_rows);
  Grouping grouping(facts, options, control, rows.n_rows);
  return graph != nullptr ? grouping.run(rows, *graph) : grouping.run(rows);
}

GroupedTexts group_texts(TextRows&& texts, std::span<const RowPair> must_link,
                         std::span<const RowPair> cannot_link, const StoryOptions& options,
                         const Control& control) {
  const TextFacts facts{texts.n_words,        texts.prior.least_similarity,
                        texts.days,           texts.times,
                        texts.prior.remitted, texts.prior.least_next,
                        texts.prior.compared, must_link,
                        cannot_link,          texts.meanings ? &*texts.meanings : nullptr};
  auto grouped = std::visit(
      [&](const auto& rows) {
        check(facts, rows.n_rows);
        return Grouping(facts, options, control, rows.n_rows).run(rows.view());
      },
      texts.rows);
  if (!texts.meanings) {
    grouped.rows = std::move(texts.rows);
    texts.rows = {};
  }
  return grouped;
}

template GroupedTexts group_texts(const CsrView<float>&, const TextFacts&, const StoryOptions&,
                                  const Control&, const CsrView<float>*);
template GroupedTexts group_texts(const CsrView<double>&, const TextFacts&, const StoryOptions&,
                                  const Control&, const CsrView<double>*);

}  // namespace samestory
