// What texts take from each other: shared shingles, and the passages of a pair.
#include <pybind11/stl.h>

#include "arrays.hpp"
#include "control.hpp"
#include "documents.hpp"
#include "register.hpp"
#include "samestory/text_reuse.hpp"

namespace samestory::bindings {
namespace {

using Pairs = py::array_t<std::int64_t, py::array::c_style>;

py::tuple find_shingle_rows(const DocumentBatch& batch, int length, int n_threads,
                            const py::object& progress) {
  const auto control = make_control(n_threads, progress);
  ShingleRows found;
  {
    const py::gil_scoped_release release;
    found = shingle_rows(batch.documents(), length, control);
  }
  return py::make_tuple(to_python(std::move(found.rows)), to_numpy(std::move(found.n_shingles)));
}

std::vector<std::pair<std::int64_t, std::int64_t>> pair_list(const Pairs& pairs) {
  if (pairs.ndim() != 2 || pairs.shape(1) != 2) {
    throw py::value_error("pairs has to have two columns");
  }
  const auto cells = pairs.unchecked<2>();
  std::vector<std::pair<std::int64_t, std::int64_t>> list;
  for (py::ssize_t i = 0; i < pairs.shape(0); ++i)
    list.emplace_back(cells(i, 0), cells(i, 1));
  return list;
}

/// One row a passage: pair, begin and end in the first text, in the second, words.
py::array_t<std::int64_t> find_shared_passages(const DocumentBatch& batch, const Pairs& pairs,
                                               int length, int n_threads,
                                               const py::object& progress) {
  const auto control = make_control(n_threads, progress);
  const auto list = pair_list(pairs);
  std::vector<SharedPassage> passages;
  {
    const py::gil_scoped_release release;
    passages = shared_passages(batch.documents(), list, length, control);
  }
  py::array_t<std::int64_t> rows({static_cast<py::ssize_t>(passages.size()), py::ssize_t{6}});
  auto* cell = rows.mutable_data();
  for (const auto& one : passages) {
    for (const auto value :
         {one.pair, one.begin_first, one.end_first, one.begin_second, one.end_second, one.n_words})
      *cell++ = value;
  }
  return rows;
}

}  // namespace
}  // namespace samestory::bindings

void register_reuse(pybind11::module_& module) {
  namespace py = pybind11;
  using namespace samestory::bindings;
  module.def("shingle_rows", &find_shingle_rows, py::arg("documents"), py::arg("length"),
             py::kw_only(), py::arg("n_threads") = 1, py::arg("progress") = py::none(),
             "(data, indices, indptr, shape) of the shingles of two texts or more, and how many "
             "distinct ones each text has.");
  module.def("shared_passages", &find_shared_passages, py::arg("documents"), py::arg("pairs"),
             py::arg("length"), py::kw_only(), py::arg("n_threads") = 1,
             py::arg("progress") = py::none(),
             "A row a passage: pair, begin and end in the first text, in the second, words.");
}
