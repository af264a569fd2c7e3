#pragma once

/// All of samestory's C++ interface; each header also stands alone.
#include "samestory/analyzer.hpp"         // IWYU pragma: export
#include "samestory/average_linkage.hpp"  // IWYU pragma: export
#include "samestory/buffer.hpp"           // IWYU pragma: export
#include "samestory/candidates.hpp"       // IWYU pragma: export
#include "samestory/components.hpp"       // IWYU pragma: export
#include "samestory/control.hpp"          // IWYU pragma: export
#include "samestory/csr.hpp"              // IWYU pragma: export
#include "samestory/dendrogram.hpp"       // IWYU pragma: export
#include "samestory/disc_placement.hpp"   // IWYU pragma: export
#include "samestory/document.hpp"         // IWYU pragma: export
#include "samestory/eigen.hpp"            // IWYU pragma: export
#include "samestory/fields.hpp"           // IWYU pragma: export
#include "samestory/graph_layout.hpp"     // IWYU pragma: export
#include "samestory/groups.hpp"           // IWYU pragma: export
#include "samestory/language.hpp"         // IWYU pragma: export
#include "samestory/leiden.hpp"           // IWYU pragma: export
#include "samestory/linkage.hpp"          // IWYU pragma: export
#include "samestory/meaning.hpp"          // IWYU pragma: export
#include "samestory/recurring.hpp"        // IWYU pragma: export
#include "samestory/similarity_join.hpp"  // IWYU pragma: export
#include "samestory/smoothing.hpp"        // IWYU pragma: export
#include "samestory/stories.hpp"          // IWYU pragma: export
#include "samestory/story_options.hpp"    // IWYU pragma: export
#include "samestory/term_options.hpp"     // IWYU pragma: export
#include "samestory/text_reuse.hpp"       // IWYU pragma: export
#include "samestory/text_rows.hpp"        // IWYU pragma: export
#include "samestory/vectorizer.hpp"       // IWYU pragma: export
#include "samestory/weighting.hpp"        // IWYU pragma: export
#include "samestory/words.hpp"            // IWYU pragma: export
#include "samestory/worth.hpp"            // IWYU pragma: export
