#include "arrow.hpp"

#include <string>

namespace samestory::bindings {
namespace {

template <class Structure>
void release(Structure& structure) {
  if (structure.release != nullptr) structure.release(&structure);
}

/// What a capsule holds; it is alive as long as the capsule is, unless it is moved out of it.
template <class Structure>
Structure& held_by(const py::object& capsule, const char* name) {
  auto* structure = static_cast<Structure*>(PyCapsule_GetPointer(capsule.ptr(), name));
  if (structure == nullptr) {
    PyErr_Clear();
    throw py::type_error(std::string("a capsule of ") + name + " was expected of the Arrow column");
  }
  if (structure->release == nullptr) {
    throw py::value_error(std::string("the Arrow column's ") + name + " was released before");
  }
  return *structure;
}

/// Moved out of its capsule, which then has nothing to release.
template <class Structure>
Structure moved_from(Structure& held) {
  const auto moved = held;
  held.release = nullptr;
  return moved;
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
  if (!holds_texts(schema)) {
    throw py::type_error(
        "the documents have to be a column of strings; this one's Arrow type is '" +
        std::string(value_format(schema)) + "'");
  }
  for (const auto& array : imported_->arrays)
    append_texts(array, schema, texts_);
}

ArrowTexts::~ArrowTexts() = default;

void ArrowTexts::read_stream(const py::object& column) {
  const py::object capsule = column.attr("__arrow_c_stream__")();
  auto& stream = held_by<ArrowArrayStream>(capsule, "arrow_array_stream");
  const auto check = [&](int status) {
    if (status == 0) return;
    const char* reason = stream.get_last_error(&stream);
    throw py::value_error(reason == nullptr ? "the Arrow stream cannot be read" : reason);
  };
  check(stream.get_schema(&stream, &imported_->schema));
  for (;;) {
    ArrowArray array{};
    check(stream.get_next(&stream, &array));
    if (array.release == nullptr) break;
    imported_->arrays.push_back(array);
  }
}

void ArrowTexts::read_array(const py::object& column) {
  const py::object capsules = column.attr("__arrow_c_array__")();
  if (!py::isinstance<py::tuple>(capsules) || py::len(capsules) != 2) {
    throw py::type_error("__arrow_c_array__() has to return two capsules");
  }
  const py::tuple both = capsules;
  auto& schema = held_by<ArrowSchema>(both[0], "arrow_schema");
  auto& array = held_by<ArrowArray>(both[1], "arrow_array");
  imported_->schema = moved_from(schema);
  imported_->arrays.push_back(moved_from(array));
}

}  // namespace samestory::bindings
