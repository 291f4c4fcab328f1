// COM-shaped objects: a pointer to a vtable, a count of references, a question for other interfaces.

#include "kernels.h"
#include "live.h"

#include <stdlib.h>
#include <string.h>

enum { OK = 0 };
#define NO_INTERFACE ((int32_t)0x80004002)
#define POINTER ((int32_t)0x80004003)
#define OVERFLOW ((int32_t)0x80131516)

static const uint8_t iid_unknown[16] = {[8] = 0xc0, [15] = 0x46};
#define IID(n)                                                                                                         \
    { 0, 0x62, 0x61, 0x6c, 0, 0, 0x61, 0x4c, 0x80, [15] = n }
static const uint8_t iid_calc[16] = IID(1);
static const uint8_t iid_text[16] = IID(2);
static const uint8_t iid_base[16] = IID(3);
static const uint8_t iid_derived[16] = IID(4);
static const uint8_t iid_leaf[16] = IID(5);

static inline int is(const uint8_t *asked, const uint8_t *iid) {
    return memcmp(asked, iid, 16) == 0;
}

// The part that an interface is reached by.
static inline com_part *part_of(com_object *object, const uint8_t *asked) {
    if (is(asked, iid_unknown) || is(asked, iid_calc)) {
        return &object->calc;
    }
    if (is(asked, iid_text)) {
        return &object->text;
    }
    if (is(asked, iid_base) || is(asked, iid_derived) || is(asked, iid_leaf)) {
        return &object->chain;
    }
    return NULL;
}

int32_t com_cast(com_part *self, const uint8_t *asked, com_part **found) {
    if (found == NULL) {
        return POINTER;
    }
    com_object *object = self->owner;
    com_part *part = part_of(object, asked);
    *found = part;
    if (part == NULL) {
        return NO_INTERFACE;
    }
    atomic_fetch_add_explicit(&object->references, 1, memory_order_relaxed);
    return OK;
}

uint32_t com_call_add_ref(com_part *self) {
    return atomic_fetch_add_explicit(&self->owner->references, 1, memory_order_relaxed) + 1;
}

uint32_t com_call_release(com_part *self) {
    com_object *object = self->owner;
    uint32_t left = atomic_fetch_sub_explicit(&object->references, 1, memory_order_acq_rel) - 1;
    if (left == 0) {
        live_add(LIVE_OBJECTS, -1);
        free(object);
    }
    return left;
}

// The sum of two numbers, as two's complement has it.
static inline int32_t wrapping(int32_t a, int32_t b) {
    return (int32_t)((uint32_t)a + (uint32_t)b);
}

static inline int32_t answer(int32_t *to, int32_t value) {
    if (to == NULL) {
        return POINTER;
    }
    *to = value;
    return OK;
}

int32_t com_call(com_part *self, int32_t a, int32_t b, int32_t *sum) {
    (void)self;
    return answer(sum, wrapping(a, b));
}

int32_t com_error(com_part *self, int32_t a, int32_t b, int32_t *sum) {
    (void)self;
    int32_t value;
    if (__builtin_add_overflow(a, b, &value)) {
        return OVERFLOW;
    }
    return answer(sum, value);
}

// (i + 1) * 2^64 / golden ratio.
#define WORD(i) ((uint64_t)((i) + 1) * 0x9e3779b97f4a7c15ULL)

// Structs returned by a method: only tests call them.
static struct_words_8 words_8(com_part *self) {
    (void)self;
    return (struct_words_8){WORD(0)};
}

static struct_words_16 words_16(com_part *self) {
    (void)self;
    return (struct_words_16){WORD(0), WORD(1)};
}

static struct_words_24 words_24(com_part *self) {
    (void)self;
    return (struct_words_24){WORD(0), WORD(1), WORD(2)};
}

#define FNV_OFFSET_BASIS 0xcbf29ce484222325ULL
#define FNV_PRIME 0x00000100000001b3ULL

static inline int32_t answer_hash(uint64_t *to, uint64_t hash) {
    if (to == NULL) {
        return POINTER;
    }
    *to = hash;
    return OK;
}

#define HASH_TO_ZERO(hash, text)                                                                                       \
    for (; *(text) != 0; (text)++) {                                                                                   \
        (hash) = ((hash) ^ *(text)) * FNV_PRIME;                                                                       \
    }

