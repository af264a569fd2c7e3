#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <random>
#include <string>
#include <thread>
#include <vector>

#if defined(__linux__)
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#endif

#include "samestory/buffer.hpp"
#include "samestory/large_memory.hpp"
#include "text/zeroed_array.hpp"

namespace samestory {
namespace {

struct Taken {
  std::uint8_t* data;
  std::size_t n;
  std::uint8_t mark;
};

std::size_t n_bytes_unlike(const Taken& taken) {
  std::size_t n_unlike = 0;
  for (std::size_t i = 0; i < taken.n; ++i)
    n_unlike += taken.data[i] != taken.mark;
  return n_unlike;
}

/// Takes, marks, checks and gives back pieces of many sizes, in any order.
void take_and_give(unsigned seed) {
  std::mt19937 random(seed);
  std::vector<Taken> held;
  for (int step = 0; step < 300; ++step) {
    if (held.size() < 6 || random() % 2 == 0) {
      const std::size_t n =
          large_memory::kLeast + random() % (step % 20 == 0 ? 50'000'000 : 999'999);
      const auto piece = large_memory::take(n);
      const Taken taken{static_cast<std::uint8_t*>(piece.data), n, 0};
      EXPECT_TRUE(!piece.is_zero || n_bytes_unlike(taken) == 0);
      held.push_back({taken.data, n, static_cast<std::uint8_t>(1 + random() % 255)});
      std::memset(taken.data, held.back().mark, n);
    }
    if (held.size() >= 6) {
      std::swap(held[random() % held.size()], held.back());
      EXPECT_EQ(n_bytes_unlike(held.back()), 0u);  // nobody else was given any of it
      large_memory::give(held.back().data, held.back().n);
      held.pop_back();
    }
  }
  for (const auto& taken : held)
    large_memory::give(taken.data, taken.n);
}

TEST(LargeMemory, IsNobodyElses) {
  std::vector<std::thread> threads;
  for (unsigned seed = 1; seed <= 3; ++seed)
    threads.emplace_back(take_and_give, seed);
  for (auto& thread : threads)
    thread.join();
}

TEST(LargeMemory, ArraysBeginWithZeros) {
  for (const std::size_t n : {1000u, 300'000u, 900'000u}) {
    for (int round = 0; round < 3; ++round) {
      Buffer<std::uint64_t> dirt(n);
      std::memset(dirt.data(), 0xFF, n * 8);
      dirt = {};
      const ZeroedArray<std::uint64_t> array(n);
      EXPECT_EQ(std::count(array.begin(), array.end(), 0u), static_cast<std::ptrdiff_t>(n));
    }
  }
}

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
std::size_t resident_bytes() {
  std::ifstream file("/proc/self/statm");
  std::size_t n_pages = 0;
  file >> n_pages >> n_pages;
  return n_pages * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

TEST(LargeMemory, GapsBetweenSmallPiecesGoBack) {
  constexpr std::size_t n_pieces = 10'000, n_bytes = 8'000, every = 10;
  std::vector<std::string> pieces;
  for (std::size_t i = 0; i < n_pieces; ++i)
    pieces.emplace_back(n_bytes, static_cast<char>('a' + i % every));
  for (std::size_t i = 0; i < n_pieces; ++i)
    if (i % every != 0) std::string().swap(pieces[i]);
  const auto before = resident_bytes();
  large_memory::give_back_gaps();
  EXPECT_LT(resident_bytes() + n_pieces * n_bytes / 2, before);
  for (std::size_t i = 0; i < n_pieces; i += every)
    EXPECT_EQ(pieces[i], std::string(n_bytes, 'a'));
}
#endif

// Not with a sanitizer's allocator below, which has locks of its own that a fork may leave held.
#if defined(__linux__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
TEST(LargeMemory, ServesAChildThatWasForkedWhileAnotherThreadTookSome) {
  std::atomic<bool> is_over = false;
  std::thread taker([&] {
    while (!is_over)
      large_memory::give(large_memory::take(large_memory::kLeast).data, large_memory::kLeast);
  });
  for (int i = 0; i < 100; ++i) {
    const auto child = fork();
    if (child == 0) {
      alarm(20);  // ends a child that waits for a lock that nobody holds
      large_memory::give(large_memory::take(large_memory::kLeast).data, large_memory::kLeast);
      _exit(0);
    }
    int status = -1;
    EXPECT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
    if (status != 0) break;
  }
  is_over = true;
  taker.join();
}
#endif

}  // namespace
}  // namespace samestory
