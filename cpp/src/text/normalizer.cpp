#include "text/normalizer.hpp"

#include <cstring>

#include "text/utf8.hpp"

namespace samestory {
namespace {

constexpr std::size_t kPadding = 128;  // kernels write and read up to 64 bytes past the end
constexpr std::uint32_t kDottedCapitalI = 0x130;
constexpr std::uint32_t kCombiningDot = 0x307;
constexpr std::uint32_t kCapitalSigma = 0x3A3;

/// A code point and the code units that it takes.
struct Decoded {
  std::uint32_t code;
  std::size_t n_units;
};

/// One code point a code unit.
template <class Char>
struct WideSource {
  const Char* text;
  std::size_t size;

  Decoded at(std::size_t i) const { return {text[i], 1}; }
  std::size_t before(std::size_t i) const { return i - 1; }
  std::size_t copy_ascii(const AsciiKernels& kernels, std::size_t i, std::uint8_t* out,
                         bool lower) const {
    if constexpr (sizeof(Char) == 1) return kernels.copy_8(text + i, size - i, out, lower);
    if constexpr (sizeof(Char) == 2) return kernels.copy_16(text + i, size - i, out, lower);
    if constexpr (sizeof(Char) == 4) return kernels.copy_32(text + i, size - i, out, lower);
  }
};

struct Utf8Source {
  const std::uint8_t* text;
  std::size_t size;

  Decoded at(std::size_t i) const {
    if (text[i] < 0x80) return {text[i], 1};
    const std::size_t length = utf8::length_from_lead(text[i]);
    return {utf8::decode(text + i, length), length};
  }
  std::size_t before(std::size_t i) const {
    do {
      --i;
    } while ((text[i] & 0xC0) == 0x80);
    return i;
  }
  std::size_t copy_ascii(const AsciiKernels& kernels, std::size_t i, std::uint8_t* out,
                         bool lower) const {
    return kernels.copy_8(text + i, size - i, out, lower);
  }
};

template <class Char>
WideSource<Char> wide(const Document& document) {
  return {static_cast<const Char*>(document.data), document.length};
}

}  // namespace

Normalizer::Normalizer(const AnalyzerOptions& options, const AsciiKernels& kernels,
                       const UnicodeTables& tables)
    : options_(options), kernels_(kernels), tables_(tables) {}

void Normalizer::run(const Document& document) {
  size_ = 0;
  is_ascii_ = true;
  switch (document.encoding) {
    case TextEncoding::utf8:
      run_source(Utf8Source{static_cast<const std::uint8_t*>(document.data), document.length});
      break;
    case TextEncoding::latin1:
      run_source(wide<std::uint8_t>(document));
      break;
    case TextEncoding::ucs2:
      run_source(wide<std::uint16_t>(document));
      break;
    case TextEncoding::ucs4:
      run_source(wide<std::uint32_t>(document));
      break;
  }
  reserve(0);
  std::memset(out_.data() + size_, 0, 64);
}

template <class Source>
void Normalizer::run_source(const Source& source) {
  for (std::size_t i = 0; i < source.size;) {
    reserve(source.size - i);
    const std::size_t n = source.copy_ascii(kernels_, i, out_.data() + size_, options_.lowercase);
    size_ += n;
    i += n;
    // Runs of other scripts go by themselves, without asking the kernel at every character.
    for (; i < source.size;) {
      const auto [code, n_units] = source.at(i);
      if (code < 0x80) break;
      append_lowered(source, i, code);
      i += n_units;
    }
  }
}

template <class Source>
void Normalizer::append_lowered(const Source& source, std::size_t at, std::uint32_t code) {
  reserve(0);
  if (!options_.lowercase) return append(code);
  if (code == kDottedCapitalI) {
    append('i');
    return append(kCombiningDot);
  }
  if (code == kCapitalSigma) return append(is_final_sigma(source, at) ? 0x3C2 : 0x3C3);
  append(tables_.lower(code));
}

// A sigma ends a word when a cased letter stands before it and none after it, case-ignorable
// characters apart (SpecialCasing.txt; CPython's handle_capital_sigma).
template <class Source>
bool Normalizer::is_final_sigma(const Source& source, std::size_t at) const {
  using namespace code_point_flags;
  bool cased_before = false;
  for (std::size_t i = at; i > 0;) {
    i = source.before(i);
    const auto point = tables_[source.at(i).code];
    if (point.is(ignorable)) continue;
    cased_before = point.is(cased);
    break;
  }
  if (!cased_before) return false;
  for (std::size_t i = at + source.at(at).n_units; i < source.size;) {
    const auto [code, n_units] = source.at(i);
    const auto point = tables_[code];
    if (!point.is(ignorable)) return !point.is(cased);
    i += n_units;
  }
  return true;
}

void Normalizer::append(std::uint32_t code) {
  if (options_.accents == Accents::keep) return append_encoded(code);
  stripped_.clear();
  tables_.append_stripped(code, stripped_);
  for (const auto bare : stripped_) {
    reserve(0);
    if (bare < 0x80 || options_.accents == Accents::strip) append_encoded(bare);
  }
}

void Normalizer::append_encoded(std::uint32_t code) {
  size_ += utf8::encode(code, out_.data() + size_);
  if (code >= 0x80) is_ascii_ = false;
}

void Normalizer::reserve(std::size_t more) {
  const std::size_t needed = size_ + more + kPadding;
  if (out_.size() < needed) out_.resize(needed + needed / 2);
}

}  // namespace samestory
