#pragma once

#include <cstdint>

namespace samestory {

/// Where a term stands in the normalized text.
struct Span {
  std::uint32_t begin, end;
};

}  // namespace samestory
