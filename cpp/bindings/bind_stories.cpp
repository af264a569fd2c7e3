// The recipe: texts to rows, and rows to stories.
#include <pybind11/stl.h>

#include <deque>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "arrays.hpp"
#include "control.hpp"
#include "documents.hpp"
#include "register.hpp"
#include "row_pairs.hpp"
#include "samestory/stories.hpp"
#include "strings.hpp"
#include "text/word_beginning.hpp"

namespace py = pybind11;

namespace samestory::bindings {
namespace {

template <class Value>
using Array = py::array_t<Value, py::array::c_style | py::array::forcecast>;
template <class Value>
using Given = std::optional<Array<Value>>;

template <class Value>
std::span<const Value> span_of(const Given<Value>& array) {
  if (!array) return {};
  return {array->data(), static_cast<std::size_t>(array->size())};
}

py::dict to_dict(GroupedTexts&& found) {
  py::dict parts;
  parts["rows"] = found.rows ? py::object(to_python(std::move(*found.rows))) : py::none();
  parts["graph"] = found.graph ? py::object(to_python(std::move(*found.graph))) : py::none();
  parts["weights"] = to_python(std::move(found.weights));
  parts["smoothed"] = to_python(std::move(found.smoothed));
  parts["pairs"] = to_python(std::move(found.pairs));
  parts["tree"] = std::move(found.tree);
  return parts;
}

py::dict group_rows(const py::object& rows, const StoryOptions& options,
                    const Given<std::int64_t>& n_words, const Given<double>& least_similarity,
                    const Given<double>& days, const Given<double>& times,
                    const Given<double>& remitted, const Given<double>& least_next,
                    const Given<double>& compared, const py::object& must_link,
                    const py::object& cannot_link, const py::object& graph, int n_threads,
                    const py::object& progress) {
  const auto control = make_control(n_threads, progress);
  const CsrArgument checked(rows, "rows");
  std::optional<CsrArgument> neighbors;
  if (!graph.is_none()) neighbors.emplace(graph, "graph");
  const auto must = row_pairs(must_link, checked.n_rows(), "must_link");
  const auto cannot = row_pairs(cannot_link, checked.n_rows(), "cannot_link");
  const TextFacts facts{span_of(n_words),
                        span_of(least_similarity),
                        span_of(days),
                        span_of(times),
                        span_of(remitted),
                        span_of(least_next),
                        span_of(compared),
                        must,
                        cannot};
  return to_dict(checked.visit([&](const auto& view) {
    using Value = std::remove_const_t<typename decltype(view.values)::element_type>;
    const auto* known = neighbors ? &neighbors->as<Value>() : nullptr;
    const py::gil_scoped_release release;
    return group_texts(view, facts, options, control, known);
  }));
}

using Ints = Array<std::int64_t>;

py::dict prior_facts_of(const Ints& n_words, const Ints& language, const Ints& n_texts,
                        const TermOptions& options) {
  auto facts =
      prior_facts(span_of(Given<std::int64_t>(n_words)), span_of(Given<std::int64_t>(language)),
                  span_of(Given<std::int64_t>(n_texts)), options);
  py::dict parts;
  parts["least_similarity"] = to_numpy(std::move(facts.least_similarity));
  parts["remitted"] = to_numpy(std::move(facts.remitted));
  parts["least_next"] = to_numpy(std::move(facts.least_next));
  parts["compared"] = to_numpy(std::move(facts.compared));
  return parts;
}

std::int64_t n_columns_of(const Given<double>& embeddings) {
  if (!embeddings) return 0;
  if (embeddings->ndim() != 2) throw py::value_error("embeddings have to have two dimensions");
  return embeddings->shape(1);
}

/// What is known of the texts of a language, as Python has it: their number, terms, frequencies,
/// and some of the texts.
using KnownLanguage = std::tuple<std::int64_t, std::vector<py::str>, Ints, const DocumentBatch*>;

/// Owns what KnownTexts looks at.
struct KnownTerms {
  explicit KnownTerms(const KnownLanguage& known) {
    for (const auto& name : std::get<1>(known))
      names.emplace_back(py::bytes(name.attr("encode")("utf-8", "surrogatepass")));
    const auto& frequencies = std::get<2>(known);
    texts = {std::get<0>(known),
             names,
             {frequencies.data(), static_cast<std::size_t>(frequencies.size())},
             std::get<3>(known)->documents()};
  }
  std::vector<std::string> names;
  KnownTexts texts;
};

std::vector<KnownTexts> texts_of(const std::deque<KnownTerms>& known) {
  std::vector<KnownTexts> texts;
  for (const auto& terms : known)
    texts.push_back(terms.texts);
  return texts;
}

TextRows rows_of_texts(const DocumentBatch& documents, const WordData& words,
                       const StoryOptions& options, const std::vector<std::string>& languages,
                       const Array<std::int32_t>& language, const Given<double>& days,
                       const Given<double>& times, const Given<double>& embeddings,
                       const std::vector<KnownLanguage>& known, int n_threads,
                       const py::object& progress) {
  const auto control = make_control(n_threads, progress);
  const std::deque<KnownTerms> names(known.begin(), known.end());
  const auto known_texts = texts_of(names);
  const ArticleTexts articles{documents.documents(),
                              languages,
                              {language.data(), static_cast<std::size_t>(language.size())},
                              span_of(days),
                              span_of(times),
                              span_of(embeddings),
                              n_columns_of(embeddings),
                              known_texts};
  const py::gil_scoped_release release;
  return text_rows(articles, words, options, control);
}

/// A copy that owns its arrays.
AnyCsrMatrix copy_of(const py::object& matrix) {
  return CsrArgument(matrix, "rows").visit([](const auto& view) -> AnyCsrMatrix {
    using Value = typename std::remove_cvref_t<decltype(view.values)>::value_type;
    return CsrMatrix<Value>{view.n_rows,
                            view.n_columns,
                            {view.offsets.begin(), view.offsets.end()},
                            {view.columns.begin(), view.columns.end()},
                            {view.values.begin(), view.values.end()}};
  });
}

TextRows rows_of_others(const std::vector<py::object>& matrices,
                        const Array<std::int64_t>& text_of_article, const StoryOptions& options,
                        const Given<double>& days, const Given<double>& times,
                        const Given<double>& embeddings, int n_threads) {
  const auto control = make_control(n_threads);
  std::vector<AnyCsrMatrix> blocks;
  for (const auto& matrix : matrices)
    blocks.push_back(copy_of(matrix));
  ArticleTexts articles;
  articles.days = span_of(days);
  articles.times = span_of(times);
  articles.embeddings = span_of(embeddings);
  articles.n_dimensions = n_columns_of(embeddings);
  const auto* first = text_of_article.data();
  std::vector<std::int64_t> texts(first, first + text_of_article.size());
  const py::gil_scoped_release release;
  return text_rows(std::move(blocks), std::move(texts), articles, options, control);
}

/// The rows go over into the result, unless short texts have vectors.
py::dict group(TextRows& texts, const StoryOptions& options, const py::object& must_link,
               const py::object& cannot_link, int n_threads, const py::object& progress) {
  const auto control = make_control(n_threads, progress);
  const auto n = std::ssize(texts.n_words);
  const auto must = row_pairs(must_link, n, "must_link");
  const auto cannot = row_pairs(cannot_link, n, "cannot_link");
  return to_dict([&] {
    const py::gil_scoped_release release;
    return group_texts(std::move(texts), must, cannot, options, control);
  }());
}

py::object meanings_of(const TextRows& texts) {
  if (!texts.meanings) return py::none();
  const auto& meanings = *texts.meanings;
  auto vectors = to_numpy(std::vector<std::int8_t>(meanings.vectors));
  const auto n_words = static_cast<py::ssize_t>(meanings.words.size());
  return py::make_tuple(to_python(CsrMatrix<std::int64_t>(meanings.weights)), meanings.words,
                        vectors.reshape({n_words, py::ssize_t{meanings.n_dimensions}}),
                        to_numpy(std::vector<double>(meanings.shares)));
}

/// A copy of the rows, with the vectors of short texts to their right.
py::tuple rows_with_meaning(const TextRows& texts, int n_threads) {
  if (!texts.meanings) return to_python(AnyCsrMatrix(texts.rows));
  const auto control = make_control(n_threads);
  return to_python(std::visit(
      [&](const auto& rows) -> AnyCsrMatrix {
        const py::gil_scoped_release release;
        return with_meaning(rows.view(), *texts.meanings, control);
      },
      texts.rows));
}

py::list names_of(const TextRows& texts) {
  py::list names;
  for (const auto& term : texts.terms)
    names.append(to_str(term));
  return names;
}

void bind_term_options(py::module_& module) {
  py::class_<Range>(module, "Range", "From which number to which a share falls or grows.")
      .def(py::init<double, double>(), py::arg("start"), py::arg("end"))
      .def_readwrite("start", &Range::from)
      .def_readwrite("end", &Range::to);
  py::class_<RecurringKinds>(module, "RecurringKinds", "What is looked for that recurs, and where.")
      .def_readwrite("run_words", &RecurringKinds::run_words)
      .def_readwrite("edge_words", &RecurringKinds::edge_words)
      .def_readwrite("lines", &RecurringKinds::lines)
      .def_readwrite("reach", &RecurringKinds::reach);
  py::class_<TermOptions>(module, "TermOptions", "The constants between texts and rows.")
      .def_readwrite("recurring", &TermOptions::recurring)
      .def_readwrite("prefix_length", &TermOptions::prefix_length)
      .def_readwrite("prefix_share", &TermOptions::prefix_share)
      .def_readwrite("single_weight", &TermOptions::single_weight)
      .def_readwrite("ngram_share", &TermOptions::ngram_share)
      .def_readwrite("min_ngram", &TermOptions::min_ngram)
      .def_readwrite("max_ngram", &TermOptions::max_ngram)
      .def_readwrite("ngram_words", &TermOptions::ngram_words)
      .def_readwrite("ngram_texts", &TermOptions::ngram_texts)
      .def_readwrite("ngram_many", &TermOptions::ngram_many)
      .def_readwrite("meaning_share", &TermOptions::meaning_share)
      .def_readwrite("meaning_above", &TermOptions::meaning_above)
      .def_readwrite("least_known", &TermOptions::least_known)
      .def_readwrite("told", &TermOptions::told)
      .def_readwrite("chance_told", &TermOptions::chance_told)
      .def_readwrite("level_factor", &TermOptions::level_factor)
      .def_readwrite("level_exponent", &TermOptions::level_exponent)
      .def_readwrite("length_size", &TermOptions::length_size)
      .def_readwrite("length_less", &TermOptions::length_less)
      .def_readwrite("length_least", &TermOptions::length_least)
      .def_readwrite("unknown_share", &TermOptions::unknown_share)
      .def_readwrite("most_unknown", &TermOptions::most_unknown)
      .def_readwrite("english_known", &TermOptions::english_known)
      .def_readwrite("least_stop_words", &TermOptions::least_stop_words)
      .def_readwrite("use_background", &TermOptions::use_background)
      .def_readwrite("embeddings_share", &TermOptions::embeddings_share);
}

void bind_text_rows(py::module_& module) {
  const auto copy_of_numbers = [](auto member) {
    return [member](const TextRows& texts) {
      auto copy = texts.*member;
      return to_numpy(std::move(copy));
    };
  };
  const auto copy_of_prior = [](auto member) {
    return [member](const TextRows& texts) {
      auto copy = texts.prior.*member;
      return to_numpy(std::move(copy));
    };
  };
  module.def("prior_facts", &prior_facts_of, py::arg("n_words"), py::arg("language"),
             py::arg("n_texts"), py::arg_v("options", TermOptions{}, "TermOptions()"),
             "What stands in for what small corpora do not tell, from the number of words.");
  py::class_<TextRows>(module, "TextRows", "Distinct texts as rows, and what is known of them.")
      .def_property_readonly("text_of_article", copy_of_numbers(&TextRows::text_of_article))
      .def_property_readonly("n_words", copy_of_numbers(&TextRows::n_words))
      .def_property_readonly("language", copy_of_numbers(&TextRows::language))
      .def_property_readonly("least_similarity", copy_of_prior(&PriorFacts::least_similarity))
      .def_property_readonly("days", copy_of_numbers(&TextRows::days))
      .def_property_readonly("times", copy_of_numbers(&TextRows::times))
      .def_property_readonly("remitted", copy_of_prior(&PriorFacts::remitted))
      .def_property_readonly("least_next", copy_of_prior(&PriorFacts::least_next))
      .def_property_readonly("compared", copy_of_prior(&PriorFacts::compared))
      .def_property_readonly(
          "rows", [](const TextRows& texts) { return to_python(AnyCsrMatrix(texts.rows)); },
          "A copy of the rows; empty once they have gone over into the result of `group`.")
      .def_property_readonly("meanings", &meanings_of,
                             "(weights, words, vectors, shares) of short texts, or None.")
      .def("rows_with_meaning", &rows_with_meaning, py::arg("n_threads") = 1,
           "A copy of the rows, with the vectors of short texts to their right.")
      .def("terms", &names_of, "The names of the columns.")
      .def("group", &group, py::arg("options"), py::arg("must_link") = py::none(),
           py::arg("cannot_link") = py::none(), py::arg("n_threads") = 1,
           py::arg("progress") = py::none(),
           "The texts' stories. The rows go over into the result, so that it can be asked once, "
           "but for those of texts with meanings.");
  module.def("text_rows", &rows_of_texts, py::arg("documents"), py::arg("words"),
             py::arg("options"), py::kw_only(), py::arg("languages"), py::arg("language"),
             py::arg("days") = py::none(), py::arg("times") = py::none(),
             py::arg("embeddings") = py::none(), py::arg("known") = py::list(),
             py::arg("n_threads") = 1, py::arg("progress") = py::none(),
             "Texts to unit-length rows of terms.");
  module.def("text_rows_of", &rows_of_others, py::arg("rows"), py::arg("text_of_article"),
             py::arg("options"), py::kw_only(), py::arg("days") = py::none(),
             py::arg("times") = py::none(), py::arg("embeddings") = py::none(),
             py::arg("n_threads") = 1,
             "Rows that somebody else made of distinct texts, a matrix a language.");
  module.def(
      "word_beginning",
      [](const py::str& word, std::size_t length) {
        const py::bytes bytes = word.attr("encode")("utf-8", "surrogatepass");
        return to_str(word_beginning(std::string_view(bytes), length));
      },
      py::arg("word"), py::arg("length") = StoryOptions().terms.prefix_length,
      "The first letters of a word, without Latin and Greek accents or the Arabic article.");
}

}  // namespace
}  // namespace samestory::bindings

