// The transition itself. The kernel adds as blittable_add_i32 does; what differs is the body around the calls.

#include "kernels.h"

int32_t transition_in_loop(int32_t a, int32_t b) {
    return (int32_t)((uint32_t)a + (uint32_t)b);
}

int32_t transition_in_loop_nogc(int32_t a, int32_t b) {
    __asm__("/* transition_in_loop_nogc */");
    return (int32_t)((uint32_t)a + (uint32_t)b);
}
