#pragma once

#include <cstdint>

#include "samestory/recurring.hpp"

namespace samestory {

/// A share that falls from all to nothing between two numbers of texts or words.
struct Range {
  double from;
  double to;
};

/// Every constant of the way from texts to unit-length rows. Distinct words leave out stop words.
struct TermOptions {
  /// Words and characters: a run of five words is rarely met by chance; what sites put before and
  /// behind is often shorter. It is looked for at either end: in the midst of a long text a phrase
  /// weighs little.
  RecurringKinds recurring = {5, 4, false, 1000};

  /// Characters: the beginnings of words stand in for stems, in every language that inflects at
  /// the end, and are half of the similarity. Worth .006 of F1.
  std::size_t prefix_length = 6;
  double prefix_share = 0.5;
  /// A share: a term of a single text links nothing; it counts half towards its row's length. Worth
  /// .012 of F1.
  double single_weight = 0.5;

  /// A share: how much of the similarity the runs of letters in words are where texts are short.
  /// "unions" and "unionised" are no word and no beginning in common. Worth .003 of F1, .017 on
  /// three sets of headlines.
  double ngram_share = 0.33;
  /// Characters.
  int min_ngram = 3;
  int max_ngram = 5;
  /// Distinct words of the median text: in full up to the first, nothing from the second on.
  Range ngram_words = {15, 60};
  /// Texts: nothing up to the first, in full from the second on; few do not tell which are rare.
  Range ngram_texts = {20, 100};
  /// Texts: in full up to the first, nothing from the second on. Among many, others say the same in
  /// the same words, and rows have to be short.
  Range ngram_many = {5'000, 10'000};

  /// A share: how much of the similarity of English headlines is what their words mean. Over five
  /// sets of headlines it lifts B-cubed F1 by .011 in the mean; full texts lose at any share.
  double meaning_share = 0.1;
  /// Texts: what is learnt from pairs of few texts is learnt from words alone.
  std::int64_t meaning_above = 20;
  /// A share: a text of which fewer words are known is of a name that matters, or not English.
  double least_known = 0.8;

  /// Texts: two tell nothing of the rest of the language, 300 all that is needed. What they do not
  /// tell comes from the background, or from the length of words. Worth a quarter of the answers
  /// about two articles alone, and .05 of F1 of 5 to 20.
  Range told = {2, 300};
  /// Texts: from ten on it shows what they have in common by chance, which the price is for. Worth
  /// .003 of F1 of 5 to 20.
  double chance_told = 10;
  /// The least cosine of two texts of one story, with L distinct words each: factor L^exponent.
  /// benchmarks/calibrate.py fits it to pairs of articles. Worth three in ten answers about two
  /// articles alone, and .06 of F1 of 5 to 20; it costs .002 of that of whole sets.
  double level_factor = 0.022;
  double level_exponent = 0.30;
  /// Texts: beside weights without a background, which are a rougher guess, fewer tell all. Greek
  /// gains .067 of F1 by it, eight sets in other languages .010, their corpora of 5 to 100 .007.
  Range told_without = {2, 150};
  /// Weights without a background, size clip(length / mean length - less, least, 1): long words are
  /// rare. They are brought to the size of the background's idf. Worth .014 of F1 of 5 to 20 texts;
  /// it costs .009 of that of a hundred in other languages than English.
  double length_size = 7.0;
  double length_less = 0.4;
  double length_least = 0.1;

  /// A share of the background's texts, and texts at the most: in so many a word counts as that is
  /// not known. It is most often a name or a misspelling, and should not outweigh all others.
  double unknown_share = 1.0 / 2000;
  double most_unknown = 30;
  /// Shares of words: from here on those of texts that say no language are English by the words
  /// that the background knows (more than .95 of English news, less than .6 of others) ...
  double english_known = 0.8;
  /// ... or of the language of most stop words (running text has a third to a half).
  double least_stop_words = 0.15;

  /// Whether the background's document frequencies and word vectors may be used.
  bool use_background = true;
  /// The embeddings' share of the similarity, where there are any.
  double embeddings_share = 0.5;
};

}  // namespace samestory
