// Unicode as the running Python has it, classes of characters, and rows normalized in place.
#include <pybind11/numpy.h>
#include <pybind11/stl.h>

#include <span>
#include <tuple>
#include <utility>
#include <vector>

#include "arrays.hpp"
#include "control.hpp"
#include "documents.hpp"
#include "register.hpp"
#include "support/csr_check.hpp"
#include "text/character_classes.hpp"
#include "text/unicode.hpp"
#include "text/weighting.hpp"

namespace py = pybind11;

namespace samestory::bindings {
namespace {

constexpr std::uint32_t kEnd = 0x110000;

std::uint32_t running_flags(Py_UCS4 code) {
  using namespace code_point_flags;
  return (Py_UNICODE_ISALNUM(code) || code == '_' ? word : 0u) |
         (Py_UNICODE_ISSPACE(code) ? space : 0u) | (Py_UNICODE_ISPRINTABLE(code) ? printable : 0u);
}

/// Where the interpreter's own tables differ from the core's in what can be asked of them quickly.
std::vector<std::uint32_t> differing_code_points() {
  using namespace code_point_flags;
  const auto tables = unicode_tables();
  std::vector<std::uint32_t> codes;
  for (std::uint32_t code = 0; code < kEnd; ++code) {
    const auto point = (*tables)[code];
    const auto flags = point.packed & (word | space | printable);
    const bool multiple = code == 0x130;  // lowers to two characters, which no table here holds
    const bool same_lower = multiple || tables->lower(code) == Py_UNICODE_TOLOWER(code);
    if (flags != running_flags(code) || !same_lower) codes.push_back(code);
  }
  return codes;
}

/// Those that no program shows: unassigned ones, and the format characters among which versions of
/// Unicode differ in what only their category tells.
std::vector<std::pair<std::uint32_t, bool>> unprintable_code_points() {
  const auto tables = unicode_tables();
  std::vector<std::pair<std::uint32_t, bool>> codes;
  for (std::uint32_t code = 0; code < 0xE1000; ++code) {
    if (code == 0xD800) code = 0xF900;    // surrogates and private use
    if (code == 0x20000) code = 0xE0000;  // ideographs, and planes without anything
    if (!Py_UNICODE_ISPRINTABLE(code)) {
      codes.emplace_back(code, (*tables)[code].is(code_point_flags::ignorable));
    }
  }
  return codes;
}

using CodePoints = std::vector<std::uint32_t>;  // a string may hold unpaired surrogates
using Change = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t, CodePoints>;

void set_changes(const std::vector<Change>& changes) {
  std::vector<CodePointChange> converted;
  for (const auto& [code, flags, lower, stripped] : changes)
    converted.push_back({code, flags, lower, {stripped.begin(), stripped.end()}});
  set_unicode_changes(converted);
}

/// The core's own view of a code point, for tests: (flags, lowercase, without accents).
std::tuple<std::uint32_t, std::uint32_t, CodePoints> code_point(std::uint32_t code) {
  using namespace code_point_flags;
  const auto tables = unicode_tables();
  std::u32string stripped;
  tables->append_stripped(code, stripped);
  const auto shown = word | space | cased | ignorable | letter | printable;
  return {(*tables)[code].packed & shown, tables->lower(code),
          CodePoints(stripped.begin(), stripped.end())};
}

CharacterClasses make_classes(const py::array_t<std::uint8_t, py::array::c_style>& table) {
  return CharacterClasses({table.data(), static_cast<std::size_t>(table.size())});
}

int classes_of(const CharacterClasses& classes, const py::str& text) {
  DocumentBatch batch;
  batch.append(text, false);
  return classes.of(batch.documents()[0]);
}

py::array_t<std::uint8_t> classes_of_all(const CharacterClasses& classes,
                                         const DocumentBatch& batch, int n_threads) {
  const auto control = make_control(n_threads);
  std::vector<std::uint8_t> found;
  {
    const py::gil_scoped_release release;
    found = classes.of(batch.documents(), control);
  }
  return to_numpy(std::move(found));
}

template <class Value, class Offset>
void normalize(py::array values, const py::array& offsets, const std::string& norm,
               const Control& control) {
  const std::span<Value> data(static_cast<Value*>(values.mutable_data()),
                              static_cast<std::size_t>(values.size()));
  const std::span<const Offset> ends(static_cast<const Offset*>(offsets.data()),
                                     static_cast<std::size_t>(offsets.size()));
  const py::gil_scoped_release release;
  check_offsets(ends, std::ssize(ends) - 1, data.size(), MajorAxis::rows, "offsets");
  normalize_rows(data, ends, norm == "l1" ? Norm::l1 : Norm::l2, control);
}

template <class Value>
bool holds(const py::array& array) {
  return array.dtype().equal(py::dtype::of<Value>()) && array.ndim() == 1 &&
         (array.flags() & py::array::c_style) != 0 &&
         reinterpret_cast<std::uintptr_t>(array.data()) % alignof(Value) == 0;
}

void normalize_any(const py::array& values, const py::array& offsets, const std::string& norm,
                   int n_threads) {
  const auto control = make_control(n_threads);
  const bool wide = holds<std::int64_t>(offsets);
  if (!wide && !holds<std::int32_t>(offsets)) {
    throw py::type_error("offsets have to be a contiguous array of int32 or int64");
  }
  if (holds<double>(values)) {
    wide ? normalize<double, std::int64_t>(values, offsets, norm, control)
         : normalize<double, std::int32_t>(values, offsets, norm, control);
  } else if (holds<float>(values)) {
    wide ? normalize<float, std::int64_t>(values, offsets, norm, control)
         : normalize<float, std::int32_t>(values, offsets, norm, control);
  } else {
    throw py::type_error("values have to be a contiguous array of float32 or float64");
  }
}

}  // namespace
}  // namespace samestory::bindings

void register_unicode(py::module_& module) {
  using namespace samestory::bindings;
  using samestory::CharacterClasses;
  py::class_<CharacterClasses>(module, "CharacterClasses",
                               "Which of up to eight classes the characters of a text are of.")
      .def(py::init(&make_classes), py::arg("table"))
      .def("of", &classes_of, py::arg("text"), "The classes in a text, a bit each.")
      .def("of_all", &classes_of_all, py::arg("documents"), py::arg("n_threads") = 1,
           "The classes in each text, a bit each.");
  module.def("unicode_version", &samestory::unicode_version,
             "The Unicode version of the core's own tables.");
  module.def("differing_code_points", &differing_code_points,
             "Code points of which the running Python has other properties.");
  module.def("unprintable_code_points", &unprintable_code_points,
             "(code point, case-ignorable) of what is unassigned or controls the format.");
  module.def("set_unicode_changes", &set_changes, py::arg("changes"),
             "Make the tables agree with (code, flags, lowercase, without accents).");
  module.def("code_point", &code_point, py::arg("code"),
             "(flags, lowercase, without accents) of a code point, as the core has it.");
  module.def("normalize_rows", &normalize_any, py::arg("values"), py::arg("offsets"),
             py::arg("norm"), py::arg("n_threads") = 1,
             "Divide the rows of a CSR matrix by their norms, in place.");
}
