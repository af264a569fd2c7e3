#!/bin/sh
# Usage: make_environment.sh VENV [test]
# Makes the virtual environment VENV, once, after checking the parts that only the system can give:
# Python 3.11 or newer with its headers and venv, and a C++ compiler (with "test": GoogleTest and
# Chromium too).
# A missing part is installed where this is root on Debian; else the exact command is printed.
set -eu
venv=$1
purpose=${2:-run}

find_python() {
  for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
    if command -v "$name" >/dev/null 2>&1 &&
      "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      echo "$name"
      return
    fi
  done
}

has_compiler() { command -v "${CXX:-c++}" >/dev/null 2>&1 || command -v g++ >/dev/null 2>&1 || command -v clang++ >/dev/null 2>&1; }
has_venv() { "$1" -c 'import ensurepip, venv' >/dev/null 2>&1; }
has_headers() { "$1" -c 'import os, sys, sysconfig; sys.exit(not os.path.exists(os.path.join(sysconfig.get_path("include"), "Python.h")))'; }
has_googletest() {
  for prefix in /usr /usr/local /opt/homebrew; do
    if [ -e "$prefix/include/gtest/gtest.h" ]; then return 0; fi
  done
  return 1
}

has_chromium() { command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1; }

# Sets $missing to the Debian names of what is not there.
look() {
  missing=
  python=$(find_python)
  [ -n "$python" ] || missing="$missing python3 python3-venv python3-dev"
  has_compiler || missing="$missing g++"
  if [ -n "$python" ]; then
    has_venv "$python" || missing="$missing python3-venv"
    has_headers "$python" || missing="$missing python3-dev"
  fi
  # Not needed for running. For tests CMake can fetch GoogleTest, which takes the network; without
  # Chromium the tests that open pages are skipped.
  if [ "$purpose" = test ]; then
    has_googletest || missing="$missing libgtest-dev"
    has_chromium || missing="$missing chromium"
  fi
}

look
if [ -n "$missing" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing what is missing on this system:$missing"
  apt-get update -qq || true
  # shellcheck disable=SC2086  # a list of words
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null || true
  look
fi
if [ -n "$missing" ]; then
  cat >&2 <<TEXT
Missing on this system:$missing
Install with
  Debian, Ubuntu:  sudo apt-get install$missing
  Fedora:          sudo dnf install gcc-c++ python3 python3-devel gtest-devel chromium
  macOS:           xcode-select --install; brew install python googletest chromium
TEXT
  # These alone can be done without.
  case $missing in
    " libgtest-dev" | " chromium" | " libgtest-dev chromium") ;;
    *) exit 1 ;;
  esac
fi

if ! [ -x "$venv/bin/python" ]; then
  "$python" -m venv "$venv"
fi
