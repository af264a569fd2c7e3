#include "text/text_counter.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "support/parallel.hpp"

namespace samestory {
namespace {

constexpr std::size_t kChunkBytes = 1 << 18;
constexpr std::size_t kChunkDocuments = 1 << 12;

/// Some documents on end, and the bytes up to the last of them.
struct Chunk {
  std::size_t begin, end;
  std::size_t bytes_end;
};

/// Chunks of about equal size; bytes are counted from `n_bytes` on.
std::vector<Chunk> chunk(std::span<const Document> documents, std::size_t n_bytes) {
  std::vector<Chunk> chunks;
  std::size_t begin = 0;
  std::size_t bytes_begin = n_bytes;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    n_bytes += documents[i].n_bytes();
    const std::size_t n = i + 1 - begin;
    if (n_bytes - bytes_begin < kChunkBytes && n < kChunkDocuments && i + 1 < documents.size())
      continue;
    chunks.push_back({begin, i + 1, n_bytes});
    begin = i + 1;
    bytes_begin = n_bytes;
  }
  return chunks;
}

void check(const AnalyzerOptions& options) {
  if (options.min_n < 1 || options.max_n < options.min_n) {
    throw std::invalid_argument("n-grams go from min_n >= 1 to max_n >= min_n, not from " +
                                std::to_string(options.min_n) + " to " +
                                std::to_string(options.max_n));
  }
}

}  // namespace

TextCounter::TextCounter(AnalyzerOptions options, std::shared_ptr<const Lookup> lookup)
    : options_(std::move(options)),
      lookup_(std::move(lookup)),
      kernels_(ascii_kernels(active_instruction_set())),
      tables_(unicode_tables()) {
  check(options_);
}

void TextCounter::add(std::span<const Document> documents, const Control& control) {
  if (documents.empty()) return;
  const auto chunks = chunk(documents, n_bytes_);
  n_bytes_ = chunks.back().bytes_end;
  const auto n_workers = static_cast<std::size_t>(resolve_threads(control));
  while (workers_.size() < n_workers) {
    workers_.push_back(
        std::make_unique<DocumentCounter>(options_, lookup_.get(), kernels_, *tables_));
  }
  const std::size_t n_before = blocks_.size();
  blocks_.resize(n_before + chunks.size());
  parallel_for(
      control, static_cast<std::int64_t>(chunks.size()), 1,
      [&](auto first, auto, int worker, const Stop& stop) {
        const auto c = static_cast<std::size_t>(first);
        const auto& [begin, end, bytes_end] = chunks[c];
        auto& counter = *workers_[static_cast<std::size_t>(worker)];
        const auto n_read = static_cast<double>(std::max<std::size_t>(bytes_end, 1));
        counter.expect(std::max(1.0, static_cast<double>(n_bytes_) / n_read));
        blocks_[n_before + c] = counter.count(documents.data() + begin, end - begin, worker, stop);
      },
      "counting terms");
}

std::vector<const DocumentCounter*> TextCounter::workers() const {
  std::vector<const DocumentCounter*> workers;
  for (const auto& worker : workers_)
    workers.push_back(worker.get());
  return workers;
}

TextCounter::Result TextCounter::finish(const Control& control) {
  if (lookup_) {
    const auto n_columns = static_cast<std::int64_t>(lookup_->n_nodes());
    std::vector<Buffer<std::int32_t>> features(workers_.size(), lookup_->columns());
    return {nullptr, CorpusCounts(std::move(blocks_), std::move(features), {}, n_columns)};
  }
  const bool words =
      options_.tokens == TokenKind::words || options_.tokens == TokenKind::unicode_words;
  auto merged = merge_terms(workers(), options_.min_n, words ? options_.max_n : 1, control);
  const auto n_features = static_cast<std::int64_t>(merged.tree->n_features);
  Buffer<std::int64_t> frequencies(static_cast<std::size_t>(n_features), 0);
  for (std::size_t w = 0; w < workers_.size(); ++w) {
    const auto& features = merged.features[w];
    const auto n_nodes = static_cast<std::int64_t>(features.size());
    // Nodes of one worker have features of their own, so that threads do not meet.
    parallel_for(control, n_nodes, 1 << 14, [&](auto first, auto last, int, const Stop&) {
      for (auto node = static_cast<std::size_t>(first); node < static_cast<std::size_t>(last);
           ++node) {
        if (features[node] < 0) continue;
        frequencies[static_cast<std::size_t>(features[node])] +=
            workers_[w]->rows().document_frequency(static_cast<std::uint32_t>(node));
      }
    });
  }
  workers_.clear();
  return {merged.tree, CorpusCounts(std::move(blocks_), std::move(merged.features),
                                    std::move(frequencies), n_features)};
}

}  // namespace samestory
