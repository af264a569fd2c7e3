#pragma once

// Arrays in and out of Python without a copy.
#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>

#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <variant>

#include "samestory/buffer.hpp"
#include "samestory/csr.hpp"

namespace samestory::bindings {

namespace py = pybind11;

/// Hands a vector's memory to numpy; the array frees it.
template <class Vector>
py::array_t<typename Vector::value_type> to_numpy(Vector&& vector) {
  using Owned = std::remove_cvref_t<Vector>;
  auto owner = std::make_unique<Owned>(std::forward<Vector>(vector));
  auto* raw = owner.get();
  const py::capsule base(raw, [](void* pointer) { delete static_cast<Owned*>(pointer); });
  owner.release();
  return py::array_t<typename Owned::value_type>(static_cast<py::ssize_t>(raw->size()), raw->data(),
                                                 base);
}

/// (data, indices, indptr, shape), as scipy.sparse takes it: index arrays of one dtype, 32-bit
/// where the entries fit.
template <class Value>
py::tuple to_python(CsrMatrix<Value>&& matrix) {
  const auto shape = py::make_tuple(matrix.n_rows, matrix.n_columns);
  auto data = to_numpy(std::move(matrix.values));
  if (matrix.n_entries() > std::numeric_limits<std::int32_t>::max()) {
    Buffer<std::int64_t> wide(matrix.columns.begin(), matrix.columns.end());
    return py::make_tuple(data, to_numpy(std::move(wide)), to_numpy(std::move(matrix.offsets)),
                          shape);
  }
  Buffer<std::int32_t> offsets(matrix.offsets.size());
  for (std::size_t i = 0; i < offsets.size(); ++i) {
    offsets[i] = static_cast<std::int32_t>(matrix.offsets[i]);
  }
  return py::make_tuple(data, to_numpy(std::move(matrix.columns)), to_numpy(std::move(offsets)),
                        shape);
}

inline py::tuple to_python(AnyCsrMatrix&& matrix) {
  return std::visit([](auto&& any) { return to_python(std::move(any)); }, std::move(matrix));
}

/// The rows and columns that a matrix says it has; TypeError where it says something else.
std::pair<std::int64_t, std::int64_t> shape_of(const py::object& matrix, const std::string& name);

/// Throws std::invalid_argument, naming argument, row and limit, unless the index arrays of a
/// compressed sparse matrix are sound; TypeError unless they are arrays of integers. The axis is
/// "rows" or "columns": what the matrix holds together.
void check_compressed(const py::object& indptr, const py::object& indices, std::int64_t n_values,
                      std::int64_t n_major, std::int64_t n_minor, const std::string& axis,
                      const std::string& name);

/// A scipy sparse matrix by rows (anything with data, indices, indptr and shape), checked before a
/// kernel sees it. Its arrays are used in place where they are already as kernels want them, and
/// kept alive by this object. Everything else is copied into that form.
class CsrArgument {
 public:
  /// `name` is the argument's, for messages. Throws std::invalid_argument for a broken matrix and
  /// TypeError for one that is no sparse matrix by rows of float32 or float64.
  CsrArgument(const py::object& matrix, std::string name);

  bool is_float() const { return std::holds_alternative<CsrView<float>>(view_); }
  std::int64_t n_rows() const { return n_rows_; }
  std::int64_t n_columns() const { return n_columns_; }

  /// Calls visitor(CsrView<float> or CsrView<double>).
  template <class Visitor>
  auto visit(Visitor&& visitor) const {
    return std::visit(std::forward<Visitor>(visitor), view_);
  }
  /// The view in one dtype; throws TypeError if the matrix has the other.
  template <class Value>
  const CsrView<Value>& as() const {
    if (!std::holds_alternative<CsrView<Value>>(view_)) {
      throw py::type_error(name_ + ": every matrix of one call has to have the same dtype");
    }
    return std::get<CsrView<Value>>(view_);
  }

 private:
  template <class Value>
  void load(const py::object& matrix);
  template <class Value, class Offset, class Column>
  void load_indexed(py::array data, py::array offsets, py::array columns);

  std::string name_;
  std::int64_t n_rows_ = 0;
  std::int64_t n_columns_ = 0;
  py::array data_;
  py::array columns_;
  Buffer<std::int64_t> offsets_;
  std::variant<CsrMatrix<double>, CsrMatrix<float>> copy_;
  std::variant<CsrView<double>, CsrView<float>> view_;
};

}  // namespace samestory::bindings
