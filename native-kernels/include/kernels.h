// The native contract of the lab: what libkernels_rust and libkernels_c both export, under the same names.
//
// Rules of the border: integers of stated width only (no bool, no char as a number; long only where the case is about it), text is
// bytes, nothing panics or throws across it, and a pointer to nothing is as good as an empty input wherever a function says so.

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

// Live objects of a kind: 0 handles, 1 strings, 2 blocks, 3 COM-shaped objects; -1 for an unknown kind.
KERNELS_API int64_t kernels_live(uint32_t kind);

// ---- Counting build of the Rust library only; a timed library does not export them ----------------------------------

// Calls of a kernel since the last reset; UINT64_MAX for NULL and for a name that is not a kernel.
KERNELS_API uint64_t kernels_calls(const char *symbol);
KERNELS_API void kernels_calls_reset(void);

// ---- For the paired engine: Rust library only; they are no kernels and are not counted ------------------------------

// One chain of `iterations` dependent additions, a cycle each: the clock. Returns `iterations`.
KERNELS_API uint64_t engine_clock(uint64_t iterations);
// Four independent chains, each of `iterations` additions, which a busy neighbour on the core slows. Returns 4 * iterations.
KERNELS_API uint64_t engine_wide(uint64_t iterations);

// The floor of a row, with its inputs: `case_id` and `params` as the catalogue writes them ("n=16", "-"), its functions as
// `resolve` finds them by name in the library being measured. NULL where there is no such row or `resolve` is or returns NULL.
typedef struct engine_floor engine_floor;
KERNELS_API engine_floor *engine_floor_open(const char *case_id, const char *params,
                                            void *(*resolve)(const char *symbol));
// Calls the kernel `calls` times in the row's floor loop, and returns the wrapping sum of the answers; 0 for NULL.
KERNELS_API uint64_t engine_floor_run(const engine_floor *floor, uint64_t calls);
// Calls the kernel once and returns its answer, as the catalogue states it; 0 for NULL.
KERNELS_API int64_t engine_floor_answer(const engine_floor *floor);
// Frees what engine_floor_open made; NULL is nothing.
KERNELS_API void engine_floor_close(engine_floor *floor);

// ---- blittable ------------------------------------------------------------------------------------------------------

// a + b, wrapping.
KERNELS_API int32_t blittable_add_i32(int32_t a, int32_t b);
// The same code at an address of its own, for declarations that suppress the GC transition.
KERNELS_API int32_t blittable_add_i32_nogc(int32_t a, int32_t b);

// Nothing.
KERNELS_API void blittable_noop(void);
KERNELS_API void blittable_noop_nogc(void);

// The wrapping sum of a_i ^ i over the arguments; 0 without any.
KERNELS_API uint64_t blittable_arity_0(void);
KERNELS_API uint64_t blittable_arity_0_nogc(void);
KERNELS_API uint64_t blittable_arity_2(uint64_t a0, uint64_t a1);
KERNELS_API uint64_t blittable_arity_2_nogc(uint64_t a0, uint64_t a1);
KERNELS_API uint64_t blittable_arity_4(uint64_t a0, uint64_t a1, uint64_t a2, uint64_t a3);
KERNELS_API uint64_t blittable_arity_4_nogc(uint64_t a0, uint64_t a1, uint64_t a2, uint64_t a3);
KERNELS_API uint64_t blittable_arity_6(uint64_t a0, uint64_t a1, uint64_t a2, uint64_t a3, uint64_t a4, uint64_t a5);
KERNELS_API uint64_t blittable_arity_6_nogc(uint64_t a0, uint64_t a1, uint64_t a2, uint64_t a3, uint64_t a4,
                                            uint64_t a5);
KERNELS_API uint64_t blittable_arity_7(uint64_t a0, uint64_t a1, uint64_t a2, uint64_t a3, uint64_t a4, uint64_t a5,
                                       uint64_t a6);
KERNELS_API uint64_t blittable_arity_7_nogc(uint64_t a0, uint64_t a1, uint64_t a2, uint64_t a3, uint64_t a4,
                                            uint64_t a5, uint64_t a6);
KERNELS_API uint64_t blittable_arity_8(uint64_t a0, uint64_t a1, uint64_t a2, uint64_t a3, uint64_t a4, uint64_t a5,
                                       uint64_t a6, uint64_t a7);
KERNELS_API uint64_t blittable_arity_8_nogc(uint64_t a0, uint64_t a1, uint64_t a2, uint64_t a3, uint64_t a4,
                                            uint64_t a5, uint64_t a6, uint64_t a7);
KERNELS_API uint64_t blittable_arity_12(uint64_t a0, uint64_t a1, uint64_t a2, uint64_t a3, uint64_t a4, uint64_t a5,
                                        uint64_t a6, uint64_t a7, uint64_t a8, uint64_t a9, uint64_t a10, uint64_t a11);
KERNELS_API uint64_t blittable_arity_12_nogc(uint64_t a0, uint64_t a1, uint64_t a2, uint64_t a3, uint64_t a4,
                                             uint64_t a5, uint64_t a6, uint64_t a7, uint64_t a8, uint64_t a9,
                                             uint64_t a10, uint64_t a11);

// The wrapping sum of bits_i ^ i over the arguments, the bits of a double as they are.
KERNELS_API uint64_t blittable_args_f64_x2(double a0, double a1);
KERNELS_API uint64_t blittable_args_f64_x8(double a0, double a1, double a2, double a3, double a4, double a5, double a6,
                                           double a7);
KERNELS_API uint64_t blittable_args_f64_x9(double a0, double a1, double a2, double a3, double a4, double a5, double a6,
                                           double a7, double a8);
KERNELS_API uint64_t blittable_args_f64_x12(double a0, double a1, double a2, double a3, double a4, double a5, double a6,
                                            double a7, double a8, double a9, double a10, double a11);
KERNELS_API uint64_t blittable_args_f64_mixed12(uint64_t a0, double a1, uint64_t a2, double a3, uint64_t a4, double a5,
                                                uint64_t a6, double a7, uint64_t a8, double a9, uint64_t a10,
                                                double a11);

