//! Calls back from a thread that native code has started: the runtime meets it for the first time.

use std::ffi::c_void;
use std::time::Instant;

use super::Callback;

/// What goes to the thread: the caller waits for it, so it may use whatever the caller lent.
struct Lent(Callback, *mut c_void);

// SAFETY: the context is lent for the whole call, which ends after the thread.
unsafe impl Send for Lent {}

impl Lent {
    fn call(&self, value: i64) -> i64 {
        // The compiler must not know its own: it would make one addition of a thousand calls.
        let own: extern "C" fn(i64, *mut c_void) -> i64 = super::add_context;
        self.0.unwrap_or_else(|| std::hint::black_box(own))(value, self.1)
    }
}

/// # Safety
/// `first_ns` and `others_ns` may be written; the callback may be called from another thread, with `context`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn callback_foreign_thread(
    calls: i64,
    callback: Callback,
    context: *mut c_void,
    first_ns: *mut i64,
    others_ns: *mut i64,
) -> i64 {
    entry!("callback_foreign_thread");
    let lent = Lent(callback, context);
    let thread = std::thread::Builder::new().spawn(move || {
        let lent = lent; // whole, not the raw pointer in it
        let started = Instant::now();
        let mut sum = lent.call(0);
        let first = started.elapsed();
        let started = Instant::now();
        for value in 1..calls {
            sum = sum.wrapping_add(lent.call(value));
        }
        (sum, first, started.elapsed())
    });
    let Ok(Ok((sum, first, others))) = thread.map(std::thread::JoinHandle::join) else {
        return -1;
    };
    // SAFETY: writable, as the caller promises.
    unsafe {
        first_ns.write(first.as_nanos() as i64);
        others_ns.write(others.as_nanos() as i64);
    }
    sum
}
