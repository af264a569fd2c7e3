#pragma once

#include <cstdint>

#include "samestory/buffer.hpp"

namespace samestory::similarity {

/// Numbers that start at a cache line: a 64-byte vector read across two lines costs twice.
template <class T>
class AlignedArray {
 public:
  void assign(std::int64_t size, T value) {
    storage_.assign(static_cast<std::size_t>(size + kLine), value);
    const auto address = reinterpret_cast<std::uintptr_t>(storage_.data()) / sizeof(T);
    offset_ = static_cast<std::int64_t>((kLine - address % kLine) % kLine);
  }
  std::int64_t size() const { return static_cast<std::int64_t>(storage_.size()) - kLine; }
  std::int64_t n_bytes() const { return bytes_of(storage_); }
  T* data() { return storage_.data() + offset_; }
  const T* data() const { return storage_.data() + offset_; }

 private:
  static constexpr std::int64_t kLine = 64 / sizeof(T);
  Buffer<T> storage_;  // moving a vector keeps its memory, and so the offset
  std::int64_t offset_ = 0;
};

using AlignedFloats = AlignedArray<float>;

}  // namespace samestory::similarity
