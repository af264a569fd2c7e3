#include "text/word_scan.hpp"

#include <limits>
#include <stdexcept>

#include "support/scrambled.hpp"
#include "text/utf8.hpp"

namespace samestory {
namespace {

constexpr std::uint64_t kStart = 0xcbf29ce484222325U;  // FNV-1a's numbers
constexpr std::uint64_t kFactor = 0x100000001b3U;

bool is_digit(std::uint32_t code) {
  return code - U'0' < 10;
}

}  // namespace

WordScan::WordScan(const UnicodeTables& tables, std::size_t reach)
    : tables_(tables), reach_(reach) {
  for (std::uint32_t code = 0; code < 256; ++code) {
    latin_[code] = tables[code].is(code_point_flags::letter) ? tables.lower(code) : 0;
  }
}

std::uint32_t WordScan::member(std::uint32_t code) const {
  if (code < 256) return latin_[code];
  return tables_[code].is(code_point_flags::letter) ? tables_.lower(code) : 0;
}

/// next(code) gives the next code point and returns where it ends, or 0 at the end of the text.
template <class Next>
void WordScan::scan(Next&& next) {
  std::uint32_t begin = 0, at = 0, line = 0, code = 0;
  std::uint64_t hash = kStart;
  bool is_open = false, is_number = true;
  const auto close = [&](std::uint32_t end) {
    if (is_open) words_.push_back({scrambled(hash), begin, end, line, false, is_number});
    is_open = false;
    is_number = true;
    hash = kStart;
  };
  for (std::uint32_t end = 0; (end = next(code)) != 0; at = end) {
    const std::uint32_t lower = member(code);
    if (lower == 0) {
      close(at);
      line += code == U'\n';
    } else if (code >= 256 && tables_[code].is(code_point_flags::unspaced)) {
      close(at);
      words_.push_back({scrambled((kStart ^ lower) * kFactor), at, end, line, true, false});
    } else {
      if (!is_open) begin = at;
      is_open = true;
      is_number = is_number && is_digit(lower);
      hash = (hash ^ lower) * kFactor;
    }
  }
  close(at);
}

const std::vector<ScannedWord>& WordScan::run(const Document& document) {
  if (document.length >= std::numeric_limits<std::uint32_t>::max()) {
    throw std::length_error("a document may have at most 4 billion characters");
  }
  words_.clear();
  std::uint32_t at = 0;
  const auto n = static_cast<std::uint32_t>(document.length);
  const bool is_long = reach_ > 0 && document.length > 2 * reach_;
  const std::uint32_t gap = is_long ? static_cast<std::uint32_t>(reach_) : n;
  std::uint32_t tail = is_long ? n - gap : n;
  const auto of_units = [&]<class Unit>(const Unit* text) {
    scan([&, text](std::uint32_t& code) -> std::uint32_t {
      if (at == gap && at < tail) {
        code = U'\n';
        return at = tail;
      }
      if (at == n) return 0;
      code = text[at];
      return ++at;
    });
  };
  switch (document.encoding) {
    case TextEncoding::latin1:
      of_units(static_cast<const std::uint8_t*>(document.data));
      break;
    case TextEncoding::ucs2:
      of_units(static_cast<const std::uint16_t*>(document.data));
      break;
    case TextEncoding::ucs4:
      of_units(static_cast<const std::uint32_t*>(document.data));
      break;
    case TextEncoding::utf8:
      const auto* text = static_cast<const std::uint8_t*>(document.data);
      while (tail < n && (text[tail] & 0xc0) == 0x80)
        ++tail;
      scan([&, text](std::uint32_t& code) -> std::uint32_t {
        if (at >= gap && at < tail) {
          code = U'\n';
          return at = tail;
        }
        if (at == n) return 0;
        const auto length = text[at] < 0x80 ? 1 : utf8::length_from_lead(text[at]);
        code = length == 1 ? text[at] : utf8::decode(text + at, length);
        return at += static_cast<std::uint32_t>(length);
      });
  }
  return words_;
}

}  // namespace samestory
