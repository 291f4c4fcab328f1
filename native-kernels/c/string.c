// Text across the border. Every entry point reads byte by byte, as its Rust twin does: the scan is the same work everywhere.

#include "kernels.h"
#include "live.h"

#include <stdlib.h>
#include <string.h>

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

uint64_t string_ansi_in(const uint8_t *text) {
    uint64_t hash = FNV_OFFSET_BASIS;
    if (text == NULL) {
        return hash;
    }
    for (; *text != 0; text++) {
        hash = (hash ^ *text) * FNV_PRIME;
    }
    return hash;
}

uint64_t string_bstr_in(const uint16_t *text) {
    uint64_t hash = FNV_OFFSET_BASIS;
    if (text == NULL) {
        return hash;
    }
    uint32_t size_bytes;
    memcpy(&size_bytes, (const char *)text - sizeof size_bytes, sizeof size_bytes);
    for (size_t i = 0; i < size_bytes / 2; i++) {
        hash = (hash ^ text[i]) * FNV_PRIME;
    }
    return hash;
}

uint64_t string_utf32_in(const uint32_t *text) {
    uint64_t hash = FNV_OFFSET_BASIS;
    if (text == NULL) {
        return hash;
    }
    for (; *text != 0; text++) {
        hash = (hash ^ *text) * FNV_PRIME;
    }
    return hash;
}

void string_by_ref(uint8_t **text) {
    if (text == NULL || *text == NULL) {
        return;
    }
    uint8_t *old = *text;
    size_t length = 0;
    while (old[length] != 0) {
        length++;
    }
    uint8_t *new = malloc(length + 1);
    if (new != NULL) {
        for (size_t i = 0; i < length; i++) {
            new[i] = (uint8_t)(old[i] + 1);
        }
        new[length] = 0;
    }
    free(old);
    *text = new;
}

uint64_t string_argv(const uint8_t *const *texts, int32_t count) {
    uint64_t hash = FNV_OFFSET_BASIS;
    if (texts == NULL) {
        return hash;
    }
    for (int32_t i = 0; i < count; i++) {
        const uint8_t *next = texts[i];
        do {
            hash = (hash ^ *next) * FNV_PRIME;
        } while (*next++ != 0);
    }
    return hash;
}

uint64_t string_argv_packed(const uint8_t *block, int32_t count) {
    uint64_t hash = FNV_OFFSET_BASIS;
    if (block == NULL) {
        return hash;
    }
    const uint8_t *next = block;
    for (int32_t i = 0; i < count; i++) {
        do {
            hash = (hash ^ *next) * FNV_PRIME;
        } while (*next++ != 0);
    }
    return hash;
}
