#include "feature_counter.hpp"

#include <limits>

#include "arrays.hpp"
#include "text/murmur.hpp"

namespace samestory::bindings {
namespace {

Buffer<std::int32_t> narrowed(const Buffer<std::int64_t>& wide) {
  Buffer<std::int32_t> narrow(wide.size());
  for (std::size_t i = 0; i < wide.size(); ++i)
    narrow[i] = static_cast<std::int32_t>(wide[i]);
  return narrow;
}

}  // namespace

void FeatureCounter::add(const py::object& features) {
  places_.clear();
  for (const auto& feature : py::iter(features)) {
    const auto column = column_of(feature.ptr());
    if (column < 0) continue;
    const auto [place, is_new] = places_.try_emplace(column, values_.size());
    if (is_new) {
      indices_.push_back(column);
      values_.push_back(1);
    } else {
      ++values_[place->second];
    }
  }
  offsets_.push_back(static_cast<std::int64_t>(values_.size()));
}

std::int64_t FeatureCounter::column_of(PyObject* feature) {
  PyObject* known = PyDict_GetItemWithError(columns_.ptr(), feature);
  if (known != nullptr) return py::cast<std::int64_t>(py::handle(known));
  if (PyErr_Occurred() != nullptr) throw py::error_already_set();
  if (!learns_) return -1;
  const py::int_ next(columns_.size());
  if (PyDict_SetItem(columns_.ptr(), feature, next.ptr()) != 0) throw py::error_already_set();
  return py::cast<std::int64_t>(next);
}

py::tuple FeatureCounter::finish() {
  if (values_.size() > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max())) {
    return py::make_tuple(to_numpy(std::move(values_)), to_numpy(std::move(indices_)),
                          to_numpy(std::move(offsets_)));
  }
  return py::make_tuple(to_numpy(std::move(values_)), to_numpy(narrowed(indices_)),
                        to_numpy(narrowed(offsets_)));
}

void FeatureHasher::add(const py::object& features) {
  for (const auto& feature : py::iter(features)) {
    const auto bytes = PyUnicode_Check(feature.ptr()) ? py::object(feature.attr("encode")("utf-8"))
                                                      : py::reinterpret_borrow<py::object>(feature);
    if (!PyBytes_Check(bytes.ptr())) throw py::type_error("feature names must be strings");
    const auto size = static_cast<std::size_t>(PyBytes_GET_SIZE(bytes.ptr()));
    const auto hashed = hashed_column({PyBytes_AS_STRING(bytes.ptr()), size}, n_features_);
    columns_.push_back(static_cast<std::int32_t>(hashed.column));
    values_.push_back(hashed.is_negative && alternate_sign_ ? -1 : 1);
  }
  offsets_.push_back(static_cast<std::int64_t>(columns_.size()));
}

py::tuple FeatureHasher::finish() {
  const bool is_wide = values_.size() > std::numeric_limits<std::int32_t>::max();
  const py::object offsets = is_wide ? py::object(to_numpy(std::move(offsets_)))
                                     : py::object(to_numpy(narrowed(offsets_)));
  return py::make_tuple(to_numpy(std::move(values_)), to_numpy(std::move(columns_)), offsets);
}

DictSnapshot::DictSnapshot(const py::dict& items) {
  items_.reserve(items.size());
  for (const auto& [key, value] : items)
    items_.emplace_back(py::reinterpret_borrow<py::object>(key),
                        py::reinterpret_borrow<py::object>(value));
}

bool DictSnapshot::matches(const py::dict& items) const {
  if (items.size() != items_.size()) return false;
  auto expected = items_.begin();
  for (const auto& [key, value] : items) {
    // Strings and integers do not change, so that the same objects are the same items.
    if (!key.is(expected->first) || !value.is(expected->second)) return false;
    ++expected;
  }
  return true;
}

}  // namespace samestory::bindings
