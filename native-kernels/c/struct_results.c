// Structs that native code fills, returns, or only tells the size of.

#include "kernels.h"

// (i + 1) * 2^64 / golden ratio.
#define WORD(i) ((uint64_t)((i) + 1) * 0x9e3779b97f4a7c15ULL)

// A struct of words is laid out as an array of them is.
static inline void fill(void *words, size_t size_bytes) {
    for (size_t i = 0; i < size_bytes / sizeof(uint64_t); i++) {
        ((uint64_t *)words)[i] = WORD(i);
    }
}

void struct_out_16(struct_words_16 *words) {
    if (words != NULL) {
        fill(words, sizeof *words);
    }
}

void struct_out_64(struct_words_64 *words) {
    if (words != NULL) {
        fill(words, sizeof *words);
    }
}

void struct_out_256(struct_words_256 *words) {
    if (words != NULL) {
        fill(words, sizeof *words);
    }
}

struct_words_8 struct_returned_8(void) {
    struct_words_8 words;
    fill(&words, sizeof words);
    return words;
}

struct_words_16 struct_returned_16(void) {
    struct_words_16 words;
    fill(&words, sizeof words);
    return words;
}

struct_words_24 struct_returned_24(void) {
    struct_words_24 words;
    fill(&words, sizeof words);
    return words;
}

struct_words_32 struct_returned_32(void) {
    struct_words_32 words;
    fill(&words, sizeof words);
    return words;
}

struct_words_64 struct_returned_64(void) {
    struct_words_64 words;
    fill(&words, sizeof words);
    return words;
}

uint64_t struct_size_of_16(void) {
    return sizeof(struct_words_16);
}

uint64_t struct_size_of_256(void) {
    return sizeof(struct_words_256);
}

uint64_t struct_size_of_flags(void) {
    return sizeof(struct_four_flags);
}

static const struct_words_16 words_16 = {WORD(0), WORD(1)};
static const struct_words_256 words_256 = {
    WORD(0),  WORD(1),  WORD(2),  WORD(3),  WORD(4),  WORD(5),  WORD(6),  WORD(7),  WORD(8),  WORD(9),  WORD(10),
    WORD(11), WORD(12), WORD(13), WORD(14), WORD(15), WORD(16), WORD(17), WORD(18), WORD(19), WORD(20), WORD(21),
    WORD(22), WORD(23), WORD(24), WORD(25), WORD(26), WORD(27), WORD(28), WORD(29), WORD(30), WORD(31)};
static const struct_four_flags some_flags = {1, 0, 1, 1};

const struct_words_16 *struct_size_of_read_16(void) {
    return &words_16;
}

const struct_words_256 *struct_size_of_read_256(void) {
    return &words_256;
}

const struct_four_flags *struct_size_of_read_flags(void) {
    return &some_flags;
}
