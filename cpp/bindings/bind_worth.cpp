// The worth of a dendrogram's branches, and the dendrogram over granularity.
#include <pybind11/stl.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "arrays.hpp"
#include "register.hpp"
#include "row_pairs.hpp"
#include "samestory/stories.hpp"
#include "samestory/worth.hpp"

namespace py = pybind11;

namespace samestory::bindings {
namespace {

template <class Value>
using Array = py::array_t<Value, py::array::c_style | py::array::forcecast>;

template <class Value>
std::span<const Value> span_of(const Array<Value>& array) {
  return {array.data(), static_cast<std::size_t>(array.size())};
}

/// A linkage matrix whose rows join two different nodes that stand before them, each once.
Linkage linkage_of(const Array<double>& array, std::int64_t n_leaves) {
  if (array.ndim() != 2 || array.shape(1) != 4) {
    throw py::value_error("linkage has to have the shape (m, 4)");
  }
  Linkage linkage(static_cast<std::size_t>(array.shape(0)));
  std::vector<char> is_used(static_cast<std::size_t>(n_leaves) + linkage.size(), 0);
  for (std::size_t k = 0; k < linkage.size(); ++k) {
    const auto* row = array.data() + 4 * k;
    linkage[k] = {row[0], row[1], row[2], row[3]};
    const double n_before = static_cast<double>(n_leaves) + static_cast<double>(k);
    for (const auto node : {row[0], row[1]}) {
      if (!(node >= 0 && node < n_before) || is_used[static_cast<std::size_t>(node)]++) {
        throw py::value_error("linkage: row " + std::to_string(k) +
                              " has to join two nodes that stand before it and are not joined yet");
      }
    }
    if (!std::isfinite(row[2])) {
      throw py::value_error("linkage: row " + std::to_string(k) + " has no finite distance");
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

StoryTree story_tree_of(const Array<double>& linkage, const Array<double>& n_articles,
                        const Array<double>& days, const Array<double>& growth,
                        const Array<double>& price, const std::optional<Array<std::int64_t>>& group,
                        const std::optional<Array<double>>& remitted,
                        const std::optional<Array<double>>& least_next,
                        const std::optional<Array<double>>& compared, const WorthOptions& options) {
  const auto rows = linkage_of(linkage, n_articles.size());
  const Leaves leaves{span_of(n_articles),
                      span_of(days),
                      span_of(growth),
                      span_of(price),
                      group ? span_of(*group) : std::span<const std::int64_t>{},
                      remitted ? span_of(*remitted) : std::span<const double>{},
                      least_next ? span_of(*least_next) : std::span<const double>{},
                      compared ? span_of(*compared) : std::span<const double>{}};
  const py::gil_scoped_release release;
  return story_tree(rows, leaves, options);
}

py::array_t<std::int64_t> labels_of(const Array<double>& linkage,
                                    const Array<std::int64_t>& text_of_article,
                                    std::int64_t n_texts, double granularity,
                                    const py::object& cannot_link) {
  if (n_texts < 0 || n_texts > std::numeric_limits<std::int32_t>::max()) {
    throw py::value_error("n_texts has to be from 0 to 2**31 - 1, not " + std::to_string(n_texts));
  }
  const auto rows = linkage_of(linkage, n_texts);
  const auto apart = row_pairs(cannot_link, n_texts, "cannot_link");
  const auto texts = span_of(text_of_article);
  if (std::any_of(texts.begin(), texts.end(), [&](auto text) { return text >= n_texts; })) {
    throw py::value_error("text_of_article has to name texts below " + std::to_string(n_texts));
  }
  return to_numpy([&] {
    const py::gil_scoped_release release;
    return labels_of_articles(story_labels(rows, n_texts, apart, granularity), texts);
  }());
}

}  // namespace
}  // namespace samestory::bindings

void register_worth(py::module_& module) {
  using namespace samestory::bindings;
  using samestory::Branches, samestory::StoryTree, samestory::WorthOptions;
  const auto of_nodes = [](auto member) {
    return [member](const StoryTree& tree) {
      auto copy = tree.branches.*member;
      return to_numpy(std::move(copy));
    };
  };
  const auto flags = [](auto member) {
    return [member](const StoryTree& tree) {
      const auto& values = tree.branches.*member;
      py::array_t<bool> array(static_cast<py::ssize_t>(values.size()));
      std::copy(values.begin(), values.end(), array.mutable_data());
      return array;
    };
  };
  py::class_<WorthOptions>(module, "WorthOptions", "The constants of a branch's worth.")
      .def(py::init<>())
      .def_readwrite("large", &WorthOptions::large)
      .def_readwrite("at_once_days", &WorthOptions::at_once_days)
      .def_readwrite("silence", &WorthOptions::silence)
      .def_readwrite("silence_days", &WorthOptions::silence_days)
      .def_readwrite("unknown_silence", &WorthOptions::unknown_silence)
      .def_readwrite("next_days", &WorthOptions::next_days)
      .def_readwrite("next_floor", &WorthOptions::next_floor)
      .def_readwrite("chance", &WorthOptions::chance)
      .def_readwrite("least_room", &WorthOptions::least_room);
  py::class_<StoryTree>(module, "StoryTree", "The dendrogram over granularity.")
      .def_property_readonly("linkage",
                             [](const StoryTree& tree) { return to_array(tree.linkage); })
      .def_property_readonly("similarity",
                             [](const StoryTree& tree) {
                               auto copy = tree.similarity;
                               return to_numpy(std::move(copy));
                             })
      .def_property_readonly("n_texts", of_nodes(&Branches::n_texts))
      .def_property_readonly("n_articles", of_nodes(&Branches::n_articles))
      .def_property_readonly("within", of_nodes(&Branches::within))
      .def_property_readonly("next", of_nodes(&Branches::next))
      .def_property_readonly("silhouette", of_nodes(&Branches::silhouette))
      .def_property_readonly("silence", of_nodes(&Branches::silence))
      .def_property_readonly("worth", of_nodes(&Branches::worth))
      .def_property_readonly("price", of_nodes(&Branches::price))
      .def_property_readonly("is_leaf", flags(&Branches::is_leaf))
      .def_property_readonly("is_part", flags(&Branches::is_part));
  module.def("story_tree", &story_tree_of, py::arg("linkage"), py::arg("n_articles"),
             py::arg("days"), py::arg("growth"), py::arg("price"), py::arg("group") = py::none(),
             py::arg("remitted") = py::none(), py::arg("least_next") = py::none(),
             py::arg("compared") = py::none(),
             py::arg_v("options", WorthOptions{}, "WorthOptions()"));
  module.def("story_labels", &labels_of, py::arg("linkage"), py::arg("text_of_article"),
             py::arg("n_texts"), py::arg("granularity"), py::arg("cannot_link") = py::none(),
             "Labels of articles at a granularity: 0 the largest story, -1 an article of no text.");
  module.def("granularity_of", &samestory::granularity_of, py::arg("factor"));
}
