#pragma once

#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string_view>

namespace samestory {

/// Thrown out of a long call when its caller asked it to stop.
class Interrupted : public std::runtime_error {
 public:
  Interrupted() : std::runtime_error("interrupted by the caller") {}
};

/// How a long call runs: on how many threads, and what it asks or tells its caller on the way.
///
/// Both callbacks run on the calling thread alone, about every 50 ms; what they throw ends the call
/// after its threads have been joined. Threads live only inside the call. No result depends on
/// `n_threads`.
struct Control {
  /// Threads to use; 0 means one for each processor.
  int n_threads = 0;
  /// Throws (Interrupted, or any exception) when the call is to stop.
  std::function<void()> check_interrupt = {};
  /// Told how far a named stage is: (stage, steps done, steps in all).
  std::function<void(std::string_view, std::int64_t, std::int64_t)> report_progress = {};
};

}  // namespace samestory
