#pragma once

#include <pybind11/pybind11.h>

#include <string_view>

namespace samestory::bindings {

/// UTF-8 as this library keeps it, where unpaired surrogates are three bytes, as a Python string.
inline pybind11::str to_str(std::string_view term) {
  PyObject* string =
      PyUnicode_DecodeUTF8(term.data(), static_cast<Py_ssize_t>(term.size()), "surrogatepass");
  if (string == nullptr) throw pybind11::error_already_set();
  return pybind11::reinterpret_steal<pybind11::str>(string);
}

}  // namespace samestory::bindings
