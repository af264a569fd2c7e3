#include "stories/copies.hpp"

#include <array>
#include <bit>
#include <cmath>
#include <unordered_map>

#include "samestory/fields.hpp"
#include "support/scrambled.hpp"

namespace samestory {
namespace {

using Key = std::array<std::uint64_t, 3>;

struct KeyHash {
  std::size_t operator()(const Key& key) const { return key[0] ^ scrambled(key[2]); }
};

}  // namespace

DistinctTexts distinct_texts(const CsrView<float>& counts, std::span<const double> times,
                             const Control& control) {
  const auto hashes = row_hashes(counts, control);
  DistinctTexts distinct;
  std::unordered_map<Key, std::int64_t, KeyHash> numbers;
  for (std::int64_t row = 0; row < counts.n_rows; ++row) {
    const double time = times.empty() ? 0.0 : times[row] + 0.0;  // -0 is 0
    const auto next = std::ssize(distinct.first_rows);
    auto number = next;
    if (counts.row_size(row) > 0 && !std::isnan(time)) {
      const Key key{hashes[2 * row], hashes[2 * row + 1], std::bit_cast<std::uint64_t>(time)};
      number = numbers.try_emplace(key, next).first->second;
    }
    if (number == next) distinct.first_rows.push_back(row);
    distinct.text_of_row.push_back(number);
  }
  return distinct;
}

CsrMatrix<float> selected_rows(const CsrView<float>& matrix, std::span<const std::int64_t> rows) {
  CsrMatrix<float> selected{std::ssize(rows), matrix.n_columns, {0}, {}, {}};
  std::int64_t n_entries = 0;
  for (const auto row : rows)
    n_entries += matrix.row_size(row);
  selected.offsets.reserve(rows.size() + 1);
  selected.columns.reserve(n_entries);
  selected.values.reserve(n_entries);
  for (const auto row : rows) {
    const auto columns = matrix.row_columns(row);
    const auto values = matrix.row_values(row);
    selected.columns.insert(selected.columns.end(), columns.begin(), columns.end());
    selected.values.insert(selected.values.end(), values.begin(), values.end());
    selected.offsets.push_back(static_cast<std::int64_t>(selected.columns.size()));
  }
  return selected;
}

}  // namespace samestory
