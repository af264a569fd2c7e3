#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace samestory {

/// What a code point is, as bits of CodePoint::flags.
namespace code_point_flags {
constexpr std::uint32_t word = 1;         // \w of Python's re: a letter, a number or '_'
constexpr std::uint32_t space = 2;        // \s, and where str.split() splits
constexpr std::uint32_t cased = 4;        // decides, with the next one, what a final sigma is
constexpr std::uint32_t ignorable = 8;    // looked through when that is decided
constexpr std::uint32_t letter = 16;      // categories L, M and N
constexpr std::uint32_t unspaced = 32;    // a script written without spaces
constexpr std::uint32_t strippable = 64;  // changes when accents are stripped
constexpr std::uint32_t printable = 128;  // tells whether a version of Unicode knows it
}  // namespace code_point_flags

/// One code point's flags and the distance to its lowercase, in 32 bits.
struct CodePoint {
  std::uint32_t packed = 0;
  bool is(std::uint32_t flags) const { return (packed & flags) != 0; }
  std::int32_t lower_delta() const { return static_cast<std::int32_t>(packed) >> 8; }
};

/// What another Unicode version says of one code point.
struct CodePointChange {
  std::uint32_t code = 0;
  std::uint32_t flags = 0;  // word, space, cased, ignorable, letter
  std::uint32_t lower = 0;
  std::u32string stripped;
};

/// Lowercasing, classes and accents of every code point: a two-stage table.
class UnicodeTables {
 public:
  UnicodeTables();

  CodePoint operator[](std::uint32_t code) const {
    return blocks_[(std::size_t{stage_[code >> 8]} << 8) | (code & 255)];
  }
  std::uint32_t lower(std::uint32_t code) const {
    return code + static_cast<std::uint32_t>((*this)[code].lower_delta());
  }
  /// Compatibility decomposition without combining marks.
  void append_stripped(std::uint32_t code, std::u32string& out) const;

  void apply(const std::vector<CodePointChange>& changes);

 private:
  CodePoint& at(std::uint32_t code);
  void set_stripped(std::uint32_t code, std::u32string stripped);

  std::vector<std::uint16_t> stage_;
  std::vector<CodePoint> blocks_;
  std::map<std::uint32_t, std::u32string> stripped_;
};

/// The Unicode version of the tables that the core carries.
std::string unicode_version();

/// The tables in use: the core's own, unless others have been set.
std::shared_ptr<const UnicodeTables> unicode_tables();

/// Makes the core's tables agree with another Unicode version from now on.
void set_unicode_changes(const std::vector<CodePointChange>& changes);

}  // namespace samestory
