#pragma once

#include <pybind11/pybind11.h>

#include <memory>
#include <vector>

#include "samestory/document.hpp"

namespace samestory::bindings {

namespace py = pybind11;

/// A string column behind the Arrow PyCapsule interface (pyarrow, polars, pandas, ...), read where
/// it lies: utf8, large_utf8, utf8_view and the binary types, plain or by dictionary.
class ArrowTexts {
 public:
  /// Imports `column.__arrow_c_stream__()` or `__arrow_c_array__()`. Throws TypeError for a column
  /// that holds no text.
  explicit ArrowTexts(const py::object& column);
  ~ArrowTexts();
  ArrowTexts(const ArrowTexts&) = delete;
  ArrowTexts& operator=(const ArrowTexts&) = delete;

  /// One a row; `data` is null where the row is.
  const std::vector<Document>& documents() const { return documents_; }
  /// The first row without a text, or -1.
  std::int64_t first_null() const { return first_null_; }
  bool is_binary() const { return is_binary_; }

 private:
  struct Imported;
  void read_stream(const py::object& column);
  void read_array(const py::object& column);

  std::unique_ptr<Imported> imported_;
  std::vector<Document> documents_;
  std::int64_t first_null_ = -1;
  bool is_binary_ = false;
};

}  // namespace samestory::bindings
