// What views ask of many rows: places in the plane, and what stands out in groups.
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "arrays.hpp"
#include "control.hpp"
#include "register.hpp"
#include "samestory/disc_placement.hpp"
#include "samestory/graph_layout.hpp"
#include "samestory/groups.hpp"

namespace py = pybind11;

namespace samestory::bindings {
namespace {

template <class Value>
using Array = py::array_t<Value, py::array::c_style | py::array::forcecast>;

template <class Value>
std::span<const Value> span_of(const Array<Value>& array) {
  return {array.data(), static_cast<std::size_t>(array.size())};
}

std::vector<Point> points_of(const Array<double>& array, const std::string& name) {
  if (array.ndim() != 2 || array.shape(1) != 2)
    throw std::invalid_argument(name + " has to have two columns, x and y");
  std::vector<Point> points(static_cast<std::size_t>(array.shape(0)));
  for (std::size_t i = 0; i < points.size(); ++i)
    points[i] = {array.data()[2 * i], array.data()[2 * i + 1]};
  return points;
}

py::array_t<double> to_columns(const std::vector<Point>& points) {
  py::array_t<double> array({static_cast<py::ssize_t>(points.size()), py::ssize_t{2}});
  for (std::size_t i = 0; i < points.size(); ++i) {
    array.mutable_data()[2 * i] = points[i].x;
    array.mutable_data()[2 * i + 1] = points[i].y;
  }
  return array;
}

py::array_t<double> graph_layout_of(const py::object& links, const Array<double>& masses,
                                    const Array<double>& start, int n_early, int n_late,
                                    int n_threads, const py::object& progress) {
  const CsrArgument argument(links, "links");
  const auto from = points_of(start, "start");
  const auto control = make_control(n_threads, progress);
  const GraphLayoutOptions options{.n_early = n_early, .n_late = n_late};
  const auto& view = argument.as<double>();
  std::vector<Point> places;
  {
    const py::gil_scoped_release release;
    places = graph_layout(view, span_of(masses), from, options, control);
  }
  return to_columns(places);
}

py::array_t<double> disc_placement_of(const Array<double>& wanted, const Array<double>& radii,
                                      double gap) {
  const auto points = points_of(wanted, "wanted");
  const auto control = make_control(1);
  std::vector<Point> places;
  {
    const py::gil_scoped_release release;
    places = disc_placement(points, span_of(radii), gap, control);
  }
  return to_columns(places);
}

py::array_t<std::int64_t> group_centres_of(const py::object& rows,
                                           const Array<std::int64_t>& members,
                                           const Array<std::int64_t>& starts, int n_threads) {
  const CsrArgument argument(rows, "rows");
  const Groups groups{span_of(members), span_of(starts)};
  const auto control = make_control(n_threads);
  return to_numpy(argument.visit([&](const auto& view) {
    const py::gil_scoped_release release;
    return group_centres(view, groups, control);
  }));
}

py::array_t<std::int32_t> group_columns_of(const py::object& rows,
                                           const Array<std::int64_t>& members,
                                           const Array<std::int64_t>& starts,
                                           const Array<std::uint8_t>& is_left_out, std::int64_t n,
                                           int n_threads) {
  const CsrArgument argument(rows, "rows");
  const Groups groups{span_of(members), span_of(starts)};
  const auto control = make_control(n_threads);
  auto columns = to_numpy(argument.visit([&](const auto& view) {
    const py::gil_scoped_release release;
    return group_columns(view, groups, span_of(is_left_out), n, control);
  }));
  return columns.reshape({groups.size(), n});
}

}  // namespace
}  // namespace samestory::bindings

void register_layout(py::module_& module) {
  using namespace samestory::bindings;
  module.def("graph_layout", &graph_layout_of, py::arg("links"), py::arg("masses"),
             py::arg("start"), py::arg("n_early") = samestory::GraphLayoutOptions{}.n_early,
             py::arg("n_late") = samestory::GraphLayoutOptions{}.n_late, py::arg("n_threads") = 1,
             py::arg("progress") = py::none());
  module.def("disc_placement", &disc_placement_of, py::arg("wanted"), py::arg("radii"),
             py::arg("gap"));
  module.def("group_centres", &group_centres_of, py::arg("rows"), py::arg("members"),
             py::arg("starts"), py::arg("n_threads") = 1);
  module.def("group_columns", &group_columns_of, py::arg("rows"), py::arg("members"),
             py::arg("starts"), py::arg("is_left_out"), py::arg("n"), py::arg("n_threads") = 1);
}
