// Errors: how a failure comes back.

#include "kernels.h"

#if defined(_WIN32)
#include <windows.h>
#define set_last_error(code) SetLastError((DWORD)(code))
#else
#include <errno.h>
#define set_last_error(code) (errno = (code))
#endif

int32_t error_last_error(int32_t code) {
    if (code != 0) {
        set_last_error(code);
    }
    return code;
}

// COR_E_OVERFLOW and E_INVALIDARG: .NET makes an OverflowException and an ArgumentException of them.
#define HRESULT_OVERFLOW ((int32_t)0x80131516)
#define HRESULT_INVALID ((int32_t)0x80070057)

int32_t error_hresult(int32_t a, int32_t b, int32_t *sum) {
    int32_t value;
    if (__builtin_add_overflow(a, b, &value)) {
        return HRESULT_OVERFLOW;
    }
    if (sum != NULL) {
        *sum = value;
    }
    return 0;
}

// 2 * value, wrapping.
static inline int32_t twice(int32_t value) {
    return (int32_t)((uint32_t)value * 2);
}

int32_t error_signal(int32_t value, int32_t *result) {
    if (value < 0) {
        return HRESULT_INVALID;
    }
    if (result != NULL) {
        *result = twice(value);
    }
    return 0;
}

error_outcome error_signal_outcome(int32_t value) {
    if (value < 0) {
        return (error_outcome){HRESULT_INVALID, 0};
    }
    return (error_outcome){0, twice(value)};
}

const uint8_t *error_signal_text(int32_t status) {
    return (const uint8_t *)(status == HRESULT_INVALID ? "value is negative" : "");
}
