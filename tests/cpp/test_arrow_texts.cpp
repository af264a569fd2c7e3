#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "text/arrow_texts.hpp"

namespace samestory {
namespace {

/// A column as another library would hand it over; its buffers are on the heap, so that
/// AddressSanitizer sees what is read outside of them.
struct Column {
  std::vector<std::vector<char>> buffers;
  std::vector<const void*> pointers;
  ArrowSchema schema{};
  ArrowArray array{};

  Column(const char* format, std::int64_t length, std::vector<std::vector<char>> parts)
      : buffers(std::move(parts)) {
    for (const auto& buffer : buffers)
      pointers.push_back(buffer.empty() ? nullptr : buffer.data());
    schema.format = format;
    array.length = length;
    array.n_buffers = static_cast<std::int64_t>(pointers.size());
    array.buffers = pointers.data();
  }
};

template <class T>
std::vector<char> bytes_of(const std::vector<T>& values) {
  std::vector<char> bytes(values.size() * sizeof(T));
  if (!values.empty()) std::memcpy(bytes.data(), values.data(), bytes.size());
  return bytes;
}

std::vector<char> bytes_of(const std::string& text) {
  return {text.begin(), text.end()};
}

Column plain(const std::vector<std::int32_t>& offsets, const std::string& text = "rainflood") {
  return {
      "u", static_cast<std::int64_t>(offsets.size()) - 1, {{}, bytes_of(offsets), bytes_of(text)}};
}

using View = std::array<std::int32_t, 4>;

Column viewed(const std::vector<View>& views, const std::string& text) {
  std::vector<char> bytes(views.size() * 16);
  std::memcpy(bytes.data(), views.data(), bytes.size());
  const std::vector<std::int64_t> sizes{static_cast<std::int64_t>(text.size())};
  return {
      "vu", static_cast<std::int64_t>(views.size()), {{}, bytes, bytes_of(text), bytes_of(sizes)}};
}

std::vector<std::string> read(const Column& column) {
  ArrowColumnTexts texts;
  append_texts(column.array, column.schema, texts);
  std::vector<std::string> found;
  for (const auto& text : texts.documents)
    found.emplace_back(static_cast<const char*>(text.data), text.length);
  return found;
}

void expect_refused(const Column& column, const std::string& part) {
  try {
    read(column);
    FAIL() << "accepted, but should say: " << part;
  } catch (const std::invalid_argument& error) {
    EXPECT_NE(std::string(error.what()).find(part), std::string::npos) << error.what();
  }
}

TEST(ArrowTexts, ReadsPlainTexts) {
  EXPECT_EQ(read(plain({0, 4, 4, 9})), (std::vector<std::string>{"rain", "", "flood"}));
}

TEST(ArrowTexts, RefusesOffsetsThatFall) {
  expect_refused(plain({0, 4, 2, 9}), "row 1: its text reaches from byte 4 to byte 2");
  expect_refused(plain({-1, 4}), "row 0: its text reaches from byte -1");
  auto column = plain({0, 1000, 4});
  column.buffers[0] = {0b01};  // the row that falls is null
  column.pointers[0] = column.buffers[0].data();
  expect_refused(column, "row 1: its text reaches from byte 1000 to byte 4");
}

TEST(ArrowTexts, RefusesWhatIsMissing) {
  auto column = plain({0, 4});
  column.array.n_buffers = 1;
  expect_refused(column, "it has 1 buffers; its type needs 3");
  column = plain({0, 4}, "");
  expect_refused(column, "its buffer 2 is missing");
  column = plain({0, 4});
  column.array.length = -1;
  expect_refused(column, "its length is -1");
}

TEST(ArrowTexts, ReadsViewsAndRefusesThoseOutsideOfTheirBuffer) {
  const std::string text = "rain floods the valley";
  View inlined{4, 0, 0, 0};
  std::memcpy(&inlined[1], "rain", 4);
  EXPECT_EQ(read(viewed({inlined, {17, 0, 0, 5}}, text)),
            (std::vector<std::string>{"rain", "floods the valley"}));
  expect_refused(viewed({inlined, {18, 0, 0, 5}}, text), "row 1: its text of 18 bytes starts at");
  expect_refused(viewed({{17, 0, 1, 5}}, text), "row 0: its text is in buffer 1 of 1");
  expect_refused(viewed({{17, 0, -1, 5}}, text), "buffer -1 of 1");
  expect_refused(viewed({{17, 0, 0, -5}}, text), "starts at byte -5");
  expect_refused(viewed({{-7, 0, 0, 0}}, text), "row 0: its length is -7");
}

TEST(ArrowTexts, ReadsDictionariesAndRefusesKeysOutOfRange) {
  auto words = plain({0, 4, 9});
  const auto by_key = [&](const std::vector<std::int8_t>& keys) {
    Column column("c", static_cast<std::int64_t>(keys.size()), {{}, bytes_of(keys)});
    column.schema.dictionary = &words.schema;
    column.array.dictionary = &words.array;
    return column;
  };
  EXPECT_EQ(read(by_key({1, 0})), (std::vector<std::string>{"flood", "rain"}));
  expect_refused(by_key({0, 2}), "row 1: its key 2 is outside of a dictionary of 2");
  expect_refused(by_key({-1}), "row 0: its key -1 is outside");
  auto bare = by_key({0});
  bare.array.dictionary = nullptr;
  expect_refused(bare, "it has no dictionary");
  bare = by_key({0});
  bare.schema.format = "g";
  expect_refused(bare, "of type 'g'");
}

TEST(ArrowTexts, KnowsWhatHoldsTexts) {
  ArrowSchema schema{};
  EXPECT_FALSE(holds_texts(schema));
  schema.format = "i";
  EXPECT_FALSE(holds_texts(schema));
  ArrowSchema words{};
  schema.dictionary = &words;
  EXPECT_FALSE(holds_texts(schema));
  words.format = "vz";
  EXPECT_TRUE(holds_texts(schema));
}

// Offsets are drawn within the bytes (how many there are, the interface does not say) or below 0.
TEST(ArrowTexts, FiveThousandHostileColumnsAreReadOrRefused) {
  std::mt19937 random(1);
  const auto draw = [&](int low, int high) {
    return std::uniform_int_distribution<int>(low, high)(random);
  };
  int n_refused = 0;
  for (int round = 0; round < 5000; ++round) {
    const auto n = static_cast<std::size_t>(draw(1, 5));
    const std::string text(static_cast<std::size_t>(draw(1, 40)), 'a');
    const auto size = static_cast<int>(text.size());
    try {
      if (round % 2 == 0) {
        std::vector<std::int32_t> offsets(n);
        for (auto& offset : offsets)
          offset = draw(-2, size);
        read(plain(offsets, text));
      } else {
        std::vector<View> views(n);
        for (auto& view : views)
          view = {draw(-2, size + 4), draw(-9, 9), draw(-1, 2), draw(-3, size + 3)};
        read(viewed(views, text));
      }
    } catch (const std::invalid_argument&) {
      ++n_refused;
    }
  }
  EXPECT_GT(n_refused, 2000);
  EXPECT_LT(n_refused, 5000);
}

}  // namespace
}  // namespace samestory
