#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "samestory/linkage.hpp"

namespace samestory {

/// What is known of the leaves of a dendrogram; a leaf is a distinct text. Every span has an entry
/// for each leaf.
struct Leaves {
  std::span<const double> n_articles;  ///< the text and its copies
  std::span<const double> days;        ///< of the earliest dated copy; NaN where none has a date
  std::span<const double> growth;      ///< see WorthOptions
  std::span<const double> price;       ///< what joining others costs an article of this text
  /// Leaves of one number have to be together and count as one leaf; empty: each for itself.
  std::span<const std::int64_t> group = {};
  /// The part of the price that is remitted to a text whose corpus tells nothing of what texts have
  /// in common by chance; empty: none.
  std::span<const double> remitted = {};
  /// What b is at the least: the product of those of two texts, in the mean of a branch's pairs.
  /// Empty: 0.
  std::span<const double> least_next = {};
  /// Powers of ten: how many more texts it was compared with than tell what is rare. Empty: 0.
  std::span<const double> compared = {};

  std::int64_t size() const { return std::ssize(n_articles); }
};

/// The constants of a branch's worth.
struct WorthOptions {
  /// An article in a story counts min(n, large)^growth times as much, where n is the most texts of
  /// it that lie within `at_once_days` of each other, those without a date among them: of two ways
  /// to part articles that their silhouettes do not tell apart, the one with larger stories is
  /// right more often, but what goes on for months is a topic. Without the cap, a corpus of one
  /// topic becomes one story. Worth .006 of F1; counting those of one time, a third of the wrong
  /// pairs.
  double large = 200;
  double at_once_days = 14;
  /// What each article beyond a story's worst silence costs. Worth 280 of 292 pairs of two months.
  double silence = 0.65;
  /// How long a silence is, in days: one of d days counts 1 - exp(-d / silence_days). Worth .013 of
  /// F1.
  double silence_days = 30;
  /// Between a branch's dated and its undated texts the silence is not known; it is taken to count
  /// this, twice the smaller of their numbers times. Undated texts link wrong stories. Worth a
  /// third of the wrong pairs.
  double unknown_silence = 0.3;
  /// Among ten times as many texts the most similar two are more similar by chance. A story of two
  /// has one similarity to show and has to be worth this more for each power of ten; one of n texts
  /// has n (n - 1) / 2, and pays that part of it. In a year of an archive half of the stories that
  /// it takes away were of two events.
  double chance = 0.3;
  /// What a branch merges with next counts less if it is of another time: with g days between the
  /// two, b is multiplied by floor + (1 - floor) exp(-g / days), and by floor where one of the two
  /// has no dates. The more years an archive has, the more look-alikes stories have in other years,
  /// and these are no reason to part a story. Worth .002 of F1 in company, and a quarter of the
  /// wrong pairs at more right ones.
  double next_days = 7;
  double next_floor = 0.75;
  /// The denominator of a silhouette is at least this, or rounding would decide among copies.
  double least_room = 0.01;
};

/// What is known of the branches of a dendrogram: an entry for each node, leaves first.
///
/// A branch of n articles has a, the mean similarity of its pairs of texts, and b, the similarity
/// at which it merges next (0 at a root), less where that is of another time. Its silhouette is (a
/// - b) / max(1 - a, 1 - b) (Rousseeuw 1987, on similarities). It is worth n min(texts
/// of one time, large)^growth times that, less `silence` for each article beyond its worst silence
/// and less what chance explains; a leaf is worth nothing. A story pays the price of all its
/// articles but the dearest.
struct Branches {
  std::vector<double> n_texts;
  std::vector<double> n_articles;
  std::vector<double> within;      ///< a; 1 for a leaf
  std::vector<double> next;        ///< b, less where it is of another time
  std::vector<double> silhouette;  ///< 0 for a leaf
  std::vector<double> silence;     ///< articles beyond the worst silence
  std::vector<double> worth;       ///< before the price
  std::vector<double> price;
  std::vector<char> is_leaf;  ///< a leaf, or leaves that have to be together
  std::vector<char>
      is_part;  ///< of a node whose merge has the same height: never a story by itself
};

/// Judges every branch from merges, sizes and days alone. `linkage` has distances
/// 1 - similarity.
Branches judged_branches(std::span<const LinkageRow> linkage, const Leaves& leaves,
                         const WorthOptions& options);

/// Of each branch, the articles beyond its worst silence: for a gap of d days between neighbouring
/// dates, twice the smaller side times 1 - exp(-d / scale); the largest over all gaps. Undated
/// leaves fall in no silence.
std::vector<double> worst_silences(std::span<const LinkageRow> linkage,
                                   std::span<const double> days, double scale);

/// Of each branch, the most dated leaves that lie within `scale` days of each other.
std::vector<double> most_at_once(std::span<const LinkageRow> linkage, std::span<const double> days,
                                 double scale);

/// For each merge the factor on all prices up to which its branch, or one that it is part of, is
/// whole in the partition into branches of the highest sum of worths less prices.
///
/// The partitions of falling factors are nested (cost-complexity pruning by the weakest link:
/// Breiman, Friedman, Olshen and Stone 1984, chapter 3), so that the factors are the heights of a
/// dendrogram: they never rise from a merge to one that builds on it.
std::vector<double> whole_up_to(std::span<const LinkageRow> linkage, std::int64_t n_leaves,
                                const Branches& branches);

/// A factor on all prices as a granularity in (0, 1), 1 / (1 + exp(1 - factor)): .5 at the prices
/// as they are, above it finer, below it coarser.
double granularity_of(double factor);

/// The dendrogram over granularity: the merges of `linkage` at distance 1 - granularity up to which
/// they are whole, in that order, and what is known of its nodes. Leaves that have to be together
/// merge at distance 0.
struct StoryTree {
  Linkage linkage;
  std::vector<double> similarity;  ///< the average linkage of each merge
  Branches branches;
};

StoryTree story_tree(std::span<const LinkageRow> linkage, const Leaves& leaves,
                     const WorthOptions& options);

}  // namespace samestory
