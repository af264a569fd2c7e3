#include "samestory/vectorizer.hpp"

#include <cmath>
#include <stdexcept>
#include <utility>

#include "text/lookup.hpp"
#include "text/text_counter.hpp"

namespace samestory {

struct TfidfVectorizer::Learned {
  Vocabulary vocabulary;
  std::shared_ptr<const Lookup> lookup;
  std::vector<double> idf;
};

namespace {

double inverse_frequency(std::int64_t n_documents, std::int64_t frequency, bool smooth) {
  const double extra = smooth ? 1 : 0;
  return std::log((static_cast<double>(n_documents) + extra) /
                  (static_cast<double>(frequency) + extra)) +
         1;
}

std::shared_ptr<const Lookup> make_lookup(const AnalyzerOptions& options,
                                          const Vocabulary& vocabulary) {
  auto lookup = std::make_shared<Lookup>(options);
  for (std::size_t i = 0; i < vocabulary.size(); ++i)
    lookup->add(vocabulary.terms()[i], static_cast<std::int32_t>(i));
  return lookup;
}

}  // namespace

TfidfVectorizer::TfidfVectorizer(VectorizerOptions options) : options_(std::move(options)) {}
TfidfVectorizer::~TfidfVectorizer() = default;
TfidfVectorizer::TfidfVectorizer(TfidfVectorizer&&) noexcept = default;
TfidfVectorizer& TfidfVectorizer::operator=(TfidfVectorizer&&) noexcept = default;

CsrMatrix<double> TfidfVectorizer::fit_transform(std::span<const Document> documents,
                                                 const Control& control) {
  TextCounter counter(options_.analyzer, nullptr);
  counter.add(documents, control);
  auto [tree, counts] = counter.finish(control);
  const auto frequencies = counts.document_frequencies();
  std::vector<std::uint8_t> keep(frequencies.size());
  std::vector<std::int32_t> columns(frequencies.size(), -1);
  std::vector<double> idf;
  std::int32_t n_columns = 0;
  for (std::size_t i = 0; i < keep.size(); ++i) {
    const auto frequency = frequencies[i];
    if (frequency < options_.min_df) continue;
    if (options_.max_df >= 0 && frequency > options_.max_df) continue;
    keep[i] = 1;
    columns[i] = n_columns++;
    if (options_.use_idf) {
      idf.push_back(inverse_frequency(counts.n_rows(), frequency, options_.smooth_idf));
    }
  }
  if (n_columns == 0) {
    throw std::invalid_argument(
        "no terms remain: the documents hold only stop words, or min_df is too high or max_df too "
        "low");
  }
  auto vocabulary = Vocabulary(std::move(tree)).pruned(keep);
  auto rows = counts.take_rows<double>(columns, n_columns, idf, options_.weighting, control);
  auto lookup = make_lookup(options_.analyzer, vocabulary);
  learned_ =
      std::make_unique<Learned>(Learned{std::move(vocabulary), std::move(lookup), std::move(idf)});
  return rows;
}

CsrMatrix<double> TfidfVectorizer::transform(std::span<const Document> documents,
                                             const Control& control) const {
  if (!learned_) throw std::logic_error("fit the vectorizer before transforming with it");
  TextCounter counter(options_.analyzer, learned_->lookup);
  counter.add(documents, control);
  const auto n_columns = static_cast<std::int64_t>(learned_->vocabulary.size());
  return counter.finish(control).counts.take_rows<double>({}, n_columns, learned_->idf,
                                                          options_.weighting, control);
}

std::vector<std::string_view> TfidfVectorizer::terms() const {
  std::vector<std::string_view> terms;
  if (!learned_) return terms;
  const auto& list = learned_->vocabulary.terms();
  for (std::size_t i = 0; i < list.size(); ++i)
    terms.push_back(list[i]);
  return terms;
}

const std::vector<double>& TfidfVectorizer::idf() const {
  static const std::vector<double> none;
  return learned_ ? learned_->idf : none;
}

}  // namespace samestory