// 1 for 0, otherwise 0: a flag as Windows' BOOL or C's int, and as one byte.
KERNELS_API int32_t blittable_bool_4(int32_t flag);
KERNELS_API uint8_t blittable_bool_1(uint8_t flag);

// value + 1, wrapping, in the types whose width is the platform's.
KERNELS_API long blittable_native_int_long(long value);
KERNELS_API intptr_t blittable_native_int_nint(intptr_t value);
KERNELS_API size_t blittable_native_int_nuint(size_t value);

// unit + 1, wrapping: a UTF-16 code unit.
KERNELS_API uint16_t blittable_char(uint16_t unit);
// The sum of `count` UTF-16 code units; NULL is no text, whatever the count.
KERNELS_API uint64_t blittable_char_array(const uint16_t *units, size_t count);

// Windows' DECIMAL, and so .NET's decimal: sign and scale, then 96 bits.
typedef struct {
    uint16_t reserved;
    uint8_t scale;
    uint8_t sign;
    uint32_t high;
    uint64_t low;
} blittable_decimal;

// The 16 bytes of a GUID (a 32-bit, two 16-bit integers, 8 bytes), read as two 64-bit numbers in the order in which it is
// written down, and added, wrapping; NULL is 0.
KERNELS_API uint64_t blittable_converted_guid(const void *guid);
// low + high + scale + sign, wrapping.
KERNELS_API uint64_t blittable_converted_decimal(blittable_decimal value);
// The bits of an OLE date: days since 30 December 1899, the time of day as a fraction.
KERNELS_API uint64_t blittable_converted_date(double days);

// a + b, wrapping, by the platform's convention: on 64-bit platforms the only one, whatever a declaration says.
KERNELS_API int32_t blittable_convention(int32_t a, int32_t b);

// ---- array ----------------------------------------------------------------------------------------------------------

// The sum of `count` integers; NULL is the empty array, whatever the count.
KERNELS_API int64_t array_sum_i32(const int32_t *values, size_t count);
// Element i becomes i * 2654435761 in 32 bits; nothing is written where the array is NULL.
KERNELS_API void array_fill_i32(int32_t *values, size_t count);

// How many of `count` flags are not 0; NULL is the empty array, as for all that follow.
KERNELS_API int32_t array_bool(const int32_t *flags, size_t count);
KERNELS_API int32_t array_bool_bytes(const uint8_t *flags, size_t count);
// Every third flag becomes 1, the last among them, and all others 0.
KERNELS_API void array_bool_out(int32_t *flags, size_t count);

// A number with a flag.
typedef struct {
    int32_t id;
    int32_t active; // 0 or not
} array_record;

// The sum of the ids of active records.
KERNELS_API int64_t array_records(const array_record *records, size_t count);
// Record i gets the id i + 1, every third is active, the first among them; returns the sum as above.
KERNELS_API int64_t array_records_out(array_record *records, size_t count);

// The sum of `count` bytes.
KERNELS_API int64_t array_pinning(const uint8_t *bytes, size_t count);
KERNELS_API int64_t array_bulk_bytes(const uint8_t *bytes, size_t count);
// The sum of `count` integers.
KERNELS_API int64_t array_list(const int32_t *values, size_t count);
// Each number is multiplied by `factor`.
KERNELS_API void array_scale_f64(double *values, size_t count, double factor);

// Writes 1 to the first byte and 2 to the last, and returns their sum; 0 for NULL or less than 2 bytes.
KERNELS_API int32_t array_native_alloc(uint8_t *memory, size_t size_bytes);
// Memory by malloc, counted as a live block; NULL where there is none.
KERNELS_API uint8_t *array_native_alloc_new(size_t size_bytes);
KERNELS_API void array_native_alloc_free(uint8_t *memory);

// ---- callback -------------------------------------------------------------------------------------------------------

// The wrapping sum of callback(i, context) for i from 0 up to k; 0 where k <= 0 or the callback is NULL.
KERNELS_API int64_t callback_each(int64_t k, int64_t (*callback)(int64_t value, void *context), void *context);

// Starts a thread that calls back with 0 to calls - 1 and adds up what it gets, its own addition of value and context where
// callback is NULL; waits for it. Nanoseconds of the first call and of all others go to first_ns and others_ns (not NULL). -1 where
// no thread can be had.
KERNELS_API int64_t callback_foreign_thread(int64_t calls, int64_t (*callback)(int64_t value, void *context),
                                            void *context, int64_t *first_ns, int64_t *others_ns);

// Keeps callback and context until the next registration, whatever they are.
KERNELS_API void callback_register(int64_t (*callback)(int64_t value, void *context), void *context);
// Calls what was registered last with its context; 0 where that is NULL or nothing was.
KERNELS_API int64_t callback_register_call(int64_t value);

// As callback_each.
KERNELS_API int64_t callback_state(int64_t k, int64_t (*callback)(int64_t value, void *context), void *context);
KERNELS_API int64_t callback_reentrant(int64_t k, int64_t (*callback)(int64_t value, void *context), void *context);
// value + added, wrapping: what the callback calls in its turn.
KERNELS_API int64_t callback_reentrant_add(int64_t value, int64_t added);

// A callback that is kept, with its context.
typedef struct callback_subscription callback_subscription;

// The wrapping sum of the subscribed callback's answers to i from 0 up to k; 0 where k <= 0, or where the subscription or its
// callback is NULL.
KERNELS_API int64_t callback_stored(const callback_subscription *subscription, int64_t k);
// A new subscription, by malloc; counted as a live handle. NULL where there is no memory.
KERNELS_API callback_subscription *callback_stored_new(int64_t (*callback)(int64_t value, void *context),
                                                       void *context);
// Frees what callback_stored_new made; NULL is nothing.
KERNELS_API void callback_stored_free(callback_subscription *subscription);

