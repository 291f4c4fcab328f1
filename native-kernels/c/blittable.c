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

void blittable_noop(void) {
}

void blittable_noop_nogc(void) {
    __asm__("/* blittable_noop_nogc */");
}

int32_t blittable_convention(int32_t a, int32_t b) {
    return add(a, b);
}

uint64_t blittable_arity_0(void) {
    return 0;
}

uint64_t blittable_arity_0_nogc(void) {
    __asm__("/* blittable_arity_0_nogc */");
    return 0;
}

uint64_t blittable_arity_2(uint64_t a0, uint64_t a1) {
    return a0 + (a1 ^ 1);
}

uint64_t blittable_arity_2_nogc(uint64_t a0, uint64_t a1) {
    __asm__("/* blittable_arity_2_nogc */");
    return a0 + (a1 ^ 1);
}

uint64_t blittable_arity_4(uint64_t a0, uint64_t a1, uint64_t a2, uint64_t a3) {
    return a0 + (a1 ^ 1) + (a2 ^ 2) + (a3 ^ 3);
}

uint64_t blittable_arity_4_nogc(uint64_t a0, uint64_t a1, uint64_t a2, uint64_t a3) {
    __asm__("/* blittable_arity_4_nogc */");
    return a0 + (a1 ^ 1) + (a2 ^ 2) + (a3 ^ 3);
}

uint64_t blittable_arity_6(uint64_t a0, uint64_t a1, uint64_t a2, uint64_t a3, uint64_t a4, uint64_t a5) {
    return a0 + (a1 ^ 1) + (a2 ^ 2) + (a3 ^ 3) + (a4 ^ 4) + (a5 ^ 5);
}

uint64_t blittable_arity_6_nogc(uint64_t a0, uint64_t a1, uint64_t a2, uint64_t a3, uint64_t a4, uint64_t a5) {
    __asm__("/* blittable_arity_6_nogc */");
    return a0 + (a1 ^ 1) + (a2 ^ 2) + (a3 ^ 3) + (a4 ^ 4) + (a5 ^ 5);
}

uint64_t blittable_arity_7(uint64_t a0, uint64_t a1, uint64_t a2, uint64_t a3, uint64_t a4, uint64_t a5, uint64_t a6) {
    return a0 + (a1 ^ 1) + (a2 ^ 2) + (a3 ^ 3) + (a4 ^ 4) + (a5 ^ 5) + (a6 ^ 6);
}

uint64_t blittable_arity_7_nogc(uint64_t a0, uint64_t a1, uint64_t a2, uint64_t a3, uint64_t a4, uint64_t a5,
                                uint64_t a6) {
    __asm__("/* blittable_arity_7_nogc */");
    return a0 + (a1 ^ 1) + (a2 ^ 2) + (a3 ^ 3) + (a4 ^ 4) + (a5 ^ 5) + (a6 ^ 6);
}

uint64_t blittable_arity_8(uint64_t a0, uint64_t a1, uint64_t a2, uint64_t a3, uint64_t a4, uint64_t a5, uint64_t a6,
                           uint64_t a7) {
    return a0 + (a1 ^ 1) + (a2 ^ 2) + (a3 ^ 3) + (a4 ^ 4) + (a5 ^ 5) + (a6 ^ 6) + (a7 ^ 7);
}

uint64_t blittable_arity_8_nogc(uint64_t a0, uint64_t a1, uint64_t a2, uint64_t a3, uint64_t a4, uint64_t a5,
                                uint64_t a6, uint64_t a7) {
    __asm__("/* blittable_arity_8_nogc */");
    return a0 + (a1 ^ 1) + (a2 ^ 2) + (a3 ^ 3) + (a4 ^ 4) + (a5 ^ 5) + (a6 ^ 6) + (a7 ^ 7);
}

uint64_t blittable_arity_12(uint64_t a0, uint64_t a1, uint64_t a2, uint64_t a3, uint64_t a4, uint64_t a5, uint64_t a6,
                            uint64_t a7, uint64_t a8, uint64_t a9, uint64_t a10, uint64_t a11) {
    return a0 + (a1 ^ 1) + (a2 ^ 2) + (a3 ^ 3) + (a4 ^ 4) + (a5 ^ 5) + (a6 ^ 6) + (a7 ^ 7) + (a8 ^ 8) + (a9 ^ 9) +
           (a10 ^ 10) + (a11 ^ 11);
}

uint64_t blittable_arity_12_nogc(uint64_t a0, uint64_t a1, uint64_t a2, uint64_t a3, uint64_t a4, uint64_t a5,
                                 uint64_t a6, uint64_t a7, uint64_t a8, uint64_t a9, uint64_t a10, uint64_t a11) {
    __asm__("/* blittable_arity_12_nogc */");
    return a0 + (a1 ^ 1) + (a2 ^ 2) + (a3 ^ 3) + (a4 ^ 4) + (a5 ^ 5) + (a6 ^ 6) + (a7 ^ 7) + (a8 ^ 8) + (a9 ^ 9) +
           (a10 ^ 10) + (a11 ^ 11);
}
