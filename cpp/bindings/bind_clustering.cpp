// Clustering: from rows and a similarity graph to a dendrogram and labels.
#include <pybind11/stl.h>

#include <limits>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "arrays.hpp"
#include "control.hpp"
#include "register.hpp"
#include "row_pairs.hpp"
#include "samestory/average_linkage.hpp"
#include "samestory/candidates.hpp"
#include "samestory/components.hpp"
#include "samestory/dendrogram.hpp"
#include "samestory/fields.hpp"
#include "samestory/leiden.hpp"
#include "samestory/smoothing.hpp"

namespace py = pybind11;

namespace samestory::bindings {

std::vector<RowPair> row_pairs(const py::object& object, std::int64_t n_rows, const char* name) {
  if (object.is_none()) return {};
  const auto array = py::array_t < std::int64_t,
             py::array::c_style | py::array::forcecast > (object);
  if (array.ndim() != 2 || array.shape(1) != 2) {
    throw py::value_error(std::string(name) + " has to have the shape (n, 2)");
  }
  std::vector<RowPair> pairs;
  for (py::ssize_t i = 0; i < array.shape(0); ++i) {
    const auto first = array.at(i, 0), second = array.at(i, 1);
    if (first < 0 || first >= n_rows || second < 0 || second >= n_rows || first == second) {
      throw py::value_error(std::string(name) + ": entry " + std::to_string(i) +
                            " has to name two different rows in [0, " + std::to_string(n_rows) +
                            ")");
    }
    pairs.push_back({static_cast<std::int32_t>(first), static_cast<std::int32_t>(second)});
  }
  return pairs;
}

namespace {

using AnyCsr = AnyCsrMatrix;

/// work(view) without the lock, on a matrix of either dtype.
template <class Result, class Work>
Result on_graph(const py::object& graph, const Work& work) {
  const CsrArgument argument(graph, "graph");
  return argument.visit([&](const auto& view) -> Result {
    const py::gil_scoped_release release;
    return work(view);
  });
}

/// The same on two matrices of one dtype.
template <class Result, class Work>
Result on_rows_and_graph(const py::object& rows, const py::object& graph, const char* graph_name,
                         const Work& work) {
  const CsrArgument row_argument(rows, "rows");
  const CsrArgument graph_argument(graph, graph_name);
  return row_argument.visit([&](const auto& view) -> Result {
    using Value = std::remove_const_t<typename decltype(view.values)::element_type>;
    const auto& graph_view = graph_argument.as<Value>();
    const py::gil_scoped_release release;
    return work(view, graph_view);
  });
}

py::tuple joined_columns_of(const py::object& counts, const py::array_t<std::int32_t>& target,
                            std::int64_t n_targets, int n_threads) {
  const auto control = make_control(n_threads);
  const std::span<const std::int32_t> targets(target.data(),
                                              static_cast<std::size_t>(target.size()));
  return to_python(on_graph<AnyCsr>(counts, [&](const auto& view) {
    return AnyCsr(joined_columns(view, targets, n_targets, control));
  }));
}

std::span<const double> span_of(const py::array_t<double>& array) {
  return {array.data(), static_cast<std::size_t>(array.size())};
}

py::tuple weighed_fields_of(const py::object& left, const py::object& right,
                            const py::array_t<double>& left_idf,
                            const py::array_t<double>& right_idf, double left_scale,
                            double right_scale, bool single, int n_threads) {
  const auto control = make_control(n_threads);
  return to_python(on_rows_and_graph<AnyCsr>(
      left, right, "right", [&](const auto& left_view, const auto& right_view) -> AnyCsr {
        const std::array fields{Field{left_view, span_of(left_idf), left_scale},
                                Field{right_view, span_of(right_idf), right_scale}};
        using Value = typename std::remove_cvref_t<decltype(left_view.values)>::value_type;
        const std::span<const Field<Value>> both(fields);
        if (single) return weighed_fields<float>(both, control);
        return weighed_fields<double>(both, control);
      }));
}

py::array_t<std::uint64_t> row_hashes_of(const py::object& counts, int n_threads) {
  const auto control = make_control(n_threads);
  auto hashes = to_numpy(on_graph<Buffer<std::uint64_t>>(
      counts, [&](const auto& view) { return row_hashes(view, control); }));
  return hashes.reshape({static_cast<py::ssize_t>(hashes.size() / 2), py::ssize_t{2}});
}

py::tuple strongest_neighbors_of(const py::object& graph, std::int64_t n_neighbors, int n_threads,
                                 const std::optional<py::array_t<double>>& days, double scale,
                                 double floor) {
  const auto control = make_control(n_threads);
  const Fading fading{days ? span_of(*days) : std::span<const double>{}, scale, floor};
  return to_python(on_graph<AnyCsr>(graph, [&](const auto& view) {
    return strongest_neighbors(view, n_neighbors, fading, control);
  }));
}

py::tuple smoothing_weights_of(const py::object& graph, const py::array_t<double>& shortness,
                               const py::array_t<double>& least_similarity, int n_threads,
                               const std::optional<py::array_t<double>>& days, double scale,
                               double floor, const SmoothingOptions& options) {
  const auto control = make_control(n_threads);
  const TextTraits texts{span_of(shortness), span_of(least_similarity)};
  const Fading fading{days ? span_of(*days) : std::span<const double>{}, scale, floor};
  return to_python(on_graph<AnyCsr>(graph, [&](const auto& view) {
    return smoothing_weights(view, texts, options, fading, control);
  }));
}

py::tuple smoothed_rows(const py::object& rows, const py::object& weights, int n_threads,
                        const py::object& progress) {
  const auto control = make_control(n_threads, progress);
  return to_python(on_rows_and_graph<AnyCsr>(
      rows, weights, "weights",
      [&](const auto& view, const auto& by) { return smooth_rows(view, by, control); }));
}

py::tuple candidate_pairs_of(const py::object& rows, const py::object& graph,
                             std::int64_t n_candidates, int n_threads) {
  const auto control = make_control(n_threads);
  return to_python(on_rows_and_graph<AnyCsr>(
      rows, graph, "graph", [&](const auto& view, const auto& graph_view) {
        return candidate_pairs(view, graph_view, n_candidates, control);
      }));
}

py::tuple narrowed_pairs_of(const py::object& pairs, const py::object& graph,
                            std::int64_t n_candidates, int n_threads) {
  const auto control = make_control(n_threads);
  return to_python(on_rows_and_graph<AnyCsr>(
      pairs, graph, "graph", [&](const auto& view, const auto& graph_view) {
        return narrowed_pairs(view, graph_view, n_candidates, control);
      }));
}

Dendrogram average_linkage_of(const py::object& graph, int n_threads) {
  const auto control = make_control(n_threads);
  return on_graph<Dendrogram>(graph,
                              [&](const auto& view) { return average_linkage(view, control); });
}

Dendrogram average_linkage_of_rows_of(const py::object& rows, const py::object& pairs,
                                      double min_similarity, const py::object& must_link,
                                      const py::object& cannot_link, double slack, double min_pair,
                                      int n_threads, const py::object& progress) {
  const auto control = make_control(n_threads, progress);
  const auto n_rows = shape_of(pairs, "pairs").first;
  const auto must = row_pairs(must_link, n_rows, "must_link");
  const auto cannot = row_pairs(cannot_link, n_rows, "cannot_link");
  return on_rows_and_graph<Dendrogram>(
      rows, pairs, "pairs", [&](const auto& view, const auto& pair_view) {
        return average_linkage_of_rows(view, pair_view,
                                       {min_similarity, slack, min_pair, must, cannot}, control);
      });
}

using Labels = std::vector<std::int64_t>;

py::array_t<std::int64_t> components_of(const py::object& graph, int n_threads) {
  const auto control = make_control(n_threads);
  return to_numpy(on_graph<Labels>(
      graph, [&](const auto& view) { return connected_components(view, control); }));
}

py::array_t<std::int64_t> leiden_of(const py::object& graph, const std::string& objective,
                                    double resolution, std::uint64_t seed, int n_runs,
                                    int max_iterations, int n_threads) {
  LeidenOptions options{LeidenObjective::kModularity, resolution, seed, n_runs, max_iterations};
  if (objective == "cpm") {
    options.objective = LeidenObjective::kCpm;
  } else if (objective != "modularity") {
    throw py::value_error("objective has to be 'modularity' or 'cpm', not '" + objective + "'");
  }
  const auto control = make_control(n_threads);
  return to_numpy(
      on_graph<Labels>(graph, [&](const auto& view) { return leiden(view, options, control); }));
}

py::array_t<double> linkage_array(const Dendrogram& dendrogram) {
  auto linkage = to_numpy(to_linkage(dendrogram));
  return linkage.reshape({static_cast<py::ssize_t>(linkage.size() / 4), py::ssize_t{4}});
}

void bind_dendrogram(py::module_& module) {
  const auto copy_of = [](auto member) {
    return [member](const Dendrogram& dendrogram) {
      auto copy = dendrogram.*member;
      return to_numpy(std::move(copy));
    };
  };
  py::class_<Dendrogram>(module, "Dendrogram", "Merges of rows, the most similar first.")
      .def_readonly("n_rows", &Dendrogram::n_rows)
      .def_property_readonly("n_merges", &Dendrogram::n_merges)
      .def_property_readonly("left", copy_of(&Dendrogram::left))
      .def_property_readonly("right", copy_of(&Dendrogram::right))
      .def_property_readonly("similarity", copy_of(&Dendrogram::similarity))
      .def_property_readonly("size", copy_of(&Dendrogram::size))
      .def("linkage", &linkage_array, "SciPy's linkage matrix; trees that remain join at 1.")
      .def("merges_at", &merges_at, py::arg("similarity"))
      .def(
          "labels_after",
          [](const Dendrogram& dendrogram, std::int64_t n_merges) {
            return to_numpy(labels_after(dendrogram, n_merges));
          },
          py::arg("n_merges"));
}

}  // namespace
}  // namespace samestory::bindings

