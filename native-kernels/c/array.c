// Arrays of integers: read whole, or written whole.

#include "kernels.h"

int64_t array_sum_i32(const int32_t *values, size_t count) {
    int64_t sum = 0;
    if (values == NULL) {
        return sum;
    }
    for (size_t i = 0; i < count; i++) {
        sum += values[i];
    }
    return sum;
}

// Knuth's multiplicative hash.
void array_fill_i32(int32_t *values, size_t count) {
    if (values == NULL) {
        return;
    }
    for (size_t i = 0; i < count; i++) {
        values[i] = (int32_t)((uint32_t)i * 2654435761U);
    }
}
