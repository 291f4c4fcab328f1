// One value across the border whose C# type may or may not be passed as it is, and arguments that are floating-point numbers.

#include "kernels.h"

#include <string.h>

// As they are: nothing is converted.
static inline uint64_t bits(double value) {
    uint64_t word;
    memcpy(&word, &value, sizeof word);
    return word;
}

uint64_t blittable_args_f64_x2(double a0, double a1) {
    return bits(a0) + (bits(a1) ^ 1);
}

uint64_t blittable_args_f64_x8(double a0, double a1, double a2, double a3, double a4, double a5, double a6, double a7) {
    return bits(a0) + (bits(a1) ^ 1) + (bits(a2) ^ 2) + (bits(a3) ^ 3) + (bits(a4) ^ 4) + (bits(a5) ^ 5) +
           (bits(a6) ^ 6) + (bits(a7) ^ 7);
}

uint64_t blittable_args_f64_x9(double a0, double a1, double a2, double a3, double a4, double a5, double a6, double a7,
                               double a8) {
    return bits(a0) + (bits(a1) ^ 1) + (bits(a2) ^ 2) + (bits(a3) ^ 3) + (bits(a4) ^ 4) + (bits(a5) ^ 5) +
           (bits(a6) ^ 6) + (bits(a7) ^ 7) + (bits(a8) ^ 8);
}

uint64_t blittable_args_f64_x12(double a0, double a1, double a2, double a3, double a4, double a5, double a6, double a7,
                                double a8, double a9, double a10, double a11) {
    return bits(a0) + (bits(a1) ^ 1) + (bits(a2) ^ 2) + (bits(a3) ^ 3) + (bits(a4) ^ 4) + (bits(a5) ^ 5) +
           (bits(a6) ^ 6) + (bits(a7) ^ 7) + (bits(a8) ^ 8) + (bits(a9) ^ 9) + (bits(a10) ^ 10) + (bits(a11) ^ 11);
}

uint64_t blittable_args_f64_mixed12(uint64_t a0, double a1, uint64_t a2, double a3, uint64_t a4, double a5, uint64_t a6,
                                    double a7, uint64_t a8, double a9, uint64_t a10, double a11) {
    return a0 + (bits(a1) ^ 1) + (a2 ^ 2) + (bits(a3) ^ 3) + (a4 ^ 4) + (bits(a5) ^ 5) + (a6 ^ 6) + (bits(a7) ^ 7) +
           (a8 ^ 8) + (bits(a9) ^ 9) + (a10 ^ 10) + (bits(a11) ^ 11);
}

int32_t blittable_bool_4(int32_t flag) {
    return flag == 0;
}

uint8_t blittable_bool_1(uint8_t flag) {
    return flag == 0;
}

// Signed overflow is undefined in C: the sums are made unsigned.
long blittable_native_int_long(long value) {
    return (long)((unsigned long)value + 1);
}

intptr_t blittable_native_int_nint(intptr_t value) {
    return (intptr_t)((uintptr_t)value + 1);
}

size_t blittable_native_int_nuint(size_t value) {
    return value + 1;
}

uint16_t blittable_char(uint16_t unit) {
    return (uint16_t)(unit + 1);
}

uint64_t blittable_char_array(const uint16_t *units, size_t count) {
    uint64_t sum = 0;
    if (units == NULL) {
        return sum;
    }
    for (size_t i = 0; i < count; i++) {
        sum += units[i];
    }
    return sum;
}

uint64_t blittable_converted_guid(const void *guid) {
    if (guid == NULL) {
        return 0;
    }
    const uint8_t *bytes = guid;
    uint32_t data1;
    uint16_t data2, data3;
    memcpy(&data1, bytes, sizeof data1);
    memcpy(&data2, bytes + 4, sizeof data2);
    memcpy(&data3, bytes + 6, sizeof data3);
    uint64_t low = 0;
    for (int i = 8; i < 16; i++) {
        low = low << 8 | bytes[i];
    }
    return ((uint64_t)data1 << 32 | (uint64_t)data2 << 16 | data3) + low;
}

uint64_t blittable_converted_decimal(blittable_decimal value) {
    return value.low + value.high + value.scale + value.sign;
}

uint64_t blittable_converted_date(double days) {
    return bits(days);
}
