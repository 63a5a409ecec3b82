//! The rules that the calendar's commands count by: the shipped ones, or those of files.

use std::path::PathBuf;

use anyhow::bail;
use cchc_calendar::{Calendar, Schedule};

use crate::{data, files};

/// Where the rules come from.
#[derive(Debug, clap::Args)]
pub struct Rules {
    /// Tệp ngày nghỉ đã có quyết định, thay cho tệp có sẵn (CSV, XLSX).
    #[arg(long, value_name = "TỆP")]
    days_off: Option<PathBuf>,
}

/// Whose hours.
#[derive(Debug, clap::Args)]
pub struct Hours {
    /// Mã đơn vị; không có thì theo giờ chung.
    #[arg(long, value_name = "MÃ", default_value = "", hide_default_value = true)]
    unit: String,
    /// Tệp giờ làm việc của các đơn vị, thay cho tệp có sẵn (CSV, XLSX).
    #[arg(long, value_name = "TỆP")]
    hours: Option<PathBuf>,
}

impl Rules {
    /// The days of the law, with what was decided in their place.
    pub fn calendar(&self) -> anyhow::Result<Calendar> {
        Ok(Calendar::new(&data::law(), &files::days_off(self.days_off.as_deref())?))
    }
}

impl Hours {
    /// The working time of the unit; one that nobody knows is refused.
    pub fn schedule(&self, calendar: &Calendar) -> anyhow::Result<Schedule> {
        let hours = files::office_hours(self.hours.as_deref())?;
        let unit = self.unit.as_str();
        if !unit.is_empty() && !hours.has(unit) {
            if !data::units().all().any(|version| version.code == unit) {
                bail!("không có đơn vị «{unit}» trong danh mục đơn vị, cũng không có trong tệp giờ làm việc");
            }
            eprintln!("Đơn vị {unit} chưa có giờ làm việc riêng: tính theo giờ chung.");
        }
        Ok(Schedule::new(calendar, &hours, unit))
    }
}
