#include "text/arrow_texts.hpp"

#include <array>
#include <cstddef>
#include <cstring>
#include <limits>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>

namespace samestory {
namespace {

using Text = std::optional<std::string_view>;

[[noreturn]] void fail(const std::string& what) {
  throw std::invalid_argument("the Arrow column is broken: " + what);
}

[[noreturn]] void fail_row(std::int64_t row, const std::string& what) {
  fail("row " + std::to_string(row) + ": " + what);
}

void check_size(const ArrowArray& array, std::int64_t n_buffers) {
  if (array.length < 0 || array.offset < 0 ||
      array.offset > std::numeric_limits<std::int64_t>::max() - array.length) {
    fail("its length is " + std::to_string(array.length) + " and its offset " +
         std::to_string(array.offset) + "; neither may be below 0");
  }
  if (array.n_buffers < n_buffers || array.buffers == nullptr) {
    fail("it has " + std::to_string(array.n_buffers) + " buffers; its type needs " +
         std::to_string(n_buffers));
  }
}

template <class T>
const T* buffer(const ArrowArray& array, std::int64_t number) {
  const auto* data = static_cast<const T*>(array.buffers[number]);
  if (data == nullptr && array.length > 0)
    fail("its buffer " + std::to_string(number) + " is missing");
  return data;
}

/// A column's rows, of which some may be null.
class Validity {
 public:
  explicit Validity(const ArrowArray& array)
      : bits_(static_cast<const std::uint8_t*>(array.buffers[0])) {}
  bool operator()(std::int64_t row) const {
    return bits_ == nullptr || (bits_[row >> 3] >> (row & 7) & 1) != 0;
  }

 private:
  const std::uint8_t* bits_;
};

/// Texts one after the other, and where each ends.
template <class Offset>
class PlainTexts {
 public:
  PlainTexts(const ArrowArray& array, std::int64_t first_row) {
    check_size(array, 3);
    offsets_ = buffer<Offset>(array, 1);
    bytes_ = static_cast<const char*>(array.buffers[2]);
    // Those of null rows too: what follows them is as far off.
    for (std::int64_t i = 0; i < array.length; ++i)
      check(array.offset + i, first_row + i);
  }

  std::string_view operator()(std::int64_t row, std::int64_t) const {
    const auto begin = offsets_[row], end = offsets_[row + 1];
    if (begin == end) return {};
    if (bytes_ == nullptr) fail("its buffer 2 is missing");
    return {bytes_ + begin, static_cast<std::size_t>(end - begin)};
  }

 private:
  void check(std::int64_t row, std::int64_t shown_row) const {
    const auto begin = offsets_[row], end = offsets_[row + 1];
    if (begin >= 0 && end >= begin) return;
    fail_row(shown_row, "its text reaches from byte " + std::to_string(begin) + " to byte " +
                            std::to_string(end) + "; offsets start at 0 and never fall");
  }

  const Offset* offsets_;
  const char* bytes_;
};

/// A view is its length and either up to 12 bytes, or a prefix, a buffer and a place in it.
class ViewedTexts {
 public:
  ViewedTexts(const ArrowArray& array, std::int64_t) {
    check_size(array, 3);
    views_ = buffer<char>(array, 1);
    const auto n = static_cast<std::size_t>(array.n_buffers - 3);
    buffers_ = {array.buffers + 2, n};
    sizes_ = {static_cast<const std::int64_t*>(array.buffers[array.n_buffers - 1]), n};
    if (n > 0 && sizes_.data() == nullptr) fail("the sizes of its buffers are missing");
  }

  std::string_view operator()(std::int64_t row, std::int64_t shown_row) const {
    const char* view = views_ + 16 * row;
    std::array<std::int32_t, 4> words;
    std::memcpy(words.data(), view, sizeof(words));
    const auto [length, prefix, number, begin] = words;
    if (length < 0) fail_row(shown_row, "its length is " + std::to_string(length));
    if (length <= 12) return {view + 4, static_cast<std::size_t>(length)};
    if (number < 0 || static_cast<std::size_t>(number) >= buffers_.size()) {
      fail_row(shown_row, "its text is in buffer " + std::to_string(number) + " of " +
                              std::to_string(buffers_.size()));
    }
    const auto size = sizes_[static_cast<std::size_t>(number)];
    const auto* bytes = static_cast<const char*>(buffers_[static_cast<std::size_t>(number)]);
    if (begin < 0 || bytes == nullptr || size < length || begin > size - length) {
      fail_row(shown_row, "its text of " + std::to_string(length) + " bytes starts at byte " +
                              std::to_string(begin) + " of a buffer of " + std::to_string(size));
    }
    return {bytes + begin, static_cast<std::size_t>(length)};
  }

