# Two commands for people: `make stories` and `make test`. Everything is kept in .venv and build/.
PAGES ?=
REPORT ?= stories.html
VENV ?= .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# What the installed package is made of: a change in any of these installs it again.
SOURCES := pyproject.toml CMakeLists.txt README.md LICENSE $(shell find cmake cpp python tests/cpp -type f ! -name '*.pyc' | sed 's/ /\\ /g')

.PHONY: help stories test test-cpp test-sanitized test-neon test-threads test-python test-long docs lint format stubs benchmarks clean

help:
	@echo "make stories               group the bundled sample pages and write stories.html"
	@echo "make stories PAGES=folder  the same for your own pages"
	@echo "make test                  everything that CI checks"
	@echo "make test-long             the property tests' long run"
	@echo "make docs                  the guide, the notebooks and the API as a site, in build/docs"
	@echo "make format                format C++ and Python;  make stubs: write _core.pyi anew"

stories: $(VENV)/.installed
ifeq ($(strip $(PAGES)),)
	$(BIN)/samestory demo --report "$(REPORT)"
else
	$(BIN)/samestory stories "$(PAGES)" --report "$(REPORT)"
endif

test: lint docs test-cpp test-sanitized test-neon test-python
	@echo "All checks passed."

$(VENV)/bin/python:
	sh tools/make_environment.sh "$(VENV)"

$(VENV)/.installed: $(VENV)/bin/python $(SOURCES)
	$(BIN)/python -m pip install --quiet .
	@touch $@

$(VENV)/.tools: $(VENV)/bin/python pyproject.toml tools/make_environment.sh
	sh tools/make_environment.sh "$(VENV)" test
	$(BIN)/python tools/requirements.py build test lint docs > $(VENV)/requirements.txt
	$(BIN)/python -m pip install --quiet cmake ninja -r $(VENV)/requirements.txt
	@touch $@

# The package as tested: the build of `make stories`, with warnings as errors, and in the same build
# the C++ tests: the core is compiled once for both.
$(VENV)/.installed-tested: $(VENV)/.tools $(SOURCES)
	PATH="$(abspath $(BIN)):$$PATH" $(BIN)/python -m pip install --quiet --no-build-isolation \
		--config-settings=cmake.define.SAMESTORY_WARNINGS_AS_ERRORS=ON \
		--config-settings=cmake.define.SAMESTORY_BUILD_TESTS=ON \
		--config-settings=build-dir=build/python .
	@touch $@ $(VENV)/.installed

lint: $(VENV)/.installed-tested
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/python tools/cpp_files.py | xargs $(BIN)/clang-format --dry-run -Werror
	$(BIN)/mypy --no-error-summary
	$(BIN)/python tools/stubs.py --check

# A warning is an error: a page that is not listed, a link or an example that Sphinx cannot read.
docs: $(VENV)/.installed-tested
	$(BIN)/python -m sphinx -q -W --keep-going -b html -c docs . build/docs

test-cpp: $(VENV)/.installed-tested
	PATH="$(abspath $(BIN)):$$PATH" ctest --test-dir build/python --output-on-failure --progress \
		-j "$$(getconf _NPROCESSORS_ONLN)"

test-sanitized: $(VENV)/.tools
	PATH="$(abspath $(BIN)):$$PATH" sh tools/test_cpp.sh sanitize

test-neon: $(VENV)/.tools
	PATH="$(abspath $(BIN)):$$PATH" sh tools/test_neon.sh

test-threads: $(VENV)/.tools
	PATH="$(abspath $(BIN)):$$PATH" sh tools/test_cpp.sh thread-sanitize

test-python: $(VENV)/.installed-tested
	$(BIN)/python -m pytest -q -n auto --maxprocesses 8 --dist worksteal

test-long: $(VENV)/.installed-tested
	SAMESTORY_LONG=1 $(BIN)/python -m pytest -q -m long

format: $(VENV)/.tools
	$(BIN)/ruff format --quiet .
	$(BIN)/ruff check --quiet --fix .
	$(BIN)/python tools/cpp_files.py | xargs $(BIN)/clang-format -i

stubs: $(VENV)/.installed-tested
	$(BIN)/python tools/stubs.py

benchmarks: $(VENV)/.installed-tested
	@ls benchmarks/*.py | sed 's|^|$(BIN)/python |'

clean:
	rm -rf build dist $(VENV) stories.html
