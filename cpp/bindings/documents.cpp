#include "documents.hpp"

#include <utility>

#include "text/utf8.hpp"

namespace samestory::bindings {
namespace {

TextEncoding encoding_of(PyObject* string) {
  switch (PyUnicode_KIND(string)) {
    case PyUnicode_4BYTE_KIND:
      return TextEncoding::ucs4;
    case PyUnicode_2BYTE_KIND:
      return TextEncoding::ucs2;
    default:
      return TextEncoding::latin1;
  }
}

}  // namespace

py::object DocumentBatch::fill(const py::iterator& source, std::size_t max_bytes, bool take_bytes) {
  while (n_bytes_ < max_bytes) {
    auto document = py::reinterpret_steal<py::object>(PyIter_Next(source.ptr()));
    if (!document) {
      if (PyErr_Occurred() != nullptr) throw py::error_already_set();
      return py::none();
    }
    if (!append(document, take_bytes)) return py::make_tuple(document);
  }
  return py::bool_(true);
}

bool DocumentBatch::append(const py::object& document, bool take_bytes) {
  const bool taken = PyUnicode_Check(document.ptr()) ? append_string(document.ptr())
                     : take_bytes && PyBytes_CheckExact(document.ptr())
                         ? append_bytes(document.ptr())
                         : false;
  if (!taken) return false;
  n_bytes_ += documents_.back().n_bytes();
  owners_.push_back(document);
  return true;
}

bool DocumentBatch::append_string(PyObject* string) {
#if PY_VERSION_HEX < 0x030C0000
  if (PyUnicode_READY(string) != 0) throw py::error_already_set();
#endif
  is_ascii_ = is_ascii_ && PyUnicode_IS_ASCII(string);
  documents_.emplace_back(PyUnicode_DATA(string),
                          static_cast<std::size_t>(PyUnicode_GET_LENGTH(string)),
                          encoding_of(string));
  return true;
}

bool DocumentBatch::append_bytes(PyObject* bytes) {
  const auto* data = reinterpret_cast<const std::uint8_t*>(PyBytes_AS_STRING(bytes));
  const auto n = static_cast<std::size_t>(PyBytes_GET_SIZE(bytes));
  if (!utf8::is_valid(data, n)) return false;
  is_ascii_ = false;
  documents_.emplace_back(data, n, TextEncoding::utf8);
  return true;
}

std::int64_t DocumentBatch::append_arrow(const py::object& column) {
  const auto texts = std::make_shared<const ArrowTexts>(column);
  if (texts->first_null() >= 0) return texts->first_null();
  for (std::size_t i = 0; i < texts->documents().size(); ++i) {
    const auto& text = texts->documents()[i];
    if (!utf8::is_valid(static_cast<const std::uint8_t*>(text.data), text.length)) {
      return static_cast<std::int64_t>(i);
    }
  }
  documents_.insert(documents_.end(), texts->documents().begin(), texts->documents().end());
  columns_.push_back(texts);
  is_ascii_ = false;  // not known; what it decides costs little
  return -1;
}

}  // namespace samestory::bindings
