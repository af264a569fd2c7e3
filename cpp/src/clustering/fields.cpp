#include "samestory/fields.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "clustering/accumulator.hpp"
#include "support/parallel.hpp"
#include "support/scrambled.hpp"

namespace samestory {
namespace {

constexpr std::int64_t kRowsPerChunk = 256;

/// ln of counts: most are small, and looked up.
class Logarithms {
 public:
  Logarithms() : of_(256, 0.0) {
    for (std::size_t i = 1; i < of_.size(); ++i)
      of_[i] = std::log(static_cast<double>(i));
  }
  double operator()(double count) const {
    const auto whole = static_cast<std::size_t>(std::clamp(count, 0.0, 255.0));
    return static_cast<double>(whole) == count ? of_[whole] : std::log(count);
  }

 private:
  std::vector<double> of_;
};

/// Writes one field of one row: its columns from `first_column` on.
template <class Result, class Value>
void write_field(const Field<Value>& field, std::int64_t row, std::int64_t first_column,
                 const Logarithms& ln, std::int32_t* columns, Result* values,
                 std::vector<double>& weighed) {
  const auto own = field.counts.row_columns(row);
  const auto counts = field.counts.row_values(row);
  weighed.resize(own.size());
  double squares = 0;
  for (std::size_t i = 0; i < own.size(); ++i) {
    weighed[i] = (1 + ln(static_cast<double>(counts[i]))) * field.idf[own[i]];
    squares += weighed[i] * weighed[i];
  }
  const double scale = squares > 0 ? field.scale / std::sqrt(squares) : 0;
  for (std::size_t i = 0; i < own.size(); ++i) {
    columns[i] = static_cast<std::int32_t>(own[i] + first_column);
    values[i] = static_cast<Result>(weighed[i] * scale);
  }
}

template <class Value>
void check(std::span<const Field<Value>> fields) {
  if (fields.empty()) throw std::invalid_argument("there has to be a field");
  for (const auto& field : fields) {
    if (field.counts.n_rows != fields[0].counts.n_rows) {
      throw std::invalid_argument("all fields have to be of the same rows");
    }
    if (std::ssize(field.idf) != field.counts.n_columns) {
      throw std::invalid_argument("a field has to have an idf for each of its columns");
    }
  }
}

}  // namespace

template <class Value>
CsrMatrix<Value> joined_columns(const CsrView<Value>& counts, std::span<const std::int32_t> target,
                                std::int64_t n_targets, const Control& control) {
  if (std::ssize(target) != counts.n_columns) {
    throw std::invalid_argument("target has to have an entry for each of the columns");
  }
  if (std::any_of(target.begin(), target.end(), [&](auto t) { return t >= n_targets; })) {
    throw std::invalid_argument("target names a column that there is not");
  }
  std::vector<Accumulator> accumulators(resolve_threads(control), Accumulator(n_targets));
  CsrMatrix<Value> joined{counts.n_rows, n_targets, {}, {}, {}};
  joined.offsets.assign(counts.n_rows + 1, 0);
  parallel_for(control, counts.n_rows, kRowsPerChunk, [&](auto begin, auto end, int worker, auto&) {
    for (auto row = begin; row < end; ++row) {
      for (const auto column : counts.row_columns(row)) {
        if (target[column] >= 0) accumulators[worker].touch(target[column]);
      }
      joined.offsets[row + 1] = accumulators[worker].take_count();
    }
  });
  std::partial_sum(joined.offsets.begin(), joined.offsets.end(), joined.offsets.begin());
  joined.columns.resize(joined.offsets.back());
  joined.values.resize(joined.offsets.back());
  parallel_for(control, counts.n_rows, kRowsPerChunk, [&](auto begin, auto end, int worker, auto&) {
    auto& sums = accumulators[worker];
    for (auto row = begin; row < end; ++row) {
      const auto columns = counts.row_columns(row);
      const auto values = counts.row_values(row);
      for (std::size_t i = 0; i < columns.size(); ++i) {
        if (target[columns[i]] >= 0) {
          sums.add(target[columns[i]], static_cast<double>(values[i]));
        }
      }
      sums.take_scaled(joined.columns.data() + joined.offsets[row],
                       joined.values.data() + joined.offsets[row], 1.0);
    }
  });
  return joined;
}

template <class Result, class Value>
CsrMatrix<Result> weighed_fields(std::span<const Field<Value>> fields, const Control& control) {
  check(fields);
  const auto n = fields[0].counts.n_rows;
  CsrMatrix<Result> rows{n, 0, {}, {}, {}};
  rows.offsets.assign(n + 1, 0);
  std::vector<std::int64_t> first_column;
  for (const auto& field : fields) {
    first_column.push_back(rows.n_columns);
    rows.n_columns += field.counts.n_columns;
    for (std::int64_t i = 0; i <= n; ++i)
      rows.offsets[i] += field.counts.offsets[i];
  }
  rows.columns.resize(rows.offsets.back());
  rows.values.resize(rows.offsets.back());
  const Logarithms ln;
  std::vector<std::vector<double>> scratch(resolve_threads(control));
  parallel_for(control, n, kRowsPerChunk, [&](auto begin, auto end, int worker, auto&) {
    for (auto row = begin; row < end; ++row) {
      auto at = rows.offsets[row];
      for (std::size_t f = 0; f < fields.size(); ++f) {
        write_field(fields[f], row, first_column[f], ln, rows.columns.data() + at,
                    rows.values.data() + at, scratch[worker]);
        at += fields[f].counts.row_size(row);
      }
    }
  });
  return rows;
}

template <class Value>
Buffer<std::uint64_t> row_hashes(const CsrView<Value>& counts, const Control& control) {
  std::vector<std::uint64_t> words(2 * counts.n_columns);
  for (std::size_t i = 0; i < words.size(); ++i)
    words[i] = scrambled(i);
  Buffer<std::uint64_t> hashes(2 * counts.n_rows);
  parallel_for(control, counts.n_rows, kRowsPerChunk, [&](auto begin, auto end, int, auto&) {
    for (auto row = begin; row < end; ++row) {
      const auto columns = counts.row_columns(row);
      const auto values = counts.row_values(row);
      std::uint64_t first = 0, second = 0;
      for (std::size_t i = 0; i < columns.size(); ++i) {
        const auto count = static_cast<std::uint64_t>(values[i]);
        const auto amount = count * (count + 1);
        const auto* word = &words[2 * static_cast<std::size_t>(columns[i])];
        first += word[0] * amount;
        second += word[1] * amount;
      }
      hashes[2 * row] = first;
      hashes[2 * row + 1] = second;
    }
  });
  return hashes;
}

template CsrMatrix<float> joined_columns(const CsrView<float>&, std::span<const std::int32_t>,
                                         std::int64_t, const Control&);
template CsrMatrix<double> joined_columns(const CsrView<double>&, std::span<const std::int32_t>,
                                          std::int64_t, const Control&);
template CsrMatrix<float> weighed_fields(std::span<const Field<float>>, const Control&);
template CsrMatrix<double> weighed_fields(std::span<const Field<float>>, const Control&);
template CsrMatrix<float> weighed_fields(std::span<const Field<double>>, const Control&);
template CsrMatrix<double> weighed_fields(std::span<const Field<double>>, const Control&);
template Buffer<std::uint64_t> row_hashes(const CsrView<float>&, const Control&);
template Buffer<std::uint64_t> row_hashes(const CsrView<double>&, const Control&);

}  // namespace samestory