// Sorts `count` numbers in place, by bottom-up heapsort; `compare` tells by a negative number, 0 or a positive one how the number
// behind its first pointer stands to that behind its second. Nothing happens where the array or `compare` is NULL; whatever
// `compare` answers, the array keeps its numbers and nothing beyond it is touched.
KERNELS_API void callback_sort(int32_t *values, size_t count,
                               int32_t (*compare)(const int32_t *left, const int32_t *right));
// Compares for ascending order; neither pointer is NULL.
KERNELS_API int32_t callback_sort_ascending(const int32_t *left, const int32_t *right);

// a + b, wrapping.
KERNELS_API int32_t callback_from_address(int32_t a, int32_t b);
// The address of the function above.
typedef int32_t (*callback_from_address_function)(int32_t a, int32_t b);
KERNELS_API callback_from_address_function callback_from_address_get(void);

// Text that is handed to a callback: ASCII, zero-terminated; the length does not count the 0.
typedef struct {
    const uint8_t *text;
    size_t length;
} callback_text;

// The wrapping sum of the callback's answers to texts i from 0 up to k; 0 where k <= 0 or the callback is NULL. Text i is sixteen
// letters that run through the alphabet from letter i % 8 on, zero-terminated; the length does not count the 0.
KERNELS_API int64_t callback_text_item(int64_t k, int64_t (*callback)(const uint8_t *text, size_t length));
// The same texts, up to 256 of them for each call of the callback.
KERNELS_API int64_t callback_text_item_batch(int64_t k, int64_t (*callback)(const callback_text *texts, size_t count));

// ---- control --------------------------------------------------------------------------------------------------------

// start + steps * 2^64 / golden ratio, wrapping, by steps + extra additions one after the other: the extra ones are taken off
// again, and only their time is left.
KERNELS_API uint64_t control_chain(uint64_t start, uint64_t steps, uint64_t extra);

// ---- error ----------------------------------------------------------------------------------------------------------

// Sets the thread's last error (errno; GetLastError on Windows) to `code` unless that is 0, and returns `code`.
KERNELS_API int32_t error_last_error(int32_t code);

// Writes a + b to `sum` and returns 0; where that overflows, writes nothing and returns the HRESULT 0x80131516, which .NET knows as
// an OverflowException. Nothing is written to NULL.
KERNELS_API int32_t error_hresult(int32_t a, int32_t b, int32_t *sum);

// Status and result in one.
typedef struct {
    int32_t status;
    int32_t value;
} error_outcome;

// Writes 2 * value, wrapping, to `result` and returns 0; where the value is negative, writes nothing and returns the HRESULT
// 0x80070057, which .NET knows as an ArgumentException. Nothing is written to NULL.
KERNELS_API int32_t error_signal(int32_t value, int32_t *result);
// The same in a struct, whose value is 0 where the status is not.
KERNELS_API error_outcome error_signal_outcome(int32_t value);
// What a status means: 17 ASCII characters for the one above, none for any other; zero-terminated, in memory that is never freed.
KERNELS_API const uint8_t *error_signal_text(int32_t status);

// ---- handle ---------------------------------------------------------------------------------------------------------

// What a handle stands for.
typedef struct {
    uint64_t value;
} handle_counter;

// The counter's value; 0 for NULL.
KERNELS_API uint64_t handle_call(const handle_counter *counter);
// A new counter with the value 42, by malloc; counted as a live handle. NULL where there is no memory.
KERNELS_API handle_counter *handle_create(void);
// The same, written to `counter`, which is not NULL.
KERNELS_API void handle_create_out(handle_counter **counter);
// Frees what handle_create made; NULL is nothing.
KERNELS_API void handle_create_release(handle_counter *counter);

// The counter's value; 0 for NULL.
KERNELS_API uint64_t handle_legacy(const handle_counter *counter);

// ---- marshaller -----------------------------------------------------------------------------------------------------

// FNV-1a, 64 bits, over code points up to the 0; NULL is the empty text.
KERNELS_API uint64_t marshaller_shapes(const uint32_t *text);

// An error and its text, which ends with a 0; NULL is the empty text.
typedef struct {
    int32_t code;
    int32_t is_fatal; // set where it is not 0
    const uint8_t *message;
} marshaller_error;

// The code, 1 where the error is fatal, length and last byte of the message, added; 0 for NULL.
KERNELS_API int64_t marshaller_struct(const marshaller_error *error);
// *error becomes 42, fatal, with a message of `length` letters of the alphabet by malloc, which the caller frees with free(); nothing
// is written to NULL.
KERNELS_API void marshaller_struct_out(size_t length, marshaller_error *error);
// The same as the result.
KERNELS_API marshaller_error marshaller_struct_returned(size_t length);

// The sum over `count` errors of what marshaller_struct adds, but of the codes only the last; 0 for NULL.
KERNELS_API int64_t marshaller_elements(const marshaller_error *errors, size_t count);
// Error i becomes i + 1, fatal where i is odd, with eight letters from letter i on by malloc, which the caller frees with free();
// nothing is written to NULL.
KERNELS_API void marshaller_elements_out(marshaller_error *errors, size_t count);
// The sum over `count` errors without any code; code i becomes i + 1. 0 for NULL.
KERNELS_API int64_t marshaller_elements_ref(marshaller_error *errors, size_t count);

// ---- string ---------------------------------------------------------------------------------------------------------

// FNV-1a, 64 bits, over the bytes before the first 0; NULL is the empty text.
KERNELS_API uint64_t string_utf8_in(const uint8_t *text);
// The same over `length` bytes, zeros included; NULL is the empty text, whatever the length.
KERNELS_API uint64_t string_utf8_in_len(const uint8_t *text, size_t length);

// FNV-1a, 64 bits, over the UTF-16 code units before the first 0, a unit at a time; NULL is the empty text.
KERNELS_API uint64_t string_utf16_in(const uint16_t *text);
// The same over `length` units, zeros included; NULL is the empty text, whatever the length.
KERNELS_API uint64_t string_utf16_in_len(const uint16_t *text, size_t length);

// Writes `capacity` - 1 units that run through the alphabet, then a 0, and returns their number; nothing where the buffer is NULL
// or the capacity not positive.
KERNELS_API int32_t string_fill(uint16_t *buffer, int32_t capacity);

