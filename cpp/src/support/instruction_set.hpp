#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace samestory {

/// The families of kernels, each compiled for its own processors; `portable` runs everywhere.
enum class InstructionSet { portable, avx2, avx512, avx512vnni, neon };

std::string_view name_of(InstructionSet set);

/// Those that this build holds and this processor runs, the best last; never empty.
const std::vector<InstructionSet>& available_instruction_sets();

/// The one that kernels use: the best available, or what the environment variable
/// SAMESTORY_INSTRUCTION_SET names. Read at each call, so that tests can switch.
/// Throws std::invalid_argument where that variable names none that is available.
InstructionSet active_instruction_set();

}  // namespace samestory
