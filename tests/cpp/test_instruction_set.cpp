#include <gtest/gtest.h>

#include <cstdlib>
#include <stdexcept>
#include <string>

#include "support/instruction_set.hpp"

namespace samestory {
namespace {

void set_variable(const char* value) {
#ifdef _WIN32
  _putenv_s("SAMESTORY_INSTRUCTION_SET", value);
#else
  setenv("SAMESTORY_INSTRUCTION_SET", value, 1);
#endif
}

TEST(InstructionSet, EveryAvailableOneCanBeForced) {
  for (const auto set : available_instruction_sets()) {
    set_variable(std::string(name_of(set)).c_str());
    EXPECT_EQ(active_instruction_set(), set);
  }
  set_variable("");
  EXPECT_EQ(active_instruction_set(), available_instruction_sets().back());
}

TEST(InstructionSet, PortableIsAlwaysThere) {
  EXPECT_EQ(available_instruction_sets().front(), InstructionSet::portable);
}

TEST(InstructionSet, AnUnknownNameIsRefused) {
  set_variable("mmx");
  EXPECT_THROW(active_instruction_set(), std::invalid_argument);
  set_variable("");
}

}  // namespace
}  // namespace samestory
