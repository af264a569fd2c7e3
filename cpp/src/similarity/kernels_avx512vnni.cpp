#define SAMESTORY_KERNELS avx512vnni
#define SAMESTORY_VNNI
#define SAMESTORY_DENSE_SHARE 0.07
#include "similarity/kernels_avx512_impl.hpp"
