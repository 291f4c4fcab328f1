// Counts the calling thread's heap calls in any program that is started with this library in LD_PRELOAD.
//
// It stands before libc's allocator, counts, and forwards. What libc and libstdc++ allocate for a caller (strdup, getline,
// reallocarray, operator new) comes by here too, because they call malloc and realloc by name; so those need no function of
// their own, and with one would be counted twice.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#define EXPORT __attribute__((visibility("default")))
// The default model asks malloc for a thread's block at first use: this library would call itself.
#define THREAD_LOCAL static _Thread_local __attribute__((tls_model("initial-exec")))

typedef struct {
    uint64_t allocations;
    uint64_t frees;
    uint64_t bytes;
} counts_t;

THREAD_LOCAL counts_t counts;
THREAD_LOCAL int resolving;

static void *(*next_malloc)(size_t);
static void *(*next_calloc)(size_t, size_t);
static void *(*next_realloc)(void *, size_t);
static void (*next_free)(void *);
static int (*next_posix_memalign)(void **, size_t, size_t);
static void *(*next_aligned_alloc)(size_t, size_t);
static void *(*next_memalign)(size_t, size_t);
static void *(*next_valloc)(size_t);
static void *(*next_pvalloc)(size_t);

// dlsym may allocate before there is an allocator to forward to: such blocks come from here and are never given back.
#define BOOTSTRAP_BYTES 16384
#define BOOTSTRAP_ALIGNMENT 16
static _Alignas(BOOTSTRAP_ALIGNMENT) unsigned char bootstrap[BOOTSTRAP_BYTES];
static size_t bootstrap_used;

static int is_bootstrap(const void *block) {
    uintptr_t address = (uintptr_t)block;
    return address >= (uintptr_t)bootstrap && address < (uintptr_t)bootstrap + BOOTSTRAP_BYTES;
}

static void *bootstrap_allocate(size_t size) {
    size_t rounded = (size + BOOTSTRAP_ALIGNMENT - 1) & ~(size_t)(BOOTSTRAP_ALIGNMENT - 1);
    size_t at = __atomic_fetch_add(&bootstrap_used, rounded, __ATOMIC_RELAXED);
    return rounded < size || at > BOOTSTRAP_BYTES || rounded > BOOTSTRAP_BYTES - at ? NULL : bootstrap + at;
}

static void find(const char *name, void *into) {
    void *found = dlsym(RTLD_NEXT, name);
    memcpy(into, &found, sizeof found); // ISO C has no cast from an object pointer to a function pointer
}

// Several threads may come here at once: all of them find the same addresses. malloc is looked for last, because it tells
// that the rest has been found.
static void resolve(void) {
    resolving = 1;
    find("calloc", &next_calloc);
    find("realloc", &next_realloc);
    find("free", &next_free);
    find("posix_memalign", &next_posix_memalign);
    find("aligned_alloc", &next_aligned_alloc);
    find("memalign", &next_memalign);
    find("valloc", &next_valloc);
    find("pvalloc", &next_pvalloc);
    void *(*malloc_found)(size_t);
    find("malloc", &malloc_found);
    if (malloc_found == NULL) {
        static const char words[] = "allocations: there is no malloc to forward to\n";
        (void)!write(STDERR_FILENO, words, sizeof words - 1);
        _exit(127);
    }
    __atomic_store_n(&next_malloc, malloc_found, __ATOMIC_RELEASE);
    resolving = 0;
}

// Whether calls can be forwarded; not while dlsym itself asks.
static int ready(void) {
    if (__atomic_load_n(&next_malloc, __ATOMIC_ACQUIRE) == NULL) {
        if (resolving) {
            return 0;
        }
        resolve();
    }
    return 1;
}

__attribute__((constructor)) static void start(void) {
    (void)ready();
}

static void *allocated(void *block, size_t size) {
    if (block != NULL) {
        counts.allocations++;
        counts.bytes += size;
    }
    return block;
}

/// Of the calling thread since it began: allocations, frees, bytes asked for. A realloc of a block is one of each.
EXPORT void allocations_read(uint64_t out[3]) {
    out[0] = counts.allocations;
    out[1] = counts.frees;
    out[2] = counts.bytes;
}

EXPORT void *malloc(size_t size) {
    return ready() ? allocated(next_malloc(size), size) : bootstrap_allocate(size);
}

EXPORT void *calloc(size_t count, size_t size) {
    if (ready()) {
        return allocated(next_calloc(count, size), count * size); // a product that overflows gives no block
    }
    size_t bytes;
    return __builtin_mul_overflow(count, size, &bytes) ? NULL
                                                       : bootstrap_allocate(bytes); // zero, because never used before
}

EXPORT void *realloc(void *block, size_t size) {
    if (!ready() || is_bootstrap(block)) {
        void *grown = ready() ? allocated(next_malloc(size), size) : bootstrap_allocate(size);
        if (grown != NULL && block != NULL) {
            size_t left = (size_t)(bootstrap + BOOTSTRAP_BYTES - (unsigned char *)block);
            memcpy(grown, block, size < left ? size : left);
        }
        return grown;
    }
    void *after = next_realloc(block, size);
    if (block != NULL && (after != NULL || size == 0)) {
        counts.frees++; // glibc frees the block for a size of 0; a failure leaves it
    }
    return allocated(after, size);
}

EXPORT void free(void *block) {
    if (block == NULL || is_bootstrap(block) || !ready()) {
        return;
    }
    counts.frees++;
    next_free(block);
}

EXPORT int posix_memalign(void **block, size_t alignment, size_t size) {
    if (!ready()) {
        return ENOMEM;
    }
    int failure = next_posix_memalign(block, alignment, size);
    if (failure == 0) {
        (void)allocated(*block, size);
    }
    return failure;
}

EXPORT void *aligned_alloc(size_t alignment, size_t size) {
    return ready() ? allocated(next_aligned_alloc(alignment, size), size) : NULL;
}

EXPORT void *memalign(size_t alignment, size_t size) {
    return ready() ? allocated(next_memalign(alignment, size), size) : NULL;
}

EXPORT void *valloc(size_t size) {
    return ready() ? allocated(next_valloc(size), size) : NULL;
}

EXPORT void *pvalloc(size_t size) {
    return ready() ? allocated(next_pvalloc(size), size) : NULL;
}
