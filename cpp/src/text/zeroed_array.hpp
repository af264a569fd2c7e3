#pragma once

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <new>
#include <type_traits>
#include <utility>

#include "samestory/large_memory.hpp"

namespace samestory {

/// An array of zero bytes, for hash tables. What the system has just cleared is not written again.
template <class T>
class ZeroedArray {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  explicit ZeroedArray(std::size_t size) : size_(size) {
    if (is_large()) {
      const auto piece = large_memory::take(n_bytes());
      if (!piece.is_zero) std::memset(piece.data, 0, n_bytes());
      data_ = static_cast<T*>(piece.data);
      return;
    }
    data_ = static_cast<T*>(std::calloc(size, sizeof(T)));
    if (data_ == nullptr) throw std::bad_alloc();
  }
  ~ZeroedArray() { is_large() ? large_memory::give(data_, n_bytes()) : std::free(data_); }
  ZeroedArray(const ZeroedArray&) = delete;
  ZeroedArray& operator=(const ZeroedArray&) = delete;

  void swap(ZeroedArray& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
  }
  std::size_t size() const { return size_; }
  T* data() { return data_; }
  const T* data() const { return data_; }
  T& operator[](std::size_t i) { return data_[i]; }
  const T& operator[](std::size_t i) const { return data_[i]; }
  const T* begin() const { return data_; }
  const T* end() const { return data_ + size_; }

 private:
  std::size_t n_bytes() const { return size_ * sizeof(T); }
  bool is_large() const { return n_bytes() >= large_memory::kLeast; }

  T* data_ = nullptr;
  std::size_t size_;
};

}  // namespace samestory
