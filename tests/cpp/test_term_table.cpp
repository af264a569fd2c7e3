#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>

#include "text/murmur.hpp"
#include "text/term_table.hpp"
#include "text/utf8.hpp"

namespace samestory {
namespace {

TEST(TermTable, KeepsTermsOfEveryLengthApart) {
  std::mt19937 random(7);
  std::map<std::string, std::uint32_t> expected;
  TermTable table;
  for (int i = 0; i < 20000; ++i) {
    std::string term(random() % 24, 'a');
    for (auto& c : term)
      c = static_cast<char>(random() % 3 == 0 ? 0 : 'a' + random() % 3);
    const auto next = static_cast<std::uint32_t>(expected.size());
    const auto [known, is_new] = expected.try_emplace(term, next);
    EXPECT_EQ(table.intern(term, next), known->second);
  }
  EXPECT_EQ(table.size(), expected.size());
  std::size_t visited = 0;
  table.for_each([&](std::string_view term, std::uint32_t id) {
    EXPECT_EQ(expected.at(std::string(term)), id);
    ++visited;
  });
  EXPECT_EQ(visited, expected.size());
}

TEST(Murmur, GivesThePublishedValues) {
  EXPECT_EQ(static_cast<std::uint32_t>(murmur3("")), 0u);
  EXPECT_EQ(static_cast<std::uint32_t>(murmur3("hello")), 0x248BFA47u);
  EXPECT_EQ(static_cast<std::uint32_t>(murmur3("hello, world")), 0x149BBB7Fu);
}

TEST(Utf8, RefusesWhatPythonRefuses) {
  const auto valid = [](std::string_view text) {
    return utf8::is_valid(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
  };
  for (const char* good : {"", "plain ascii, long enough", "\xC3\xA9", "\xE2\x82\xAC",
                           "\xF0\x9F\x98\x80", "\xF4\x8F\xBF\xBF"})
    EXPECT_TRUE(valid(good)) << good;
  for (const char* bad : {"\x80", "\xC3", "\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80",
                          "\xF0\x80\x80\x80", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "ok\xFF"})
    EXPECT_FALSE(valid(bad)) << bad;
}

}  // namespace
}  // namespace samestory
