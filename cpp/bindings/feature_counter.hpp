#pragma once

#include <pybind11/pybind11.h>

#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

#include "samestory/buffer.hpp"

namespace samestory::bindings {

namespace py = pybind11;

/// Counts what Python analyzers return: features may be anything hashable, so that they are looked
/// up in a Python dict.
class FeatureCounter {
 public:
  FeatureCounter(py::dict columns, bool learns) : columns_(std::move(columns)), learns_(learns) {}

  void add(const py::object& features);
  /// (values, columns, offsets)
  py::tuple finish();

 private:
  /// The feature's column, or -1.
  std::int64_t column_of(PyObject* feature);

  py::dict columns_;
  bool learns_;
  std::unordered_map<std::int64_t, std::size_t> places_;  // in the current row
  Buffer<std::int32_t> values_;
  Buffer<std::int64_t> indices_;
  Buffer<std::int64_t> offsets_{0};
};

/// Hashes what Python analyzers return: str (as UTF-8) or bytes.
class FeatureHasher {
 public:
  FeatureHasher(std::int64_t n_features, bool alternate_sign)
      : n_features_(n_features), alternate_sign_(alternate_sign) {}

  void add(const py::object& features);
  /// (values, columns, offsets), columns in no order and repeated.
  py::tuple finish();

 private:
  std::int64_t n_features_;
  bool alternate_sign_;
  Buffer<std::int64_t> values_;
  Buffer<std::int32_t> columns_;
  Buffer<std::int64_t> offsets_{0};
};

/// The keys and values of a dict as they are now, to tell later whether it has been changed.
class DictSnapshot {
 public:
  explicit DictSnapshot(const py::dict& items);
  bool matches(const py::dict& items) const;

 private:
  std::vector<std::pair<py::object, py::object>> items_;
};

}  // namespace samestory::bindings
