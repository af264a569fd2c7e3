// Counting terms: documents, vocabularies, counts and their weights.
#include <pybind11/stl.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>

#include "arrays.hpp"
#include "control.hpp"
#include "documents.hpp"
#include "feature_counter.hpp"
#include "register.hpp"
#include "samestory/recurring.hpp"
#include "samestory/recurring_lines.hpp"
#include "strings.hpp"
#include "text/corpus_counts.hpp"
#include "text/lookup.hpp"
#include "text/text_counter.hpp"
#include "text/vocabulary.hpp"
#include "text/weighting.hpp"

namespace samestory::bindings {
namespace {

AnalyzerOptions make_options(const std::string& tokens, bool lowercase, const std::string& accents,
                             int min_n, int max_n, const std::vector<py::str>& stop_words) {
  AnalyzerOptions options;
  options.tokens = tokens == "word"           ? TokenKind::words
                   : tokens == "unicode_word" ? TokenKind::unicode_words
                   : tokens == "char"         ? TokenKind::characters
                                              : TokenKind::word_characters;
  options.lowercase = lowercase;
  options.accents = accents == "ascii"     ? Accents::strip_to_ascii
                    : accents == "unicode" ? Accents::strip
                                           : Accents::keep;
  options.min_n = min_n;
  options.max_n = max_n;
  for (const auto& word : stop_words) {
    const py::bytes bytes = word.attr("encode")("utf-8", "surrogatepass");
    options.stop_words.emplace_back(std::string_view(bytes));
  }
  return options;
}

Norm norm_of(const std::string& name) {
  return name == "l1" ? Norm::l1 : name == "l2" ? Norm::l2 : Norm::none;
}

py::list term_list(const Vocabulary& vocabulary) {
  const auto& terms = vocabulary.terms();
  py::list list(terms.size());
  for (std::size_t i = 0; i < terms.size(); ++i)
    PyList_SET_ITEM(list.ptr(), static_cast<py::ssize_t>(i), to_str(terms[i]).release().ptr());
  return list;
}

py::dict term_dict(const Vocabulary& vocabulary) {
  const auto& terms = vocabulary.terms();
  py::dict columns;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    const py::int_ column(i);
    if (PyDict_SetItem(columns.ptr(), to_str(terms[i]).ptr(), column.ptr()) != 0) {
      throw py::error_already_set();
    }
  }
  return columns;
}

std::shared_ptr<Lookup> lookup_from_vocabulary(const AnalyzerOptions& options,
                                               const Vocabulary& vocabulary) {
  auto lookup = std::make_shared<Lookup>(options);
  const auto& terms = vocabulary.terms();
  for (std::size_t i = 0; i < terms.size(); ++i)
    lookup->add(terms[i], static_cast<std::int32_t>(i));
  return lookup;
}

/// Terms that are no strings can never be met; columns have to be in range.
std::shared_ptr<Lookup> lookup_from_dict(const AnalyzerOptions& options, const py::dict& terms) {
  auto lookup = std::make_shared<Lookup>(options);
  const auto n = static_cast<std::int64_t>(terms.size());
  std::vector<bool> taken(terms.size());
  for (const auto& [term, column] : terms) {
    const auto place = py::cast<std::int64_t>(column);
    if (place < 0 || place >= n || taken[static_cast<std::size_t>(place)]) {
      throw py::index_error("a column is out of range or stands twice");
    }
    taken[static_cast<std::size_t>(place)] = true;
    if (!PyUnicode_Check(term.ptr())) continue;
    py::ssize_t length = 0;
    if (const char* text = PyUnicode_AsUTF8AndSize(term.ptr(), &length); text != nullptr) {
      lookup->add({text, static_cast<std::size_t>(length)}, static_cast<std::int32_t>(place));
      continue;
    }
    PyErr_Clear();
    const py::bytes bytes = term.attr("encode")("utf-8", "surrogatepass");
    lookup->add(std::string_view(bytes), static_cast<std::int32_t>(place));
  }
  return lookup;
}

py::tuple finish_hashed(TextCounter& counter, const std::string& dtype, std::int64_t n_features,
                        bool alternate_sign, bool binary, const std::string& norm, int n_threads,
                        const py::object& progress) {
  const HashingOptions options{n_features, alternate_sign, binary, norm_of(norm)};
  const auto control = make_control(n_threads, progress);
  const auto rows = [&]<class Value>(Value) {
    CsrMatrix<Value> matrix;
    {
      const py::gil_scoped_release release;
      matrix = counter.finish_hashed<Value>(options, control);
    }
    return to_python(std::move(matrix));
  };
  try {
    return dtype == "float64"   ? rows(double{})
           : dtype == "float32" ? rows(float{})
                                : rows(std::int64_t{});
  } catch (const SurrogateError& error) {
    to_str(error.term).attr("encode")("utf-8");  // raises Python's own UnicodeEncodeError
    throw;
  }
}

/// The words of a text, for analyzers that go on in Python.
py::list split_words(const AnalyzerOptions& options, const py::str& text) {
  DocumentBatch batch;
  batch.append(text, false);
  const auto tables = unicode_tables();
  const auto& kernels = ascii_kernels(active_instruction_set());
  Normalizer normalizer(options, kernels, *tables);
  Tokenizer tokenizer(options.tokens, kernels, *tables);
  normalizer.run(batch.documents()[0]);
  tokenizer.start(normalizer);
  py::list words;
  while (tokenizer.next()) {
    for (const auto span : tokenizer.spans()) {
      const auto* begin = reinterpret_cast<const char*>(normalizer.text()) + span.begin;
      words.append(to_str({begin, span.end - span.begin}));
    }
  }
  return words;
}

void add_documents(TextCounter& counter, const DocumentBatch& batch, int n_threads,
                   const py::object& progress) {
  const auto control = make_control(n_threads, progress);
  const py::gil_scoped_release release;
  counter.add(batch.documents(), control);
}

py::tuple finish(TextCounter& counter, int n_threads) {
  const auto control = make_control(n_threads);
  std::optional<TextCounter::Result> result;
  {
    const py::gil_scoped_release release;
    result.emplace(counter.finish(control));
  }
  py::object vocabulary = py::none();
  if (result->tree) vocabulary = py::cast(Vocabulary(std::move(result->tree)));
  return py::make_tuple(py::cast(std::move(result->counts)), vocabulary);
}

template <class Value>
py::tuple take_rows(CorpusCounts& counts, const std::optional<py::array_t<std::int32_t>>& columns,
                    std::int64_t n_columns, const py::object& idf, const WeightingOptions& options,
                    const Control& control) {
  std::span<const std::int32_t> mapping;
  if (columns) mapping = {columns->data(), static_cast<std::size_t>(columns->size())};
  py::array_t<Value, py::array::c_style | py::array::forcecast> weights;
  std::span<const Value> idf_values;
  if (!idf.is_none()) {
    weights = idf;
    idf_values = {weights.data(), static_cast<std::size_t>(weights.size())};
    if (weights.size() != n_columns) throw py::value_error("idf has to have a value a column");
  }
  if (columns && columns->size() != counts.n_features()) {
    throw py::value_error("columns has to have an entry a feature");
  }
  const bool are_within =
      columns ? std::all_of(mapping.begin(), mapping.end(), [&](auto c) { return c < n_columns; })
              : counts.largest_feature() < n_columns;
  if (!are_within || n_columns < 0) {
    throw py::value_error("a feature has a column that is not among the n_columns");
  }
  CsrMatrix<Value> rows;
  {
    const py::gil_scoped_release release;
    rows = counts.take_rows<Value>(mapping, n_columns, idf_values, options, control);
  }
  return to_python(std::move(rows));
}

py::tuple take_any_rows(CorpusCounts& counts, const std::string& dtype,
                        const std::optional<py::array_t<std::int32_t>>& columns,
                        std::int64_t n_columns, const py::object& idf, bool binary, bool sublinear,
                        const std::string& norm, int n_threads, const py::object& progress) {
  const WeightingOptions options{binary, sublinear, norm_of(norm)};
  const auto control = make_control(n_threads, progress);
  if (dtype == "float64")
    return take_rows<double>(counts, columns, n_columns, idf, options, control);
  if (dtype == "float32")
    return take_rows<float>(counts, columns, n_columns, idf, options, control);
  if (dtype == "int64") {
    return take_rows<std::int64_t>(counts, columns, n_columns, idf, options, control);
  }
  return take_rows<std::int32_t>(counts, columns, n_columns, idf, options, control);
}

WordWeights make_word_weights(const DocumentBatch& words, const py::array_t<double>& weights,
                              double others) {
  return {words.documents(), {weights.data(), static_cast<std::size_t>(weights.size())}, others};
}

/// One row a span: document, begin, end.
py::array_t<std::int64_t> find_recurring(const DocumentBatch& batch, const WordWeights& weights,
                                         int run_words, int edge_words, bool lines, int reach,
                                         int n_threads, const py::object& progress) {
  const auto control = make_control(n_threads, progress);
  std::vector<RecurringSpan> spans;
  {
    const py::gil_scoped_release release;
    spans =
        recurring_spans(batch.documents(), weights, {run_words, edge_words, lines, reach}, control);
  }
  py::array_t<std::int64_t> rows({static_cast<py::ssize_t>(spans.size()), py::ssize_t{3}});
  auto cells = rows.mutable_unchecked<2>();
  for (std::size_t i = 0; i < spans.size(); ++i) {
    const auto row = static_cast<py::ssize_t>(i);
    cells(row, 0) = spans[i].document;
    cells(row, 1) = spans[i].begin;
    cells(row, 2) = spans[i].end;
  }
  return rows;
}

/// One row a line: document, number of the line, whether it is a link.
py::array_t<std::int64_t> find_recurring_lines(const DocumentBatch& titles,
                                               const DocumentBatch& texts,
                                               const DocumentBatch& date_names,
                                               const WordWeights& weights, int n_threads,
                                               const py::object& progress) {
  const auto control = make_control(n_threads, progress);
  std::vector<RecurringLine> lines;
  {
    const py::gil_scoped_release release;
    lines = recurring_lines({titles.documents(), texts.documents(), date_names.documents()},
                            weights, control);
  }
  py::array_t<std::int64_t> rows({static_cast<py::ssize_t>(lines.size()), py::ssize_t{3}});
  auto* cell = rows.mutable_data();
  for (const auto& line : lines) {
    for (const auto value : {line.document, line.line, std::int64_t{line.is_link}})
      *cell++ = value;
  }
  return rows;
}

py::list compare_lines(const DocumentBatch& text, const DocumentBatch& date_names) {
  py::list lines;
  for (const auto& document : text.documents()) {
    for (const auto& line : compared_lines(document, date_names.documents()))
      lines.append(py::reinterpret_steal<py::str>(PyUnicode_FromKindAndData(
          PyUnicode_4BYTE_KIND, line.data(), static_cast<py::ssize_t>(line.size()))));
  }
  return lines;
}

void bind_documents(py::module_& module) {
  py::class_<DocumentBatch>(module, "DocumentBatch", "Texts read in place.")
      .def(py::init<>())
      .def("fill", &DocumentBatch::fill, py::arg("source"), py::arg("max_bytes"),
           py::arg("take_bytes"))
      .def("append", &DocumentBatch::append, py::arg("document"), py::arg("take_bytes") = false)
      .def("append_arrow", &DocumentBatch::append_arrow, py::arg("column"))
      .def_property_readonly("is_ascii", &DocumentBatch::is_ascii)
      .def("__len__", &DocumentBatch::size);

  py::class_<WordWeights>(module, "WordWeights", "How much words say of what a text is about.")
      .def(py::init(&make_word_weights), py::arg("words"), py::arg("weights"), py::arg("others"));

  module.def("recurring_spans", &find_recurring, py::arg("documents"), py::arg("weights"),
             py::kw_only(), py::arg("run_words") = 0, py::arg("edge_words") = 0,
             py::arg("lines") = false, py::arg("reach") = 0, py::arg("n_threads") = 1,
             py::arg("progress") = py::none(),
             "What recurs in texts that share nothing else: document, begin and end of each part.");
  module.def("recurring_lines", &find_recurring_lines, py::arg("titles"), py::arg("texts"),
             py::arg("date_names"), py::arg("weights"), py::kw_only(), py::arg("n_threads") = 1,
             py::arg("progress") = py::none(),
             "Lines that are not of their articles: document, line, whether it is a link.");
  module.def("compared_lines", &compare_lines, py::arg("text"), py::arg("date_names"),
             "What the lines of texts are compared by.");
}

void bind_terms(py::module_& module) {
  py::class_<AnalyzerOptions>(module, "AnalyzerOptions", "From a document to its terms.")
      .def(py::init(&make_options), py::arg("tokens"), py::arg("lowercase"), py::arg("accents"),
           py::arg("min_n"), py::arg("max_n"), py::arg("stop_words"));

  module.def("split_words", &split_words, py::arg("options"), py::arg("text"),
             "The words of one text, in order.");

  py::class_<Vocabulary>(module, "Vocabulary", "Sorted terms.")
      .def("__len__", &Vocabulary::size)
      .def("pruned", &Vocabulary::pruned, py::arg("keep"))
      .def("terms", &term_list)
      .def("columns", &term_dict);

  py::class_<Lookup, std::shared_ptr<Lookup>>(module, "Lookup", "Terms to columns.")
      .def(py::init(&lookup_from_vocabulary), py::arg("options"), py::arg("vocabulary"))
      .def(py::init(&lookup_from_dict), py::arg("options"), py::arg("columns"));
}

void bind_features(py::module_& module) {
  py::class_<FeatureCounter>(module, "FeatureCounter", "Counts features that Python found.")
      .def(py::init<py::dict, bool>(), py::arg("columns"), py::arg("learns"))
      .def("add", &FeatureCounter::add, py::arg("features"))
      .def("finish", &FeatureCounter::finish);

  py::class_<FeatureHasher>(module, "FeatureHasher", "Hashes features that Python found.")
      .def(py::init<std::int64_t, bool>(), py::arg("n_features"), py::arg("alternate_sign"))
      .def("add", &FeatureHasher::add, py::arg("features"))
      .def("finish", &FeatureHasher::finish);

  py::class_<DictSnapshot>(module, "DictSnapshot", "Tells whether a dict has been changed.")
      .def(py::init<const py::dict&>(), py::arg("items"))
      .def("matches", &DictSnapshot::matches, py::arg("items"));
}

void bind_counts(py::module_& module) {
  py::class_<CorpusCounts>(module, "CorpusCounts", "Counts of a collection, rows not yet in order.")
      .def_property_readonly("n_rows", &CorpusCounts::n_rows)
      .def_property_readonly("n_features", &CorpusCounts::n_features)
      .def("document_frequencies",
           [](const CorpusCounts& counts) {
             return to_numpy(Buffer<std::int64_t>(counts.document_frequencies()));
           })
      .def("total_counts",
           [](const CorpusCounts& counts) { return to_numpy(counts.total_counts()); })
      .def("take_rows", &take_any_rows, py::arg("dtype"), py::arg("columns"), py::arg("n_columns"),
           py::arg("idf") = py::none(), py::arg("binary") = false, py::arg("sublinear") = false,
           py::arg("norm") = "", py::arg("n_threads") = 1, py::arg("progress") = py::none());

  py::class_<TextCounter>(module, "TextCounter", "Counts the terms of a collection.")
      .def(py::init([](const AnalyzerOptions& options, std::shared_ptr<Lookup> lookup) {
             return std::make_unique<TextCounter>(options, std::move(lookup));
           }),
           py::arg("options"), py::arg("lookup") = nullptr)
      .def("add", &add_documents, py::arg("documents"), py::arg("n_threads") = 1,
           py::arg("progress") = py::none())
      .def("finish", &finish, py::arg("n_threads") = 1)
      .def("finish_hashed", &finish_hashed, py::arg("dtype"), py::arg("n_features"),
           py::arg("alternate_sign"), py::arg("binary"), py::arg("norm"), py::arg("n_threads") = 1,
           py::arg("progress") = py::none());
}

}  // namespace
}  // namespace samestory::bindings

void register_text(pybind11::module_& module) {
  using namespace samestory::bindings;
  bind_documents(module);
  bind_terms(module);
  bind_features(module);
  bind_counts(module);
}
