// The exact similarity join, whole and in blocks.
#include <pybind11/stl.h>

#include <memory>
#include <variant>

#include "arrays.hpp"
#include "control.hpp"
#include "register.hpp"
#include "samestory/similarity_join.hpp"

namespace samestory::bindings {
namespace {

using Times = py::array_t<double, py::array::c_style>;

std::span<const double> span_of(const std::optional<Times>& times) {
  if (!times) return {};
  return {times->data(), static_cast<std::size_t>(times->size())};
}

/// What a join keeps, as Python holds it: with the arrays of times alive.
struct JoinRequest {
  std::optional<double> threshold;
  std::optional<std::int64_t> top_n;
  std::optional<Times> times;
  std::optional<Times> times_y;
  std::optional<double> max_gap;
  std::optional<double> half_life;
  bool normalize = true;
  bool triangle = false;

  JoinOptions options() const {
    return {threshold, top_n,     span_of(times), span_of(times_y),
            max_gap,   half_life, normalize,      triangle};
  }
};

/// A prepared join that keeps its matrices alive.
class PyJoiner {
 public:
  PyJoiner(const py::object& x, const py::object& y, JoinRequest request, const JoinTuning& tuning,
           int n_threads, const py::object& progress)
      : x_(x, "X"), request_(std::move(request)), n_threads_(n_threads), progress_(progress) {
    if (!y.is_none()) y_ = std::make_unique<CsrArgument>(y, "Y");
    const auto control = make_control(n_threads, progress);
    x_.visit([&](const auto& view) {
      using Value = typename std::remove_cvref_t<decltype(view.values)>::value_type;
      const auto* other = y_ ? &y_->as<Value>() : nullptr;
      const auto options = request_.options();
      const py::gil_scoped_release release;
      if (other != nullptr) {
        joiner_ = std::make_unique<SimilarityJoiner<Value>>(view, *other, options, control, tuning);
      } else {
        joiner_ = std::make_unique<SimilarityJoiner<Value>>(view, options, control, tuning);
      }
    });
  }

  JoinMemory memory() const {
    return std::visit([](const auto& joiner) { return joiner->memory(); }, joiner_);
  }
  py::tuple all(std::int64_t list_bytes) const {
    return run([&](const auto& joiner, const Control& control) {
      return joiner.all(control, list_bytes);
    });
  }
  py::tuple rows(const std::vector<std::int64_t>& wanted) const {
    return run(
        [&](const auto& joiner, const Control& control) { return joiner.rows(wanted, control); });
  }
  py::tuple pairs(std::int64_t begin, std::int64_t end) const {
    return run([&](const auto& joiner, const Control& control) {
      return joiner.pairs(begin, end, control);
    });
  }

 private:
  template <class Value>
  static py::tuple to_result(CsrMatrix<Value>&& matrix) {
    return to_python(std::move(matrix));
  }
  template <class Value>
  static py::tuple to_result(JoinEdges<Value>&& edges) {
    return py::make_tuple(to_numpy(std::move(edges.rows)), to_numpy(std::move(edges.columns)),
                          to_numpy(std::move(edges.similarities)));
  }

  template <class Work>
  py::tuple run(Work&& work) const {
    const auto control = make_control(n_threads_, progress_);
    return std::visit(
        [&](const auto& joiner) {
          auto result = [&] {
            const py::gil_scoped_release release;
            return work(*joiner, control);
          }();
          return to_result(std::move(result));
        },
        joiner_);
  }

  CsrArgument x_;
  std::unique_ptr<CsrArgument> y_;
  JoinRequest request_;
  int n_threads_;
  py::object progress_;
  std::variant<std::unique_ptr<SimilarityJoiner<double>>, std::unique_ptr<SimilarityJoiner<float>>>
      joiner_;
};

}  // namespace
}  // namespace samestory::bindings

void register_similarity(pybind11::module_& module) {
  namespace py = pybind11;
  using namespace samestory;
  using namespace samestory::bindings;
  py::class_<JoinTuning>(module, "JoinTuning", "Sizes that no result depends on; for tests.")
      .def(py::init<>())
      .def_readwrite("tile_rows", &JoinTuning::tile_rows)
      .def_readwrite("chunk_rows", &JoinTuning::chunk_rows)
      .def_readwrite("dense_share", &JoinTuning::dense_share)
      .def_readwrite("cut_share_threshold", &JoinTuning::cut_share_threshold)
      .def_readwrite("cut_share_top_n", &JoinTuning::cut_share_top_n);
  py::class_<JoinMemory>(module, "JoinMemory", "Bytes that a join takes beside its result.")
      .def_readonly("held", &JoinMemory::held)
      .def_readonly("per_thread", &JoinMemory::per_thread)
      .def_readonly("lists", &JoinMemory::lists);
  py::class_<PyJoiner>(module, "SimilarityJoiner", "A join prepared once, computed in blocks.")
      .def(py::init([](const py::object& x, const py::object& y, std::optional<double> threshold,
                       std::optional<std::int64_t> top_n, std::optional<Times> times,
                       std::optional<Times> times_y, std::optional<double> max_gap,
                       std::optional<double> half_life, bool normalize, bool triangle,
                       const JoinTuning& tuning, int n_threads, const py::object& progress) {
             return std::make_unique<PyJoiner>(
                 x, y,
                 JoinRequest{threshold, top_n, std::move(times), std::move(times_y), max_gap,
                             half_life, normalize, triangle},
                 tuning, n_threads, progress);
           }),
           py::arg("x"), py::arg("y").none(true), py::kw_only(), py::arg("threshold") = py::none(),
           py::arg("top_n") = py::none(), py::arg("times") = py::none(),
           py::arg("times_y") = py::none(), py::arg("max_gap") = py::none(),
           py::arg("half_life") = py::none(), py::arg("normalize") = true,
           py::arg("triangle") = false, py::arg_v("tuning", JoinTuning{}, "JoinTuning()"),
           py::arg("n_threads") = 1, py::arg("progress") = py::none())
      .def("memory", &PyJoiner::memory, "Bytes that it takes beside the result.")
      .def("all", &PyJoiner::all, py::arg("list_bytes") = SimilarityJoiner<double>::kListBytes,
           "(data, indices, indptr, shape) of the whole result; lists of all rows at once where "
           "they take no more than `list_bytes`.")
      .def("rows", &PyJoiner::rows, py::arg("wanted"), "Some rows of the result.")
      .def("pairs", &PyJoiner::pairs, py::arg("begin"), py::arg("end"),
           "(i, j, similarity) with i < j, for a block of a symmetric join's own order.");
}
