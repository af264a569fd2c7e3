# How every target of the project is compiled: warnings, sanitizers, kernels per instruction set.

function(samestory_compile_options target)
  if(MSVC)
    target_compile_options(${target} PRIVATE /W4 /utf-8 /fp:precise $<$<BOOL:${SAMESTORY_WARNINGS_AS_ERRORS}>:/WX>)
  else()
    # -ffp-contract=off: a fused multiply-add on one path and not on another changes the last bit.
    target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor
      -ffp-contract=off
      # GCC 12 warns of std::string's own operator+ (its bug 105651).
      $<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-restrict>
      $<$<BOOL:${SAMESTORY_WARNINGS_AS_ERRORS}>:-Werror>)
    if(SAMESTORY_SANITIZE)
      list(JOIN SAMESTORY_SANITIZE "," sanitizers)
      target_compile_options(${target} PRIVATE -fsanitize=${sanitizers} -fno-omit-frame-pointer
        -fno-sanitize-recover=all)
      target_link_options(${target} PUBLIC -fsanitize=${sanitizers})
    endif()
  endif()
endfunction()

# samestory_add_kernels(<target> <instruction set> <sources...>)
# An object library compiled for one instruction set and linked into samestory. Kernel sources use
# raw pointers only: Eigen types differ in alignment between flag sets (an ODR hazard).
function(samestory_add_kernels target instruction_set)
  add_library(${target} OBJECT ${ARGN})
  target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR}/cpp/include ${PROJECT_SOURCE_DIR}/cpp/src)
  samestory_compile_options(${target})
  if(instruction_set STREQUAL "avx2")
    target_compile_options(${target} PRIVATE
      $<IF:$<CXX_COMPILER_ID:MSVC>,/arch:AVX2,-mavx2;-mfma;-mbmi;-mbmi2;-mpopcnt;-mlzcnt>)
  elseif(instruction_set MATCHES "^avx512")
    target_compile_options(${target} PRIVATE
      $<IF:$<CXX_COMPILER_ID:MSVC>,/arch:AVX512,-mavx512f;-mavx512bw;-mavx512dq;-mavx512vl;-mavx512cd;-mavx2;-mfma;-mbmi;-mbmi2;-mpopcnt;-mlzcnt>)
    if(instruction_set STREQUAL "avx512vnni" AND NOT MSVC)
      target_compile_options(${target} PRIVATE -mavx512vnni)
    endif()
  endif()
  target_sources(samestory PRIVATE $<TARGET_OBJECTS:${target}>)
endfunction()

# SAMESTORY_X86 / SAMESTORY_ARM64: which families of kernels can be compiled at all.
string(TOLOWER "${CMAKE_SYSTEM_PROCESSOR};${CMAKE_OSX_ARCHITECTURES}" samestory_processor)
if(samestory_processor MATCHES "x86_64|amd64")
  set(SAMESTORY_X86 ON)
endif()
if(samestory_processor MATCHES "aarch64|arm64")
  set(SAMESTORY_ARM64 ON)
endif()
if(SAMESTORY_X86 AND SAMESTORY_ARM64) # a universal binary: only what both halves can run
  set(SAMESTORY_X86 OFF)
  set(SAMESTORY_ARM64 OFF)
endif()