// Text of `length` ASCII characters that run through the alphabet, zero-terminated, by malloc: the caller frees it with free().
// NULL where there is no memory.
KERNELS_API uint8_t *string_returned(size_t length);
// The same text in memory that is never freed. There are two: of 16 characters for a length up to 16, of 256 for any other.
KERNELS_API const uint8_t *string_returned_static(size_t length);
// The same text as string_returned makes it, its length in `written` (not NULL); counted as a live string, and freed by
// string_returned_free only.
KERNELS_API uint8_t *string_returned_len(size_t length, size_t *written);
KERNELS_API void string_returned_free(uint8_t *text);

// FNV-1a, 64 bits, over the bytes before the first 0; NULL is the empty text.
KERNELS_API uint64_t string_ansi_in(const uint8_t *text);
// FNV-1a, 64 bits, over the UTF-16 code units of a BSTR, whose length in bytes stands in the 32 bits before it; NULL is the empty
// text.
KERNELS_API uint64_t string_bstr_in(const uint16_t *text);
// FNV-1a, 64 bits, over the code points before the first 0; NULL is the empty text.
KERNELS_API uint64_t string_utf32_in(const uint32_t *text);
// Frees *text with free() and puts a text by malloc there that is as long, each byte greater by 1, or NULL where there is no
// memory; nothing where either pointer is NULL.
KERNELS_API void string_by_ref(uint8_t **text);
// FNV-1a, 64 bits, over the bytes of `count` texts, the 0 of each included; nothing is hashed where the list is NULL.
KERNELS_API uint64_t string_argv(const uint8_t *const *texts, int32_t count);
// The same over `count` texts that stand one behind the other.
KERNELS_API uint64_t string_argv_packed(const uint8_t *block, int32_t count);

// ---- struct ---------------------------------------------------------------------------------------------------------

// Structs of words: `size` bytes in the name, w0, w1, ... inside. Each list of fields stands once, for the struct and for the
// layout table: F(struct, field).
// Their form is kept: clang-format does not come to rest over them.
// clang-format off
#define STRUCT_WORDS_8(F, S) F(S, w0)
#define STRUCT_WORDS_16(F, S) STRUCT_WORDS_8(F, S) F(S, w1)
#define STRUCT_WORDS_24(F, S) STRUCT_WORDS_16(F, S) F(S, w2)
#define STRUCT_WORDS_32(F, S) STRUCT_WORDS_24(F, S) F(S, w3)
#define STRUCT_WORDS_64(F, S) STRUCT_WORDS_32(F, S) F(S, w4) F(S, w5) F(S, w6) F(S, w7)
#define STRUCT_WORDS_128(F, S) STRUCT_WORDS_64(F, S) \
    F(S, w8) F(S, w9) F(S, w10) F(S, w11) F(S, w12) F(S, w13) F(S, w14) F(S, w15)
#define STRUCT_WORDS_256(F, S) STRUCT_WORDS_128(F, S) \
    F(S, w16) F(S, w17) F(S, w18) F(S, w19) F(S, w20) F(S, w21) F(S, w22) F(S, w23) \
    F(S, w24) F(S, w25) F(S, w26) F(S, w27) F(S, w28) F(S, w29) F(S, w30) F(S, w31)
// clang-format on
#define STRUCT_WORD(S, f) uint64_t f;

typedef struct {
    STRUCT_WORDS_8(STRUCT_WORD, )
} struct_words_8;
typedef struct {
    STRUCT_WORDS_16(STRUCT_WORD, )
} struct_words_16;
typedef struct {
    STRUCT_WORDS_24(STRUCT_WORD, )
} struct_words_24;
typedef struct {
    STRUCT_WORDS_32(STRUCT_WORD, )
} struct_words_32;
typedef struct {
    STRUCT_WORDS_64(STRUCT_WORD, )
} struct_words_64;
typedef struct {
    STRUCT_WORDS_128(STRUCT_WORD, )
} struct_words_128;
typedef struct {
    STRUCT_WORDS_256(STRUCT_WORD, )
} struct_words_256;

// The wrapping sum of w_i ^ i over the words.
KERNELS_API uint64_t struct_by_value_8(struct_words_8 words);
KERNELS_API uint64_t struct_by_value_16(struct_words_16 words);
KERNELS_API uint64_t struct_by_value_24(struct_words_24 words);
KERNELS_API uint64_t struct_by_value_32(struct_words_32 words);
KERNELS_API uint64_t struct_by_value_64(struct_words_64 words);
KERNELS_API uint64_t struct_by_value_128(struct_words_128 words);
KERNELS_API uint64_t struct_by_value_256(struct_words_256 words);
// The same; NULL is 0.
KERNELS_API uint64_t struct_by_ref_8(const struct_words_8 *words);
KERNELS_API uint64_t struct_by_ref_16(const struct_words_16 *words);
KERNELS_API uint64_t struct_by_ref_24(const struct_words_24 *words);
KERNELS_API uint64_t struct_by_ref_32(const struct_words_32 *words);
KERNELS_API uint64_t struct_by_ref_64(const struct_words_64 *words);
KERNELS_API uint64_t struct_by_ref_128(const struct_words_128 *words);
KERNELS_API uint64_t struct_by_ref_256(const struct_words_256 *words);

// Four flags, each set where it is not 0.
typedef struct {
    uint8_t first;
    uint8_t second;
    uint8_t third;
    uint8_t fourth;
} struct_four_flags;

// The flags as bits, the first one lowest.
KERNELS_API uint64_t struct_flags(struct_four_flags flags);
// The same; NULL is 0.
KERNELS_API uint64_t struct_flags_ref(const struct_four_flags *flags);
// The four lowest bits as flags, each 0 or 1.
KERNELS_API struct_four_flags struct_flags_returned(uint64_t bits);

// A number, or three words: `kind` says which.
typedef union {
    uint64_t integer;
    double real;
    uint64_t words[3];
} struct_choice;
typedef struct {
    uint32_t kind; // 0 integer, 1 real, anything else words
    struct_choice value;
} struct_tagged;

