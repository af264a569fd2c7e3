#pragma once

/// All of samestory's C++ interface; each header also stands alone.
#include "samestory/buffer.hpp"           // IWYU pragma: export
#include "samestory/control.hpp"          // IWYU pragma: export
#include "samestory/csr.hpp"              // IWYU pragma: export
#include "samestory/analyzer.hpp"         // IWYU pragma: export
#include "samestory/buffer.hpp"           // IWYU pragma: export
#include "samestory/control.hpp"          // IWYU pragma: export
#include "samestory/csr.hpp"              // IWYU pragma: export
#include "samestory/document.hpp"         // IWYU pragma: export
#include "samestory/eigen.hpp"            // IWYU pragma: export
#include "samestory/similarity_join.hpp"  // IWYU pragma: export
#include "samestory/vectorizer.hpp"       // IWYU pragma: export
#include "samestory/weighting.hpp"        // IWYU pragma: export
