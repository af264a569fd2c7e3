// Clustering: from rows and a similarity graph to a dendrogram and labels.
#include <pybind11/stl.h>

#include "arrays.hpp"
#include "control.hpp"
#include "register.hpp"
#include "samestory/average_linkage.hpp"
#include "samestory/candidates.hpp"
#include "samestory/dendrogram.hpp"
#include "samestory/smoothing.hpp"

namespace samestory::bindings {
namespace {

/// Runs `work(view)` without the lock on a matrix of either dtype and hands a CSR out.
template <class Work>
py::tuple csr_to_csr(const CsrArgument& argument, const Work& work) {
  return argument.visit([&](const auto& view) {
    auto result = [&] {
      const py::gil_scoped_release release;
      return work(view);
    }();
    return to_python(std::move(result));
  });
}

template <class View>
using ValueOf = typename std::remove_cvref_t<decltype(View::values)>::value_type;


py::tuple py_strongest_neighbors(const py::object& graph, std::int64_t n_neighbors, int n_threads) {
  const CsrArgument argument(graph, "graph");
  const auto control = make_control(n_threads);
  return csr_to_csr(argument, [&](const auto& view) {
    return strongest_neighbors(view, n_neighbors, control);
  });
}

py::tuple py_smooth_rows(const py::object& rows, const py::object& weights, int n_threads) {
  const CsrArgument row_argument(rows, "rows");
  const CsrArgument weight_argument(weights, "weights");
  const auto control = make_control(n_threads);
  return row_argument.visit([&](const auto& view) {
    using Value = std::remove_const_t<typename decltype(view.values)::element_type>;
    const auto& weight_view = weight_argument.as<Value>();
    auto result = [&] {
      const py::gil_scoped_release release;
      return smooth_rows(view, weight_view, control);
    }();
    return to_python(std::move(result));
  });
}

py::tuple py_candidate_pairs(const py::object& rows, const py::object& graph,
                             const py::object& weights, std::int64_t n_candidates, int n_threads) {
  const CsrArgument row_argument(rows, "rows");
  const CsrArgument graph_argument(graph, "graph");
  const CsrArgument weight_argument(weights, "weights");
  const auto control = make_control(n_threads);
  return row_argument.visit([&](const auto& view) {
    using Value = std::remove_const_t<typename decltype(view.values)::element_type>;
    const auto& graph_view = graph_argument.as<Value>();
    const auto& weight_view = weight_argument.as<Value>();
    auto result = [&] {
      const py::gil_scoped_release release;
      return candidate_pairs(view, graph_view, weight_view, n_candidates, control);
    }();
    return to_python(std::move(result));
  });
}

py::tuple py_pair_similarities(const py::object& rows, const py::object& pairs, int n_threads) {
  const CsrArgument row_argument(rows, "rows");
  const CsrArgument pair_argument(pairs, "pairs");
  const auto control = make_control(n_threads);
  return row_argument.visit([&](const auto& view) {
    using Value = std::remove_const_t<typename decltype(view.values)::element_type>;
    const auto& pair_view = pair_argument.as<Value>();
    auto result = [&] {
      const py::gil_scoped_release release;
      return pair_similarities(view, pair_view, control);
    }();
    return to_python(std::move(result));
  });
}

Dendrogram py_average_linkage(const py::object& graph, int n_threads) {
  const CsrArgument argument(graph, "graph");
  const auto control = make_control(n_threads);
  return argument.visit([&](const auto& view) {
    const py::gil_scoped_release release;
    return average_linkage(view, control);
  });
}

Dendrogram py_forest_linkage(const py::object& rows, const py::object& pairs, int n_threads) {
  const CsrArgument row_argument(rows, "rows");
  const CsrArgument pair_argument(pairs, "pairs");
  const auto control = make_control(n_threads);
  return row_argument.visit([&](const auto& view) {
    using Value = std::remove_const_t<typename decltype(view.values)::element_type>;
    const auto& pair_view = pair_argument.as<Value>();
    const py::gil_scoped_release release;
    return forest_linkage(view, pair_view, control);
  });
}

py::array_t<double> linkage_array(const Dendrogram& dendrogram) {
  auto linkage = to_numpy(to_linkage(dendrogram));
  return linkage.reshape({static_cast<py::ssize_t>(linkage.size() / 4), py::ssize_t{4}});
}

void bind_dendrogram(py::module_& module) {
  py::class_<Dendrogram>(module, "Dendrogram")
      .def_readonly("n_rows", &Dendrogram::n_rows)
      .def_property_readonly("n_merges", &Dendrogram::n_merges)
      .def_property_readonly("left", [](const Dendrogram& d) { return to_numpy(std::vector(d.left)); })
      .def_property_readonly("right",
                             [](const Dendrogram& d) { return to_numpy(std::vector(d.right)); })
      .def_property_readonly(
          "similarity", [](const Dendrogram& d) { return to_numpy(std::vector(d.similarity)); })
      .def_property_readonly("size", [](const Dendrogram& d) { return to_numpy(std::vector(d.size)); })
      .def("linkage", &linkage_array)
      .def("merges_at", &merges_at, py::arg("similarity"))
      .def("labels_after", [](const Dendrogram& d, std::int64_t n_merges) {
        return to_numpy(labels_after(d, n_merges));
      });
}

}  // namespace
}  // namespace samestory::bindings

namespace py = pybind11;

void register_clustering(py::module_& module) {
  using namespace samestory::bindings;
  bind_dendrogram(module);
  module.def("strongest_neighbors", &py_strongest_neighbors, py::arg("graph"),
             py::arg("n_neighbors"), py::arg("n_threads") = 0);
  module.def("smooth_rows", &py_smooth_rows, py::arg("rows"), py::arg("weights"),
             py::arg("n_threads") = 0);
  module.def("candidate_pairs", &py_candidate_pairs, py::arg("rows"), py::arg("graph"),
             py::arg("weights"), py::arg("n_candidates"), py::arg("n_threads") = 0);
  module.def("pair_similarities", &py_pair_similarities, py::arg("rows"), py::arg("pairs"),
             py::arg("n_threads") = 0);
  module.def("average_linkage", &py_average_linkage, py::arg("graph"), py::arg("n_threads") = 0);
  module.def("forest_linkage", &py_forest_linkage, py::arg("rows"), py::arg("pairs"),
             py::arg("n_threads") = 0);
}
