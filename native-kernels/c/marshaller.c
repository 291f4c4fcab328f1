// What custom marshallers hand over: text as code points, and records of an error with its message. Messages that are made belong to
// the caller, who frees them with free(): nothing here is counted as alive.

#include "kernels.h"

#include <stdlib.h>

// FNV-1a, 64 bits: Fowler, Noll, Vo; offset basis and prime as published.
#define FNV_OFFSET_BASIS 0xcbf29ce484222325ULL
#define FNV_PRIME 0x100000001b3ULL

uint64_t marshaller_shapes(const uint32_t *text) {
    uint64_t hash = FNV_OFFSET_BASIS;
    if (text == NULL) {
        return hash;
    }
    for (; *text != 0; text++) {
        hash = (hash ^ *text) * FNV_PRIME;
    }
    return hash;
}

// Length plus last byte; 0 for NULL. The last byte is carried along, so that no compiler makes the loop a call of strlen.
static inline int64_t mark(const uint8_t *text) {
    int64_t length = 0;
    uint8_t last = 0;
    if (text == NULL) {
        return 0;
    }
    for (; *text != 0; text++) {
        length++;
        last = *text;
    }
    return length + last;
}

// `length` letters of the alphabet from letter `first` on and a 0, by malloc.
static inline uint8_t *make(size_t first, size_t length) {
    uint8_t *text = malloc(length + 1);
    if (text == NULL) {
        return NULL;
    }
    for (size_t i = 0; i < length; i++) {
        text[i] = (uint8_t)('a' + (first + i) % 26);
    }
    text[length] = 0;
    return text;
}

// What a record holds beside its code.
static inline int64_t content(const marshaller_error *error) {
    return (error->is_fatal != 0) + mark(error->message);
}

int64_t marshaller_struct(const marshaller_error *error) {
    return error == NULL ? 0 : error->code + content(error);
}

static inline marshaller_error fatal(size_t length) {
    return (marshaller_error){42, 1, make(0, length)};
}

void marshaller_struct_out(size_t length, marshaller_error *error) {
    if (error != NULL) {
        *error = fatal(length);
    }
}

marshaller_error marshaller_struct_returned(size_t length) {
    return fatal(length);
}

int64_t marshaller_elements(const marshaller_error *errors, size_t count) {
    int64_t sum = 0;
    int32_t code = 0;
    if (errors == NULL) {
        return 0;
    }
    for (size_t i = 0; i < count; i++) {
        sum += content(&errors[i]);
        code = errors[i].code;
    }
    return sum + code;
}

void marshaller_elements_out(marshaller_error *errors, size_t count) {
    if (errors == NULL) {
        return;
    }
    for (size_t i = 0; i < count; i++) {
        errors[i] = (marshaller_error){(int32_t)i + 1, i % 2, make(i, 8)};
    }
}

int64_t marshaller_elements_ref(marshaller_error *errors, size_t count) {
    int64_t sum = 0;
    if (errors == NULL) {
        return 0;
    }
    for (size_t i = 0; i < count; i++) {
        sum += content(&errors[i]);
        errors[i].code = (int32_t)i + 1;
    }
    return sum;
}
