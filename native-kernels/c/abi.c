// What the library says about itself: contract, compiler, layouts, live objects.

#include "contract.h"
#include "kernels.h"
#include "live.h"

// build.rs passes the flags; the compiler names itself, so that no other one can be named by mistake (clang does so in its version).
#if defined(__clang__)
#define COMPILER __VERSION__
#elif defined(__GNUC__)
#define COMPILER "gcc " __VERSION__
#else
#error "the C twin is built with gcc or clang: set CC"
#endif

uint64_t kernels_contract(void) {
    return KERNELS_CONTRACT;
}

const char *kernels_impl(void) {
    return "c";
}

const char *kernels_compiler(void) {
    return COMPILER " " KERNELS_FLAGS;
}

#define MEMBER(T, f) ((T *)0)->f
#define TYPE(T) {#T, "", sizeof(T), _Alignof(T), 0},
#define FIELD(T, f) {#T, #f, sizeof(MEMBER(T, f)), _Alignof(__typeof__(MEMBER(T, f))), offsetof(T, f)},

static const kernels_layout_entry layout[] = {KERNELS_STRUCTS(TYPE, FIELD)};

const kernels_layout_entry *kernels_layout(uint32_t *count) {
    if (count != NULL) {
        *count = sizeof layout / sizeof layout[0];
    }
    return layout;
}

// Hidden, like everything that kernels.h does not declare.
_Atomic int64_t kernels_live_objects[LIVE_KINDS];

int64_t kernels_live(uint32_t kind) {
    if (kind >= LIVE_KINDS) {
        return -1;
    }
    return atomic_load_explicit(&kernels_live_objects[kind], memory_order_relaxed);
}
