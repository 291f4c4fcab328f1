// Native code calls back.

#include "kernels.h"

#include <stdatomic.h>

int64_t callback_each(int64_t k, int64_t (*callback)(int64_t value, void *context), void *context) {
    if (callback == NULL) {
        return 0;
    }
    uint64_t sum = 0;
    for (int64_t i = 0; i < k; i++) {
        sum += (uint64_t)callback(i, context);
    }
    return (int64_t)sum;
}

// What was registered last; registration and call come from one thread at a time.
static _Atomic(void *) registered;
static _Atomic(void *) registered_context;

void callback_register(int64_t (*callback)(int64_t value, void *context), void *context) {
    atomic_store_explicit(&registered_context, context, memory_order_relaxed);
    atomic_store_explicit(&registered, (void *)callback, memory_order_release);
}

int64_t callback_register_call(int64_t value) {
    int64_t (*callback)(int64_t, void *) =
        (int64_t(*)(int64_t, void *))atomic_load_explicit(&registered, memory_order_acquire);
    if (callback == NULL) {
        return 0;
    }
    return callback(value, atomic_load_explicit(&registered_context, memory_order_relaxed));
}
