#include "samestory/story_options.hpp"

#include <algorithm>
#include <cmath>

namespace samestory {

double StoryOptions::shortness(std::int64_t n_words) const {
  const double n = static_cast<double>(std::max<std::int64_t>(n_words, 1));
  const double way = std::log(n / short_words) / std::log(long_words / short_words);
  return 1.0 - std::clamp(way, 0.0, 1.0);
}

const MergeSearch& StoryOptions::search_for(std::int64_t n_texts) const {
  if (n_texts > many_texts) return of_many;
  return n_texts > some_texts ? of_some : of_few;
}

}  // namespace samestory
