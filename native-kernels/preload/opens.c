// Records what a program that is started with this library in LD_PRELOAD asks the loader for: the name of every dlopen, in order.
//
// It stands before libc's dlopen, writes the name down, and forwards. The loader takes the caller's own search path from the library
// that calls dlopen: behind this one it is none, which is why only names that the system's search path finds are to be asked for.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define EXPORT __attribute__((visibility("default")))

#define NAMES 256
#define NAME_BYTES 512
static char names[NAMES][NAME_BYTES];
static uint32_t asked;

EXPORT void *dlopen(const char *name, int flags) {
    static void *(*next)(const char *, int);
    if (next == NULL) {
        void *found = dlsym(RTLD_NEXT, "dlopen");
        memcpy(&next, &found, sizeof found); // ISO C has no cast from an object pointer to a function pointer
    }
    uint32_t at = __atomic_fetch_add(&asked, 1, __ATOMIC_RELAXED);
    if (name != NULL && at < NAMES) {
        strncpy(names[at], name, NAME_BYTES - 1);
    }
    return next(name, flags);
}

/// How many names there are; none of them may be lost, so more than fit are the largest number of all.
EXPORT uint32_t opens_count(void) {
    uint32_t count = __atomic_load_n(&asked, __ATOMIC_RELAXED);
    return count <= NAMES ? count : UINT32_MAX;
}

/// The name asked for at a place from 0 on, which lives as long as the program; empty for the program itself.
EXPORT const char *opens_name(uint32_t at) {
    return at < NAMES ? names[at] : "";
}
