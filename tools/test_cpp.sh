#!/bin/sh
# Usage: test_cpp.sh PRESET
# Configures, builds and tests one preset of CMakePresets.json.
set -eu
preset=$1
cmake --preset "$preset" >"build-$preset.log" 2>&1 || { cat "build-$preset.log"; rm -f "build-$preset.log"; exit 1; }
rm -f "build-$preset.log"
cmake --build --preset "$preset"
ctest --preset "$preset" -j "$(getconf _NPROCESSORS_ONLN)" --progress
