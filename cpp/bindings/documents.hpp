#pragma once

#include <pybind11/pybind11.h>

#include <memory>
#include <span>
#include <vector>

#include "arrow.hpp"
#include "samestory/document.hpp"

namespace samestory::bindings {

namespace py = pybind11;

/// Python strings (and bytes of UTF-8) read where they lie. The batch owns a reference to each, so
/// that workers may read them without the interpreter's lock, whatever becomes of their list.
class DocumentBatch {
 public:
  /// Takes objects from the iterator until it ends (returns None), until there are `max_bytes` of
  /// text (returns True), or up to one that is no text (returns a tuple of it).
  py::object fill(const py::iterator& source, std::size_t max_bytes, bool take_bytes);
  /// Takes one; false if it is no text.
  bool append(const py::object& document, bool take_bytes);
  /// Takes a whole Arrow column of strings in place. Returns the first row that is null or no
  /// UTF-8; then nothing has been taken. -1 if all is well.
  std::int64_t append_arrow(const py::object& column);

  std::span<const Document> documents() const { return documents_; }
  std::size_t size() const { return documents_.size(); }
  bool is_ascii() const { return is_ascii_; }

 private:
  bool append_string(PyObject* string);
  bool append_bytes(PyObject* bytes);

  std::vector<Document> documents_;
  std::vector<py::object> owners_;
  std::vector<std::shared_ptr<const ArrowTexts>> columns_;
  std::size_t n_bytes_ = 0;
  bool is_ascii_ = true;
};

}  // namespace samestory::bindings
