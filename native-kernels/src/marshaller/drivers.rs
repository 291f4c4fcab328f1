//! The inputs of the rows that pass records.

use std::mem::transmute;
use std::rc::Rc;

use super::records::*;
use crate::driver::{Address, Params, Prepared, Scratch};
use crate::string::letter;

/// `length` letters from letter `first` on and a 0.
fn text(first: usize, length: usize) -> Vec<u8> {
    (first..first + length).map(letter).chain([0]).collect()
}

/// A fatal one with that message, whose owner keeps it.
fn error(message: &[u8]) -> Record {
    Record {
        code: CODE,
        is_fatal: 1,
        message: message.as_ptr(),
    }
}

pub fn prepare_struct(params: Params) -> Prepared {
    let length: usize = params.number("length");
    match params.text("direction") {
        "in" => {
            let message = text(0, length);
            let floor_message = message.clone();
            // SAFETY: the addresses are of these types, as `Prepared` demands of its callers; the message ends with a 0.
            unsafe {
                Prepared::new(
                    floor_of!(floor_error_in),
                    move |kernel| {
                        let error = error(&message);
                        transmute::<Address, In>(kernel.address)(&raw const error)
                    },
                    move |floor, kernel, calls| {
                        let error = error(&floor_message);
                        transmute::<Address, InLoop>(floor)(
                            transmute::<Address, In>(kernel.address),
                            calls,
                            &raw const error,
                        )
                    },
                )
            }
        }
        // SAFETY: the addresses are of these types, as `Prepared` demands of its callers; what is made is freed.
        "out" => unsafe {
            Prepared::new(
                floor_of!(floor_error_out),
                move |kernel| {
                    let mut error = Record::default();
                    transmute::<Address, Out>(kernel.address)(length, &raw mut error);
                    taken(&error)
                },
                move |floor, kernel, calls| {
                    transmute::<Address, OutLoop>(floor)(
                        transmute::<Address, Out>(kernel.address),
                        calls,
                        length,
                    )
                },
            )
        },
        // SAFETY: as above.
        "returned" => unsafe {
            Prepared::new(
                floor_of!(floor_error_returned),
                move |kernel| taken(&transmute::<Address, Returned>(kernel.address)(length)),
                move |floor, kernel, calls| {
                    transmute::<Address, ReturnedLoop>(floor)(
                        transmute::<Address, Returned>(kernel.address),
                        calls,
                        length,
                    )
                },
            )
        },
        other => panic!("params {:?}: no direction is called {other}", params.0),
    }
}

/// Records that stay where they are, with their messages.
struct Records {
    _messages: Vec<Vec<u8>>,
    records: Scratch<Record>,
}

impl Records {
    /// Every second one is fatal, message `i` is eight letters from letter `i` on; the codes are what native code makes them.
    fn new(count: usize) -> Records {
        let messages: Vec<Vec<u8>> = (0..count).map(|i| text(i, LETTERS)).collect();
        let records = Scratch::<Record>::new(count);
        for (i, message) in messages.iter().enumerate() {
            // SAFETY: below the count; nobody else has the records yet.
            unsafe {
                records.get().add(i).write(Record {
                    code: i as i32 + 1,
                    is_fatal: (i % 2) as i32,
                    message: message.as_ptr(),
                });
            }
        }
        Records {
            _messages: messages,
            records,
        }
    }

    /// A method, so that a closure takes the messages along.
    fn get(&self) -> *mut Record {
        self.records.get()
    }
}

pub fn prepare_elements(params: Params) -> Prepared {
    let count: usize = params.number("n");
    match params.text("direction") {
        "in" => {
            let records = Rc::new(Records::new(count));
            let floor_records = Rc::clone(&records);
            // SAFETY: the addresses are of these types, as `Prepared` demands of its callers; the closures own the records.
            unsafe {
                Prepared::new(
                    floor_of!(floor_errors_in),
                    move |kernel| {
                        transmute::<Address, ElementsIn>(kernel.address)(records.get(), count)
                    },
                    move |floor, kernel, calls| {
                        transmute::<Address, ElementsInLoop>(floor)(
                            transmute::<Address, ElementsIn>(kernel.address),
                            calls,
                            floor_records.get(),
                            count,
                        )
                    },
                )
            }
        }
        "out" => {
            let records = Rc::new(Scratch::<Record>::new(count));
            let floor_records = Rc::clone(&records);
            // SAFETY: as above; what is made is freed.
            unsafe {
                Prepared::new(
                    floor_of!(floor_errors_out),
                    move |kernel| {
                        transmute::<Address, ElementsOut>(kernel.address)(records.get(), count);
                        all_taken(records.get(), count)
                    },
                    move |floor, kernel, calls| {
                        transmute::<Address, ElementsOutLoop>(floor)(
                            transmute::<Address, ElementsOut>(kernel.address),
                            calls,
                            floor_records.get(),
                            count,
                        )
                    },
                )
            }
        }
        "ref" => {
            let records = Rc::new(Records::new(count));
            let floor_records = Rc::clone(&records);
            // SAFETY: as for in; calls of one row come one after another.
            unsafe {
                Prepared::new(
                    floor_of!(floor_errors_ref),
                    move |kernel| {
                        let kernel = transmute::<Address, ElementsRef>(kernel.address);
                        changed(kernel, records.get(), count)
                    },
                    move |floor, kernel, calls| {
                        transmute::<Address, ElementsRefLoop>(floor)(
                            transmute::<Address, ElementsRef>(kernel.address),
                            calls,
                            floor_records.get(),
                            count,
                        )
                    },
                )
            }
        }
        other => panic!("params {:?}: no direction is called {other}", params.0),
    }
}
