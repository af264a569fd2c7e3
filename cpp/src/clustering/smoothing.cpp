#include "samestory/smoothing.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <numeric>
#include <stdexcept>
#include <utility>
#include <vector>

#include "clustering/accumulator.hpp"
#include "clustering/row_assembly.hpp"
#include "clustering/strongest.hpp"

namespace samestory {
namespace {

constexpr std::int64_t kRowsPerChunk = 256;

/// How far the neighbours of a row stand out from texts that only come closest.
class StandingOut {
 public:
  template <class Value>
  void look_at(const CsrView<Value>& graph, std::int64_t row, const SmoothingOptions& options) {
    values_.clear();
    for (auto i = graph.offsets[row]; i < graph.offsets[row + 1]; ++i) {
      if (graph.columns[i] != row && graph.values[i] > 0)
        values_.push_back(static_cast<double>(graph.values[i]));
    }
    const auto rank = options.background_rank;
    background_ = 0.0;
    if (values_.empty()) return;
    const double best = *std::max_element(values_.begin(), values_.end());
    if (std::ssize(values_) >= rank) {
      std::nth_element(values_.begin(), values_.begin() + (rank - 1), values_.end(),
                       std::greater<>());
      background_ = values_[rank - 1];
    }
    way_ = options.in_full_from * std::max(best - background_, kLeastWay);
  }
  double share(double strength) const {
    return std::clamp((strength - background_) / way_, 0.0, 1.0);
  }

 private:
  static constexpr double kLeastWay = 1e-9;
  std::vector<double> values_;
  double background_ = 0.0;
  double way_ = 1.0;
};

template <class Value>
void check_days(const Fading& fading, const CsrView<Value>& graph) {
  if (fading.days.empty()) return;
  if (std::ssize(fading.days) != graph.n_rows || graph.n_columns != graph.n_rows) {
    throw std::invalid_argument("days have to have an entry for each row of a square graph");
  }
}

}  // namespace

template <class Value>
CsrMatrix<Value> smoothing_weights(const CsrView<Value>& graph, const TextTraits& texts,
                                   const SmoothingOptions& options, const Fading& fading,
                                   const Control& control) {
  check_days(fading, graph);
  if (graph.n_columns != graph.n_rows) {
    throw std::invalid_argument("a graph has to be square, with a row for each of the texts");
  }
  if (std::ssize(texts.shortness) != graph.n_rows ||
      std::ssize(texts.least_similarity) != graph.n_rows) {
    throw std::invalid_argument("every row has to have a shortness and a least similarity");
  }
  if (options.background_rank < 1 || !(options.in_full_from > 0)) {
    throw std::invalid_argument("background_rank has to be 1 or more, in_full_from above 0");
  }
  std::vector<StrongestEntries> strongest(resolve_threads(control));
  std::vector<StandingOut> standing(strongest.size());
  const auto& least = texts.least_similarity;
  const auto make_row = [&](std::int64_t row, int worker, auto& chunk) {
    const double shortness = texts.shortness[row];
    const double power =
        options.power_of_long + shortness * (options.power_of_short - options.power_of_long);
    const double factor = std::pow(options.factor_of_short, shortness);
    standing[worker].look_at(graph, row, options);
    strongest[worker].visit(
        graph, row, options.n_neighbors, fading, [&](auto column, double strength) {
          if (strength < least[row] * least[column]) return;
          const double share = standing[worker].share(strength);
          if (share > 0)
            chunk.push(column, static_cast<Value>(share * factor * std::pow(strength, power)));
        });
  };
  return RowAssembly<Value>::build(graph.n_rows, graph.n_columns, kRowsPerChunk, control, make_row);
}

template <class Value>
CsrMatrix<Value> strongest_neighbors(const CsrView<Value>& graph, std::int64_t n_neighbors,
                                     const Fading& fading, const Control& control) {
  check_days(fading, graph);
  std::vector<StrongestEntries> strongest(resolve_threads(control));
  const auto make_row = [&](std::int64_t row, int worker, auto& chunk) {
    strongest[worker].visit(graph, row, n_neighbors, fading, [&](auto column, double strength) {
      chunk.push(column, static_cast<Value>(strength));
    });
  };
  return RowAssembly<Value>::build(graph.n_rows, graph.n_columns, kRowsPerChunk, control, make_row);
}

template <class Value>
CsrMatrix<Value> smooth_rows(const CsrView<Value>& rows, const CsrView<Value>& weights,
                             const Control& control) {
  if (weights.n_rows != rows.n_rows || weights.n_columns != rows.n_rows) {
    throw std::invalid_argument("weights have to be square, with a row for each of the rows");
  }
  std::vector<Accumulator> accumulators(resolve_threads(control), Accumulator(rows.n_columns));
  // Counted first, so that no more memory is taken than what the result needs.
  CsrMatrix<Value> smoothed{rows.n_rows, rows.n_columns, {}, {}, {}};
  smoothed.offsets.assign(rows.n_rows + 1, 0);
  parallel_for(control, rows.n_rows, kRowsPerChunk, [&](auto begin, auto end, int worker, auto&) {
    for (auto row = begin; row < end; ++row) {
      accumulators[worker].touch(rows.row_columns(row));
      for (const auto neighbor : weights.row_columns(row))
        accumulators[worker].touch(rows.row_columns(neighbor));
      smoothed.offsets[row + 1] = accumulators[worker].take_count();
    }
  });
  std::partial_sum(smoothed.offsets.begin(), smoothed.offsets.end(), smoothed.offsets.begin());
  smoothed.columns.resize(smoothed.offsets.back());
  smoothed.values.resize(smoothed.offsets.back());
  parallel_for(
      control, rows.n_rows, kRowsPerChunk,
      [&](auto begin, auto end, int worker, auto&) {
        auto& sums = accumulators[worker];
        for (auto row = begin; row < end; ++row) {
          sums.add(rows.row_columns(row), rows.row_values(row), 1.0);
          for (auto i = weights.offsets[row]; i < weights.offsets[row + 1]; ++i) {
            const auto neighbor = weights.columns[i];
            sums.add(rows.row_columns(neighbor), rows.row_values(neighbor),
                     static_cast<double>(weights.values[i]));
          }
          sums.take_normalized(&smoothed.columns[smoothed.offsets[row]],
                               &smoothed.values[smoothed.offsets[row]]);
        }
      },
      "smoothing rows");
  return smoothed;
}

template CsrMatrix<float> strongest_neighbors(const CsrView<float>&, std::int64_t, const Fading&,
                                              const Control&);
template CsrMatrix<double> strongest_neighbors(const CsrView<double>&, std::int64_t, const Fading&,
                                               const Control&);
template CsrMatrix<float> smoothing_weights(const CsrView<float>&, const TextTraits&,
                                            const SmoothingOptions&, const Fading&, const Control&);
template CsrMatrix<double> smoothing_weights(const CsrView<double>&, const TextTraits&,
                                             const SmoothingOptions&, const Fading&,
                                             const Control&);
template CsrMatrix<float> smooth_rows(const CsrView<float>&, const CsrView<float>&, const Control&);
template CsrMatrix<double> smooth_rows(const CsrView<double>&, const CsrView<double>&,
                                       const Control&);

}  // namespace samestory
