// What the tests and `samestory.show_versions` ask of the foundations.
#include <pybind11/stl.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "arrays.hpp"
#include "control.hpp"
#include "register.hpp"
#include "samestory/large_memory.hpp"
#include "support/instruction_set.hpp"
#include "support/parallel.hpp"

namespace py = pybind11;

namespace samestory::bindings {
namespace {

std::vector<std::string> instruction_sets() {
  std::vector<std::string> names;
  for (const auto set : available_instruction_sets())
    names.emplace_back(name_of(set));
  return names;
}

py::tuple checked_csr(const py::object& matrix, const std::string& name) {
  const CsrArgument argument(matrix, name);
  return argument.visit([](const auto& view) {
    using Value = typename std::remove_cvref_t<decltype(view.values)>::value_type;
    CsrMatrix<Value> copy{view.n_rows, view.n_columns, {}, {}, {}};
    copy.offsets.assign(view.offsets.begin(), view.offsets.end());
    copy.columns.assign(view.columns.begin(), view.columns.begin() + view.n_entries());
    copy.values.assign(view.values.begin(), view.values.begin() + view.n_entries());
    return to_python(std::move(copy));
  });
}

void busy_wait(double seconds, int n_threads, const py::object& progress) {
  const auto control = make_control(n_threads, progress);
  const py::gil_scoped_release release;
  const auto steps = static_cast<std::int64_t>(seconds * 1000);
  parallel_for(
      control, steps, 1,
      [](std::int64_t, std::int64_t, int, const Stop&) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
      },
      "waiting");
}

}  // namespace
}  // namespace samestory::bindings

void register_support(py::module_& module) {
  using namespace samestory::bindings;
  module.def("instruction_sets", &instruction_sets,
             "Instruction sets that this build and processor can run, the best last.");
  module.def(
      "active_instruction_set",
      [] { return std::string(samestory::name_of(samestory::active_instruction_set())); },
      "The instruction set in use; SAMESTORY_INSTRUCTION_SET overrides it.");
  module.def("checked_csr", &checked_csr, py::arg("matrix"), py::arg("name"),
             "Check a CSR matrix and return its canonical (data, indices, indptr, shape).");
  module.def("check_compressed", &check_compressed, py::arg("indptr"), py::arg("indices"),
             py::arg("n_values"), py::arg("n_major"), py::arg("n_minor"), py::arg("axis"),
             py::arg("name"), "Refuse index arrays of a CSR or CSC matrix that are not sound.");
  module.def("give_back_gaps", &samestory::large_memory::give_back_gaps,
             py::call_guard<py::gil_scoped_release>(),
             "Give the system back what lies free between small pieces of memory.");
  module.def("busy_wait", &busy_wait, py::arg("seconds"), py::arg("n_threads") = 1,
             py::arg("progress") = py::none(),
             "Sleep on worker threads: how tests try interruption and progress.");
}
