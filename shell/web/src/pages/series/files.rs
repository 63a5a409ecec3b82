//! The figures as files: CSV with the columns in which they are handed in, a workbook to read.

use axum::Extension;
use axum::response::Response;
use cchc_index::series::{FIGURE_COLUMNS, Figure};
use cchc_papers::list_xlsx::{Column, ListWriter, Value};

use super::rows::LineView;
use super::{Whose, lines, province};
use crate::chart::line::Size;
use crate::error::ErrorPage;
use crate::pages::download::unwritten;
use crate::pages::{Shared, download};
use crate::site::Site;

const COLUMNS: [Column; 8] = [
    Column { name: "Chuỗi", width: 40.0 },
    Column { name: "Tỉnh", width: 20.0 },
    Column { name: "Năm", width: 8.0 },
    Column { name: "Giá trị", width: 14.0 },
    Column { name: "Hạng", width: 12.0 },
    Column { name: "So năm trước", width: 16.0 },
    Column { name: "Độ tin cậy", width: 20.0 },
    Column { name: "Nguồn", width: 50.0 },
];

/// `/chuoi-so-lieu/so-lieu.csv`
pub async fn csv(Extension(site): Extension<Shared>) -> Response {
    let rows: Vec<_> = figures(&site).iter().map(|figure| figure.cells()).collect();
    let bytes = cchc_papers::write_csv_for_excel(&FIGURE_COLUMNS, &rows);
    download("chuoi-so-lieu.csv", download::CSV, bytes)
}

/// Every figure, in the order of the series.
fn figures(site: &Site) -> Vec<&Figure> {
    site.series.all().iter().flat_map(|series| site.figures.of(&series.code)).collect()
}

/// `/chuoi-so-lieu/so-lieu.xlsx`
pub async fn xlsx(Extension(site): Extension<Shared>) -> Result<Response, ErrorPage> {
    let bytes = workbook(&site).map_err(|error| unwritten(&error))?;
    Ok(download("chuoi-so-lieu.xlsx", download::XLSX, bytes))
}

fn workbook(site: &Site) -> Result<Vec<u8>, cchc_papers::WriteError> {
    let province = province(site);
    let name = province.map(|province| province.name.clone()).unwrap_or_default();
    let mut remarks = vec![name.as_str()];
    if figures(site).iter().any(|figure| figure.is_simulated()) {
        remarks.push("CÓ SỐ LIỆU MÔ PHỎNG: xem cột Độ tin cậy");
    }
    let mut list = ListWriter::new("Chuỗi số liệu của tỉnh", "Chuỗi số liệu", &remarks, &COLUMNS)?;
    for series in site.series.all() {
        for line in lines(site, province, series) {
            let former = if line.whose == Whose::Former { " (trước hợp nhất)" } else { "" };
            let view = LineView::new(&line, "tep", Size::Small);
            for row in &view.rows {
                let change = row.change.as_ref().map(|change| format!("{} {}", change.word, change.by));
                list.push(&[
                    Value::Text(&series.title),
                    Value::Text(&format!("{}{former}", view.area)),
                    Value::Whole(u64::try_from(row.year).unwrap_or_default()),
                    Value::Text(&row.value),
                    Value::Text(&row.rank),
                    Value::Text(change.as_deref().unwrap_or_default()),
                    Value::Text(row.confidence),
                    Value::Text(&row.source),
                ])?;
            }
        }
    }
    list.finish()
}
