// Arrays of integers: read whole, or written whole.

#include "kernels.h"
#include "live.h"

#include <stdlib.h>

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

// Whether flag `at` of every input is set.
static inline int32_t is_set(size_t at) {
    return at % 3 == 0;
}

int32_t array_bool(const int32_t *flags, size_t count) {
    int32_t set = 0;
    if (flags == NULL) {
        return set;
    }
    for (size_t i = 0; i < count; i++) {
        set += flags[i] != 0;
    }
    return set;
}

int32_t array_bool_bytes(const uint8_t *flags, size_t count) {
    int32_t set = 0;
    if (flags == NULL) {
        return set;
    }
    for (size_t i = 0; i < count; i++) {
        set += flags[i] != 0;
    }
    return set;
}

void array_bool_out(int32_t *flags, size_t count) {
    if (flags == NULL) {
        return;
    }
    for (size_t i = 0; i < count; i++) {
        flags[i] = is_set(count - 1 - i);
    }
}

int64_t array_records(const array_record *records, size_t count) {
    int64_t sum = 0;
    if (records == NULL) {
        return sum;
    }
    for (size_t i = 0; i < count; i++) {
        if (records[i].active != 0) {
            sum += records[i].id;
        }
    }
    return sum;
}

int64_t array_records_out(array_record *records, size_t count) {
    int64_t sum = 0;
    if (records == NULL) {
        return sum;
    }
    for (size_t i = 0; i < count; i++) {
        records[i] = (array_record){(int32_t)i + 1, is_set(i)};
        if (records[i].active != 0) {
            sum += records[i].id;
        }
    }
    return sum;
}

int64_t array_pinning(const uint8_t *bytes, size_t count) {
    int64_t sum = 0;
    if (bytes == NULL) {
        return sum;
    }
    for (size_t i = 0; i < count; i++) {
        sum += bytes[i];
    }
    return sum;
}

int64_t array_bulk_bytes(const uint8_t *bytes, size_t count) {
    int64_t sum = 0;
    if (bytes == NULL) {
        return sum;
    }
    for (size_t i = 0; i < count; i++) {
        sum += bytes[i];
    }
    return sum;
}

int64_t array_list(const int32_t *values, size_t count) {
    int64_t sum = 0;
    if (values == NULL) {
        return sum;
    }
    for (size_t i = 0; i < count; i++) {
        sum += values[i];
    }
    return sum;
}

void array_scale_f64(double *values, size_t count, double factor) {
    if (values == NULL) {
        return;
    }
    for (size_t i = 0; i < count; i++) {
        values[i] *= factor;
    }
}

int32_t array_native_alloc(uint8_t *memory, size_t size_bytes) {
    if (memory == NULL || size_bytes < 2) {
        return 0;
    }
    volatile uint8_t *touched = memory;
    touched[0] = 1;
    touched[size_bytes - 1] = 2;
    return touched[0] + touched[size_bytes - 1];
}

uint8_t *array_native_alloc_new(size_t size_bytes) {
    uint8_t *memory = malloc(size_bytes);
    if (memory != NULL) {
        live_add(LIVE_BLOCKS, 1);
    }
    return memory;
}

void array_native_alloc_free(uint8_t *memory) {
    if (memory == NULL) {
        return;
    }
    live_add(LIVE_BLOCKS, -1);
    free(memory);
}
