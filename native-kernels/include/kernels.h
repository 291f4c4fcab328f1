// The native contract of the lab: what libkernels_rust and libkernels_c both export, under the same names.
//
// Rules of the border: integers of stated width only (no bool, no char as a number), text is bytes, nothing panics or throws
// across it, and a pointer to nothing is as good as an empty input wherever a function says so.

#ifndef KERNELS_H
#define KERNELS_H

#include <stddef.h>
#include <stdint.h>

// Everything else in a library is hidden.
#if defined(_WIN32)
#define KERNELS_API __declspec(dllexport)
#else
#define KERNELS_API __attribute__((visibility("default")))
#endif

// ---- About the library itself; in every build -----------------------------------------------------------------------

// The first 8 bytes, little-endian, of BLAKE3 over this header and the catalogue: a caller made for another contract must refuse.
KERNELS_API uint64_t kernels_contract(void);

// "rust" or "c".
KERNELS_API const char *kernels_impl(void);

// Compiler, version and flags, for provenance.
KERNELS_API const char *kernels_compiler(void);

// One line of the layout table: a struct that crosses the border, or one field of it.
typedef struct {
    const char *type;
    const char *field; // "" for the type itself, whose fields follow
    uint32_t size;     // in bytes, as are align and offset
    uint32_t align;
    uint32_t offset;
} kernels_layout_entry;

// Every struct that crosses the border, the entry type itself first. `count` receives the number of entries; it may be NULL.
KERNELS_API const kernels_layout_entry *kernels_layout(uint32_t *count);

// Live objects of a kind: 0 handles, 1 strings, 2 blocks; -1 for an unknown kind.
KERNELS_API int64_t kernels_live(uint32_t kind);

// ---- Counting build of the Rust library only; a timed library does not export them ----------------------------------

// Calls of a kernel since the last reset; UINT64_MAX for NULL and for a name that is not a kernel.
KERNELS_API uint64_t kernels_calls(const char *symbol);
KERNELS_API void kernels_calls_reset(void);

// ---- blittable ------------------------------------------------------------------------------------------------------

// a + b, wrapping.
KERNELS_API int32_t blittable_add_i32(int32_t a, int32_t b);
// The same code at an address of its own, for declarations that suppress the GC transition.
KERNELS_API int32_t blittable_add_i32_nogc(int32_t a, int32_t b);

// ---- callback -------------------------------------------------------------------------------------------------------

// The wrapping sum of callback(i, context) for i from 0 up to k; 0 where k <= 0 or the callback is NULL.
KERNELS_API int64_t callback_each(int64_t k, int64_t (*callback)(int64_t value, void *context), void *context);

// ---- string ---------------------------------------------------------------------------------------------------------

// FNV-1a, 64 bits, over the bytes before the first 0; NULL is the empty text.
KERNELS_API uint64_t string_utf8_in(const uint8_t *text);
// The same over `length` bytes, zeros included; NULL is the empty text, whatever the length.
KERNELS_API uint64_t string_utf8_in_len(const uint8_t *text, size_t length);

// ---- Floor loops: Rust library only; one loop drives both libraries -------------------------------------------------
//
// Each calls `kernel` `calls` times with the same inputs and returns the wrapping sum of the results, sign-extended. No call
// waits for the result of the one before, and the compiler does not know which function it calls.

KERNELS_API uint64_t floor_i32_i32_to_i32(int32_t (*kernel)(int32_t, int32_t), uint64_t calls, int32_t a, int32_t b);
KERNELS_API uint64_t floor_text_to_u64(uint64_t (*kernel)(const uint8_t *), uint64_t calls, const uint8_t *text);
KERNELS_API uint64_t floor_text_length_to_u64(uint64_t (*kernel)(const uint8_t *, size_t), uint64_t calls,
                                              const uint8_t *text, size_t length);
// The callback is a Rust function of this library that returns value + context.
KERNELS_API uint64_t floor_k_callback_to_i64(int64_t (*kernel)(int64_t, int64_t (*)(int64_t, void *), void *),
                                             uint64_t calls, int64_t k, void *context);

#endif
