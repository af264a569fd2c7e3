#!/bin/sh
# Usage: test_neon.sh
# Builds the core for 64-bit ARM with Debian's cross compiler and runs what tests kernels and the
# join under qemu-user. The two are installed where this is root on Debian; else it says what is
# missing, and that the NEON kernels went untested.
set -eu

has_tools() { command -v aarch64-linux-gnu-g++ >/dev/null 2>&1 && command -v qemu-aarch64 >/dev/null 2>&1 && [ -e /usr/src/googletest/CMakeLists.txt ]; }
if ! has_tools && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  apt-get update -qq || true
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    g++-aarch64-linux-gnu qemu-user libgtest-dev >/dev/null || true
fi
if ! has_tools; then
  echo "The NEON kernels are NOT tested: install g++-aarch64-linux-gnu, qemu-user and libgtest-dev."
  exit 0
fi
cmake --preset neon >build-neon.log 2>&1 || { cat build-neon.log; rm -f build-neon.log; exit 1; }
rm -f build-neon.log
cmake --build --preset neon
# Threads are slow under emulation, and tested elsewhere.
qemu-aarch64 -L /usr/aarch64-linux-gnu build/neon/tests/cpp/samestory_tests --gtest_brief=1 \
  --gtest_filter='*Kernels*:*InstructionSet*:SimilarityJoin*:ForestLinkage*:*Vectorizer*'
