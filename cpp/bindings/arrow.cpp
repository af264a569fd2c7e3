#include "arrow.hpp"

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

// The Arrow C data interface's structures, as its specification gives them to be copied.
extern "C" {
struct ArrowSchema {
  const char* format;
  const char* name;
  const char* metadata;
  std::int64_t flags;
  std::int64_t n_children;
  ArrowSchema** children;
  ArrowSchema* dictionary;
  void (*release)(ArrowSchema*);
  void* private_data;
};
struct ArrowArray {
  std::int64_t length;
  std::int64_t null_count;
  std::int64_t offset;
  std::int64_t n_buffers;
  std::int64_t n_children;
  const void** buffers;
  ArrowArray** children;
  ArrowArray* dictionary;
  void (*release)(ArrowArray*);
  void* private_data;
};
struct ArrowArrayStream {
  int (*get_schema)(ArrowArrayStream*, ArrowSchema*);
  int (*get_next)(ArrowArrayStream*, ArrowArray*);
  const char* (*get_last_error)(ArrowArrayStream*);
  void (*release)(ArrowArrayStream*);
  void* private_data;
};
}

namespace samestory::bindings {
namespace {

template <class Structure>
void release(Structure& structure) {
  if (structure.release != nullptr) structure.release(&structure);
}

bool is_valid(const ArrowArray& array, std::int64_t row) {
  const auto* bits = static_cast<const std::uint8_t*>(array.buffers[0]);
  return bits == nullptr || (bits[row >> 3] >> (row & 7) & 1) != 0;
}

template <class Offset>
std::string_view plain_text(const ArrowArray& array, std::int64_t row) {
  const auto* offsets = static_cast<const Offset*>(array.buffers[1]);
  const auto* bytes = static_cast<const char*>(array.buffers[2]);
  return {bytes + offsets[row], static_cast<std::size_t>(offsets[row + 1] - offsets[row])};
}

/// A view is its length and either up to 12 bytes, or a prefix, a buffer and a place in it.
std::string_view viewed_text(const ArrowArray& array, std::int64_t row) {
  const auto* view = static_cast<const char*>(array.buffers[1]) + 16 * row;
  std::int32_t words[4];
  std::memcpy(words, view, 16);
  const auto length = static_cast<std::size_t>(words[0]);
  if (length <= 12) return {view + 4, length};
  return {static_cast<const char*>(array.buffers[2 + words[2]]) + words[3], length};
}

std::int64_t dictionary_key(const ArrowArray& array, char format, std::int64_t row) {
  const void* keys = array.buffers[1];
  switch (format) {
    case 'c':
      return static_cast<const std::int8_t*>(keys)[row];
    case 'C':
      return static_cast<const std::uint8_t*>(keys)[row];
    case 's':
      return static_cast<const std::int16_t*>(keys)[row];
    case 'S':
      return static_cast<const std::uint16_t*>(keys)[row];
    case 'i':
      return static_cast<const std::int32_t*>(keys)[row];
    case 'I':
      return static_cast<const std::uint32_t*>(keys)[row];
    default:
      return static_cast<const std::int64_t*>(keys)[row];
  }
}

/// Calls use(text or null) for every row.
template <class Use>
void for_each_text(const ArrowArray& array, const ArrowSchema& schema, Use&& use) {
  const std::string_view format = schema.format;
  const bool is_view = format == "vu" || format == "vz";
  const bool is_large = format == "U" || format == "Z";
  for (std::int64_t i = 0; i < array.length; ++i) {
    const std::int64_t row = array.offset + i;
    if (!is_valid(array, row)) {
      use(nullptr);
      continue;
    }
    const auto text = is_view    ? viewed_text(array, row)
                      : is_large ? plain_text<std::int64_t>(array, row)
                                 : plain_text<std::int32_t>(array, row);
    use(&text);
  }
}

bool holds_text(std::string_view format) {
  return format == "u" || format == "U" || format == "vu" || format == "z" || format == "Z" ||
         format == "vz";
}

}  // namespace

struct ArrowTexts::Imported {
  ArrowSchema schema{};
  std::vector<ArrowArray> arrays;
  ~Imported() {
    for (auto& array : arrays)
      release(array);
    release(schema);
  }
};

ArrowTexts::ArrowTexts(const py::object& column) : imported_(std::make_unique<Imported>()) {
  py::hasattr(column, "__arrow_c_stream__") ? read_stream(column) : read_array(column);
  const auto& schema = imported_->schema;
  const auto& values = schema.dictionary != nullptr ? *schema.dictionary : schema;
  if (!holds_text(values.format)) {
    throw py::type_error(std::string("the documents have to be a column of strings; this one's ") +
                         "Arrow type is '" + values.format + "'");
  }
  is_binary_ = std::string_view(values.format).find_first_of("zZ") != std::string_view::npos;
  for (const auto& array : imported_->arrays) {
    const auto add = [&](const std::string_view* text) {
      if (text == nullptr && first_null_ < 0) {
        first_null_ = static_cast<std::int64_t>(documents_.size());
      }
      documents_.push_back(text == nullptr ? Document(std::string_view()) : Document(*text));
    };
    if (schema.dictionary == nullptr) {
      for_each_text(array, schema, add);
      continue;
    }
    std::vector<std::string_view> entries;
    std::vector<bool> present;
    for_each_text(*array.dictionary, *schema.dictionary, [&](const std::string_view* text) {
      present.push_back(text != nullptr);
      entries.push_back(text == nullptr ? std::string_view() : *text);
    });
    for (std::int64_t row = array.offset; row < array.offset + array.length; ++row) {
      const bool valid = is_valid(array, row);
      const auto key =
          valid ? static_cast<std::size_t>(dictionary_key(array, schema.format[0], row)) : 0;
      valid&& present[key] ? add(&entries[key]) : add(nullptr);
    }
  }
}

ArrowTexts::~ArrowTexts() = default;

void ArrowTexts::read_stream(const py::object& column) {
  const auto capsule = py::cast<py::capsule>(column.attr("__arrow_c_stream__")());
  auto* stream =
      static_cast<ArrowArrayStream*>(PyCapsule_GetPointer(capsule.ptr(), "arrow_array_stream"));
  if (stream == nullptr) throw py::error_already_set();
  const auto check = [&](int status) {
    if (status == 0) return;
    const char* reason = stream->get_last_error(stream);
    throw py::value_error(reason == nullptr ? "the Arrow stream cannot be read" : reason);
  };
  check(stream->get_schema(stream, &imported_->schema));
  for (;;) {
    ArrowArray array{};
    check(stream->get_next(stream, &array));
    if (array.release == nullptr) break;
    imported_->arrays.push_back(array);
  }
}

void ArrowTexts::read_array(const py::object& column) {
  const auto capsules = py::cast<py::tuple>(column.attr("__arrow_c_array__")());
  auto* schema = static_cast<ArrowSchema*>(
      PyCapsule_GetPointer(py::object(capsules[0]).ptr(), "arrow_schema"));
  auto* array =
      static_cast<ArrowArray*>(PyCapsule_GetPointer(py::object(capsules[1]).ptr(), "arrow_array"));
  if (schema == nullptr || array == nullptr) throw py::error_already_set();
  // Moved out of their capsules, which then have nothing to release.
  imported_->schema = *schema;
  schema->release = nullptr;
  imported_->arrays.push_back(*array);
  array->release = nullptr;
}

}  // namespace samestory::bindings
