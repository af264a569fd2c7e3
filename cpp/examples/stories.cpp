// Text files in, stories out: example_stories FILE...
#include "samestory/stories.hpp"

#include <cstdio>
#include <exception>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error(path + " cannot be read");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// Whoever has tables of document frequencies or word vectors hands them in here as well.
const samestory::WordData::StopWords kStopWords{
    {"en", {"after", "all",  "an", "and", "are",  "as",  "at",   "before", "by",     "for",
            "in",    "is",   "it", "its", "near", "of",  "off",  "on",     "should", "that",
            "the",   "this", "to", "too", "up",   "was", "were", "which",  "with",   "would"}}};

}  // namespace

int main(int argc, char** argv) try {
  const std::vector<std::string> paths(argv + 1, argv + argc);
  std::vector<std::string> texts;
  for (const auto& path : paths)
    texts.push_back(read_file(path));

  const std::vector<std::string> languages{"en"};
  const std::vector<samestory::Document> documents(texts.begin(), texts.end());
  const samestory::WordData words(kStopWords);
  const auto stories = samestory::find_stories({documents, languages}, words);

  for (std::int64_t story = 0, n_shown = 0; n_shown < std::ssize(paths); ++story) {
    std::printf("story %lld\n", static_cast<long long>(story));
    for (std::size_t i = 0; i < paths.size(); ++i) {
      if (stories.labels[i] != story) continue;
      std::printf("  %s: %s\n", paths[i].c_str(), texts[i].substr(0, texts[i].find('\n')).c_str());
      ++n_shown;
    }
  }
} catch (const std::exception& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}
