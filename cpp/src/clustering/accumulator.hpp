#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace samestory {

/// A row under construction: sums by column, and two levels of bits that say which were touched, so
/// that they can be read in order without sorting.
class Accumulator {
 public:
  explicit Accumulator(std::int64_t width)
      : sums_(width, 0.0), touched_(width / 64 + 1, 0), touched_words_(width / 4096 + 1, 0) {}

  template <class Value>
  void add(std::span<const std::int32_t> columns, std::span<const Value> values, double weight) {
    touch(columns);
    for (std::size_t i = 0; i < columns.size(); ++i)
      sums_[columns[i]] += weight * static_cast<double>(values[i]);
  }

  void add(std::int32_t column, double value) {
    touch(column);
    sums_[column] += value;
  }

  void touch(std::span<const std::int32_t> columns) {
    for (const auto column : columns)
      touch(column);
  }
  void touch(std::int32_t column) {
    touched_[column / 64] |= std::uint64_t{1} << (column % 64);
    touched_words_[column / 4096] |= std::uint64_t{1} << (column / 64 % 64);
  }

  /// How many columns were touched; starts again.
  std::int64_t take_count() {
    std::int64_t count = 0;
    for_each_touched([&](std::size_t column) {
      ++count;
      touched_[column / 64] = 0;
    });
    std::fill(touched_words_.begin(), touched_words_.end(), 0);
    return count;
  }

  /// Writes the sums in column order, scaled to length 1, and starts again.
  template <class Value>
  void take_normalized(std::int32_t* columns, Value* values) {
    double squares = 0;
    for_each_touched([&](std::size_t column) { squares += sums_[column] * sums_[column]; });
    take_scaled(columns, values, squares > 0 ? 1 / std::sqrt(squares) : 0);
  }

  /// Writes the sums in column order, times `scale`, and starts again.
  template <class Value>
  void take_scaled(std::int32_t* columns, Value* values, double scale) {
    for_each_touched([&](std::size_t column) {
      *columns++ = static_cast<std::int32_t>(column);
      *values++ = static_cast<Value>(sums_[column] * scale);
      sums_[column] = 0;
      touched_[column / 64] = 0;
    });
    std::fill(touched_words_.begin(), touched_words_.end(), 0);
  }

 private:
  /// `visit` may clear the bits of the word that it is in.
  template <class Visit>
  void for_each_touched(Visit&& visit) const {
    for (std::size_t group = 0; group < touched_words_.size(); ++group) {
      for (auto words = touched_words_[group]; words != 0; words &= words - 1) {
        const auto word = 64 * group + static_cast<std::size_t>(std::countr_zero(words));
        for (auto bits = touched_[word]; bits != 0; bits &= bits - 1)
          visit(64 * word + static_cast<std::size_t>(std::countr_zero(bits)));
      }
    }
  }

  std::vector<double> sums_;
  std::vector<std::uint64_t> touched_;        // a bit a column
  std::vector<std::uint64_t> touched_words_;  // a bit for each of those words
};

}  // namespace samestory
