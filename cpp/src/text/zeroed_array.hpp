#pragma once

#include <cstddef>
#include <cstdlib>
#include <new>
#include <type_traits>
#include <utility>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace samestory {

/// An array of zero bytes, for hash tables. A large one is taken from the system, which clears what
/// it hands out: nothing is written twice, and huge pages are asked for.
template <class T>
class ZeroedArray {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  explicit ZeroedArray(std::size_t size) : size_(size) {
#if defined(__linux__)
    if (is_large()) {
      map();
      return;
    }
#endif
    data_ = static_cast<T*>(std::calloc(size, sizeof(T)));
    if (data_ == nullptr) throw std::bad_alloc();
  }
  ~ZeroedArray() {
#if defined(__linux__)
    if (is_large()) {
      munmap(data_, n_mapped());
      return;
    }
#endif
    std::free(data_);
  }
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
#if defined(__linux__)
  static constexpr std::size_t kPage = std::size_t{1} << 21;

  bool is_large() const { return size_ * sizeof(T) >= 2 * kPage; }
  std::size_t n_mapped() const { return (size_ * sizeof(T) + kPage - 1) / kPage * kPage; }
  void map() {
    // One page more than needed, so that the array can begin where a huge page does.
    void* all = mmap(nullptr, n_mapped() + kPage, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (all == MAP_FAILED) throw std::bad_alloc();
    auto* begin = static_cast<char*>(all);
    const auto before = (kPage - reinterpret_cast<std::size_t>(begin) % kPage) % kPage;
    if (before != 0) munmap(begin, before);
    munmap(begin + before + n_mapped(), kPage - before);
    madvise(begin + before, n_mapped(), MADV_HUGEPAGE);  // advice: no matter if it is not taken
    data_ = reinterpret_cast<T*>(begin + before);
  }
#endif

  T* data_ = nullptr;
  std::size_t size_;
};

}  // namespace samestory
