// Three headlines to TF-IDF rows: build against samestory and run.
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "samestory/vectorizer.hpp"

int main() {
  const std::vector<std::string_view> texts = {
      "Storm closes the harbour of Port Ellis",
      "Port Ellis harbour closed by storm",
      "Striker leaves the club after nine years",
  };
  const std::vector<samestory::Document> headlines(texts.begin(), texts.end());
  samestory::VectorizerOptions options;
  options.analyzer.stop_words = {"the", "of", "by", "after"};
  samestory::TfidfVectorizer vectorizer(options);
  const auto rows = vectorizer.fit_transform(headlines);
  const auto terms = vectorizer.terms();

  const auto view = rows.view();
  for (std::int64_t row = 0; row < rows.n_rows; ++row) {
    for (std::int64_t i = 0; i < view.row_size(row); ++i) {
      const auto column =
          static_cast<std::size_t>(view.row_columns(row)[static_cast<std::size_t>(i)]);
      std::printf("%.*s %.3f  ", static_cast<int>(terms[column].size()), terms[column].data(),
                  view.row_values(row)[static_cast<std::size_t>(i)]);
    }
    std::printf("\n");
  }
  // The same rows again, by looking the terms up.
  const auto again = vectorizer.transform(headlines);
  return again.values == rows.values && terms.size() == 11 ? EXIT_SUCCESS : EXIT_FAILURE;
}