// The integer; 1 where the real number is above 0, and 0 where not; the wrapping sum of w_i ^ i over the words.
KERNELS_API uint64_t struct_union(struct_tagged tagged);
// The same; NULL is 0.
KERNELS_API uint64_t struct_union_ref(const struct_tagged *tagged);

// Word i becomes (i + 1) * 2^64 / golden ratio; nothing is written to NULL.
KERNELS_API void struct_out_16(struct_words_16 *words);
KERNELS_API void struct_out_64(struct_words_64 *words);
KERNELS_API void struct_out_256(struct_words_256 *words);
// A struct of the same words.
KERNELS_API struct_words_8 struct_returned_8(void);
KERNELS_API struct_words_16 struct_returned_16(void);
KERNELS_API struct_words_24 struct_returned_24(void);
KERNELS_API struct_words_32 struct_returned_32(void);
KERNELS_API struct_words_64 struct_returned_64(void);

// The size of the struct in bytes.
KERNELS_API uint64_t struct_size_of_16(void);
KERNELS_API uint64_t struct_size_of_256(void);
KERNELS_API uint64_t struct_size_of_flags(void);
// A struct of the words that struct_out writes, or of the flags 1, 0, 1, 1; in memory that is never freed nor changed.
KERNELS_API const struct_words_16 *struct_size_of_read_16(void);
KERNELS_API const struct_words_256 *struct_size_of_read_256(void);
KERNELS_API const struct_four_flags *struct_size_of_read_flags(void);

// Text behind a pointer and text in place, which ends at its first 0 or where its room does; NULL is the empty text.
typedef struct {
    int32_t id;
    const uint8_t *name;
    uint8_t tag[32];
} struct_text_utf8;
typedef struct {
    int32_t id;
    const uint16_t *name;
    uint16_t tag[32];
} struct_text_utf16;

// FNV-1a, 64 bits, over the units of the name, those of the tag and the id, a unit at a time; 0 for NULL.
KERNELS_API uint64_t struct_text_fields(const struct_text_utf8 *record);
KERNELS_API uint64_t struct_text_fields_utf16(const struct_text_utf16 *record);

// An array in place, of which `count` elements are in use.
typedef struct {
    uint32_t count;
    int32_t values[16];
} struct_inline;

// The sum of the elements in use, at most 16; 0 for NULL.
KERNELS_API int64_t struct_inline_array(const struct_inline *record);

// ---- loading --------------------------------------------------------------------------------------------------------

// a + b, wrapping.
KERNELS_API int32_t loading_first_call(int32_t a, int32_t b);
// Bytes up to the 0; NULL is the empty text.
KERNELS_API uint64_t loading_first_call_text(const uint8_t *text);
// The wrapping sum of w_i ^ i over the words; NULL is 0.
KERNELS_API uint64_t loading_first_call_struct(const struct_words_16 *words);

// Hundreds of functions whose signatures differ, which are part of this contract.
#include "loading_imports.h"

// ---- transition -----------------------------------------------------------------------------------------------------

// a + b, wrapping.
KERNELS_API int32_t transition_in_loop(int32_t a, int32_t b);
KERNELS_API int32_t transition_in_loop_nogc(int32_t a, int32_t b);

// 1234567890 + iterations * 2^64 / golden ratio, wrapping, by as many additions one after the other: about a cycle each.
KERNELS_API uint64_t transition_work(uint32_t iterations);
KERNELS_API uint64_t transition_work_nogc(uint32_t iterations);

// a + b, wrapping.
KERNELS_API int32_t transition_batching(int32_t a, int32_t b);
KERNELS_API int32_t transition_batching_nogc(int32_t a, int32_t b);
// The wrapping sum of left_i + right_i over `count` pairs; 0 where either is NULL.
KERNELS_API int32_t transition_batching_batch(const int32_t *left, const int32_t *right, size_t count);
KERNELS_API int32_t transition_batching_batch_nogc(const int32_t *left, const int32_t *right, size_t count);

// a + b, wrapping.
KERNELS_API int32_t transition_protected_region(int32_t a, int32_t b);

// ---- com -----------------------------------------------------------------------------------------------------------
//
// COM-shaped objects. A pointer to an interface points to one of these. The object has three interfaces beside IUnknown, whose
// pointer is that of `calc`; {6C616200-0000-4C61-8000-00000000000N} with N = 1 calc, 2 text, 3, 4, 5 chain as base, derived and
// leaf.
typedef struct com_object com_object;
typedef struct {
    const void *vtable;
    com_object *owner;
} com_part;
struct com_object {
    com_part calc;
    com_part text;
    com_part chain;
    _Atomic uint32_t references;
};

// An object with one reference, as its interface `calc`; NULL without memory. kernels_live counts it.
KERNELS_API com_part *com_call_create(void);
// The first three methods of every interface: QueryInterface, AddRef, Release. E_POINTER without `found`, else it is NULL where the
// object has no such interface, which is E_NOINTERFACE. AddRef and Release return the references there are then; the last one
// frees the object.
KERNELS_API int32_t com_cast(com_part *self, const uint8_t *asked, com_part **found);
KERNELS_API uint32_t com_call_add_ref(com_part *self);
KERNELS_API uint32_t com_call_release(com_part *self);

// The methods of calc: a + b, which wraps, and a + b, which fails with 0x80131516 where it would wrap. Three more return
// struct_words_8, _16 and _24 by value. Here and below: E_POINTER where the result would go to NULL; no method looks at its object.
KERNELS_API int32_t com_call(com_part *self, int32_t a, int32_t b, int32_t *sum);
KERNELS_API int32_t com_error(com_part *self, int32_t a, int32_t b, int32_t *sum);

// The methods of text: FNV-1a, 64 bits, over the units before the 0; of a BSTR over as many as its length says. NULL is empty.
KERNELS_API int32_t com_text_utf8(com_part *self, const uint8_t *text, uint64_t *hash);
KERNELS_API int32_t com_text_utf16(com_part *self, const uint16_t *text, uint64_t *hash);
KERNELS_API int32_t com_text_bstr(com_part *self, const uint16_t *text, uint64_t *hash);

