#pragma once

#include <cstdint>
#include <stdexcept>
#include <utility>

#include "samestory/document.hpp"

namespace samestory {

/// Calls body(units) with the code points of a document where they lie; it may not be UTF-8.
template <class Body>
decltype(auto) with_units(const Document& document, Body&& body) {
  switch (document.encoding) {
    case TextEncoding::latin1:
      return body(static_cast<const std::uint8_t*>(document.data));
    case TextEncoding::ucs2:
      return body(static_cast<const std::uint16_t*>(document.data));
    case TextEncoding::ucs4:
      return body(static_cast<const std::uint32_t*>(document.data));
    case TextEncoding::utf8:
      break;
  }
  throw std::logic_error("code units are asked for of UTF-8");
}

/// A hash of code points that does not depend on how many bytes each takes.
template <class Unit>
std::uint64_t hash_of_units(const Unit* units, std::size_t n) {
  constexpr std::uint64_t kFirst = 0x9ddfea08eb382d69U, kSecond = 0xc2b2ae3d27d4eb4fU,
                          kThird = 0x165667b19e3779f9U, kFourth = 0x27d4eb2f165667c5U;
  std::uint64_t hash = n * kFirst;
  const auto mix = [&](std::uint64_t block) {
    hash = (hash ^ block) * kSecond;
    hash ^= hash >> 29;
  };
  std::size_t i = 0;
  for (; i + 4 <= n; i += 4)
    mix(units[i] * kFirst + units[i + 1] * kSecond + units[i + 2] * kThird +
        units[i + 3] * kFourth);
  std::uint64_t rest = 0;
  for (; i < n; ++i)
    rest = rest * kThird + units[i] + 1;
  mix(rest);
  return hash;
}

}  // namespace samestory
