#pragma once

#include <pybind11/pybind11.h>

#include <memory>
#include <vector>

#include "text/arrow_texts.hpp"

namespace samestory::bindings {

namespace py = pybind11;

/// A string column behind the Arrow PyCapsule interface (pyarrow, polars, pandas, ...), read where
/// it lies and kept alive.
class ArrowTexts {
 public:
  /// Imports `column.__arrow_c_stream__()` or `__arrow_c_array__()`. Throws TypeError for a column
  /// that holds no text, std::invalid_argument for one that is broken.
  explicit ArrowTexts(const py::object& column);
  ~ArrowTexts();
  ArrowTexts(const ArrowTexts&) = delete;
  ArrowTexts& operator=(const ArrowTexts&) = delete;

  const std::vector<Document>& documents() const { return texts_.documents; }
  /// The first row without a text, or -1.
  std::int64_t first_null() const { return texts_.first_null; }

 private:
  struct Imported;
  void read_stream(const py::object& column);
  void read_array(const py::object& column);

  std::unique_ptr<Imported> imported_;
  ArrowColumnTexts texts_;
};

}  // namespace samestory::bindings
