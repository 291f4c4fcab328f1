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
