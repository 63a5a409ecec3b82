//! One row a measure; the ratio where there is a budget.

use std::time::Instant;

/// The rows, printed together at the end.
#[derive(Debug, Default)]
pub struct Report {
    rows: Vec<[String; 4]>,
}

/// The median time of so many runs, in milliseconds, after one run that doesn't count.
pub fn median_of<T>(runs: usize, mut work: impl FnMut() -> T) -> f64 {
    work();
    let mut times: Vec<f64> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            std::hint::black_box(work());
            start.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

impl Report {
    /// A time with a budget, both in milliseconds.
    pub fn budget(&mut self, what: &str, measured: f64, allowed: f64) {
        self.row(what, &ms(measured), &ms(allowed), measured / allowed);
    }

    /// A time beside another one that it should not pass.
    pub fn against(&mut self, what: &str, measured: f64, other: f64) {
        self.row(what, &ms(measured), &ms(other), measured / other);
    }

    /// A size in MB with a budget.
    pub fn megabytes(&mut self, what: &str, measured: f64, allowed: f64) {
        self.row(what, &format!("{measured:.1} MB"), &format!("{allowed:.0} MB"), measured / allowed);
    }

    /// A time without a budget.
    pub fn plain(&mut self, what: &str, measured: f64) {
        self.rows.push([what.to_owned(), ms(measured), "–".to_owned(), "–".to_owned()]);
    }

    /// A size without a budget.
    pub fn size(&mut self, what: &str, bytes: usize) {
        self.rows.push([what.to_owned(), format!("{:.0} KB", bytes as f64 / 1024.0), "–".to_owned(), "–".to_owned()]);
    }

    /// A rate beside another one, of which it should keep a share: the ratio is allowed ÷ measured, as for times.
    pub fn rate(&mut self, what: &str, measured: f64, other: f64, share: f64) {
        let allowed = format!("{:.0} % của {other:.0}/s", share * 100.0);
        self.row(
            what,
            &format!("{measured:.0}/s ({:.0} %)", measured / other * 100.0),
            &allowed,
            share * other / measured,
        );
    }

    /// A rate that must not fall below a number.
    pub fn at_least(&mut self, what: &str, measured: f64, least: f64) {
        self.row(what, &format!("{measured:.0}/s"), &format!("≥ {least:.0}/s"), least / measured);
    }

    /// A rate without a budget.
    pub fn plain_rate(&mut self, what: &str, measured: f64) {
        self.rows.push([what.to_owned(), format!("{measured:.0}/s"), "–".to_owned(), "–".to_owned()]);
    }

    /// A number of bytes without a budget.
    pub fn bytes(&mut self, what: &str, bytes: u64) {
        self.rows.push([what.to_owned(), format!("{bytes} B"), "–".to_owned(), "–".to_owned()]);
    }

    /// A remark.
    pub fn note(&mut self, what: &str) {
        self.rows.push([what.to_owned(), "–".to_owned(), "–".to_owned(), "–".to_owned()]);
    }

    /// Prints the table.
    pub fn print(&self) {
        println!("| đo | kết quả | ngân sách | tỷ lệ |\n|---|---:|---:|---:|");
        for [what, measured, allowed, ratio] in &self.rows {
            println!("| {what} | {measured} | {allowed} | {ratio} |");
        }
    }

    fn row(&mut self, what: &str, measured: &str, allowed: &str, ratio: f64) {
        self.rows.push([what.to_owned(), measured.to_owned(), allowed.to_owned(), format!("{ratio:.2}")]);
    }
}

fn ms(time: f64) -> String {
    if time < 10.0 { format!("{time:.2} ms") } else { format!("{time:.0} ms") }
}
