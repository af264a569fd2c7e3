#include "support/instruction_set.hpp"

#include <algorithm>
#include <cstdlib>
#include <stdexcept>

#if defined(_MSC_VER) && (defined(_M_X64) || defined(__x86_64__))
#include <immintrin.h>
#include <intrin.h>
#endif

namespace samestory {
namespace {

#if defined(_MSC_VER) && defined(_M_X64)
struct Registers {
  int eax, ebx, ecx, edx;
};
Registers cpuid(int leaf) {
  int raw[4];
  __cpuidex(raw, leaf, 0);
  return {raw[0], raw[1], raw[2], raw[3]};
}
bool bit(int value, int position) {
  return (value >> position) & 1;
}
bool system_saves(unsigned long long mask) {
  return bit(cpuid(1).ecx, 27) && (_xgetbv(0) & mask) == mask;
}
bool has_avx2() {
  const auto one = cpuid(1), seven = cpuid(7);
  return system_saves(0x6) && bit(one.ecx, 12) && bit(one.ecx, 23) && bit(seven.ebx, 5) &&
         bit(seven.ebx, 3) && bit(seven.ebx, 8);
}
bool has_avx512() {
  const auto seven = cpuid(7);
  return has_avx2() && system_saves(0xe6) && bit(seven.ebx, 16) && bit(seven.ebx, 17) &&
         bit(seven.ebx, 28) && bit(seven.ebx, 30) && bit(seven.ebx, 31);
}
bool has_vnni() {
  return bit(cpuid(7).ecx, 11);
}
#elif defined(__x86_64__)
// Features are asked for singly: clang 14 does not know "x86-64-v3".
bool has_avx2() {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
         __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") &&
         __builtin_cpu_supports("popcnt");
}
bool has_avx512() {
  return has_avx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
         __builtin_cpu_supports("avx512cd");
}
bool has_vnni() {
  return __builtin_cpu_supports("avx512vnni");
}
#else
bool has_avx2() {
  return false;
}
bool has_avx512() {
  return false;
}
bool has_vnni() {
  return false;
}
#endif

std::vector<InstructionSet> detect() {
  std::vector<InstructionSet> sets{InstructionSet::portable};
  if (has_avx2()) sets.push_back(InstructionSet::avx2);
  if (has_avx512()) sets.push_back(InstructionSet::avx512);
  if (has_avx512() && has_vnni()) sets.push_back(InstructionSet::avx512vnni);
#if defined(__aarch64__) || defined(_M_ARM64)
  sets.push_back(InstructionSet::neon);
#endif
  return sets;
}

[[noreturn]] void refuse(std::string_view wanted) {
  std::string message = "SAMESTORY_INSTRUCTION_SET is '" + std::string(wanted) +
                        "', but this build and processor can run only:";
  for (const auto set : available_instruction_sets())
    message += " " + std::string(name_of(set));
  throw std::invalid_argument(message);
}

}  // namespace

std::string_view name_of(InstructionSet set) {
  switch (set) {
    case InstructionSet::avx2:
      return "avx2";
    case InstructionSet::avx512:
      return "avx512";
    case InstructionSet::avx512vnni:
      return "avx512vnni";
    case InstructionSet::neon:
      return "neon";
    case InstructionSet::portable:
      break;
  }
  return "portable";
}

const std::vector<InstructionSet>& available_instruction_sets() {
  static const std::vector<InstructionSet> sets = detect();
  return sets;
}

InstructionSet active_instruction_set() {
  const char* wanted = std::getenv("SAMESTORY_INSTRUCTION_SET");
  const auto& sets = available_instruction_sets();
  if (wanted == nullptr || *wanted == '\0') return sets.back();
  const auto found =
      std::find_if(sets.begin(), sets.end(), [&](auto set) { return name_of(set) == wanted; });
  if (found == sets.end()) refuse(wanted);
  return *found;
}

}  // namespace samestory
