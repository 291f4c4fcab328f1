// Native code calls back.

#define _POSIX_C_SOURCE 200809L // a clock that only goes forward

#include "kernels.h"
#include "live.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

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

typedef struct {
    int64_t calls;
    int64_t (*callback)(int64_t value, void *context);
    void *context;
    int64_t sum, first_ns, others_ns;
} foreign_thread;

static int64_t add_context(int64_t value, void *context) {
    return value + (int64_t)context;
}

static int64_t now_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static void *call_back(void *argument) {
    foreign_thread *own = argument;
    int64_t started = now_ns();
    uint64_t sum = (uint64_t)own->callback(0, own->context);
    own->first_ns = now_ns() - started;
    started = now_ns();
    for (int64_t value = 1; value < own->calls; value++) {
        sum += (uint64_t)own->callback(value, own->context);
    }
    own->others_ns = now_ns() - started;
    own->sum = (int64_t)sum;
    return NULL;
}

int64_t callback_foreign_thread(int64_t calls, int64_t (*callback)(int64_t value, void *context), void *context,
                                int64_t *first_ns, int64_t *others_ns) {
    foreign_thread own = {.calls = calls, .callback = callback == NULL ? add_context : callback, .context = context};
    pthread_t thread;
    if (pthread_create(&thread, NULL, call_back, &own) != 0 || pthread_join(thread, NULL) != 0) {
        return -1;
    }
    *first_ns = own.first_ns;
    *others_ns = own.others_ns;
    return own.sum;
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
