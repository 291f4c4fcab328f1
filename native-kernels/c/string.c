// Text across the border. Every entry point reads byte by byte, as its Rust twin does: the scan is the same work everywhere.

#include "kernels.h"

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
