# Eigen: the system's or the build environment's cmeel-eigen. cmeel wheels install under a
# `cmeel.prefix` folder in site-packages that CMake does not search by itself, so the build's
# Python is asked for every such folder.
find_package(Python 3.11 COMPONENTS Interpreter QUIET)
if(Python_Interpreter_FOUND)
  execute_process(
    COMMAND "${Python_EXECUTABLE}" -c
      "import sys, pathlib; print(';'.join(str(p) for d in sys.path if d for p in pathlib.Path(d).glob('cmeel.prefix')).replace('\\\\', '/'))"
    OUTPUT_VARIABLE samestory_cmeel_prefixes OUTPUT_STRIP_TRAILING_WHITESPACE)
  list(PREPEND CMAKE_PREFIX_PATH ${samestory_cmeel_prefixes})
endif()
find_package(Eigen3 3.4 CONFIG QUIET)
if(NOT TARGET Eigen3::Eigen)
  message(FATAL_ERROR
    "Eigen 3.4 was not found. Install it with one of\n"
    "  pip install 'cmeel-eigen>=3.4.1,<3.5'   (any platform, into the environment of this build)\n"
    "  apt-get install libeigen3-dev           (Debian, Ubuntu)\n"
    "  dnf install eigen3-devel                (Fedora)\n"
    "  brew install eigen                      (macOS)")
endif()
