#include "support/csr_check.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace samestory {
namespace {

[[noreturn]] void fail(std::string_view name, const std::string& what) {
  throw std::invalid_argument(std::string(name) + ": " + what);
}

std::string major(MajorAxis axis) {
  return axis == MajorAxis::rows ? "row" : "column";
}

std::string minor(MajorAxis axis) {
  return axis == MajorAxis::rows ? "column" : "row";
}

std::string at(MajorAxis axis, std::int64_t place) {
  return major(axis) + " " + std::to_string(place) + ": ";
}

/// The row, or column, of an entry.
template <class Offset>
std::int64_t place_of(std::span<const Offset> offsets, std::size_t entry) {
  const auto past = std::upper_bound(
      offsets.begin(), offsets.end(), entry,
      [](std::size_t e, Offset offset) { return e < static_cast<std::size_t>(offset); });
  return past - offsets.begin() - 1;
}

template <class Offset, class Index>
[[noreturn]] void fail_index(const UncheckedStructure<Offset, Index>& matrix, std::size_t n_entries,
                             MajorAxis axis, std::string_view name) {
  const auto is_wrong = [&](Index index) {
    return index < 0 || static_cast<std::int64_t>(index) >= matrix.n_minor;
  };
  const auto begin = matrix.indices.begin();
  const auto wrong = std::find_if(begin, begin + static_cast<std::ptrdiff_t>(n_entries), is_wrong);
  const auto entry = static_cast<std::size_t>(wrong - begin);
  fail(name, at(axis, place_of(matrix.offsets, entry)) + minor(axis) + " index " +
                 std::to_string(*wrong) + " is outside of [0, " + std::to_string(matrix.n_minor) +
                 ")");
}

/// Loops without a way out, here and below, so that a compiler sees that it can use vectors: long
/// matrices are checked with each call.
template <class Value>
bool all_finite(std::span<const Value> values) {
  using Bits = std::conditional_t<sizeof(Value) == 8, std::uint64_t, std::uint32_t>;
  const auto infinite = std::bit_cast<Bits>(std::numeric_limits<Value>::infinity());
  Bits n_not_finite = 0;
  for (const auto value : values)
    n_not_finite += (std::bit_cast<Bits>(value) & infinite) == infinite;
  return n_not_finite == 0;
}

template <class Value, class Offset, class Column>
void check_values(const UncheckedCsr<Value, Offset, Column>& matrix, std::string_view name) {
  const auto values = matrix.values.first(static_cast<std::size_t>(matrix.offsets[matrix.n_rows]));
  if (all_finite(values)) return;
  const auto wrong =
      std::find_if(values.begin(), values.end(), [](Value value) { return !std::isfinite(value); });
  const auto entry = static_cast<std::size_t>(wrong - values.begin());
  fail(name, at(MajorAxis::rows, place_of(matrix.offsets, entry)) + "the value in column " +
                 std::to_string(matrix.columns[entry]) +
                 " is NaN or infinite; every value has to be finite");
}

template <class Value, class Offset, class Column>
bool is_sorted_unique(const UncheckedCsr<Value, Offset, Column>& matrix) {
  std::int64_t n_falls = 0;
  for (std::int64_t row = 0; row < matrix.n_rows; ++row) {
    const auto* columns = matrix.columns.data() + matrix.offsets[row];
    const auto count = matrix.offsets[row + 1] - matrix.offsets[row];
    Column falls = 0;
    for (Offset i = 1; i < count; ++i)
      falls |= static_cast<Column>(columns[i] <= columns[i - 1]);
    n_falls += falls;
  }
  return n_falls == 0;
}

/// Appends one row with its columns sorted and its duplicates summed.
template <class Value>
void append_canonical(std::vector<std::pair<std::int32_t, Value>>& row, CsrMatrix<Value>& out) {
  std::stable_sort(row.begin(), row.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  const auto first = out.columns.size();
  for (const auto& [column, value] : row) {
    if (out.columns.size() > first && out.columns.back() == column) {
      out.values.back() += value;
    } else {
      out.columns.push_back(column);
      out.values.push_back(value);
    }
  }
  out.offsets.push_back(static_cast<std::int64_t>(out.columns.size()));
}

}  // namespace

template <class Offset>
void check_offsets(std::span<const Offset> offsets, std::int64_t n_major, std::size_t n_entries,
                   MajorAxis axis, std::string_view name) {
  if (n_major < 0) fail(name, "the shape has a negative number");
  if (offsets.empty() || offsets.size() - 1 != static_cast<std::size_t>(n_major)) {
    fail(name, "indptr has " + std::to_string(offsets.size()) + " entries; a matrix of " +
                   std::to_string(n_major) + " " + major(axis) + "s needs one more than its " +
                   major(axis) + "s");
  }
  if (offsets[0] != 0) {
    fail(name, "indptr starts at " + std::to_string(offsets[0]) + "; it has to start at 0");
  }
  for (std::int64_t place = 0; place < n_major; ++place) {
    if (offsets[place + 1] < offsets[place]) {
      fail(name, at(axis, place) + "indptr falls from " + std::to_string(offsets[place]) + " to " +
                     std::to_string(offsets[place + 1]) + "; it may never fall");
    }
  }
  if (static_cast<std::uint64_t>(offsets[n_major]) > n_entries) {
    fail(name, "indptr ends at " + std::to_string(offsets[n_major]) +
                   ", but indices and data hold only " + std::to_string(n_entries) + " entries");
  }
}

template <class Offset, class Index>
void check_structure(const UncheckedStructure<Offset, Index>& matrix, MajorAxis axis,
                     std::string_view name) {
  if (matrix.n_minor < 0) fail(name, "the shape has a negative number");
  if (matrix.indices.size() != matrix.n_values) {
    fail(name, "indices has " + std::to_string(matrix.indices.size()) + " entries, but data has " +
                   std::to_string(matrix.n_values));
  }
  check_offsets(matrix.offsets, matrix.n_major, matrix.n_values, axis, name);
  using Unsigned = std::make_unsigned_t<Index>;
  const auto n_entries = static_cast<std::size_t>(matrix.offsets[matrix.n_major]);
  const auto limit = static_cast<Unsigned>(std::min<std::int64_t>(
      matrix.n_minor, static_cast<std::int64_t>(std::numeric_limits<Index>::max()) +
                          (sizeof(Index) < sizeof(std::int64_t))));
  Unsigned n_wrong = 0;
  for (std::size_t i = 0; i < n_entries; ++i)
    n_wrong |= static_cast<Unsigned>(static_cast<Unsigned>(matrix.indices[i]) >= limit);
  if (n_wrong != 0) fail_index(matrix, n_entries, axis, name);
}

template <class Value, class Offset, class Column>
CsrForm check_csr(const UncheckedCsr<Value, Offset, Column>& matrix, std::string_view name) {
  if (matrix.n_columns > std::numeric_limits<std::int32_t>::max()) {
    fail(name, "has " + std::to_string(matrix.n_columns) + " columns; the limit is 2^31 - 1");
  }
  check_structure(matrix.structure(), MajorAxis::rows, name);
  check_values(matrix, name);
  return {is_sorted_unique(matrix)};
}

template <class Value, class Offset, class Column>
CsrMatrix<Value> canonical_copy(const UncheckedCsr<Value, Offset, Column>& matrix,
                                std::string_view name) {
  CsrMatrix<Value> out{matrix.n_rows, matrix.n_columns, {}, {}, {}};
  out.offsets.push_back(0);
  out.columns.reserve(matrix.offsets[matrix.n_rows]);
  out.values.reserve(matrix.offsets[matrix.n_rows]);
  std::vector<std::pair<std::int32_t, Value>> entries;
  for (std::int64_t row = 0; row < matrix.n_rows; ++row) {
    entries.clear();
    for (auto entry = matrix.offsets[row]; entry < matrix.offsets[row + 1]; ++entry) {
      entries.emplace_back(static_cast<std::int32_t>(matrix.columns[entry]), matrix.values[entry]);
    }
    append_canonical(entries, out);
  }
  check_values(
      UncheckedCsr<Value, std::int64_t, std::int32_t>{out.n_rows, out.n_columns, out.offsets,
                                                      out.columns, out.values},
      name);
  return out;
}

#define SAMESTORY_INSTANTIATE_STRUCTURE(Offset, Index)                               \
  template void check_structure(const UncheckedStructure<Offset, Index>&, MajorAxis, \
                                std::string_view);
#define SAMESTORY_INSTANTIATE(Value, Offset, Column)                                        \
  template CsrForm check_csr(const UncheckedCsr<Value, Offset, Column>&, std::string_view); \
  template CsrMatrix<Value> canonical_copy(const UncheckedCsr<Value, Offset, Column>&,      \
                                           std::string_view);
#define SAMESTORY_INSTANTIATE_INDICES(Offset, Column) \
  SAMESTORY_INSTANTIATE_STRUCTURE(Offset, Column)     \
  SAMESTORY_INSTANTIATE(float, Offset, Column)        \
  SAMESTORY_INSTANTIATE(double, Offset, Column)
template void check_offsets(std::span<const std::int32_t>, std::int64_t, std::size_t, MajorAxis,
                            std::string_view);
template void check_offsets(std::span<const std::int64_t>, std::int64_t, std::size_t, MajorAxis,
                            std::string_view);
SAMESTORY_INSTANTIATE_INDICES(std::int32_t, std::int32_t)
SAMESTORY_INSTANTIATE_INDICES(std::int64_t, std::int32_t)
SAMESTORY_INSTANTIATE_INDICES(std::int64_t, std::int64_t)
SAMESTORY_INSTANTIATE_INDICES(std::int32_t, std::int64_t)
#undef SAMESTORY_INSTANTIATE_INDICES
#undef SAMESTORY_INSTANTIATE
#undef SAMESTORY_INSTANTIATE_STRUCTURE

}  // namespace samestory
