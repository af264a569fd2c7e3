#include "text/tokenizer.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>
#include <stdexcept>

#include "text/utf8.hpp"

namespace samestory {
namespace {

constexpr std::size_t kStretch = 64;  // blocks of 64 bytes

std::uint32_t member_flags(TokenKind tokens) {
  return tokens == TokenKind::words ? code_point_flags::word : code_point_flags::letter;
}

}  // namespace

Tokenizer::Tokenizer(TokenKind tokens, const AsciiKernels& kernels, const UnicodeTables& tables)
    : tokens_(tokens),
      member_flags_(member_flags(tokens)),
      kernels_(kernels),
      tables_(tables),
      members_(kStretch + 1),
      high_(kStretch + 1),
      boundaries_(64 * kStretch + 128) {
  spans_.reserve(64 * kStretch);
}

void Tokenizer::start(const Normalizer& text) {
  if (text.size() >= std::numeric_limits<std::uint32_t>::max() - 64) {
    throw std::length_error("a document may have at most 4 GiB of UTF-8");
  }
  text_ = text.text();
  size_ = text.size();
  is_ascii_ = text.is_ascii();
  has_unspaced_ = false;
  has_wide_members_ = false;
  were_characters_ = true;
  block_ = 0;
  carry_ = 0;
  pending_[0] = pending_[1] = 0;
  is_open_ = false;
}

bool Tokenizer::next() {
  const std::size_t n_blocks_in_all = size_ / 64 + 1;  // the padding ends the last word
  spans_.clear();
  if (block_ >= n_blocks_in_all) return false;
  const std::size_t n_blocks = std::min(kStretch, n_blocks_in_all - block_);
  find_boundaries(block_, n_blocks);
  block_ += n_blocks;
  return true;
}

void Tokenizer::find_boundaries(std::size_t first_block, std::size_t n_blocks) {
  const std::uint8_t* text = text_ + 64 * first_block;
  if (tokens_ == TokenKind::word_characters) {
    kernels_.space_bits(text, n_blocks, members_.data(), high_.data());
    for (std::size_t i = 0; i < n_blocks; ++i)
      members_[i] = ~(members_[i] | high_[i]);
  } else {
    // One block more, where there is one: it tells whether a last single character stands alone.
    const std::size_t n_seen = std::min(n_blocks + 1, size_ / 64 + 1 - first_block);
    members_[n_blocks] = high_[n_blocks] = 0;
    kernels_.word_bits(text, n_seen, tokens_ == TokenKind::words, members_.data(), high_.data());
    if ((high_[n_blocks] & 1) != 0) members_[n_blocks] |= is_wide_member(text + 64 * n_blocks);
  }
  if (!is_ascii_) mark_wide_characters(first_block, n_blocks);
  if (64 * (first_block + n_blocks) > size_) {  // zero bytes are no space, yet they end a word
    const std::size_t used = size_ - 64 * (first_block + n_blocks - 1);
    members_[n_blocks - 1] &= used == 0 ? 0 : ~std::uint64_t{0} >> (64 - used);
  }
  // A word of one character is one of one byte here, unless it began where that did not hold.
  const bool bytes_are_characters = tokens_ != TokenKind::word_characters && !has_wide_members_ &&
                                    !has_unspaced_ && (were_characters_ || !is_open_);
  if (bytes_are_characters) drop_single_bytes(n_blocks);
  were_characters_ = bytes_are_characters;
  // Every place where membership changes, then two by two: begin, end, begin, end.
  auto* places = boundaries_.data();
  std::size_t n = 0;
  if (is_open_) places[n++] = open_begin_;
  n += kernels_.changes(members_.data(), n_blocks, static_cast<std::uint32_t>(64 * first_block),
                        &carry_, places + n);
  is_open_ = n % 2 != 0;
  if (is_open_) open_begin_ = places[n - 1];
  if (bytes_are_characters) {
    spans_.resize(n / 2);
    std::memcpy(spans_.data(), places, n / 2 * sizeof(Span));
  } else if (tokens_ == TokenKind::unicode_words && has_unspaced_) {
    for (std::size_t i = 0; i + 1 < n; i += 2)
      add_unspaced(places[i], places[i + 1]);
  } else {
    add_words(places, n / 2);
  }
}

/// Clears the bits of members that have none beside them: words of one byte.
void Tokenizer::drop_single_bytes(std::size_t n_blocks) {
  std::uint64_t before = carry_;
  for (std::size_t i = 0; i < n_blocks; ++i) {
    const std::uint64_t bits = members_[i];
    members_[i] = bits & ((bits << 1 | before) | (bits >> 1 | members_[i + 1] << 63));
    before = bits >> 63;
  }
}

/// Whether a character that is not ASCII begins here and is part of a word.
bool Tokenizer::is_wide_member(const std::uint8_t* at) const {
  const std::size_t length = utf8::length_from_lead(*at);
  const bool begins = (*at & 0xC0) != 0x80;
  return begins && tables_[utf8::decode(at, length)].is(member_flags_);
}

/// Sets the bits of all bytes of each member that is not ASCII; the kernels leave them clear.
void Tokenizer::mark_wide_characters(std::size_t first_block, std::size_t n_blocks) {
  const bool by_spaces = tokens_ == TokenKind::word_characters;
  members_[0] |= pending_[0];
  high_[0] &= ~pending_[1];
  has_wide_members_ = pending_[0] != 0;
  pending_[0] = pending_[1] = 0;
  for (std::size_t i = 0; i < n_blocks; ++i) {
    for (std::uint64_t high = high_[i]; high != 0;) {
      const int bit = std::countr_zero(high);
      const std::uint8_t* at = text_ + 64 * (first_block + i) + bit;
      const std::size_t length = utf8::length_from_lead(*at);
      const auto point = tables_[utf8::decode(at, length)];
      const bool member = by_spaces ? !point.is(code_point_flags::space) : point.is(member_flags_);
      has_wide_members_ = has_wide_members_ || member;
      if (point.is(code_point_flags::unspaced)) has_unspaced_ = true;
      const std::uint64_t ones = (std::uint64_t{1} << length) - 1;
      const std::uint64_t here = ones << bit;
      const std::uint64_t after = bit + length > 64 ? ones >> (64 - bit) : 0;
      high &= ~here;
      if (member) members_[i] |= here;
      if (after == 0) continue;
      if (i + 1 < n_blocks) {
        high_[i + 1] &= ~after;
        if (member) members_[i + 1] |= after;
      } else {
        pending_[0] = member ? after : 0;
        pending_[1] = after;
      }
    }
  }
}

/// All of them, or, where words are counted, those of two and more characters.
void Tokenizer::add_words(const std::uint32_t* places, std::size_t n_words) {
  spans_.resize(n_words);
  auto* spans = spans_.data();
  std::size_t n = 0;
  for (std::size_t i = 0; i < n_words; ++i) {
    const auto begin = places[2 * i], end = places[2 * i + 1];
    const auto first = static_cast<std::uint32_t>(utf8::length_from_lead(text_[begin]));
    spans[n] = {begin, end};
    n += tokens_ == TokenKind::word_characters || end - begin > first;
  }
  spans_.resize(n);
}

/// Splits a run into its spaced and unspaced parts; an unspaced one gives its pairs of characters.
void Tokenizer::add_unspaced(std::uint32_t begin, std::uint32_t end) {
  const auto is_unspaced = [&](std::uint32_t at) {
    return text_[at] >= 0x80 &&
           tables_[utf8::decode(text_ + at, character_end(at) - at)].is(code_point_flags::unspaced);
  };
  while (begin < end) {
    const bool unspaced = is_unspaced(begin);
    std::uint32_t previous = begin;
    std::uint32_t at = character_end(begin);
    bool alone = true;
    for (; at < end && is_unspaced(at) == unspaced; at = character_end(at)) {
      if (unspaced) spans_.push_back({previous, character_end(at)});
      previous = at;
      alone = false;
    }
    if (unspaced == alone) spans_.push_back({begin, at});
    begin = at;
  }
}

std::uint32_t Tokenizer::character_end(std::uint32_t at) const {
  return at + static_cast<std::uint32_t>(utf8::length_from_lead(text_[at]));
}

}  // namespace samestory
