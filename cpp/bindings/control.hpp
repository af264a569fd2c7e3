#pragma once

#include <pybind11/pybind11.h>

#include <string>

#include "samestory/control.hpp"

namespace samestory::bindings {

/// A Control for a call from Python. Ctrl-C (any pending signal) raises in the calling thread; the
/// callable `progress`, if any, is called as progress(stage, done, total). To be made with the lock
/// held and used with it released: both callbacks take it again for themselves.
inline Control make_control(int n_threads, const pybind11::object& progress = pybind11::none()) {
  namespace py = pybind11;
  Control control;
  control.n_threads = n_threads;
  control.check_interrupt = [] {
    const py::gil_scoped_acquire lock;
    if (PyErr_CheckSignals() != 0) throw py::error_already_set();
  };
  if (!progress.is_none()) {
    control.report_progress = [progress](std::string_view stage, std::int64_t done,
                                         std::int64_t total) {
      const py::gil_scoped_acquire lock;
      progress(std::string(stage), done, total);
    };
  }
  return control;
}

}  // namespace samestory::bindings
