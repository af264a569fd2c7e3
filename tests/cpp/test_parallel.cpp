#include <gtest/gtest.h>

#include <chrono>
#include <numeric>
#include <stdexcept>
#include <thread>
#include <vector>

#include "support/parallel.hpp"

namespace samestory {
namespace {

TEST(ParallelFor, VisitsEveryIndexOnceForAnyThreadCount) {
  for (const int n_threads : {1, 2, 3, 7}) {
    std::vector<int> visits(1001, 0);
    const Control control{n_threads};
    parallel_for(control, 1001, 10, [&](std::int64_t begin, std::int64_t end, int worker, auto&) {
      EXPECT_LT(worker, n_threads);
      for (auto i = begin; i < end; ++i)
        ++visits[i];
    });
    EXPECT_EQ(std::accumulate(visits.begin(), visits.end(), 0), 1001);
    EXPECT_EQ(*std::max_element(visits.begin(), visits.end()), 1);
  }
}

TEST(ParallelFor, DoesNothingOnAnEmptyRange) {
  parallel_for(Control{2}, 0, 1, [](auto, auto, int, auto&) { FAIL(); });
}

TEST(ParallelFor, RethrowsWhatAWorkerThrew) {
  for (const int n_threads : {1, 4}) {
    const auto run = [&] {
      parallel_for(Control{n_threads}, 100, 1, [](std::int64_t begin, auto, int, auto&) {
        if (begin == 37) throw std::out_of_range("37");
      });
    };
    EXPECT_THROW(run(), std::out_of_range);
  }
}

TEST(ParallelFor, StopsSoonAfterTheCallerSaysSo) {
  for (const int n_threads : {1, 3}) {
    Control control{n_threads};
    const auto start = std::chrono::steady_clock::now();
    control.check_interrupt = [&] {
      if (std::chrono::steady_clock::now() - start > std::chrono::milliseconds(20)) {
        throw Interrupted();
      }
    };
    const auto run = [&] {
      parallel_for(control, 1'000'000, 1, [](auto, auto, int, auto&) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
      });
    };
    EXPECT_THROW(run(), Interrupted);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
  }
}

TEST(ParallelFor, ReportsProgressUpToTheEnd) {
  std::int64_t last = -1;
  Control control{2};
  control.report_progress = [&](std::string_view stage, std::int64_t done, std::int64_t total) {
    EXPECT_EQ(stage, "counting");
    EXPECT_GE(done, last);
    EXPECT_EQ(total, 300);
    last = done;
  };
  parallel_for(
      control, 300, 1,
      [](auto, auto, int, auto&) { std::this_thread::sleep_for(std::chrono::milliseconds(1)); },
      "counting");
  EXPECT_EQ(last, 300);
}

}  // namespace
}  // namespace samestory