// Slots 3 and 8 of chain: base has slots 3 and 4, derived adds 5 to 8, leaf adds 9. Each adds its slot to a + b, which wraps.
KERNELS_API int32_t com_inheritance_base(com_part *self, int32_t a, int32_t b, int32_t *sum);
KERNELS_API int32_t com_inheritance_derived(com_part *self, int32_t a, int32_t b, int32_t *sum);

// `each` is an interface of the caller's: its slot 3, HRESULT (void *self, int64_t value, int64_t *result), is called with 0 to
// k - 1, and the results are added, which wraps; a failure is returned instead. 0 for NULL.
KERNELS_API int64_t com_callback(int64_t k, void *each);

// Any interface: one more reference by its AddRef, and the same pointer back. NULL for NULL.
KERNELS_API void *com_wrap(void *object);

// ---- Every struct that crosses the border, for the layout table: T(struct), then F(struct, field) for each field ----

// clang-format off
#define KERNELS_STRUCTS(T, F) \
    T(kernels_layout_entry) \
    F(kernels_layout_entry, type) F(kernels_layout_entry, field) F(kernels_layout_entry, size) \
    F(kernels_layout_entry, align) F(kernels_layout_entry, offset) \
    T(array_record) F(array_record, id) F(array_record, active) \
    T(blittable_decimal) F(blittable_decimal, reserved) F(blittable_decimal, scale) F(blittable_decimal, sign) \
    F(blittable_decimal, high) F(blittable_decimal, low) \
    T(callback_text) F(callback_text, text) F(callback_text, length) \
    T(com_part) F(com_part, vtable) F(com_part, owner) \
    T(com_object) F(com_object, calc) F(com_object, text) F(com_object, chain) F(com_object, references) \
    T(error_outcome) F(error_outcome, status) F(error_outcome, value) \
    T(handle_counter) F(handle_counter, value) \
    T(marshaller_error) F(marshaller_error, code) F(marshaller_error, is_fatal) F(marshaller_error, message) \
    T(struct_words_8) STRUCT_WORDS_8(F, struct_words_8) \
    T(struct_words_16) STRUCT_WORDS_16(F, struct_words_16) \
    T(struct_words_24) STRUCT_WORDS_24(F, struct_words_24) \
    T(struct_words_32) STRUCT_WORDS_32(F, struct_words_32) \
    T(struct_words_64) STRUCT_WORDS_64(F, struct_words_64) \
    T(struct_words_128) STRUCT_WORDS_128(F, struct_words_128) \
    T(struct_words_256) STRUCT_WORDS_256(F, struct_words_256) \
    T(struct_four_flags) F(struct_four_flags, first) F(struct_four_flags, second) \
    F(struct_four_flags, third) F(struct_four_flags, fourth) \
    T(struct_tagged) F(struct_tagged, kind) F(struct_tagged, value) \
    T(struct_text_utf8) F(struct_text_utf8, id) F(struct_text_utf8, name) F(struct_text_utf8, tag) \
    T(struct_text_utf16) F(struct_text_utf16, id) F(struct_text_utf16, name) F(struct_text_utf16, tag) \
    T(struct_inline) F(struct_inline, count) F(struct_inline, values)
// clang-format on

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

// Nothing to sum: the result is 0.
KERNELS_API uint64_t floor_noop(void (*kernel)(void), uint64_t calls);
// Argument i is word i of `words`.
KERNELS_API uint64_t floor_arity_0(uint64_t (*kernel)(void), uint64_t calls);
KERNELS_API uint64_t floor_arity_2(uint64_t (*kernel)(uint64_t, uint64_t), uint64_t calls, const uint64_t *words);
KERNELS_API uint64_t floor_arity_4(uint64_t (*kernel)(uint64_t, uint64_t, uint64_t, uint64_t), uint64_t calls,
                                   const uint64_t *words);
KERNELS_API uint64_t floor_arity_6(uint64_t (*kernel)(uint64_t, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t),
                                   uint64_t calls, const uint64_t *words);
KERNELS_API uint64_t floor_arity_7(uint64_t (*kernel)(uint64_t, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t,
                                                      uint64_t),
                                   uint64_t calls, const uint64_t *words);
KERNELS_API uint64_t floor_arity_8(uint64_t (*kernel)(uint64_t, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t,
                                                      uint64_t, uint64_t),
                                   uint64_t calls, const uint64_t *words);
KERNELS_API uint64_t floor_arity_12(uint64_t (*kernel)(uint64_t, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t,
                                                       uint64_t, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t),
                                    uint64_t calls, const uint64_t *words);
// Argument i is word i of `words`, its bits where it is a double.
KERNELS_API uint64_t floor_f64_2(uint64_t (*kernel)(double, double), uint64_t calls, const uint64_t *words);
KERNELS_API uint64_t floor_f64_8(uint64_t (*kernel)(double, double, double, double, double, double, double, double),
                                 uint64_t calls, const uint64_t *words);
KERNELS_API uint64_t floor_f64_9(uint64_t (*kernel)(double, double, double, double, double, double, double, double,
                                                    double),
                                 uint64_t calls, const uint64_t *words);
KERNELS_API uint64_t floor_f64_12(uint64_t (*kernel)(double, double, double, double, double, double, double, double,
                                                     double, double, double, double),
                                  uint64_t calls, const uint64_t *words);
KERNELS_API uint64_t floor_mixed_12(uint64_t (*kernel)(uint64_t, double, uint64_t, double, uint64_t, double, uint64_t,
                                                       double, uint64_t, double, uint64_t, double),
                                    uint64_t calls, const uint64_t *words);
KERNELS_API uint64_t floor_u8_to_u8(uint8_t (*kernel)(uint8_t), uint64_t calls, uint8_t flag);
KERNELS_API uint64_t floor_long_to_long(long (*kernel)(long), uint64_t calls, long value);
KERNELS_API uint64_t floor_intptr_to_intptr(intptr_t (*kernel)(intptr_t), uint64_t calls, intptr_t value);
KERNELS_API uint64_t floor_size_to_size(size_t (*kernel)(size_t), uint64_t calls, size_t value);
KERNELS_API uint64_t floor_u16_to_u16(uint16_t (*kernel)(uint16_t), uint64_t calls, uint16_t unit);
KERNELS_API uint64_t floor_decimal_to_u64(uint64_t (*kernel)(blittable_decimal), uint64_t calls,
                                          const blittable_decimal *value);