void register_clustering(py::module_& module) {
  using namespace samestory::bindings;
  using samestory::SmoothingOptions;
  bind_dendrogram(module);
  module.def("joined_columns", &joined_columns_of, py::arg("counts"), py::arg("target"),
             py::arg("n_targets"), py::arg("n_threads") = 1);
  module.def("weighed_fields", &weighed_fields_of, py::arg("left"), py::arg("right"),
             py::arg("left_idf"), py::arg("right_idf"), py::arg("left_scale"),
             py::arg("right_scale"), py::arg("single"), py::arg("n_threads") = 1);
  module.def("row_hashes", &row_hashes_of, py::arg("counts"), py::arg("n_threads") = 1);
  module.def("strongest_neighbors", &strongest_neighbors_of, py::arg("graph"),
             py::arg("n_neighbors"), py::arg("n_threads") = 1, py::arg("days") = py::none(),
             py::arg("scale") = 1.0, py::arg("floor") = 1.0);
  py::class_<SmoothingOptions>(module, "SmoothingOptions", "Which neighbours smooth a row.")
      .def(py::init<>())
      .def_readwrite("n_neighbors", &SmoothingOptions::n_neighbors)
      .def_readwrite("background_rank", &SmoothingOptions::background_rank)
      .def_readwrite("in_full_from", &SmoothingOptions::in_full_from)
      .def_readwrite("power_of_long", &SmoothingOptions::power_of_long)
      .def_readwrite("power_of_short", &SmoothingOptions::power_of_short)
      .def_readwrite("factor_of_short", &SmoothingOptions::factor_of_short);
  module.def("smoothing_weights", &smoothing_weights_of, py::arg("graph"), py::arg("shortness"),
             py::arg("least_similarity"), py::arg("n_threads") = 1, py::arg("days") = py::none(),
             py::arg("scale") = 1.0, py::arg("floor") = 1.0,
             py::arg_v("options", SmoothingOptions{}, "SmoothingOptions()"));
  module.def("smooth_rows", &smoothed_rows, py::arg("rows"), py::arg("weights"),
             py::arg("n_threads") = 1, py::arg("progress") = py::none());
  module.def("candidate_pairs", &candidate_pairs_of, py::arg("rows"), py::arg("graph"),
             py::arg("n_candidates"), py::arg("n_threads") = 1);
  module.def("narrowed_pairs", &narrowed_pairs_of, py::arg("pairs"), py::arg("graph"),
             py::arg("n_candidates"), py::arg("n_threads") = 1);
  module.def("average_linkage", &average_linkage_of, py::arg("graph"), py::arg("n_threads") = 1);
  module.def("average_linkage_of_rows", &average_linkage_of_rows_of, py::arg("rows"),
             py::arg("pairs"), py::arg("min_similarity") = 0.0, py::arg("must_link") = py::none(),
             py::arg("cannot_link") = py::none(),
             py::arg("slack") = std::numeric_limits<double>::infinity(), py::arg("min_pair") = 0.0,
             py::arg("n_threads") = 1, py::arg("progress") = py::none());
  module.def("connected_components", &components_of, py::arg("graph"), py::arg("n_threads") = 1);
  module.def("leiden", &leiden_of, py::arg("graph"), py::arg("objective"), py::arg("resolution"),
             py::arg("seed"), py::arg("n_runs"), py::arg("max_iterations"),
             py::arg("n_threads") = 1);
}
