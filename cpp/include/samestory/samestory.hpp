#pragma once

/// All of samestory's C++ interface; each header also stands alone.
#include "samestory/buffer.hpp"           // IWYU pragma: export
#include "samestory/control.hpp"          // IWYU pragma: export
#include "samestory/csr.hpp"              // IWYU pragma: export
#include "samestory/eigen.hpp"            // IWYU pragma: export
#include "samestory/similarity_join.hpp"  // IWYU pragma: export
