#define SAMESTORY_KERNELS avx512
#define SAMESTORY_DENSE_SHARE 0.09
#include "similarity/kernels_avx512_impl.hpp"
