//! The allocation counter in a program of its own: this test program again, started with the counter in `LD_PRELOAD`.
#![cfg(target_os = "linux")]

use std::env;
use std::ffi::{c_char, c_int, c_void};
use std::hint::black_box;
use std::process::Command;

use libloading::os::unix::Library;

unsafe extern "C" {
    fn malloc(size: usize) -> *mut c_void;
    fn calloc(count: usize, size: usize) -> *mut c_void;
    fn realloc(block: *mut c_void, size: usize) -> *mut c_void;
    fn reallocarray(block: *mut c_void, count: usize, size: usize) -> *mut c_void;
    fn free(block: *mut c_void);
    fn posix_memalign(block: *mut *mut c_void, alignment: usize, size: usize) -> c_int;
    fn aligned_alloc(alignment: usize, size: usize) -> *mut c_void;
    fn strdup(text: *const c_char) -> *mut c_char;
}

/// Set in the child only.
const COUNTED: &str = "LAB_TEST_COUNTED";

#[test]
fn heap_calls_of_a_known_program_are_counted_exactly() {
    let counter = env::var_os("LAB_PRELOAD")
        .expect("LAB_PRELOAD is not set: run ./lab test, or ./lab cargo test after ./lab check");
    let this = env::current_exe().expect("this program has a path");
    let output = Command::new(this)
        .args(["--exact", "counted_program", "--ignored", "--nocapture"])
        .env("LD_PRELOAD", counter)
        .env(COUNTED, "1")
        .output()
        .expect("the test program starts again");
    let text = String::from_utf8_lossy(&output.stdout);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{text}{said}");
    assert!(text.contains("1 passed"), "the child ran its part: {text}");
}

/// Allocations, frees and bytes of `work` on this thread.
fn counted(read: unsafe extern "C" fn(*mut u64), work: impl FnOnce()) -> [u64; 3] {
    let (mut before, mut after) = ([0; 3], [0; 3]);
    // SAFETY: the function writes three numbers.
    unsafe { read(before.as_mut_ptr()) };
    work();
    // SAFETY: as above.
    unsafe { read(after.as_mut_ptr()) };
    [0, 1, 2].map(|at| after[at] - before[at])
}

#[test]
#[ignore = "started by the test above, with the counter loaded"]
fn counted_program() {
    if env::var_os(COUNTED).is_none() {
        return;
    }
    // SAFETY: the symbol is the counter's, and its type that of its definition.
    let read = unsafe {
        *Library::this()
            .get::<unsafe extern "C" fn(*mut u64)>(b"allocations_read\0")
            .expect("the counter is loaded")
    };
    // Compilers know these functions and remove a malloc whose block nobody looks at.
    let seen = |block: *mut c_void| {
        assert!(!black_box(block).is_null());
        black_box(block)
    };
    // SAFETY: here and below, each block is freed once and not used afterwards; sizes and alignments are legal.
    let free = |block: *mut c_void| unsafe { free(black_box(block)) };

    // SAFETY: see above.
    let plain = || unsafe {
        free(seen(malloc(10)));
        free(seen(malloc(20)));
        free(std::ptr::null_mut());
    };
    assert_eq!(counted(read, || ()), [0, 0, 0], "reading counts nothing");
    assert_eq!(counted(read, plain), [2, 2, 30], "free(NULL) frees nothing");
    // SAFETY: see above.
    let zeroed = || unsafe {
        let block = seen(calloc(3, 7)).cast::<u8>();
        assert!((0..21).all(|at| *block.add(at) == 0));
        free(block.cast());
    };
    assert_eq!(counted(read, zeroed), [1, 1, 21]);
    // SAFETY: see above.
    let grown = || unsafe {
        let block = seen(realloc(std::ptr::null_mut(), 8));
        let block = seen(realloc(block, 100_000));
        free(seen(reallocarray(block, 5, 4)));
    };
    assert_eq!(
        counted(read, grown),
        [3, 3, 100_028],
        "a realloc of a block is a free and an allocation"
    );
    // SAFETY: see above.
    let aligned = || unsafe {
        let mut block = std::ptr::null_mut();
        assert_eq!(posix_memalign(&mut block, 64, 128), 0);
        assert_eq!(block as usize % 64, 0);
        free(seen(block));
        assert_eq!(
            posix_memalign(&mut block, 3, 128),
            22,
            "EINVAL counts nothing"
        );
        free(seen(aligned_alloc(256, 512)));
    };
    assert_eq!(counted(read, aligned), [2, 2, 640]);
    // SAFETY: see above.
    let copied = || unsafe { free(seen(strdup(c"four".as_ptr()).cast())) };
    assert_eq!(
        counted(read, copied),
        [1, 1, 5],
        "what libc allocates for its caller is counted once"
    );
    // SAFETY: see above.
    let unfreed = counted(read, || unsafe {
        black_box(seen(malloc(6)));
    });
    assert_eq!(unfreed, [1, 0, 6]);

    let here = counted(read, || {
        let there = std::thread::scope(|scope| {
            let threads = [0, 1].map(|_| scope.spawn(|| counted(read, plain)));
            threads.map(|thread| thread.join().expect("it counts"))
        });
        assert_eq!(there, [[2, 2, 30]; 2], "every thread has counts of its own");
    });
    assert!(
        here[0] > 0,
        "starting a thread allocates here, and not what it did"
    );
}
