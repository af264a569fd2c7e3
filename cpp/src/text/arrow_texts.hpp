#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "samestory/document.hpp"
#include "text/arrow_c_data.hpp"

namespace samestory {

/// The texts of an Arrow column of strings, read where they lie.
struct ArrowColumnTexts {
  std::vector<Document> documents;  ///< one a row
  std::int64_t first_null = -1;     ///< the first row without a text, or -1
};

/// Whether a column of this type holds texts: utf8, large_utf8, utf8_view and the binary types,
/// plain or by dictionary.
bool holds_texts(const ArrowSchema& schema);

/// The type of a column's values, as the schema writes it.
std::string_view value_format(const ArrowSchema& schema);

/// Appends the texts of one array of a column that holds texts. What can be known of the buffers is
/// checked before they are followed: throws std::invalid_argument, naming the row and what is wrong
/// with it, for lengths below 0, missing buffers, offsets that fall, views of places outside of
/// their buffer, and dictionary keys that are out of range. (The interface does not say how long
/// most buffers are.)
void append_texts(const ArrowArray& array, const ArrowSchema& schema, ArrowColumnTexts& texts);

}  // namespace samestory
