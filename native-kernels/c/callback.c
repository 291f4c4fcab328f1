// Native code calls back.

#include "kernels.h"
#include "live.h"

#include <stdatomic.h>
#include <stdlib.h>

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

int64_t callback_state(int64_t k, int64_t (*callback)(int64_t value, void *context), void *context) {
    if (callback == NULL) {
        return 0;
    }
    uint64_t sum = 0;
    for (int64_t i = 0; i < k; i++) {
        sum += (uint64_t)callback(i, context);
    }
    return (int64_t)sum;
}

int64_t callback_reentrant(int64_t k, int64_t (*callback)(int64_t value, void *context), void *context) {
    if (callback == NULL) {
        return 0;
    }
    uint64_t sum = 0;
    for (int64_t i = 0; i < k; i++) {
        sum += (uint64_t)callback(i, context);
    }
    return (int64_t)sum;
}

int64_t callback_reentrant_add(int64_t value, int64_t added) {
    return (int64_t)((uint64_t)value + (uint64_t)added);
}

struct callback_subscription {
    int64_t (*callback)(int64_t value, void *context);
    void *context;
};

int64_t callback_stored(const callback_subscription *subscription, int64_t k) {
    if (subscription == NULL || subscription->callback == NULL) {
        return 0;
    }
    uint64_t sum = 0;
    for (int64_t i = 0; i < k; i++) {
        sum += (uint64_t)subscription->callback(i, subscription->context);
    }
    return (int64_t)sum;
}

callback_subscription *callback_stored_new(int64_t (*callback)(int64_t value, void *context), void *context) {
    callback_subscription *subscription = malloc(sizeof *subscription);
    if (subscription == NULL) {
        return NULL;
    }
    subscription->callback = callback;
    subscription->context = context;
    live_add(LIVE_HANDLES, 1);
    return subscription;
}

void callback_stored_free(callback_subscription *subscription) {
    if (subscription == NULL) {
        return;
    }
    live_add(LIVE_HANDLES, -1);
    free(subscription);
}

int32_t callback_from_address(int32_t a, int32_t b) {
    return (int32_t)((uint32_t)a + (uint32_t)b);
}

callback_from_address_function callback_from_address_get(void) {
    return callback_from_address;
}
