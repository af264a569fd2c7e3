#include "text/unicode.hpp"

#include <mutex>
#include <utility>

#include "text/unicode_data.hpp"

namespace samestory {
namespace {

constexpr std::uint32_t kEnd = 0x110000;
constexpr std::uint32_t kFirstHangul = 0xAC00;
constexpr std::uint32_t kLastHangul = 0xD7A3;

struct Range {
  std::uint32_t first, last;
};

// Han, Hiragana, Katakana, Thai, Lao, Myanmar and Khmer blocks; only letters, marks and numbers in
// them count.
constexpr Range kUnspaced[] = {
    {0x0E00, 0x0EFF}, {0x1000, 0x109F}, {0x1780, 0x17FF},   {0x19E0, 0x19FF},   {0x2E80, 0x2FDF},
    {0x3005, 0x3007}, {0x3021, 0x3029}, {0x3038, 0x303B},   {0x3041, 0x309F},   {0x30A1, 0x30FF},
    {0x31F0, 0x31FF}, {0x3400, 0x4DBF}, {0x4E00, 0x9FFF},   {0xA9E0, 0xA9FF},   {0xAA60, 0xAA7F},
    {0xF900, 0xFAFF}, {0xFF66, 0xFF9F}, {0x1AFF0, 0x1B16F}, {0x20000, 0x323AF},
};

bool is_unspaced(std::uint32_t code) {
  for (const auto& range : kUnspaced) {
    if (code >= range.first && code <= range.last) return true;
  }
  return false;
}

// Syllables are made of a leading consonant, a vowel and perhaps a trailing consonant.
void append_hangul(std::uint32_t code, std::u32string& out) {
  const std::uint32_t index = code - kFirstHangul;
  out.push_back(static_cast<char32_t>(0x1100 + index / 588));
  out.push_back(static_cast<char32_t>(0x1161 + index % 588 / 28));
  if (index % 28 != 0) out.push_back(static_cast<char32_t>(0x11A7 + index % 28));
}

std::mutex tables_mutex;
std::shared_ptr<const UnicodeTables> current_tables;

}  // namespace

UnicodeTables::UnicodeTables() : stage_(kEnd >> 8, 0), blocks_(256) {
  namespace data = unicode_data;
  for (std::size_t run = 0; run < data::flag_runs.size(); ++run) {
    const std::uint32_t flags = data::flag_runs[run] & 255;
    const std::uint32_t end =
        run + 1 < data::flag_runs.size() ? data::flag_runs[run + 1] >> 8 : kEnd;
    for (std::uint32_t code = data::flag_runs[run] >> 8; flags != 0 && code < end; ++code) {
      const bool unspaced = (flags & code_point_flags::letter) != 0 && is_unspaced(code);
      at(code).packed = flags | (unspaced ? code_point_flags::unspaced : 0);
    }
  }
  for (std::size_t i = 0; i < data::lower_steps.size(); i += 4) {
    for (auto code = data::lower_steps[i]; code <= data::lower_steps[i + 1];
         code += data::lower_steps[i + 2]) {
      auto& point = at(static_cast<std::uint32_t>(code));
      point.packed |= static_cast<std::uint32_t>(data::lower_steps[i + 3]) << 8;
    }
  }
  for (std::size_t i = 0; i < data::strip_steps.size(); i += 4) {
    for (auto code = data::strip_steps[i]; code <= data::strip_steps[i + 1];
         code += data::strip_steps[i + 2]) {
      set_stripped(static_cast<std::uint32_t>(code),
                   {static_cast<char32_t>(code + data::strip_steps[i + 3])});
    }
  }
  for (std::size_t i = 0; i < data::strip_sequences.size();) {
    const auto code = data::strip_sequences[i] >> 8;
    const auto n = data::strip_sequences[i] & 255;
    const auto* first = data::strip_sequences.data() + i + 1;
    set_stripped(code, std::u32string(first, first + n));
    i += 1 + n;
  }
  for (std::uint32_t code = kFirstHangul; code <= kLastHangul; ++code) {
    at(code).packed |= code_point_flags::strippable;
  }
}

CodePoint& UnicodeTables::at(std::uint32_t code) {
  auto& block = stage_[code >> 8];
  if (block == 0) {
    block = static_cast<std::uint16_t>(blocks_.size() >> 8);
    blocks_.resize(blocks_.size() + 256);
  }
  return blocks_[(std::size_t{block} << 8) | (code & 255)];
}

void UnicodeTables::set_stripped(std::uint32_t code, std::u32string stripped) {
  at(code).packed |= code_point_flags::strippable;
  stripped_[code] = std::move(stripped);
}

void UnicodeTables::append_stripped(std::uint32_t code, std::u32string& out) const {
  if (!(*this)[code].is(code_point_flags::strippable)) {
    out.push_back(static_cast<char32_t>(code));
    return;
  }
  const auto found = stripped_.find(code);
  found != stripped_.end() ? void(out += found->second) : append_hangul(code, out);
}

void UnicodeTables::apply(const std::vector<CodePointChange>& changes) {
  for (const auto& change : changes) {
    const bool unspaced =
        (change.flags & code_point_flags::letter) != 0 && is_unspaced(change.code);
    at(change.code).packed = change.flags | (unspaced ? code_point_flags::unspaced : 0) |
                             (change.lower - change.code) << 8;
    stripped_.erase(change.code);
    if (change.stripped != std::u32string{static_cast<char32_t>(change.code)}) {
      set_stripped(change.code, change.stripped);
    }
  }
}

std::string unicode_version() {
  return unicode_data::version;
}

std::shared_ptr<const UnicodeTables> unicode_tables() {
  const std::lock_guard lock(tables_mutex);
  if (!current_tables) current_tables = std::make_shared<UnicodeTables>();
  return current_tables;
}

void set_unicode_changes(const std::vector<CodePointChange>& changes) {
  auto tables = std::make_shared<UnicodeTables>();
  tables->apply(changes);
  const std::lock_guard lock(tables_mutex);
  current_tables = std::move(tables);
}

}  // namespace samestory
