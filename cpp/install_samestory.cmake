# `cmake --install` for C++ users: find_package(samestory) then gives samestory::samestory. In a
# build of the Python package it is there for the tests alone: `cmake --install --component cpp`.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)
set(part COMPONENT cpp)
if(SAMESTORY_BUILD_PYTHON)
  list(APPEND part EXCLUDE_FROM_ALL)
endif()
install(TARGETS samestory EXPORT samestoryTargets
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} ${part})
install(DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}/include/samestory
  DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} ${part})
install(EXPORT samestoryTargets NAMESPACE samestory::
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/samestory ${part})
file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/samestoryConfig.cmake
  "include(CMakeFindDependencyMacro)\nfind_dependency(Eigen3 3.4)\nfind_dependency(Threads)\n"
  "include(\"\${CMAKE_CURRENT_LIST_DIR}/samestoryTargets.cmake\")\n")
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/samestoryConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/samestoryConfig.cmake
  ${CMAKE_CURRENT_BINARY_DIR}/samestoryConfigVersion.cmake
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/samestory ${part})
