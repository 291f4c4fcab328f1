// Loading: exports that are called for the first time in a process. What they do is the least that has an answer.

#include "kernels.h"

// Bytes before the first 0; none for NULL.
static inline uint64_t bytes(const uint8_t *text) {
    uint64_t count = 0;
    if (text != NULL) {
        while (text[count] != 0) {
            count++;
        }
    }
    return count;
}

// Signed overflow is undefined in C: the sums are made unsigned.
int32_t loading_first_call(int32_t a, int32_t b) {
    return (int32_t)((uint32_t)a + (uint32_t)b);
}

uint64_t loading_first_call_text(const uint8_t *text) {
    return bytes(text);
}

uint64_t loading_first_call_struct(const struct_words_16 *words) {
    return words == NULL ? 0 : words->w0 + (words->w1 ^ 1);
}

// An import with a signature of its own: the bytes of the text, and each number times its place.
#define PART(argument, place) +(uint64_t)(int64_t)(argument)*place
#define IMPORT(name, arguments, parts)                                                                                 \
    int64_t name arguments {                                                                                           \
        return (int64_t)(bytes(text) parts);                                                                           \
    }
#include "loading_imports.inc"
