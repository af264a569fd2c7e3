#pragma once

#include <cstdint>

#include "samestory/buffer.hpp"

namespace samestory::similarity {

/// Zeros that start at a cache line: a 64-byte vector read across two lines costs twice.
class AlignedFloats {
 public:
  void assign_zeros(std::int64_t size) {
    storage_.assign(static_cast<std::size_t>(size + kLine), 0.0F);
    const auto address = reinterpret_cast<std::uintptr_t>(storage_.data()) / sizeof(float);
    offset_ = static_cast<std::int64_t>((kLine - address % kLine) % kLine);
  }
  float* data() { return storage_.data() + offset_; }
  const float* data() const { return storage_.data() + offset_; }

 private:
  static constexpr std::int64_t kLine = 16;
  Buffer<float> storage_;  // moving a vector keeps its memory, and so the offset
  std::int64_t offset_ = 0;
};

}  // namespace samestory::similarity
