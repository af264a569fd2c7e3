// The recipe: rows to stories.
#include <pybind11/stl.h>

#include <optional>
#include <utility>
#include <vector>

#include "arrays.hpp"
#include "control.hpp"
#include "register.hpp"
#include "row_pairs.hpp"
#include "samestory/stories.hpp"

namespace py = pybind11;

namespace samestory::bindings {
namespace {

template <class Value>
using Array = py::array_t<Value, py::array::c_style | py::array::forcecast>;
template <class Value>
using Given = std::optional<Array<Value>>;

template <class Value>
std::span<const Value> span_of(const Given<Value>& array) {
  if (!array) return {};
  return {array->data(), static_cast<std::size_t>(array->size())};
}

py::dict to_dict(GroupedTexts&& found) {
  py::dict parts;
  parts["rows"] = found.rows ? py::object(to_python(std::move(*found.rows))) : py::none();
  parts["graph"] = to_python(std::move(found.graph));
  parts["weights"] = to_python(std::move(found.weights));
  parts["smoothed"] = to_python(std::move(found.smoothed));
  parts["pairs"] = to_python(std::move(found.pairs));
  parts["tree"] = std::move(found.tree);
  return parts;
}

/// Whole weights, a row of vectors for each word, shares.
using MeaningArrays = std::tuple<py::object, Array<std::int8_t>, Array<double>>;

Meanings meanings_of(const MeaningArrays& arrays) {
  const auto& [weights, vectors, shares] = arrays;
  const CsrArgument checked(weights, "weights");
  const auto& view = checked.as<double>();
  Meanings meanings;
  meanings.weights = {view.n_rows,
                      view.n_columns,
                      {view.offsets.begin(), view.offsets.end()},
                      {view.columns.begin(), view.columns.end()},
                      {view.values.begin(), view.values.end()}};
  meanings.vectors.assign(vectors.data(), vectors.data() + vectors.size());
  meanings.n_dimensions = vectors.ndim() == 2 ? vectors.shape(1) : 0;
  meanings.shares.assign(shares.data(), shares.data() + shares.size());
  if (vectors.ndim() != 2 || vectors.shape(0) != view.n_columns) {
    throw py::value_error("vectors have to have a row for each of the words");
  }
  return meanings;
}

py::dict group_texts_of(const py::object& rows, const StoryOptions& options,
                        const Given<std::int64_t>& n_words, const Given<double>& least_similarity,
                        const Given<double>& days, const Given<double>& times,
                        const Given<double>& remitted, const Given<double>& least_next,
                        const py::object& must_link, const py::object& cannot_link,
                        const std::optional<MeaningArrays>& meanings, int n_threads,
                        const py::object& progress) {
  const auto control = make_control(n_threads, progress);
  const CsrArgument checked(rows, "rows");
  const auto must = row_pairs(must_link, checked.n_rows(), "must_link");
  const auto cannot = row_pairs(cannot_link, checked.n_rows(), "cannot_link");
  const auto meaning = meanings ? std::optional(meanings_of(*meanings)) : std::nullopt;
  const TextFacts facts{span_of(n_words),
                        span_of(least_similarity),
                        span_of(days),
                        span_of(times),
                        span_of(remitted),
                        span_of(least_next),
                        must,
                        cannot,
                        meaning ? &*meaning : nullptr};
  return to_dict(checked.visit([&](const auto& view) {
    const py::gil_scoped_release release;
    return group_texts(view, facts, options, control);
  }));
}

}  // namespace
}  // namespace samestory::bindings

void register_stories(py::module_& module) {
  using namespace samestory::bindings;
  using samestory::ByLength, samestory::MergeSearch, samestory::StoryOptions;
  py::class_<ByLength>(module, "ByLength", "A number that depends on how long texts are.")
      .def(py::init<double, double>(), py::arg("of_short"), py::arg("of_long"))
      .def_readwrite("of_short", &ByLength::of_short)
      .def_readwrite("of_long", &ByLength::of_long);
  py::class_<MergeSearch>(module, "MergeSearch", "How thoroughly a dendrogram is built.")
      .def_readwrite("n_candidates", &MergeSearch::n_candidates)
      .def_readwrite("min_similarity", &MergeSearch::min_similarity)
      .def_readwrite("slack", &MergeSearch::slack)
      .def_readwrite("min_pair", &MergeSearch::min_pair);
  py::class_<StoryOptions>(module, "StoryOptions", "The constants between rows and stories.")
      .def(py::init<>())
      .def(py::init<const StoryOptions&>(), py::arg("other"))
      .def_readwrite("short_words", &StoryOptions::short_words)
      .def_readwrite("long_words", &StoryOptions::long_words)
      .def_readwrite("n_neighbors", &StoryOptions::n_neighbors)
      .def_readwrite("max_gap", &StoryOptions::max_gap)
      .def_readwrite("list_bytes", &StoryOptions::list_bytes)
      .def_readwrite("smoothing", &StoryOptions::smoothing)
      .def_readwrite("fading_days", &StoryOptions::fading_days)
      .def_readwrite("fading_floor", &StoryOptions::fading_floor)
      .def_readwrite("of_few", &StoryOptions::of_few)
      .def_readwrite("of_some", &StoryOptions::of_some)
      .def_readwrite("of_many", &StoryOptions::of_many)
      .def_readwrite("some_texts", &StoryOptions::some_texts)
      .def_readwrite("many_texts", &StoryOptions::many_texts)
      .def_readwrite("worth", &StoryOptions::worth)
      .def_readwrite("growth", &StoryOptions::growth)
      .def_readwrite("price", &StoryOptions::price)
      .def("shortness", &StoryOptions::shortness, py::arg("n_words"))
      .def("search_for", &StoryOptions::search_for, py::arg("n_texts"));
  module.def("group_texts", &group_texts_of, py::arg("rows"), py::arg("options"), py::kw_only(),
             py::arg("n_words") = py::none(), py::arg("least_similarity") = py::none(),
             py::arg("days") = py::none(), py::arg("times") = py::none(),
             py::arg("remitted") = py::none(), py::arg("least_next") = py::none(),
             py::arg("must_link") = py::none(), py::arg("cannot_link") = py::none(),
             py::arg("meanings") = py::none(), py::arg("n_threads") = 1,
             py::arg("progress") = py::none(),
             "Rows to stories: graph, weights, smoothed rows, pairs and the dendrogram.");
}
