// What is known of words beforehand: a background, stop words and vectors, handed in.
#include <pybind11/functional.h>
#include <pybind11/stl.h>

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "arrays.hpp"
#include "register.hpp"
#include "samestory/words.hpp"

namespace py = pybind11;

namespace samestory::bindings {
namespace {

template <class Value>
using Array = py::array_t<Value, py::array::c_style | py::array::forcecast>;
using Lists = std::map<std::string, std::vector<py::str>>;

std::string bytes_of(const py::str& text) {
  return std::string(py::bytes(text.attr("encode")("utf-8", "surrogatepass")));
}

WordData::StopWords stop_words_of(const Lists& lists) {
  WordData::StopWords stop_words;
  for (const auto& [language, words] : lists) {
    auto& own = stop_words[language];
    for (const auto& word : words)
      own.insert(bytes_of(word));
  }
  return stop_words;
}

/// Asks Python for lists of stop words, with the lock.
std::function<WordData::StopWords()> asking_for_lists(const py::object& callable) {
  if (callable.is_none()) return {};
  return [callable] {
    const py::gil_scoped_acquire lock;
    return stop_words_of(py::cast<Lists>(callable()));
  };
}

/// Asks Python for packed vectors, with the lock; they are kept from then on.
std::function<WordVectors()> asking_for_vectors(const py::object& callable, std::int64_t n_words) {
  if (callable.is_none()) return {};
  auto kept = std::make_shared<py::object>();
  return [callable, kept, n_words]() -> WordVectors {
    const py::gil_scoped_acquire lock;
    const Array<std::uint8_t> packed(callable());
    if (packed.ndim() != 2 || packed.shape(1) != n_words) {
      throw py::value_error("vectors have to have a column for each word of the background");
    }
    *kept = packed;
    return {{packed.data(), static_cast<std::size_t>(packed.size())}, packed.shape(0)};
  };
}

std::unique_ptr<WordData> make_word_data(const Lists& lists,
                                         const std::shared_ptr<Background>& background,
                                         const py::object& vectors, const py::object& others,
                                         const std::shared_ptr<Background>& own,
                                         const std::string& own_language) {
  auto stop_words = stop_words_of(lists);
  auto ask_vectors = asking_for_vectors(vectors, background ? background->size() : 0);
  auto ask_lists = asking_for_lists(others);
  return std::make_unique<WordData>(std::move(stop_words), background, std::move(ask_vectors),
                                    std::move(ask_lists), own, own_language);
}

std::string language_of(const WordData& data, const std::vector<py::str>& words,
                        const Array<double>& counts) {
  if (counts.size() != static_cast<py::ssize_t>(words.size())) {
    throw py::value_error("counts have to have an entry for each of the words");
  }
  std::vector<std::string> texts;
  for (const auto& word : words)
    texts.push_back(bytes_of(word));
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  const py::gil_scoped_release release;  // a list that is asked for needs the lock
  return data.language_of(views, {counts.data(), static_cast<std::size_t>(counts.size())});
}

}  // namespace
}  // namespace samestory::bindings

void register_words(py::module_& module) {
  using namespace samestory::bindings;
  using samestory::Background, samestory::WordData;
  py::class_<Background, std::shared_ptr<Background>>(module, "Background",
                                                      "In how many texts of news words stand.")
      .def(py::init([](const py::bytes& terms, const Array<std::uint32_t>& frequencies,
                       std::int64_t n_texts) {
             const auto* first = frequencies.data();
             return std::make_shared<Background>(
                 std::string(terms), std::vector(first, first + frequencies.size()), n_texts);
           }),
           py::arg("terms"), py::arg("frequencies"), py::arg("n_texts"));
  py::class_<WordData>(module, "WordData", "What is known of words beforehand.")
      .def(py::init(&make_word_data), py::arg("stop_words"), py::arg("background") = nullptr,
           py::arg("vectors") = py::none(), py::arg("other_stop_words") = py::none(),
           py::arg("own") = nullptr, py::arg("own_language") = "")
      .def("weights", &WordData::weights, py::arg("language"),
           py::return_value_policy::reference_internal,
           "How much words of a language say of what a text is about.")
      .def("language_of", &language_of, py::arg("words"), py::arg("counts"),
           "The language that words show, each of which stands so often; empty if none.");
}
