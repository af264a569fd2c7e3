# Installs the library, then configures, builds and runs the project in `elsewhere` against it.
function(run)
  execute_process(COMMAND ${ARGN} COMMAND_ERROR_IS_FATAL ANY)
endfunction()
file(REMOVE_RECURSE ${WORK})
run(${CMAKE_COMMAND} --install ${BUILD} --component cpp --prefix ${WORK}/prefix)
run(${CMAKE_COMMAND} -S ${SOURCE}/elsewhere -B ${WORK}/build -G Ninja -DCMAKE_BUILD_TYPE=Release
  -DCMAKE_PREFIX_PATH=${WORK}/prefix -DEigen3_DIR=${Eigen3_DIR} -DCMAKE_CXX_COMPILER=${CXX}
  "-DCMAKE_CXX_FLAGS=${FLAGS}")
run(${CMAKE_COMMAND} --build ${WORK}/build)
file(GLOB articles ${SOURCE}/articles/*.txt)
run(${WORK}/build/stories ${articles})
