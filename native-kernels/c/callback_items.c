// Native code calls back with what it is asked for: numbers to compare, texts to read.

#include "kernels.h"

static void swap(int32_t *values, size_t left, size_t right) {
    int32_t kept = values[left];
    values[left] = values[right];
    values[right] = kept;
}

// Lets the number at `start` sink into the heap below it, which ends before `count`.
static void sift(int32_t *values, size_t start, size_t count, int32_t (*compare)(const int32_t *, const int32_t *)) {
    // Down to a leaf along the larger children: one comparison a level.
    size_t at = start;
    while (2 * at + 2 < count) {
        size_t right = 2 * at + 2;
        at = compare(values + right, values + right - 1) > 0 ? right : right - 1;
    }
    if (2 * at + 2 == count) {
        at = 2 * at + 1;
    }
    // Up again to where the number belongs, which is near the leaf.
    while (at > start && compare(values + start, values + at) > 0) {
        at = (at - 1) / 2;
    }
    // It goes there, and all on its way one up.
    while (at > start) {
        swap(values, start, at);
        at = (at - 1) / 2;
    }
}

void callback_sort(int32_t *values, size_t count, int32_t (*compare)(const int32_t *left, const int32_t *right)) {
    if (values == NULL || compare == NULL) {
        return;
    }
    for (size_t start = count / 2; start-- > 0;) {
        sift(values, start, count, compare);
    }
    for (size_t end = count; end-- > 1;) {
        swap(values, 0, end);
        sift(values, 0, end, compare);
    }
}

int32_t callback_sort_ascending(const int32_t *left, const int32_t *right) {
    return (*left > *right) - (*left < *right);
}

enum { TEXT_LENGTH = 16, TEXTS_PER_BATCH = 256 };

static const uint8_t texts[8][TEXT_LENGTH + 1] = {
    "abcdefghijklmnop", "bcdefghijklmnopq", "cdefghijklmnopqr", "defghijklmnopqrs",
    "efghijklmnopqrst", "fghijklmnopqrstu", "ghijklmnopqrstuv", "hijklmnopqrstuvw",
};

int64_t callback_text_item(int64_t k, int64_t (*callback)(const uint8_t *text, size_t length)) {
    if (callback == NULL) {
        return 0;
    }
    uint64_t sum = 0;
    for (int64_t i = 0; i < k; i++) {
        sum += (uint64_t)callback(texts[i & 7], TEXT_LENGTH);
    }
    return (int64_t)sum;
}

int64_t callback_text_item_batch(int64_t k, int64_t (*callback)(const callback_text *batch, size_t count)) {
    if (callback == NULL) {
        return 0;
    }
    callback_text batch[TEXTS_PER_BATCH];
    uint64_t sum = 0;
    int64_t at = 0;
    while (at < k) {
        int64_t count = k - at < TEXTS_PER_BATCH ? k - at : TEXTS_PER_BATCH;
        for (int64_t i = 0; i < count; i++) {
            batch[i].text = texts[(at + i) & 7];
            batch[i].length = TEXT_LENGTH;
        }
        sum += (uint64_t)callback(batch, (size_t)count);
        at += count;
    }
    return (int64_t)sum;
}
