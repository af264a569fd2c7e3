#pragma once

#include <pybind11/pybind11.h>

void register_clustering(pybind11::module_& module);
void register_language(pybind11::module_& module);
void register_layout(pybind11::module_& module);
void register_reuse(pybind11::module_& module);
void register_similarity(pybind11::module_& module);
void register_stories(pybind11::module_& module);
void register_support(pybind11::module_& module);
void register_text(pybind11::module_& module);
void register_unicode(pybind11::module_& module);
void register_words(pybind11::module_& module);
void register_worth(pybind11::module_& module);
