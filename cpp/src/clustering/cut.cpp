#include "samestory/cut.hpp"

#include <algorithm>
#include <numeric>
#include <stdexcept>
#include <utility>

#include "clustering/story_similarities.hpp"
#include "support/parallel.hpp"

namespace samestory {
namespace {

/// The first count at or after this that does not split merges of one similarity.
std::int64_t whole_level(const std::vector<double>& similarity, std::int64_t n_merges) {
  const auto n = std::ssize(similarity);
  while (n_merges > 0 && n_merges < n && similarity[n_merges] == similarity[n_merges - 1])
    ++n_merges;
  return n_merges;
}

void check_levels(const std::vector<std::int64_t>& n_merges, const Dendrogram& dendrogram) {
  for (std::size_t i = 0; i < n_merges.size(); ++i) {
    const bool ascends = i == 0 || n_merges[i - 1] < n_merges[i];
    if (!ascends || n_merges[i] < 0 || n_merges[i] > dendrogram.n_merges()) {
      throw std::invalid_argument("levels have to ascend within the merges of the dendrogram");
    }
  }
}

std::int64_t number_judged(std::span<const char> is_judged, std::int64_t n_rows) {
  if (is_judged.empty()) return n_rows;
  if (std::ssize(is_judged) != n_rows) {
    throw std::invalid_argument("is_judged has to have an entry for each of the rows");
  }
  return n_rows - std::count(is_judged.begin(), is_judged.end(), char{0});
}

/// What each node of the tree adds to the criterion while it is a story.
std::vector<double> tree_gains(const Dendrogram& dendrogram, const CutCriterion& criterion) {
  const auto n = dendrogram.n_rows;
  const auto n_nodes = n + dendrogram.n_merges();
  std::vector<double> inside(n_nodes, 0.0);  // similarity summed over pairs of members
  std::vector<double> next(n_nodes, 0.0);    // similarity of the merge above; 0 at a root
  std::vector<double> gain(n_nodes);
  const auto size = [&](std::int64_t node) { return node < n ? 1 : dendrogram.size[node - n]; };
  for (std::int64_t m = 0; m < dendrogram.n_merges(); ++m) {
    const auto left = dendrogram.left[m];
    const auto right = dendrogram.right[m];
    const double n_pairs = static_cast<double>(size(left)) * static_cast<double>(size(right));
    inside[n + m] = inside[left] + inside[right] + n_pairs * dendrogram.similarity[m];
    next[left] = next[right] = dendrogram.similarity[m];
  }
  for (std::int64_t node = 0; node < n_nodes; ++node) {
    const auto members = static_cast<double>(size(node));
    const double own = node < n ? 0.0 : inside[node] / (members * (members - 1) / 2);
    gain[node] = members * criterion(own, next[node], size(node));
  }
  return gain;
}

}  // namespace

std::vector<std::int64_t> spread_levels(const Dendrogram& dendrogram, std::int64_t max_levels) {
  if (max_levels < 2) throw std::invalid_argument("max_levels has to be at least 2");
  const auto n = dendrogram.n_merges();
  std::vector<std::int64_t> levels;
  if (n < max_levels) {
    for (std::int64_t k = 0; k <= n; ++k)
      levels.push_back(whole_level(dendrogram.similarity, k));
  } else {
    const auto half = max_levels / 2;
    for (std::int64_t i = 0; i <= half; ++i) {
      levels.push_back(whole_level(dendrogram.similarity, n * i / half));
      const double similarity = static_cast<double>(i) / static_cast<double>(half);
      levels.push_back(merges_at(dendrogram, similarity));
    }
  }
  std::sort(levels.begin(), levels.end());
  levels.erase(std::unique(levels.begin(), levels.end()), levels.end());
  return levels;
}

template <class Value>
CutCurve cut_curve(const CsrView<Value>& rows, const CsrView<Value>& pairs,
                   const Dendrogram& dendrogram, std::vector<std::int64_t> n_merges,
                   const CutCriterion& criterion, double give_up, std::span<const char> is_judged,
                   const Control& control) {
  if (pairs.n_rows != rows.n_rows || pairs.n_columns != rows.n_rows ||
      dendrogram.n_rows != rows.n_rows) {
    throw std::invalid_argument("rows, pairs and dendrogram have to be of the same articles");
  }
  check_levels(n_merges, dendrogram);
  const auto n_judged = number_judged(is_judged, rows.n_rows);
  StorySimilarities<Value> similarities(rows, pairs, dendrogram, is_judged, control);
  std::vector<double> gain(rows.n_rows, 0.0);
  CutCurve curve{{}, {}};
  double best = 0.0;
  Poller poller(control, "levels", std::ssize(n_merges));
  for (std::size_t level = 0; level < n_merges.size(); ++level) {
    similarities.advance(n_merges[level]);
    parallel_for(control, rows.n_rows, 4096, [&](auto begin, auto end, int, auto&) {
      for (auto i = begin; i < end; ++i) {
        const auto row = static_cast<std::int32_t>(i);
        if (!is_judged.empty() && !is_judged[i]) continue;
        if (level > 0 && !similarities.changed()[row]) continue;
        gain[row] =
            criterion(similarities.own(row), similarities.next(row), similarities.size(row));
      }
    });
    const double total = std::accumulate(gain.begin(), gain.end(), 0.0);
    curve.score.push_back(total / static_cast<double>(std::max<std::int64_t>(n_judged, 1)));
    best = std::max(best, curve.score.back());
    if (give_up > 0.0 && best > 0.0 && curve.score.back() < give_up * best) {
      n_merges.resize(level + 1);
      break;
    }
    poller.step();
    poller.poll();
  }
  curve.n_merges = std::move(n_merges);
  return curve;
}

CutCurve tree_cut_curve(const Dendrogram& dendrogram, std::vector<std::int64_t> n_merges,
                        const CutCriterion& criterion) {
  check_levels(n_merges, dendrogram);
  const auto gains = tree_gains(dendrogram, criterion);
  const auto n = dendrogram.n_rows;
  double total = std::accumulate(gains.begin(), gains.begin() + n, 0.0);
  CutCurve curve{{}, {}};
  std::int64_t done = 0;
  for (const auto level : n_merges) {
    for (; done < level; ++done)
      total += gains[n + done] - gains[dendrogram.left[done]] - gains[dendrogram.right[done]];
    curve.score.push_back(total / static_cast<double>(std::max<std::int64_t>(n, 1)));
  }
  curve.n_merges = std::move(n_merges);
  return curve;
}

template CutCurve cut_curve(const CsrView<float>&, const CsrView<float>&, const Dendrogram&,
                            std::vector<std::int64_t>, const CutCriterion&, double,
                            std::span<const char>, const Control&);
template CutCurve cut_curve(const CsrView<double>&, const CsrView<double>&, const Dendrogram&,
                            std::vector<std::int64_t>, const CutCriterion&, double,
                            std::span<const char>, const Control&);

}  // namespace samestory
