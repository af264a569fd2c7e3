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
#include "samestory/average_linkage.hpp"
#include "samestory/branches.hpp"
#include "samestory/candidates.hpp"
#include "samestory/components.hpp"
#include "samestory/cut.hpp"
#include "samestory/dendrogram.hpp"
#include "samestory/fields.hpp"
#include "samestory/leiden.hpp"
#include "samestory/smoothing.hpp"

namespace py = pybind11;

namespace samestory::bindings {
namespace {

using AnyCsr = std::variant<CsrMatrix<float>, CsrMatrix<double>>;

py::tuple to_python(AnyCsr&& matrix) {
  return std::visit([](auto&& any) { return bindings::to_python(std::move(any)); },
                    std::move(matrix));
}

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
        if (single) return weighed_fields<float>(fields, control);
        return weighed_fields<double>(fields, control);
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

/// An array of shape (n, 2) as pairs of rows in [0, n_rows).
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

Dendrogram forest_linkage_of(const py::object& rows, const py::object& pairs, double min_similarity,
                             const py::object& must_link, const py::object& cannot_link,
                             double slack, double min_pair, int n_threads,
                             const py::object& progress) {
  const auto control = make_control(n_threads, progress);
  const auto n_rows = py::cast<std::int64_t>(pairs.attr("shape").attr("__getitem__")(0));
  const auto must = row_pairs(must_link, n_rows, "must_link");
  const auto cannot = row_pairs(cannot_link, n_rows, "cannot_link");
  return on_rows_and_graph<Dendrogram>(
      rows, pairs, "pairs", [&](const auto& view, const auto& pair_view) {
        return forest_linkage(view, pair_view, {min_similarity, slack, min_pair, must, cannot},
                              control);
      });
}

py::array_t<std::int64_t> int64_array(const py::object& object) {
  return py::array_t < std::int64_t, py::array::c_style | py::array::forcecast > (object);
}

py::tuple cut_curve_of(const py::object& rows, const py::object& pairs,
                       const Dendrogram& dendrogram, const py::object& n_merges,
                       const CutCriterion& criterion, double give_up, const py::object& is_judged,
                       int n_threads, const py::object& progress) {
  const auto control = make_control(n_threads, progress);
  std::vector<char> judged;
  if (!is_judged.is_none()) {
    const auto flags = py::array_t < bool, py::array::c_style | py::array::forcecast > (is_judged);
    judged.assign(flags.data(), flags.data() + flags.size());
  }
  const auto levels = int64_array(n_merges);
  const std::vector<std::int64_t> counts(levels.data(), levels.data() + levels.size());
  auto curve = on_rows_and_graph<CutCurve>(
      rows, pairs, "pairs", [&](const auto& view, const auto& pair_view) {
        return cut_curve(view, pair_view, dendrogram, counts, criterion, give_up, judged, control);
      });
  return py::make_tuple(to_numpy(std::move(curve.n_merges)), to_numpy(std::move(curve.score)));
}

py::tuple tree_cut_curve_of(const Dendrogram& dendrogram, const py::object& n_merges,
                            const CutCriterion& criterion) {
  const auto levels = int64_array(n_merges);
  auto curve = tree_cut_curve(
      dendrogram, std::vector<std::int64_t>(levels.data(), levels.data() + levels.size()),
      criterion);
  return py::make_tuple(to_numpy(std::move(curve.n_merges)), to_numpy(std::move(curve.score)));
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

/// A linkage matrix whose rows join two nodes that stand before them.
Linkage linkage_of(const py::object& object, std::int64_t n_leaves) {
  const auto array = py::array_t < double, py::array::c_style | py::array::forcecast > (object);
  if (array.ndim() != 2 || array.shape(1) != 4) {
    throw py::value_error("linkage has to have the shape (m, 4)");
  }
  Linkage linkage(static_cast<std::size_t>(array.shape(0)));
  for (std::size_t k = 0; k < linkage.size(); ++k) {
    const auto* row = array.data() + 4 * k;
    linkage[k] = {row[0], row[1], row[2], row[3]};
    const double n_before = static_cast<double>(n_leaves) + static_cast<double>(k);
    for (const auto node : {row[0], row[1]}) {
      if (!(node >= 0 && node < n_before)) {
        throw py::value_error("linkage: row " + std::to_string(k) +
                              " has to join two nodes that stand before it");
      }
    }
  }
  return linkage;
}

py::array_t<double> to_array(const Linkage& linkage) {
  py::array_t<double> array({static_cast<py::ssize_t>(linkage.size()), py::ssize_t{4}});
  auto* out = array.mutable_data();
  for (const auto& row : linkage) {
    for (const auto value : {row.left, row.right, row.distance, row.size})
      *out++ = value;
  }
  return array;
}

py::tuple node_similarities_of(const py::object& linkage, std::int64_t n_leaves,
                               double lone_similarity) {
  auto nodes = node_similarities(linkage_of(linkage, n_leaves), n_leaves, lone_similarity);
  return py::make_tuple(to_numpy(std::move(nodes.size)), to_numpy(std::move(nodes.own)),
                        to_numpy(std::move(nodes.up)));
}

/// work(linkage) without the lock.
template <class Work>
py::array_t<double> on_linkage(const py::object& linkage, std::int64_t n_leaves, const Work& work) {
  auto rows = linkage_of(linkage, n_leaves);
  {
    const py::gil_scoped_release release;
    rows = work(std::move(rows));
  }
  return to_array(rows);
}

py::array_t<double> settled_branches_of(const py::object& linkage, std::int64_t n_leaves,
                                        double level) {
  return on_linkage(linkage, n_leaves, [&](Linkage&& rows) {
    return settled_branches(std::move(rows), n_leaves, level);
  });
}

py::array_t<double> parted_at_gaps_of(const py::object& linkage, double level,
                                      const py::array_t<double>& days) {
  return on_linkage(linkage, days.size(), [&, known = span_of(days)](Linkage&& rows) {
    return parted_at_gaps(std::move(rows), level, known);
  });
}

py::array_t<double> joined_large_branches_of(const py::object& linkage, double level,
                                             const py::array_t<double>& days, double least_next) {
  return on_linkage(linkage, days.size(), [&, known = span_of(days)](Linkage&& rows) {
    return joined_large_branches(std::move(rows), level, known, least_next);
  });
}

py::array_t<double> parted_distant_days_of(const py::object& linkage, double level,
                                           const py::array_t<double>& days,
                                           std::int64_t least_size) {
  return on_linkage(linkage, days.size(), [&, known = span_of(days)](Linkage&& rows) {
    return parted_distant_days(std::move(rows), level, known, least_size);
  });
}

void bind_branches(py::module_& module) {
  module.attr("LARGE_STORY") = kLargeStory;
  module.def("node_similarities", &node_similarities_of, py::arg("linkage"), py::arg("n_leaves"),
             py::arg("lone_similarity"));
  module.def("settled_branches", &settled_branches_of, py::arg("linkage"), py::arg("n_leaves"),
             py::arg("level"));
  module.def("parted_at_gaps", &parted_at_gaps_of, py::arg("linkage"), py::arg("level"),
             py::arg("days"));
  module.def("joined_large_branches", &joined_large_branches_of, py::arg("linkage"),
             py::arg("level"), py::arg("days"), py::arg("least_next"));
  module.def("parted_distant_days", &parted_distant_days_of, py::arg("linkage"), py::arg("level"),
             py::arg("days"), py::arg("least_size"));
}

void bind_dendrogram(py::module_& module) {
  const auto copy_of = [](auto member) {
    return [member](const Dendrogram& dendrogram) {
      auto copy = dendrogram.*member;
      return to_numpy(std::move(copy));
    };
  };
  py::class_<Dendrogram>(module, "Dendrogram", "A forest of merges, the most similar first.")
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

void bind_cut(py::module_& module) {
  py::class_<CutCriterion>(module, "CutCriterion", "How well an article sits in its story.")
      .def(py::init([](double size_offset, double lone_similarity) {
             return CutCriterion{size_offset, lone_similarity};
           }),
           py::arg("size_offset") = CutCriterion{}.size_offset,
           py::arg("lone_similarity") = CutCriterion{}.lone_similarity)
      .def("weight", &CutCriterion::weight, py::arg("size"), "Weight of a story of this size.")
      .def_readonly("size_offset", &CutCriterion::size_offset)
      .def_readonly("lone_similarity", &CutCriterion::lone_similarity);
  module.def(
      "spread_levels",
      [](const Dendrogram& dendrogram, std::int64_t max_levels) {
        return to_numpy(spread_levels(dendrogram, max_levels));
      },
      py::arg("dendrogram"), py::arg("max_levels"));
  module.def("cut_curve", &cut_curve_of, py::arg("rows"), py::arg("pairs"), py::arg("dendrogram"),
             py::arg("n_merges"), py::arg_v("criterion", CutCriterion{}, "CutCriterion()"),
             py::arg("give_up") = 0.0, py::arg("is_judged") = py::none(), py::arg("n_threads") = 1,
             py::arg("progress") = py::none());
  module.def("tree_cut_curve", &tree_cut_curve_of, py::arg("dendrogram"), py::arg("n_merges"),
             py::arg_v("criterion", CutCriterion{}, "CutCriterion()"));
}

}  // namespace
}  // namespace samestory::bindings

void register_clustering(py::module_& module) {
  using namespace samestory::bindings;
  bind_dendrogram(module);
  bind_cut(module);
  bind_branches(module);
  module.def("joined_columns", &joined_columns_of, py::arg("counts"), py::arg("target"),
             py::arg("n_targets"), py::arg("n_threads") = 1);
  module.def("weighed_fields", &weighed_fields_of, py::arg("left"), py::arg("right"),
             py::arg("left_idf"), py::arg("right_idf"), py::arg("left_scale"),
             py::arg("right_scale"), py::arg("single"), py::arg("n_threads") = 1);
  module.def("row_hashes", &row_hashes_of, py::arg("counts"), py::arg("n_threads") = 1);
  module.def("strongest_neighbors", &strongest_neighbors_of, py::arg("graph"),
             py::arg("n_neighbors"), py::arg("n_threads") = 1, py::arg("days") = py::none(),
             py::arg("scale") = 1.0, py::arg("floor") = 1.0);
  module.def("smooth_rows", &smoothed_rows, py::arg("rows"), py::arg("weights"),
             py::arg("n_threads") = 1, py::arg("progress") = py::none());
  module.def("candidate_pairs", &candidate_pairs_of, py::arg("rows"), py::arg("graph"),
             py::arg("n_candidates"), py::arg("n_threads") = 1);
  module.def("narrowed_pairs", &narrowed_pairs_of, py::arg("pairs"), py::arg("graph"),
             py::arg("n_candidates"), py::arg("n_threads") = 1);
  module.def("average_linkage", &average_linkage_of, py::arg("graph"), py::arg("n_threads") = 1);
  module.def("forest_linkage", &forest_linkage_of, py::arg("rows"), py::arg("pairs"),
             py::arg("min_similarity") = 0.0, py::arg("must_link") = py::none(),
             py::arg("cannot_link") = py::none(),
             py::arg("slack") = std::numeric_limits<double>::infinity(), py::arg("min_pair") = 0.0,
             py::arg("n_threads") = 1, py::arg("progress") = py::none());
  module.def("connected_components", &components_of, py::arg("graph"), py::arg("n_threads") = 1);
  module.def("leiden", &leiden_of, py::arg("graph"), py::arg("objective"), py::arg("resolution"),
             py::arg("seed"), py::arg("n_runs"), py::arg("max_iterations"),
             py::arg("n_threads") = 1);
}
