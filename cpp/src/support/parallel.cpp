#include "support/parallel.hpp"

#include <condition_variable>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace samestory {
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto kPollInterval = std::chrono::milliseconds(50);

}  // namespace

void Stop::poll() const {
  const auto now = Clock::now();
  if (now < next_poll_) return;
  next_poll_ = now + kPollInterval;
  if (control_->check_interrupt) control_->check_interrupt();
}

void Poller::poll() {
  const auto now = Clock::now();
  if (now < next_poll_) return;
  next_poll_ = now + kPollInterval;
  if (control_.check_interrupt) control_.check_interrupt();
  if (control_.report_progress && !stage_.empty()) control_.report_progress(stage_, done_, total_);
}

int resolve_threads(const Control& control) {
  if (control.n_threads > 0) return control.n_threads;
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

/// The threads of one call: started, watched and joined within it.
class WorkerPool {
 public:
  using Body = std::function<void(int, const Stop&)>;

  WorkerPool(const Control& control, int n_workers, const Body& body)
      : control_(control), body_(body), errors_(n_workers) {}
  ~WorkerPool() { stop_and_join(); }

  void run_inline(int n_workers) {
    const Stop stop(stop_, &control_);
    for (int worker = 0; worker < n_workers; ++worker)
      body_(worker, stop);
  }

  /// Starts a thread a worker; workers whose thread cannot be had run here, after the others.
  void run(int n_workers, const std::function<void()>& watch) {
    int started = 0;
    try {
      threads_.reserve(n_workers);
      for (; started < n_workers; ++started) {
        count_running(+1);
        threads_.emplace_back([this, worker = started] { run_worker(worker); });
      }
    } catch (const std::system_error&) {
      count_running(-1);
    }
    wait(watch);
    stop_and_join();
    for (const auto& error : errors_) {
      if (error) std::rethrow_exception(error);
    }
    const Stop stop(stop_, &control_);
    stop_ = false;
    for (; started < n_workers; ++started)
      body_(started, stop);
  }

 private:
  void count_running(int change) {
    const std::lock_guard lock(mutex_);
    running_ += change;
  }

  void run_worker(int worker) {
    try {
      body_(worker, Stop(stop_, nullptr));
    } catch (...) {
      // A worker that was told to stop is no error of its own: the first cause is kept.
      if (!stop_.exchange(true)) errors_[worker] = std::current_exception();
    }
    const std::lock_guard lock(mutex_);
    if (--running_ == 0) finished_.notify_all();
  }

  void wait(const std::function<void()>& watch) {
    std::unique_lock lock(mutex_);
    while (!finished_.wait_for(lock, kPollInterval, [this] { return running_ == 0; })) {
      lock.unlock();
      watch();
      lock.lock();
    }
  }

  void stop_and_join() {
    stop_ = true;
    for (auto& thread : threads_) {
      if (thread.joinable()) thread.join();
    }
  }

  const Control& control_;
  const Body& body_;
  std::atomic<bool> stop_{false};
  std::mutex mutex_;
  std::condition_variable finished_;
  int running_ = 0;
  std::vector<std::thread> threads_;
  std::vector<std::exception_ptr> errors_;
};

void run_workers(const Control& control, int n_workers, const WorkerPool::Body& body,
                 std::string_view stage, const std::atomic<std::int64_t>* done,
                 std::int64_t total) {
  WorkerPool pool(control, n_workers, body);
  const bool reports = control.report_progress && !stage.empty() && done != nullptr;
  // The calling thread can do the work itself where nobody waits to be told of its progress.
  if (n_workers == 1 && !reports) {
    pool.run_inline(n_workers);
    return;
  }
  pool.run(n_workers, [&] {
    if (control.check_interrupt) control.check_interrupt();
    if (reports) control.report_progress(stage, done->load(), total);
  });
  if (reports) control.report_progress(stage, total, total);
}

}  // namespace samestory
