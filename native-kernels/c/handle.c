// Handles: a native object that somebody must free exactly once.

#include "kernels.h"
#include "live.h"

#include <stdlib.h>

uint64_t handle_call(const handle_counter *counter) {
    return counter == NULL ? 0 : counter->value;
}

uint64_t handle_legacy(const handle_counter *counter) {
    return counter == NULL ? 0 : counter->value;
}

// One new counter, counted.
static inline handle_counter *make(void) {
    handle_counter *counter = malloc(sizeof *counter);
    if (counter == NULL) {
        return NULL;
    }
    counter->value = 42;
    live_add(LIVE_HANDLES, 1);
    return counter;
}

handle_counter *handle_create(void) {
    return make();
}

void handle_create_out(handle_counter **counter) {
    *counter = make();
}

void handle_create_release(handle_counter *counter) {
    if (counter == NULL) {
        return;
    }
    live_add(LIVE_HANDLES, -1);
    free(counter);
}
