// Controls: work whose cost is put in.

#include "kernels.h"

// 2^64 / golden ratio.
static const uint64_t INCREMENT = 0x9e3779b97f4a7c15;

// The empty statement may change the sum for all the compiler knows: no two additions become one.
#define ADD                                                                                                            \
    sum += step;                                                                                                       \
    __asm__ volatile("" : "+r"(sum));

uint64_t control_chain(uint64_t start, uint64_t steps, uint64_t extra) {
    uint64_t step = INCREMENT;
    __asm__ volatile("" : "+r"(step));
    uint64_t total = steps + extra;
    uint64_t sum = start;
    for (uint64_t i = 0; i < total / 8; i++) {
        ADD ADD ADD ADD ADD ADD ADD ADD
    }
    for (uint64_t i = 0; i < total % 8; i++) {
        ADD
    }
    return sum - extra * INCREMENT;
}
