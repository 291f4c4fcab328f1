// The transition itself. The kernels of transition_in_loop and transition_protected_region add as blittable_add_i32 does; what
// differs is the body around the calls.

#include "kernels.h"

// Signed overflow is undefined in C: the sum is made unsigned.
static inline int32_t add(int32_t a, int32_t b) {
    return (int32_t)((uint32_t)a + (uint32_t)b);
}

int32_t transition_in_loop(int32_t a, int32_t b) {
    return add(a, b);
}

int32_t transition_in_loop_nogc(int32_t a, int32_t b) {
    __asm__("/* transition_in_loop_nogc */");
    return add(a, b);
}

int32_t transition_protected_region(int32_t a, int32_t b) {
    return add(a, b);
}

// The empty statement may change the sum for all the compiler knows: no two additions become one.
#define STEP                                                                                                           \
    sum += step;                                                                                                       \
    __asm__ volatile("" : "+r"(sum));

// From 1234567890, steps of 2^64 / golden ratio. Eight additions a turn let the counter run ahead: a turn takes as long as its
// additions.
static inline uint64_t chain(uint32_t iterations) {
    uint64_t step = 0x9e3779b97f4a7c15;
    __asm__ volatile("" : "+r"(step));
    uint64_t sum = 1234567890;
    for (uint32_t i = 0; i < iterations / 8; i++) {
        STEP STEP STEP STEP STEP STEP STEP STEP
    }
    for (uint32_t i = 0; i < iterations % 8; i++) {
        STEP
    }
    return sum;
}

uint64_t transition_work(uint32_t iterations) {
    return chain(iterations);
}

uint64_t transition_work_nogc(uint32_t iterations) {
    __asm__("/* transition_work_nogc */");
    return chain(iterations);
}

int32_t transition_batching(int32_t a, int32_t b) {
    return add(a, b);
}

int32_t transition_batching_nogc(int32_t a, int32_t b) {
    __asm__("/* transition_batching_nogc */");
    return add(a, b);
}

static inline int32_t batch(const int32_t *left, const int32_t *right, size_t count) {
    int32_t sum = 0;
    if (left == NULL || right == NULL) {
        return sum;
    }
    for (size_t i = 0; i < count; i++) {
        sum = add(sum, add(left[i], right[i]));
    }
    return sum;
}

int32_t transition_batching_batch(const int32_t *left, const int32_t *right, size_t count) {
    return batch(left, right, count);
}

int32_t transition_batching_batch_nogc(const int32_t *left, const int32_t *right, size_t count) {
    __asm__("/* transition_batching_batch_nogc */");
    return batch(left, right, count);
}
