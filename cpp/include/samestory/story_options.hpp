#pragma once

#include <cstdint>
#include <limits>
#include <optional>

#include "samestory/smoothing.hpp"
#include "samestory/term_options.hpp"
#include "samestory/worth.hpp"

namespace samestory {

/// A number that depends on how long texts are; between, it is linear in the shortness.
struct ByLength {
  double of_short;  ///< of headlines
  double of_long;   ///< of articles

  double at(double shortness) const { return of_long + (of_short - of_long) * shortness; }
};

/// How thoroughly a dendrogram is built.
struct MergeSearch {
  /// Neighbours of a text whose stories it may be merged with.
  std::int64_t n_candidates;
  /// Cosine. Averages below it are those of stories that share next to nothing.
  double min_similarity;
  /// Cosine; see LinkageOptions::slack. It saves most of the averages.
  double slack;
  /// Cosine; pairs of texts less similar than this propose no merge.
  double min_pair;
};

/// Every constant of the way from texts to stories. Distinct words leave out stop words.
struct StoryOptions {
  /// From texts to unit-length rows.
  TermOptions terms = {};

  /// How fine the stories are, from 0 (all one) to 1 (only copies); .5 is what is decided by
  /// itself.
  double granularity = 0.5;

  /// Distinct words: texts up to `short_words` are treated as headlines, those from `long_words` on
  /// as articles; what lies between goes by the logarithm.
  double short_words = 20;
  double long_words = 60;

  /// Neighbours kept of each text: smoothing looks at the 20th, and stories of hundreds need more
  /// candidates than ten.
  std::int64_t n_neighbors = 50;
  /// In the unit of the times: texts further apart are not linked. None: any may be.
  std::optional<double> max_gap = {};
  /// Bytes that lists of the neighbours of all texts may take; with room for them the search is
  /// faster, and its result the same.
  std::int64_t list_bytes = std::int64_t{1} << 30;

  /// Which neighbours smooth a text.
  SmoothingOptions smoothing = {};
  /// Days and a share: of neighbours the next day nearly all counts, of those of other weeks the
  /// share alone. Falling at once, as exp(-g / days) does, costs stories of two days. Worth .003 of
  /// F1 alone, .011 in company, and 858 of 870 wrong pairs.
  double fading_days = 5.5;
  double fading_floor = 0.45;

  /// The search for merges up to `some_texts`, up to `many_texts`, and above: what takes seconds.
  MergeSearch of_few = {50, 0.05, std::numeric_limits<double>::infinity(), 0.0};
  MergeSearch of_some = {12, 0.05, 0.02, 0.0};
  MergeSearch of_many = {12, 0.1, 0.02, 0.25};
  std::int64_t some_texts = 3'000;
  /// Texts: above this, smoothed rows are in single precision, which halves their memory.
  std::int64_t many_texts = 20'000;

  /// What a branch is worth.
  WorthOptions worth = {};
  /// Exponent: an article in a story of n texts counts n^growth times as much. Headlines of one
  /// story share fewer words the more there are, so that large stories need the more. Worth .19 of
  /// F1, that it depends on the length .04.
  ByLength growth = {0.5, 0.12};
  /// Articles: what joining others costs one. Two headlines share a few words by chance. Worth .007
  /// of F1, and six of seven wrong pairs among undated headlines.
  ByLength price = {2.02, 0.15};

  /// 1 for texts as short as headlines, 0 for articles.
  double shortness(std::int64_t n_words) const;
  const MergeSearch& search_for(std::int64_t n_texts) const;
};

}  // namespace samestory
