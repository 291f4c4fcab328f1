// What the kernels of the C twin share: live objects by kind, as kernels_live counts them. Relaxed, in every build: it is part of
// the work of a kernel that makes or frees something.

#ifndef LIVE_H
#define LIVE_H

#include <stdatomic.h>
#include <stdint.h>

enum { LIVE_HANDLES, LIVE_STRINGS, LIVE_BLOCKS, LIVE_OBJECTS, LIVE_KINDS };

extern _Atomic int64_t kernels_live_objects[LIVE_KINDS];

static inline void live_add(int kind, int64_t count) {
    atomic_fetch_add_explicit(&kernels_live_objects[kind], count, memory_order_relaxed);
}

#endif
