#include "arrays.hpp"

#include <span>
#include <tuple>
#include <utility>

#include "support/csr_check.hpp"

namespace samestory::bindings {
namespace {

/// The array in C order and aligned, of exactly this type; a copy only where it is not so already.
template <class T>
py::array_t<T> contiguous(const py::array& array, const std::string& name) {
  if (array.ndim() != 1) throw py::value_error(name + " has to have one dimension");
  if (!array.dtype().is(py::dtype::of<T>()) && !array.dtype().equal(py::dtype::of<T>())) {
    throw py::type_error(name + " has an unexpected dtype");
  }
  const bool aligned = reinterpret_cast<std::uintptr_t>(array.data()) % alignof(T) == 0;
  if (aligned && (array.flags() & py::array::c_style)) return py::array_t<T>(array);
  return py::array_t<T>(array.attr("copy")());
}

template <class T>
std::span<const T> span_of(const py::array& array) {
  return {static_cast<const T*>(array.data()), static_cast<std::size_t>(array.size())};
}

bool is_dtype(const py::array& array, char kind, py::ssize_t size) {
  return array.dtype().kind() == kind && array.itemsize() == size &&
         array.dtype().byteorder() != '>';
}

/// An index array as int32 or int64; other integers become int64.
py::array index_array(const py::object& object, const std::string& name) {
  auto array = py::array::ensure(object);
  if (!array || (array.dtype().kind() != 'i' && array.dtype().kind() != 'u')) {
    throw py::type_error(name + " has to be an array of integers");
  }
  if (is_dtype(array, 'i', 4)) return contiguous<std::int32_t>(array, name);
  if (!is_dtype(array, 'i', 8)) array = py::array(array.attr("astype")("int64"));
  return contiguous<std::int64_t>(array, name);
}

template <class Offset, class Index>
void check_indexed(const py::array& offsets, const py::array& indices, std::size_t n_values,
                   std::int64_t n_major, std::int64_t n_minor, MajorAxis axis,
                   const std::string& name) {
  const UncheckedStructure<Offset, Index> raw{n_major, n_minor, span_of<Offset>(offsets),
                                              span_of<Index>(indices), n_values};
  const py::gil_scoped_release release;
  check_structure(raw, axis, name);
}

}  // namespace

std::pair<std::int64_t, std::int64_t> shape_of(const py::object& matrix, const std::string& name) {
  try {
    return py::cast<std::pair<std::int64_t, std::int64_t>>(matrix.attr("shape"));
  } catch (const py::cast_error&) {
    throw py::type_error(name + ": the shape has to be two whole numbers that 64 bits hold");
  }
}

void check_compressed(const py::object& indptr, const py::object& indices, std::int64_t n_values,
                      std::int64_t n_major, std::int64_t n_minor, const std::string& axis,
                      const std::string& name) {
  if (n_values < 0) throw py::value_error(name + ": there cannot be fewer than 0 values");
  const auto size = static_cast<std::size_t>(n_values);
  const auto major = axis == "columns" ? MajorAxis::columns : MajorAxis::rows;
  const auto places = index_array(indices, name + ".indices");
  const auto offsets = index_array(indptr, name + ".indptr");
  const bool is_wide = offsets.itemsize() == 8;
  if (places.itemsize() == 8) {
    is_wide ? check_indexed<std::int64_t, std::int64_t>(offsets, places, size, n_major, n_minor,
                                                        major, name)
            : check_indexed<std::int32_t, std::int64_t>(offsets, places, size, n_major, n_minor,
                                                        major, name);
  } else {
    is_wide ? check_indexed<std::int64_t, std::int32_t>(offsets, places, size, n_major, n_minor,
                                                        major, name)
            : check_indexed<std::int32_t, std::int32_t>(offsets, places, size, n_major, n_minor,
                                                        major, name);
  }
}

CsrArgument::CsrArgument(const py::object& matrix, std::string name) : name_(std::move(name)) {
  for (const char* attribute : {"data", "indices", "indptr", "shape"}) {
    if (!py::hasattr(matrix, attribute)) {
      throw py::type_error(name_ + " has to be a scipy.sparse matrix by rows (CSR)");
    }
  }
  std::tie(n_rows_, n_columns_) = shape_of(matrix, name_);
  const auto data = py::array::ensure(matrix.attr("data"));
  if (data && is_dtype(data, 'f', 8)) {
    load<double>(matrix);
  } else if (data && is_dtype(data, 'f', 4)) {
    load<float>(matrix);
  } else {
    throw py::type_error(name_ + ": the values have to be float32 or float64");
  }
}

template <class Value>
void CsrArgument::load(const py::object& matrix) {
  auto data = contiguous<Value>(py::array(matrix.attr("data")), name_ + ".data");
  auto columns = index_array(matrix.attr("indices"), name_ + ".indices");
  auto offsets = index_array(matrix.attr("indptr"), name_ + ".indptr");
  const bool wide_offsets = offsets.itemsize() == 8;
  if (columns.itemsize() == 8) {
    wide_offsets ? load_indexed<Value, std::int64_t, std::int64_t>(data, offsets, columns)
                 : load_indexed<Value, std::int32_t, std::int64_t>(data, offsets, columns);
  } else {
    wide_offsets ? load_indexed<Value, std::int64_t, std::int32_t>(data, offsets, columns)
                 : load_indexed<Value, std::int32_t, std::int32_t>(data, offsets, columns);
  }
}

template <class Value, class Offset, class Column>
void CsrArgument::load_indexed(py::array data, py::array offsets, py::array columns) {
  const UncheckedCsr<Value, Offset, Column> raw{n_rows_, n_columns_, span_of<Offset>(offsets),
                                                span_of<Column>(columns), span_of<Value>(data)};
  const auto form = check_csr(raw, name_);
  if (!form.sorted_unique || sizeof(Column) == 8) {
    auto& copy = copy_.emplace<CsrMatrix<Value>>(canonical_copy(raw, name_));
    view_ = copy.view();
    return;
  }
  data_ = std::move(data);
  columns_ = std::move(columns);
  offsets_.assign(raw.offsets.begin(), raw.offsets.end());
  view_ = CsrView<Value>{n_rows_, n_columns_, offsets_, span_of<std::int32_t>(columns_),
                         span_of<Value>(data_)};
}

}  // namespace samestory::bindings
