#pragma once

#include <cstdint>
#include <vector>

#include "samestory/analyzer.hpp"
#include "samestory/buffer.hpp"
#include "text/normalizer.hpp"
#include "text/span.hpp"

namespace samestory {

/// Cuts normalized text into words, a stretch of a few thousand bytes at a time.
class Tokenizer {
 public:
  Tokenizer(TokenKind tokens, const AsciiKernels& kernels, const UnicodeTables& tables);

  /// To be called once a document.
  void start(const Normalizer& text);
  /// Fills spans() with the words that end in the next stretch; false when there are no more.
  bool next();
  const Buffer<Span>& spans() const { return spans_; }

 private:
  void find_boundaries(std::size_t first_block, std::size_t n_blocks);
  void drop_single_bytes(std::size_t n_blocks);
  bool is_wide_member(const std::uint8_t* at) const;
  void mark_wide_characters(std::size_t first_block, std::size_t n_blocks);
  void add_words(const std::uint32_t* places, std::size_t n_words);
  void add_unspaced(std::uint32_t begin, std::uint32_t end);
  std::uint32_t character_end(std::uint32_t at) const;

  TokenKind tokens_;
  std::uint32_t member_flags_;  // what a word consists of, beyond ASCII
  const AsciiKernels& kernels_;
  const UnicodeTables& tables_;
  const std::uint8_t* text_ = nullptr;
  std::size_t size_ = 0;
  std::size_t block_ = 0;
  bool is_ascii_ = true;
  bool has_unspaced_ = false;
  bool has_wide_members_ = false;  // in the stretch, beyond ASCII
  bool were_characters_ = true;    // whether every byte of a word was one in the stretch before
  std::uint64_t carry_ = 0;        // the last bit of the block before
  std::uint64_t pending_[2] = {};  // bits of a character that began in the stretch before
  bool is_open_ = false;
  std::uint32_t open_begin_ = 0;
  std::vector<std::uint64_t> members_;
  std::vector<std::uint64_t> high_;
  std::vector<std::uint32_t> boundaries_;
  Buffer<Span> spans_;
};

}  // namespace samestory
