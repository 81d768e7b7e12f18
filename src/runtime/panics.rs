//! What happens when code panics: the screen is given back, one sentence is said, and nothing of
//! what was being worked on (a panic's message can hold a name).

use std::cell::Cell;
use std::io::Write;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

use super::terminal;

thread_local! {
    static CAUGHT: Cell<u32> = const { Cell::new(0) };
    /// Whether this thread is unwinding from a panic.
    static UNWINDING: Cell<bool> = const { Cell::new(false) };
}

/// A panic that was caught; its message is dropped unread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("code below panicked")]
pub struct Panicked;

/// Runs code that may panic on a damaged file. Its state is not to be used again afterwards.
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, Panicked> {
    CAUGHT.with(|depth| depth.set(depth.get() + 1));
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    CAUGHT.with(|depth| depth.set(depth.get() - 1));
    UNWINDING.set(false);
    done.map_err(|_| Panicked)
}

/// From now on a panic that nobody catches gives the terminal back and says `sentence` only. That includes a panic
/// while another one is unwinding: redb may meet a second damaged page while it takes back a commit, and Rust then ends
/// the process.
pub fn say_only(sentence: String) {
    let said = Once::new();
    panic::set_hook(Box::new(move |_| {
        if UNWINDING.replace(true) || CAUGHT.with(Cell::get) == 0 {
            said.call_once(|| {
                terminal::give_back();
                let _ = writeln!(std::io::stderr(), "{sentence}");
            });
        }
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_caught_and_code_goes_on() {
        assert_eq!(caught(|| panic!("Nguyễn Văn A")), Err::<(), _>(Panicked));
        assert_eq!(caught(|| 3), Ok(3));
        assert_eq!(CAUGHT.with(Cell::get), 0);
    }
}
