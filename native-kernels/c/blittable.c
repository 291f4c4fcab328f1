// Blittable calls: nothing is converted, so what is left is the border itself.

#include "kernels.h"

// Signed overflow is undefined in C: the sum is made unsigned.
static inline int32_t add(int32_t a, int32_t b) {
    return (int32_t)((uint32_t)a + (uint32_t)b);
}

int32_t blittable_add_i32(int32_t a, int32_t b) {
    return add(a, b);
}

int32_t blittable_add_i32_nogc(int32_t a, int32_t b) {
    // A comment of its own in the machine code: no compiler or linker may fold the alias into the function above.
    __asm__("/* blittable_add_i32_nogc */");
    return add(a, b);
}