void register_stories(py::module_& module) {
  using namespace samestory::bindings;
  using samestory::ByLength, samestory::MergeSearch, samestory::StoryOptions;
  py::class_<ByLength>(module, "ByLength", "A number that depends on how long texts are.")
      .def(py::init<double, double>(), py::arg("of_short"), py::arg("of_long"))
      .def_readwrite("of_short", &ByLength::of_short)
      .def_readwrite("of_long", &ByLength::of_long);
  py::class_<MergeSearch>(module, "MergeSearch", "How thoroughly a dendrogram is built.")
      .def_readwrite("n_candidates", &MergeSearch::n_candidates)
      .def_readwrite("min_similarity", &MergeSearch::min_similarity)
      .def_readwrite("slack", &MergeSearch::slack)
      .def_readwrite("min_pair", &MergeSearch::min_pair);
  bind_term_options(module);
  py::class_<StoryOptions>(module, "StoryOptions", "The constants between rows and stories.")
      .def(py::init<>())
      .def(py::init<const StoryOptions&>(), py::arg("other"))
      .def_readwrite("terms", &StoryOptions::terms)
      .def_readwrite("short_words", &StoryOptions::short_words)
      .def_readwrite("long_words", &StoryOptions::long_words)
      .def_readwrite("n_neighbors", &StoryOptions::n_neighbors)
      .def_readwrite("max_gap", &StoryOptions::max_gap)
      .def_readwrite("list_bytes", &StoryOptions::list_bytes)
      .def_readwrite("smoothing", &StoryOptions::smoothing)
      .def_readwrite("fading_days", &StoryOptions::fading_days)
      .def_readwrite("fading_floor", &StoryOptions::fading_floor)
      .def_readwrite("of_few", &StoryOptions::of_few)
      .def_readwrite("of_some", &StoryOptions::of_some)
      .def_readwrite("of_many", &StoryOptions::of_many)
      .def_readwrite("some_texts", &StoryOptions::some_texts)
      .def_readwrite("many_texts", &StoryOptions::many_texts)
      .def_readwrite("worth", &StoryOptions::worth)
      .def_readwrite("growth", &StoryOptions::growth)
      .def_readwrite("price", &StoryOptions::price)
      .def("shortness", &StoryOptions::shortness, py::arg("n_words"))
      .def("search_for", &StoryOptions::search_for, py::arg("n_texts"));
  module.def("group_texts", &group_rows, py::arg("rows"), py::arg("options"), py::kw_only(),
             py::arg("n_words") = py::none(), py::arg("least_similarity") = py::none(),
             py::arg("days") = py::none(), py::arg("times") = py::none(),
             py::arg("remitted") = py::none(), py::arg("least_next") = py::none(),
             py::arg("compared") = py::none(), py::arg("must_link") = py::none(),
             py::arg("cannot_link") = py::none(), py::arg("graph") = py::none(),
             py::arg("n_threads") = 1, py::arg("progress") = py::none(),
             "Rows to stories: graph, weights, smoothed rows, pairs and the dendrogram.");
  bind_text_rows(module);
}
