// The contents page of the extension module: one register function a concept.
#include "register.hpp"

PYBIND11_MODULE(_core, module) {
  module.doc() = "The compiled core of samestory; its Python modules are the public interface.";
  module.attr("__version__") = SAMESTORY_VERSION;
  register_clustering(module);
  register_layout(module);
  register_similarity(module);
  register_support(module);
  register_text(module);
  register_language(module);  // reads the texts of the one before
  register_reuse(module);     // so does this one
  register_unicode(module);
  register_worth(module);
  register_words(module);
  register_stories(module);  // reads the options of those before
}
