//! A bar on the error stream for work that takes a while; nothing where nobody looks at it.

use indicatif::{ProgressBar, ProgressStyle};

/// A bar.
pub struct Bar(ProgressBar);

/// A bar for that work.
pub fn bar(what: &'static str) -> Bar {
    let bar = ProgressBar::new(0);
    let style = ProgressStyle::with_template("{msg} [{bar:40}] {percent} % · {human_pos}/{human_len} · còn {eta}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("=> "));
    bar.set_message(what);
    Bar(bar)
}

impl Bar {
    /// What the work tells how far it is.
    pub fn watch(&self) -> cchc_store::verify::Progress {
        let bar = self.0.clone();
        std::sync::Arc::new(move |done, total| {
            bar.set_length(total);
            bar.set_position(done);
        })
    }

    /// The work is over.
    pub fn finish(&self) {
        self.0.finish_and_clear();
    }
}
