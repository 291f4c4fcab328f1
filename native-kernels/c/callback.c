// Native code calls back.

#include "kernels.h"

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