int32_t com_text_utf8(com_part *self, const uint8_t *text, uint64_t *hash) {
    (void)self;
    uint64_t found = FNV_OFFSET_BASIS;
    if (text != NULL) {
        HASH_TO_ZERO(found, text)
    }
    return answer_hash(hash, found);
}

int32_t com_text_utf16(com_part *self, const uint16_t *text, uint64_t *hash) {
    (void)self;
    uint64_t found = FNV_OFFSET_BASIS;
    if (text != NULL) {
        HASH_TO_ZERO(found, text)
    }
    return answer_hash(hash, found);
}

int32_t com_text_bstr(com_part *self, const uint16_t *text, uint64_t *hash) {
    (void)self;
    uint64_t found = FNV_OFFSET_BASIS;
    if (text != NULL) {
        uint32_t size_bytes;
        memcpy(&size_bytes, (const uint8_t *)text - sizeof size_bytes, sizeof size_bytes);
        for (size_t i = 0; i < size_bytes / sizeof *text; i++) {
            found = (found ^ text[i]) * FNV_PRIME;
        }
    }
    return answer_hash(hash, found);
}

int32_t com_inheritance_base(com_part *self, int32_t a, int32_t b, int32_t *sum) {
    (void)self;
    return answer(sum, wrapping(wrapping(a, b), 3));
}

int32_t com_inheritance_derived(com_part *self, int32_t a, int32_t b, int32_t *sum) {
    (void)self;
    return answer(sum, wrapping(wrapping(a, b), 8));
}

// A method that knows where it stands.
#define IN_SLOT(slot)                                                                                                  \
    static int32_t in_slot_##slot(com_part *self, int32_t a, int32_t b, int32_t *sum) {                                \
        (void)self;                                                                                                    \
        return answer(sum, wrapping(wrapping(a, b), slot));                                                            \
    }
IN_SLOT(4)
IN_SLOT(5)
IN_SLOT(6)
IN_SLOT(7)
IN_SLOT(9)

typedef int32_t (*add)(com_part *, int32_t, int32_t, int32_t *);

typedef struct {
    int32_t (*cast)(com_part *, const uint8_t *, com_part **);
    uint32_t (*add_ref)(com_part *);
    uint32_t (*release)(com_part *);
} unknown;

#define UNKNOWN                                                                                                        \
    { com_cast, com_call_add_ref, com_call_release }

static const struct {
    unknown unknown;
    add add, add_checked;
    struct_words_8 (*words_8)(com_part *);
    struct_words_16 (*words_16)(com_part *);
    struct_words_24 (*words_24)(com_part *);
} calc = {UNKNOWN, com_call, com_error, words_8, words_16, words_24};

static const struct {
    unknown unknown;
    int32_t (*utf8)(com_part *, const uint8_t *, uint64_t *);
    int32_t (*utf16)(com_part *, const uint16_t *, uint64_t *);
    int32_t (*bstr)(com_part *, const uint16_t *, uint64_t *);
} text = {UNKNOWN, com_text_utf8, com_text_utf16, com_text_bstr};

static const struct {
    unknown unknown;
    add base[2], derived[4], leaf[1];
} chain = {
    UNKNOWN,
    {com_inheritance_base, in_slot_4},
    {in_slot_5, in_slot_6, in_slot_7, com_inheritance_derived},
    {in_slot_9},
};

com_part *com_call_create(void) {
    com_object *object = malloc(sizeof *object);
    if (object == NULL) {
        return NULL;
    }
    object->calc = (com_part){&calc, object};
    object->text = (com_part){&text, object};
    object->chain = (com_part){&chain, object};
    atomic_init(&object->references, 1);
    live_add(LIVE_OBJECTS, 1);
    return &object->calc;
}

// What an object of the caller's is called back through.
typedef struct {
    unknown unknown;
    int32_t (*step)(void *, int64_t, int64_t *);
} each_methods;

int64_t com_callback(int64_t k, void *each) {
    if (each == NULL) {
        return 0;
    }
    uint64_t sum = 0;
    for (int64_t i = 0; i < k; i++) {
        int64_t result = 0;
        // The vtable is looked up at each call, as a C++ compiler does.
        const each_methods *methods = *(const each_methods **)each;
        int32_t status = methods->step(each, i, &result);
        if (status < 0) {
            return status;
        }
        sum += (uint64_t)result;
    }
    return (int64_t)sum;
}

void *com_wrap(void *object) {
    if (object != NULL) {
        (*(const unknown **)object)->add_ref(object);
    }
    return object;
}
