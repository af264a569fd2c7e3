// Which language a text is in.
#include <pybind11/pybind11.h>

#include <memory>

#include "arrays.hpp"
#include "control.hpp"
#include "documents.hpp"
#include "register.hpp"
#include "samestory/language.hpp"

namespace samestory::bindings {
namespace {

template <class Value>
using Column = py::array_t<Value, py::array::c_style | py::array::forcecast>;

template <class Value>
std::span<const Value> span_of(const Column<Value>& column) {
  return {column.data(), static_cast<std::size_t>(column.size())};
}

std::unique_ptr<LanguageIdentifier> make_identifier(const Column<std::uint64_t>& trigrams,
                                                    const Column<std::int64_t>& offsets,
                                                    const Column<std::uint8_t>& languages,
                                                    const Column<std::uint8_t>& weights,
                                                    const Column<std::int32_t>& handicaps,
                                                    const Column<std::uint32_t>& scripts,
                                                    const Column<std::int32_t>& families) {
  return std::make_unique<LanguageIdentifier>(
      LanguageTable{span_of(trigrams), span_of(offsets), span_of(languages), span_of(weights),
                    span_of(handicaps), span_of(scripts), span_of(families)});
}

py::tuple identify(const LanguageIdentifier& identifier, const DocumentBatch& batch,
                   int n_threads) {
  const auto control = make_control(n_threads);
  LanguageIdentifier::Found found;
  {
    const py::gil_scoped_release release;
    found = identifier.identify(batch.documents(), control);
  }
  return py::make_tuple(to_numpy(std::move(found.language)), to_numpy(std::move(found.lead)));
}

}  // namespace
}  // namespace samestory::bindings

void register_language(pybind11::module_& module) {
  using namespace samestory;
  using namespace samestory::bindings;
  namespace py = pybind11;

  py::class_<LanguageIdentifier>(module, "LanguageIdentifier", "The language of a text.")
      .def(py::init(&make_identifier), py::arg("trigrams"), py::arg("offsets"),
           py::arg("languages"), py::arg("weights"), py::arg("handicaps"), py::arg("scripts"),
           py::arg("families"))
      .def("identify", &identify, py::arg("documents"), py::arg("n_threads") = 1,
           "The language of each text, -1 where no letter tells, and its lead.");
}
