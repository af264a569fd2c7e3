#include "text/text_counter.hpp"

#include <stdexcept>
#include <utility>

#include "support/parallel.hpp"

namespace samestory {
namespace {

constexpr std::size_t kChunkBytes = 1 << 18;
constexpr std::size_t kChunkDocuments = 1 << 12;

/// Where chunks of about equal size begin, and the end.
std::vector<std::size_t> chunk(std::span<const Document> documents) {
  std::vector<std::size_t> begins{0};
  std::size_t n_bytes = 0;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    n_bytes += documents[i].n_bytes();
    if (n_bytes >= kChunkBytes || i + 1 - begins.back() >= kChunkDocuments) {
      begins.push_back(i + 1);
      n_bytes = 0;
    }
  }
  if (begins.back() != documents.size()) begins.push_back(documents.size());
  return begins;
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
  const auto begins = chunk(documents);
  const auto n_chunks = static_cast<std::int64_t>(begins.size()) - 1;
  const auto n_workers = static_cast<std::size_t>(resolve_threads(control));
  while (workers_.size() < n_workers) {
    workers_.push_back(
        std::make_unique<DocumentCounter>(options_, lookup_.get(), kernels_, *tables_));
  }
  const std::size_t n_before = blocks_.size();
  blocks_.resize(n_before + static_cast<std::size_t>(n_chunks));
  parallel_for(
      control, n_chunks, 1,
      [&](auto first, auto last, int worker, const Stop& stop) {
        for (auto c = static_cast<std::size_t>(first); c < static_cast<std::size_t>(last); ++c) {
          blocks_[n_before + c] = workers_[static_cast<std::size_t>(worker)]->count(
              documents.data() + begins[c], begins[c + 1] - begins[c], worker, stop);
        }
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
    std::vector<std::vector<std::int32_t>> features(workers_.size(), lookup_->columns());
    return {nullptr, CorpusCounts(std::move(blocks_), std::move(features), {}, n_columns)};
  }
  const bool words = options_.units == Units::words || options_.units == Units::unicode_words;
  auto merged = merge_terms(workers(), options_.min_n, words ? options_.max_n : 1, control);
  const auto n_features = static_cast<std::int64_t>(merged.tree->n_features);
  Buffer<std::int64_t> frequencies(static_cast<std::size_t>(n_features), 0);
  for (std::size_t w = 0; w < workers_.size(); ++w) {
    const auto& features = merged.features[w];
    for (std::uint32_t node = 0; node < features.size(); ++node) {
      if (features[node] < 0) continue;
      frequencies[static_cast<std::size_t>(features[node])] +=
          workers_[w]->rows().document_frequency(node);
    }
  }
  workers_.clear();
  return {merged.tree, CorpusCounts(std::move(blocks_), std::move(merged.features),
                                    std::move(frequencies), n_features)};
}

}  // namespace samestory