KERNELS_API uint64_t floor_f64_to_u64(uint64_t (*kernel)(double), uint64_t calls, double value);
// 64 calls count as one: what a method body of the case does. The first argument is a, the second runs from 0.
KERNELS_API uint64_t floor_i32_i32_to_i32_64(int32_t (*kernel)(int32_t, int32_t), uint64_t calls, int32_t a);
KERNELS_API uint64_t floor_u32_to_u64(uint64_t (*kernel)(uint32_t), uint64_t calls, uint32_t iterations);
// `count` calls count as one, each with a pair of the arrays: what a method body of the case does.
KERNELS_API uint64_t floor_i32_i32_to_i32_pairs(int32_t (*kernel)(int32_t, int32_t), uint64_t calls,
                                                const int32_t *left, const int32_t *right, size_t count);
KERNELS_API uint64_t floor_struct_8(uint64_t (*kernel)(struct_words_8), uint64_t calls, const struct_words_8 *words);
KERNELS_API uint64_t floor_struct_16(uint64_t (*kernel)(struct_words_16), uint64_t calls, const struct_words_16 *words);
KERNELS_API uint64_t floor_struct_24(uint64_t (*kernel)(struct_words_24), uint64_t calls, const struct_words_24 *words);
KERNELS_API uint64_t floor_struct_32(uint64_t (*kernel)(struct_words_32), uint64_t calls, const struct_words_32 *words);
KERNELS_API uint64_t floor_struct_64(uint64_t (*kernel)(struct_words_64), uint64_t calls, const struct_words_64 *words);
KERNELS_API uint64_t floor_struct_128(uint64_t (*kernel)(struct_words_128), uint64_t calls,
                                      const struct_words_128 *words);
KERNELS_API uint64_t floor_struct_256(uint64_t (*kernel)(struct_words_256), uint64_t calls,
                                      const struct_words_256 *words);
// The struct behind the pointer is of any size.
KERNELS_API uint64_t floor_pointer_to_u64(uint64_t (*kernel)(const void *), uint64_t calls, const void *words);
KERNELS_API uint64_t floor_flags(uint64_t (*kernel)(struct_four_flags), uint64_t calls, const struct_four_flags *flags);
// An answer is the flags as bits, the first one lowest.
KERNELS_API uint64_t floor_flags_returned(struct_four_flags (*kernel)(uint64_t), uint64_t calls, uint64_t bits);
KERNELS_API uint64_t floor_tagged(uint64_t (*kernel)(struct_tagged), uint64_t calls, const struct_tagged *tagged);
// An answer is word `last` of what was written.
KERNELS_API uint64_t floor_words_out(void (*kernel)(void *), uint64_t calls, uint64_t *words, size_t last);
// An answer is the last word.
KERNELS_API uint64_t floor_returned_8(struct_words_8 (*kernel)(void), uint64_t calls);
KERNELS_API uint64_t floor_returned_16(struct_words_16 (*kernel)(void), uint64_t calls);
KERNELS_API uint64_t floor_returned_24(struct_words_24 (*kernel)(void), uint64_t calls);
KERNELS_API uint64_t floor_returned_32(struct_words_32 (*kernel)(void), uint64_t calls);
KERNELS_API uint64_t floor_returned_64(struct_words_64 (*kernel)(void), uint64_t calls);
// An answer is word `last` behind the pointer.
KERNELS_API uint64_t floor_words_read(const void *(*kernel)(void), uint64_t calls, size_t last);
// An answer is the flags as bits, the first one lowest.
KERNELS_API uint64_t floor_flags_read(const struct_four_flags *(*kernel)(void), uint64_t calls);
KERNELS_API uint64_t floor_inline_to_i64(int64_t (*kernel)(const struct_inline *), uint64_t calls,
                                         const struct_inline *record);
KERNELS_API uint64_t floor_text16_to_u64(uint64_t (*kernel)(const uint16_t *), uint64_t calls, const uint16_t *text);
KERNELS_API uint64_t floor_text16_length_to_u64(uint64_t (*kernel)(const uint16_t *, size_t), uint64_t calls,
                                                const uint16_t *text, size_t length);
// An answer is the length plus the last unit.
KERNELS_API uint64_t floor_fill_text16(int32_t (*kernel)(uint16_t *, int32_t), uint64_t calls, uint16_t *buffer,
                                       int32_t capacity);
// An answer is the length plus the last byte; what is returned is freed as the kernel says.
KERNELS_API uint64_t floor_text_owned(uint8_t *(*kernel)(size_t), uint64_t calls, size_t length);
KERNELS_API uint64_t floor_text_static(const uint8_t *(*kernel)(size_t), uint64_t calls, size_t length);
KERNELS_API uint64_t floor_text_len(uint8_t *(*kernel)(size_t, size_t *), uint64_t calls, void (*release)(uint8_t *),
                                    size_t length);
KERNELS_API uint64_t floor_text32_to_u64(uint64_t (*kernel)(const uint32_t *), uint64_t calls, const uint32_t *text);
// Each call is handed a copy of the text by malloc; an answer is the length plus the last byte of what comes back, which is freed.
KERNELS_API uint64_t floor_text_by_ref(void (*kernel)(uint8_t **), uint64_t calls, const uint8_t *text, size_t length);
KERNELS_API uint64_t floor_texts_to_u64(uint64_t (*kernel)(const uint8_t *const *, int32_t), uint64_t calls,
                                        const uint8_t *const *texts, int32_t count);
KERNELS_API uint64_t floor_i32s_to_i64(int64_t (*kernel)(const int32_t *, size_t), uint64_t calls,
                                       const int32_t *values, size_t count);
