#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <string_view>

#include "samestory/control.hpp"

namespace samestory {

/// What a worker asks in long loops; cheap enough for every few thousand steps.
class Stop {
 public:
  /// Throws when the call is to end early. On the calling thread it also polls the caller.
  void check() const {
    if (flag_.load(std::memory_order_relaxed)) throw Interrupted();
    if (control_ != nullptr) poll();
  }

 private:
  friend class WorkerPool;
  Stop(const std::atomic<bool>& flag, const Control* control) : flag_(flag), control_(control) {}
  void poll() const;

  const std::atomic<bool>& flag_;
  const Control* control_;  // set only where the worker is the calling thread itself
  mutable std::chrono::steady_clock::time_point next_poll_{};
};

/// Threads that a Control stands for on this machine; at least 1.
int resolve_threads(const Control& control);

/// Runs body(worker, stop) for worker = 0 .. n_workers - 1, each on a thread of its own, and joins
/// them all before it returns or throws. Meanwhile the calling thread polls the caller for
/// interruption every 50 ms and reports `done` of `total` under `stage` (no report if it is empty).
/// The exception of the lowest worker is rethrown. Fewer threads than asked for may start; a body
/// must therefore take its work from a shared queue, or be content with running after another.
void run_workers(const Control& control, int n_workers,
                 const std::function<void(int, const Stop&)>& body, std::string_view stage = {},
                 const std::atomic<std::int64_t>* done = nullptr, std::int64_t total = 0);

/// Splits [0, n) into chunks of `grain` and runs body(begin, end, worker, stop) on them, in order
/// of begin but on any thread. With at most one chunk, or one thread and nobody to ask, it runs
/// inline. worker < resolve_threads(control). Choose the grain so that a chunk takes about a
/// millisecond, or call stop.check() inside. Whatever a body writes must depend on its range alone.
template <class Body>
void parallel_for(const Control& control, std::int64_t n, std::int64_t grain, Body&& body,
                  std::string_view stage = {}) {
  if (n <= 0) return;
  if (grain < 1) grain = 1;
  const std::int64_t n_chunks = (n + grain - 1) / grain;
  const auto n_workers =
      static_cast<int>(std::min<std::int64_t>(resolve_threads(control), n_chunks));
  std::atomic<std::int64_t> next{0};
  std::atomic<std::int64_t> done{0};
  const auto work = [&](int worker, const Stop& stop) {
    for (;;) {
      const std::int64_t begin = next.fetch_add(grain, std::memory_order_relaxed);
      if (begin >= n) return;
      stop.check();
      const std::int64_t end = std::min(n, begin + grain);
      body(begin, end, worker, stop);
      done.fetch_add(end - begin, std::memory_order_relaxed);
    }
  };
  run_workers(control, n_workers, work, stage, &done, n);
}

/// Polls the caller from a serial loop on the calling thread: step() every iteration.
class Poller {
 public:
  explicit Poller(const Control& control, std::string_view stage = {}, std::int64_t total = 0)
      : control_(control), stage_(stage), total_(total) {}

  /// One step done; asks the clock every 256 steps.
  void step() {
    if ((++done_ & 255) == 0) poll();
  }
  /// Asks the clock now; for steps that may be long.
  void poll();
  /// The same, with so many steps done in all.
  void poll(std::int64_t done) {
    done_ = done;
    poll();
  }

 private:
  const Control& control_;
  std::string_view stage_;
  std::int64_t total_;
  std::int64_t done_ = 0;
  std::chrono::steady_clock::time_point next_poll_{};
};

}  // namespace samestory
