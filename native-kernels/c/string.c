// Text across the border. Every entry point reads byte by byte, as its Rust twin does: the scan is the same work everywhere.

#include "kernels.h"
#include "live.h"

#include <stdlib.h>

// FNV-1a, 64 bits: Fowler, Noll, Vo; offset basis and prime as published.
#define FNV_OFFSET_BASIS 0xcbf29ce484222325ULL
#define FNV_PRIME 0x100000001b3ULL

uint64_t string_utf8_in(const uint8_t *text) {
    uint64_t hash = FNV_OFFSET_BASIS;
    if (text == NULL) {
        return hash;
    }
    for (; *text != 0; text++) {
        hash = (hash ^ *text) * FNV_PRIME;
    }
    return hash;
}

uint64_t string_utf8_in_len(const uint8_t *text, size_t length) {
    uint64_t hash = FNV_OFFSET_BASIS;
    if (text == NULL) {
        return hash;
    }
    for (size_t i = 0; i < length; i++) {
        hash = (hash ^ text[i]) * FNV_PRIME;
    }
    return hash;
}

uint64_t string_utf16_in(const uint16_t *text) {
    uint64_t hash = FNV_OFFSET_BASIS;
    if (text == NULL) {
        return hash;
    }
    for (; *text != 0; text++) {
        hash = (hash ^ *text) * FNV_PRIME;
    }
    return hash;
}

uint64_t string_utf16_in_len(const uint16_t *text, size_t length) {
    uint64_t hash = FNV_OFFSET_BASIS;
    if (text == NULL) {
        return hash;
    }
    for (size_t i = 0; i < length; i++) {
        hash = (hash ^ text[i]) * FNV_PRIME;
    }
    return hash;
}

// Letter `at` of a text that runs through the alphabet.
static inline uint8_t letter(size_t at) {
    return (uint8_t)('a' + at % 26);
}

int32_t string_fill(uint16_t *buffer, int32_t capacity) {
    if (buffer == NULL || capacity <= 0) {
        return 0;
    }
    size_t length = (size_t)capacity - 1;
    for (size_t i = 0; i < length; i++) {
        buffer[i] = letter(i);
    }
    buffer[length] = 0;
    return (int32_t)length;
}

// `length` letters and a 0, by malloc.
static inline uint8_t *make(size_t length) {
    uint8_t *text = malloc(length + 1);
    if (text == NULL) {
        return NULL;
    }
    for (size_t i = 0; i < length; i++) {
        text[i] = letter(i);
    }
    text[length] = 0;
    return text;
}

uint8_t *string_returned(size_t length) {
    return make(length);
}

#define ALPHABET "abcdefghijklmnopqrstuvwxyz"
static const char text_of_16[] = "abcdefghijklmnop";
static const char text_of_256[] =
    ALPHABET ALPHABET ALPHABET ALPHABET ALPHABET ALPHABET ALPHABET ALPHABET ALPHABET "abcdefghijklmnopqrstuv";

const uint8_t *string_returned_static(size_t length) {
    return (const uint8_t *)(length <= 16 ? text_of_16 : text_of_256);
}

uint8_t *string_returned_len(size_t length, size_t *written) {
    uint8_t *text = make(length);
    if (text != NULL) {
        live_add(LIVE_STRINGS, 1);
    }
    *written = text == NULL ? 0 : length;
    return text;
}

void string_returned_free(uint8_t *text) {
    if (text == NULL) {
        return;
    }
    live_add(LIVE_STRINGS, -1);
    free(text);
}
