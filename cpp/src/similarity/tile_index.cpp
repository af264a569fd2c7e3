#include "similarity/tile_index.hpp"

#include <algorithm>

namespace samestory::similarity {
namespace {

void mark_present(const PreparedRows& targets, std::int32_t n_features, Tile& tile) {
  const std::size_t n_words = static_cast<std::size_t>(n_features) / 64 + 1;
  tile.present.assign(n_words, 0);
  for (auto entry = targets.offsets[tile.begin]; entry < targets.offsets[tile.end]; ++entry)
    tile.present[targets.features[entry] >> 6] |= std::uint64_t{1}
                                                  << (targets.features[entry] & 63);
  tile.before.resize(n_words);
  std::uint32_t total = 0;
  for (std::size_t word = 0; word < n_words; ++word) {
    tile.before[word] = total;
    total += static_cast<std::uint32_t>(std::popcount(tile.present[word]));
  }
  tile.lists.assign(total, {0, 0});
}

Tile::List& list_of(Tile& tile, std::int32_t feature) {
  return const_cast<Tile::List&>(*tile.find(feature));
}

/// The rows from which a feature is dense; more than there are where a dense part would not pay.
std::int64_t least_dense_rows(const Tile& tile, const DenseRule& rule) {
  const auto n_rows = static_cast<double>(tile.n_padded);
  const auto least = std::max<std::int64_t>(1, static_cast<std::int64_t>(rule.share * n_rows));
  double products = 0;
  for (const auto& list : tile.lists) {
    if (list.size >= least) products += list.size / n_rows * (list.size / n_rows);
  }
  return products < rule.least_products ? tile.n_padded + 1 : least;
}

/// Gives each list its place. While it is filled, `size` counts what is in it.
void place_lists(const PreparedRows& targets, Tile& tile, const DenseRule& rule,
                 Buffer<std::uint8_t>& is_dense) {
  for (auto entry = targets.offsets[tile.begin]; entry < targets.offsets[tile.end]; ++entry)
    ++list_of(tile, targets.features[entry]).size;
  const auto least_dense = least_dense_rows(tile, rule);
  is_dense.assign(tile.lists.size(), 0);
  std::uint32_t total = 0;
  std::int32_t n_dense = 0;
  for (std::size_t slot = 0; slot < tile.lists.size(); ++slot) {
    auto& list = tile.lists[slot];
    is_dense[slot] = list.size >= least_dense;
    list.begin = is_dense[slot] ? static_cast<std::uint32_t>(n_dense++) : total;
    total += is_dense[slot] ? 0 : list.size;
    list.size = 0;
  }
  tile.postings.resize(total);
  tile.dense.start(tile.n_padded, n_dense, targets.may_vanish);
}

void fill_lists(const PreparedRows& targets, Tile& tile, const Buffer<std::uint8_t>& is_dense,
                const Stop& stop) {
  constexpr std::int64_t kRowsBetweenChecks = 256;
  std::vector<std::int32_t> dense_features;
  std::vector<float> dense_values;
  for (std::int64_t position = tile.begin; position < tile.end; ++position) {
    const auto row = position - tile.begin;
    if (row % kRowsBetweenChecks == 0) stop.check();
    dense_features.clear();
    dense_values.clear();
    for (auto entry = targets.offsets[position]; entry < targets.offsets[position + 1]; ++entry) {
      auto& list = list_of(tile, targets.features[entry]);
      if (is_dense[&list - tile.lists.data()]) {
        dense_features.push_back(static_cast<std::int32_t>(list.begin));
        dense_values.push_back(targets.values[entry]);
      } else {
        tile.postings[list.begin + list.size++] =
            make_posting(static_cast<std::uint16_t>(row), targets.values[entry]);
      }
    }
    tile.dense.put(row, dense_features, dense_values);
  }
}

void copy_remainders(const PreparedRows& targets, Tile& tile) {
  tile.remainders.assign(targets.n_levels * tile.n_padded, 0.0F);
  tile.largest_remainders.assign(targets.n_levels, 0.0F);
  tile.losses.assign(tile.n_padded, 0.0F);
  for (std::int64_t position = tile.begin; position < tile.end; ++position) {
    const float* remainders = targets.row_remainders(position);
    for (int level = 0; level < targets.n_levels; ++level) {
      tile.remainders.data()[level * tile.n_padded + position - tile.begin] = remainders[level];
      tile.largest_remainders[level] = std::max(tile.largest_remainders[level], remainders[level]);
    }
    tile.largest_length = std::max(tile.largest_length, targets.lengths[position]);
    tile.losses.data()[position - tile.begin] =
        static_cast<float>(targets.losses[position] * kEnlarged);
  }
}

}  // namespace

Tile build_tile(const PreparedRows& targets, const FeatureOrder& order, std::int64_t begin,
                std::int64_t end, const DenseRule& rule, const Stop& stop) {
  Tile tile;
  tile.begin = begin;
  tile.end = end;
  tile.n_padded = (end - begin + kBlockRows - 1) / kBlockRows * kBlockRows;
  Buffer<std::uint8_t> is_dense;
  mark_present(targets, order.n_features, tile);
  stop.check();
  place_lists(targets, tile, rule, is_dense);
  fill_lists(targets, tile, is_dense, stop);
  copy_remainders(targets, tile);
  return tile;
}

}  // namespace samestory::similarity
