//! The terminal: taken over at the start and given back on every way out, with nothing of a record left.
//!
//! Never decides what is drawn. Sets no window title, since titles end up in lists of other programs.

use std::io::{self, Stdout, stdout};
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::cursor::Show;
use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
};
use crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{execute, queue};
use ratatui::Frame;
use ratatui::backend::CrosstermBackend;

/// Whether the terminal is ours now; `give_back` may be called from anywhere and acts once.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// The screen, given back when it is dropped.
pub struct Terminal {
    inner: ratatui::Terminal<CrosstermBackend<Stdout>>,
}

impl Terminal {
    /// Takes the terminal over.
    pub fn take() -> io::Result<Self> {
        take_over()?;
        let inner = ratatui::Terminal::new(CrosstermBackend::new(stdout()));
        match inner {
            Ok(inner) => Ok(Self { inner }),
            Err(error) => {
                give_back();
                Err(error)
            }
        }
    }

    /// Returns columns and rows.
    pub fn size(&self) -> io::Result<(u16, u16)> {
        let size = self.inner.size()?;
        Ok((size.width, size.height))
    }

    /// Draws a frame.
    pub fn draw(&mut self, draw: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        self.inner.draw(draw).map(drop)
    }

    /// Wipes every cell, also those that the next frame would not touch.
    pub fn wipe(&mut self) -> io::Result<()> {
        // Not `clear`: that asks the terminal where the cursor is, and the thread that reads the
        // keys would swallow the answer.
        let size = self.inner.size()?;
        self.inner.resize(size.into())
    }

    /// Takes the terminal over again after it was given back for a stop.
    pub fn take_again(&mut self) -> io::Result<()> {
        take_over()?;
        self.wipe()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        give_back();
    }
}

fn take_over() -> io::Result<()> {
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    let taken = execute!(
        stdout(),
        EnterAlternateScreen,
        EnableBracketedPaste,
        EnableMouseCapture
    );
    taken.inspect_err(|_| give_back())
}

/// Gives the terminal back. The screen is wiped first: some terminals keep the alternate screen.
/// A terminal that is gone takes nothing, and nothing is left on it.
pub fn give_back() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    let _ = queue!(
        stdout(),
        Clear(ClearType::All),
        DisableMouseCapture,
        DisableBracketedPaste
    );
    let _ = execute!(stdout(), LeaveAlternateScreen, Show);
    let _ = disable_raw_mode();
}