 private:
  const char* views_;
  std::span<const void* const> buffers_;
  std::span<const std::int64_t> sizes_;
};

/// Calls use(text, or nothing for null) for every row.
template <class Texts, class Use>
void visit(const ArrowArray& array, std::int64_t first_row, Use&& use) {
  const Texts texts(array, first_row);
  const Validity is_valid(array);
  for (std::int64_t i = 0; i < array.length; ++i) {
    const auto row = array.offset + i;
    use(is_valid(row) ? Text(texts(row, first_row + i)) : Text());
  }
}

template <class Use>
void for_each_text(const ArrowArray& array, const ArrowSchema& schema, std::int64_t first_row,
                   Use&& use) {
  const std::string_view format = schema.format;
  if (format == "vu" || format == "vz") return visit<ViewedTexts>(array, first_row, use);
  if (format == "U" || format == "Z") return visit<PlainTexts<std::int64_t>>(array, first_row, use);
  visit<PlainTexts<std::int32_t>>(array, first_row, use);
}

template <class Key>
std::uint64_t key_at(const void* keys, std::int64_t row) {
  // A key below 0 becomes one that is out of range too.
  return static_cast<std::uint64_t>(static_cast<const Key*>(keys)[row]);
}

using KeyReader = std::uint64_t (*)(const void*, std::int64_t);

KeyReader key_reader(std::string_view format) {
  constexpr std::string_view kFormats = "cCsSiIlL";
  constexpr std::array<KeyReader, kFormats.size()> kReaders{
      key_at<std::int8_t>,  key_at<std::uint8_t>,  key_at<std::int16_t>, key_at<std::uint16_t>,
      key_at<std::int32_t>, key_at<std::uint32_t>, key_at<std::int64_t>, key_at<std::uint64_t>};
  const auto place = format.size() == 1 ? kFormats.find(format[0]) : std::string_view::npos;
  if (place == std::string_view::npos)
    fail("the keys of its dictionary are of type '" + std::string(format) + "'");
  return kReaders[place];
}

void append(const Text& text, ArrowColumnTexts& texts) {
  if (!text && texts.first_null < 0) texts.first_null = std::ssize(texts.documents);
  texts.documents.emplace_back(text.value_or(std::string_view()));
}

void append_by_dictionary(const ArrowArray& array, const ArrowSchema& schema,
                          ArrowColumnTexts& texts) {
  const auto read_key = key_reader(schema.format);
  check_size(array, 2);
  if (array.dictionary == nullptr) fail("it has no dictionary");
  std::vector<Text> entries;
  for_each_text(*array.dictionary, *schema.dictionary, 0,
                [&](const Text& text) { entries.push_back(text); });
  const auto* keys = buffer<std::byte>(array, 1);
  const Validity is_valid(array);
  for (std::int64_t row = array.offset; row < array.offset + array.length; ++row) {
    if (!is_valid(row)) {
      append({}, texts);
      continue;
    }
    const auto key = read_key(keys, row);
    if (key >= entries.size()) {
      fail_row(std::ssize(texts.documents),
               "its key " + std::to_string(static_cast<std::int64_t>(key)) +
                   " is outside of a dictionary of " + std::to_string(entries.size()));
    }
    append(entries[key], texts);
  }
}

}  // namespace

std::string_view value_format(const ArrowSchema& schema) {
  const auto& values = schema.dictionary != nullptr ? *schema.dictionary : schema;
  return values.format == nullptr ? std::string_view() : std::string_view(values.format);
}

bool holds_texts(const ArrowSchema& schema) {
  const auto format = value_format(schema);
  return schema.format != nullptr && (format == "u" || format == "U" || format == "vu" ||
                                      format == "z" || format == "Z" || format == "vz");
}

void append_texts(const ArrowArray& array, const ArrowSchema& schema, ArrowColumnTexts& texts) {
  if (schema.dictionary != nullptr) return append_by_dictionary(array, schema, texts);
  for_each_text(array, schema, std::ssize(texts.documents),
                [&](const Text& text) { append(text, texts); });
}

}  // namespace samestory
