// Structs across the border. A struct of so many words is summed the same way whether it comes by value or behind a pointer.

#include "kernels.h"

static inline uint64_t sum_8(const struct_words_8 *s) {
    return s->w0;
}

uint64_t struct_by_value_8(struct_words_8 words) {
    return sum_8(&words);
}

uint64_t struct_by_ref_8(const struct_words_8 *words) {
    return words == NULL ? 0 : sum_8(words);
}

static inline uint64_t sum_16(const struct_words_16 *s) {
    return s->w0 + (s->w1 ^ 1);
}

uint64_t struct_by_value_16(struct_words_16 words) {
    return sum_16(&words);
}

uint64_t struct_by_ref_16(const struct_words_16 *words) {
    return words == NULL ? 0 : sum_16(words);
}

static inline uint64_t sum_24(const struct_words_24 *s) {
    return s->w0 + (s->w1 ^ 1) + (s->w2 ^ 2);
}

uint64_t struct_by_value_24(struct_words_24 words) {
    return sum_24(&words);
}

uint64_t struct_by_ref_24(const struct_words_24 *words) {
    return words == NULL ? 0 : sum_24(words);
}

static inline uint64_t sum_32(const struct_words_32 *s) {
    return s->w0 + (s->w1 ^ 1) + (s->w2 ^ 2) + (s->w3 ^ 3);
}

uint64_t struct_by_value_32(struct_words_32 words) {
    return sum_32(&words);
}

uint64_t struct_by_ref_32(const struct_words_32 *words) {
    return words == NULL ? 0 : sum_32(words);
}

static inline uint64_t sum_64(const struct_words_64 *s) {
    return s->w0 + (s->w1 ^ 1) + (s->w2 ^ 2) + (s->w3 ^ 3) + (s->w4 ^ 4) + (s->w5 ^ 5) + (s->w6 ^ 6) + (s->w7 ^ 7);
}

uint64_t struct_by_value_64(struct_words_64 words) {
    return sum_64(&words);
}

uint64_t struct_by_ref_64(const struct_words_64 *words) {
    return words == NULL ? 0 : sum_64(words);
}

static inline uint64_t sum_128(const struct_words_128 *s) {
    return s->w0 + (s->w1 ^ 1) + (s->w2 ^ 2) + (s->w3 ^ 3) + (s->w4 ^ 4) + (s->w5 ^ 5) + (s->w6 ^ 6) + (s->w7 ^ 7) +
           (s->w8 ^ 8) + (s->w9 ^ 9) + (s->w10 ^ 10) + (s->w11 ^ 11) + (s->w12 ^ 12) + (s->w13 ^ 13) + (s->w14 ^ 14) +
           (s->w15 ^ 15);
}

uint64_t struct_by_value_128(struct_words_128 words) {
    return sum_128(&words);
}

uint64_t struct_by_ref_128(const struct_words_128 *words) {
    return words == NULL ? 0 : sum_128(words);
}

static inline uint64_t sum_256(const struct_words_256 *s) {
    return s->w0 + (s->w1 ^ 1) + (s->w2 ^ 2) + (s->w3 ^ 3) + (s->w4 ^ 4) + (s->w5 ^ 5) + (s->w6 ^ 6) + (s->w7 ^ 7) +
           (s->w8 ^ 8) + (s->w9 ^ 9) + (s->w10 ^ 10) + (s->w11 ^ 11) + (s->w12 ^ 12) + (s->w13 ^ 13) + (s->w14 ^ 14) +
           (s->w15 ^ 15) + (s->w16 ^ 16) + (s->w17 ^ 17) + (s->w18 ^ 18) + (s->w19 ^ 19) + (s->w20 ^ 20) +
           (s->w21 ^ 21) + (s->w22 ^ 22) + (s->w23 ^ 23) + (s->w24 ^ 24) + (s->w25 ^ 25) + (s->w26 ^ 26) +
           (s->w27 ^ 27) + (s->w28 ^ 28) + (s->w29 ^ 29) + (s->w30 ^ 30) + (s->w31 ^ 31);
}

uint64_t struct_by_value_256(struct_words_256 words) {
    return sum_256(&words);
}

uint64_t struct_by_ref_256(const struct_words_256 *words) {
    return words == NULL ? 0 : sum_256(words);
}