// An answer is the last element, 0 without any.
KERNELS_API uint64_t floor_fill_i32s(void (*kernel)(int32_t *, size_t), uint64_t calls, int32_t *values, size_t count);
KERNELS_API uint64_t floor_flags_to_i32(int32_t (*kernel)(const int32_t *, size_t), uint64_t calls,
                                        const int32_t *flags, size_t count);
// An answer is the last flag.
KERNELS_API uint64_t floor_fill_flags(void (*kernel)(int32_t *, size_t), uint64_t calls, int32_t *flags, size_t count);
KERNELS_API uint64_t floor_records_to_i64(int64_t (*kernel)(const array_record *, size_t), uint64_t calls,
                                          const array_record *records, size_t count);
KERNELS_API uint64_t floor_bytes_to_i64(int64_t (*kernel)(const uint8_t *, size_t), uint64_t calls,
                                        const uint8_t *bytes, size_t count);
// The last number is 3 before each call; an answer is what it is afterwards.
KERNELS_API uint64_t floor_scale_f64s(void (*kernel)(double *, size_t, double), uint64_t calls, double *values,
                                      size_t count, double factor);
KERNELS_API uint64_t floor_touch(int32_t (*kernel)(uint8_t *, size_t), uint64_t calls, uint8_t *memory,
                                 size_t size_bytes);
// An answer is what the registered callback, value + context, makes of 5; it is not called.
KERNELS_API uint64_t floor_register(void (*kernel)(int64_t (*)(int64_t, void *), void *), uint64_t calls,
                                    void *context);
// The callback is a Rust function of this library that returns down(value, 1).
KERNELS_API uint64_t floor_reentrant(int64_t (*kernel)(int64_t, int64_t (*)(int64_t, void *), void *), uint64_t calls,
                                     int64_t k, int64_t (*down)(int64_t, int64_t));
KERNELS_API uint64_t floor_stored(int64_t (*kernel)(const callback_subscription *, int64_t), uint64_t calls,
                                  const callback_subscription *subscription, int64_t k);
// Each call sorts a copy of `input`. An answer is the wrapping sum of number i times i + 1 over what is left in `values`; it is
// taken once, after the last call, for all of them.
KERNELS_API uint64_t floor_sort(void (*kernel)(int32_t *, size_t, int32_t (*)(const int32_t *, const int32_t *)),
                                uint64_t calls, const int32_t *input, int32_t *values, size_t count,
                                int32_t (*compare)(const int32_t *, const int32_t *));
// The callback is a Rust function of this library that returns length + first letter + last letter.
KERNELS_API uint64_t floor_text_items(int64_t (*kernel)(int64_t, int64_t (*)(const uint8_t *, size_t)), uint64_t calls,
                                      int64_t k);
// An answer is 1 for a handle that was made; each is released.
KERNELS_API uint64_t floor_create_release(handle_counter *(*kernel)(void), uint64_t calls,
                                          void (*release)(handle_counter *));
KERNELS_API uint64_t floor_i32_to_i32(int32_t (*kernel)(int32_t), uint64_t calls, int32_t code);
// An answer is the sum, or the status where that is not 0.
KERNELS_API uint64_t floor_hresult(int32_t (*kernel)(int32_t, int32_t, int32_t *), uint64_t calls, int32_t a,
                                   int32_t b);
// An answer is the sum, or the status where that is negative.
KERNELS_API uint64_t floor_com_add(int32_t (*kernel)(com_part *, int32_t, int32_t, int32_t *), uint64_t calls,
                                   com_part *self, int32_t a, int32_t b);
// An answer is 1 where the interface is found; what is found is released.
KERNELS_API uint64_t floor_com_cast(int32_t (*kernel)(com_part *, const uint8_t *, com_part **), uint64_t calls,
                                    com_part *self, const uint8_t *asked, uint32_t (*release)(com_part *));
// An answer is 1 where the same pointer comes back, which is released.
KERNELS_API uint64_t floor_com_wrap(void *(*kernel)(void *), uint64_t calls, com_part *self,
                                    uint32_t (*release)(com_part *));
KERNELS_API uint64_t floor_com_callback(int64_t (*kernel)(int64_t, void *), uint64_t calls, int64_t k, void *each);
KERNELS_API uint64_t floor_com_text(int32_t (*kernel)(com_part *, const void *, uint64_t *), uint64_t calls,
                                    com_part *self, const void *text);
// As many calls as values count as one: what a method body of the case does. A failure counts as `failure`.
KERNELS_API uint64_t floor_signals(int32_t (*kernel)(int32_t, int32_t *), uint64_t calls, const int32_t *values,
                                   size_t count, int64_t failure);
// An answer is the code, 1 where the error is fatal, length and last byte of the message, added; the message is freed with free().
KERNELS_API uint64_t floor_error_in(int64_t (*kernel)(const marshaller_error *), uint64_t calls,
                                    const marshaller_error *error);
KERNELS_API uint64_t floor_error_out(void (*kernel)(size_t, marshaller_error *), uint64_t calls, size_t length);
KERNELS_API uint64_t floor_error_returned(marshaller_error (*kernel)(size_t), uint64_t calls, size_t length);
KERNELS_API uint64_t floor_errors_in(int64_t (*kernel)(const marshaller_error *, size_t), uint64_t calls,
                                     const marshaller_error *errors, size_t count);
// An answer is that of the last error; all messages are freed.
KERNELS_API uint64_t floor_errors_out(void (*kernel)(marshaller_error *, size_t), uint64_t calls,
                                      marshaller_error *errors, size_t count);
// The last code is 0 before each call; an answer is the result plus what that code is afterwards.
KERNELS_API uint64_t floor_errors_ref(int64_t (*kernel)(marshaller_error *, size_t), uint64_t calls,
                                      marshaller_error *errors, size_t count);
// The exception: the start of each call waits for the result of the one before, as in the method bodies of the case. No extra
// steps.
KERNELS_API uint64_t floor_chain(uint64_t (*kernel)(uint64_t, uint64_t, uint64_t), uint64_t calls, uint64_t start,
                                 uint64_t steps);

#endif
