// Structs of other fields than words: flags, a union, text, an array in place.

#include "kernels.h"

// Each is set where it is not 0; the first one is the lowest bit.
static inline uint64_t bits_of(const struct_four_flags *flags) {
    return (uint64_t)(flags->first != 0) | (uint64_t)(flags->second != 0) << 1 | (uint64_t)(flags->third != 0) << 2 |
           (uint64_t)(flags->fourth != 0) << 3;
}

uint64_t struct_flags(struct_four_flags flags) {
    return bits_of(&flags);
}

uint64_t struct_flags_ref(const struct_four_flags *flags) {
    return flags == NULL ? 0 : bits_of(flags);
}

struct_four_flags struct_flags_returned(uint64_t bits) {
    return (struct_four_flags){bits & 1, bits >> 1 & 1, bits >> 2 & 1, bits >> 3 & 1};
}

static inline uint64_t answer_of(const struct_tagged *tagged) {
    switch (tagged->kind) {
    case 0:
        return tagged->value.integer;
    case 1:
        return tagged->value.real > 0.0;
    default:
        return tagged->value.words[0] + (tagged->value.words[1] ^ 1) + (tagged->value.words[2] ^ 2);
    }
}

uint64_t struct_union(struct_tagged tagged) {
    return answer_of(&tagged);
}

uint64_t struct_union_ref(const struct_tagged *tagged) {
    return tagged == NULL ? 0 : answer_of(tagged);
}

// FNV-1a, 64 bits: Fowler, Noll, Vo; offset basis and prime as published.
#define FNV_OFFSET_BASIS 0xcbf29ce484222325ULL
#define FNV_PRIME 0x100000001b3ULL

uint64_t struct_text_fields(const struct_text_utf8 *record) {
    if (record == NULL) {
        return 0;
    }
    uint64_t hash = FNV_OFFSET_BASIS;
    if (record->name != NULL) {
        for (const uint8_t *next = record->name; *next != 0; next++) {
            hash = (hash ^ *next) * FNV_PRIME;
        }
    }
    for (size_t i = 0; i < 32 && record->tag[i] != 0; i++) {
        hash = (hash ^ record->tag[i]) * FNV_PRIME;
    }
    return (hash ^ (uint32_t)record->id) * FNV_PRIME;
}

uint64_t struct_text_fields_utf16(const struct_text_utf16 *record) {
    if (record == NULL) {
        return 0;
    }
    uint64_t hash = FNV_OFFSET_BASIS;
    if (record->name != NULL) {
        for (const uint16_t *next = record->name; *next != 0; next++) {
            hash = (hash ^ *next) * FNV_PRIME;
        }
    }
    for (size_t i = 0; i < 32 && record->tag[i] != 0; i++) {
        hash = (hash ^ record->tag[i]) * FNV_PRIME;
    }
    return (hash ^ (uint32_t)record->id) * FNV_PRIME;
}

int64_t struct_inline_array(const struct_inline *record) {
    if (record == NULL) {
        return 0;
    }
    uint32_t used = record->count < 16 ? record->count : 16;
    int64_t sum = 0;
    for (uint32_t i = 0; i < used; i++) {
        sum += record->values[i];
    }
    return sum;
}
