//! From the parts of a document to its file: header rows that repeat, and the same bytes each time.

use docx_rs::XMLDocx;

use super::order::{children, name_of, ordered};
use crate::write_error::WriteError;
use crate::zipped::zipped;

const CORE_END: &str = "</cp:coreProperties>";

/// Packs the parts of a document that the writer here makes use of.
pub(super) fn pack(title: &str, docx: XMLDocx) -> Result<Vec<u8>, WriteError> {
    let mut parts: Vec<(String, Vec<u8>)> = vec![
        ("[Content_Types].xml".to_owned(), docx.content_type),
        ("_rels/.rels".to_owned(), docx.rels),
        ("docProps/app.xml".to_owned(), docx.doc_props.app),
        ("docProps/core.xml".to_owned(), titled(title, &docx.doc_props.core)),
        ("docProps/custom.xml".to_owned(), docx.doc_props.custom),
        ("word/_rels/document.xml.rels".to_owned(), docx.document_rels),
        ("word/document.xml".to_owned(), document(docx.document).into_bytes()),
        ("word/styles.xml".to_owned(), docx.styles),
        ("word/settings.xml".to_owned(), docx.settings),
        ("word/fontTable.xml".to_owned(), docx.font_table),
        ("word/comments.xml".to_owned(), docx.comments),
        ("word/numbering.xml".to_owned(), docx.numberings),
        ("word/commentsExtended.xml".to_owned(), docx.comments_extended),
        ("word/footnotes.xml".to_owned(), docx.footnotes),
    ];
    for (kind, files) in [("header", docx.headers), ("footer", docx.footers)] {
        for (number, xml) in (1..).zip(files) {
            parts.push((format!("word/{kind}{number}.xml"), ordered(&without_ids(xml)).into_bytes()));
        }
    }
    zipped(&parts, "").map_err(|error| WriteError::Document(error.to_string()))
}

fn document(xml: Vec<u8>) -> String {
    let xml = ordered(&repeat_header_rows(&without_ids(xml)));
    let mut sections = xml.split("<w:sectPr>");
    let mut whole = sections.next().unwrap_or_default().to_owned();
    for (index, section) in sections.enumerate() {
        let (body, rest) = section.split_once("</w:sectPr>").unwrap_or((section, ""));
        whole.extend(["<w:sectPr>", &section_properties(body, index == 0), "</w:sectPr>", rest]);
    }
    whole
}

/// All sections share the header (none on the very first page) and the footer.
fn section_properties(body: &str, first: bool) -> String {
    let keep = |name: &str| children(body).into_iter().filter(|child| name_of(child) == name).collect::<String>();
    let (of_first_page, title_page) =
        if first { (r#"<w:footerReference w:type="first" r:id="rIdFooter1" />"#, "<w:titlePg />") } else { ("", "") };
    format!(
        r#"<w:headerReference w:type="default" r:id="rIdHeader1" /><w:footerReference w:type="default" r:id="rIdFooter1" />{of_first_page}{}{}{}{title_page}"#,
        keep("w:pgSz"),
        keep("w:pgMar"),
        keep("w:cols"),
    )
}

/// Paragraph ids are counted over the life of the program: without them equal content gives equal bytes.
fn without_ids(xml: Vec<u8>) -> String {
    let xml = String::from_utf8_lossy(&xml).into_owned();
    let mut parts = xml.split("<w:p w14:paraId=\"");
    let mut clean = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        clean.push_str("<w:p");
        clean.push_str(part.split_once('"').map_or(part, |(_, rest)| rest));
    }
    clean
}

/// The first row of every table stands at the top of each page that the table reaches.
fn repeat_header_rows(xml: &str) -> String {
    let mut tables = xml.split("<w:tbl>");
    let mut marked = tables.next().unwrap_or_default().to_owned();
    for table in tables {
        marked.push_str("<w:tbl>");
        marked.push_str(&table.replacen("<w:cantSplit />", "<w:cantSplit /><w:tblHeader />", 1));
    }
    marked
}

fn titled(title: &str, core: &[u8]) -> Vec<u8> {
    let escaped = super::printable(title).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let core = String::from_utf8_lossy(core).replace("unknown", "cchc");
    core.replace(CORE_END, &format!("<dc:title>{escaped}</dc:title>{CORE_END}")).into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_the_first_row_of_each_table_alone() {
        let row = "<w:tr><w:trPr><w:cantSplit /></w:trPr></w:tr>";
        let xml = repeat_header_rows(&format!("a<w:tbl>{row}{row}</w:tbl><w:tbl>{row}</w:tbl>"));
        assert_eq!(xml.matches("<w:tblHeader />").count(), 2);
        assert!(xml.starts_with("a<w:tbl><w:tr><w:trPr><w:cantSplit /><w:tblHeader />"));
    }

    #[test]
    fn every_section_has_header_and_footer_in_the_order_of_the_schema() {
        let section = "<w:sectPr><w:pgSz /><w:pgMar /><w:cols /><w:headerReference /></w:sectPr>";
        let xml = document(format!("<w:p><w:pPr>{section}</w:pPr></w:p>{section}").into_bytes());
        assert_eq!(xml.matches("rIdHeader1").count(), 2);
        assert_eq!(xml.matches("rIdFooter1").count(), 3);
        assert_eq!(xml.matches("<w:pgSz /><w:pgMar /><w:cols /><w:titlePg /></w:sectPr>").count(), 1);
        assert!(xml.ends_with("<w:pgSz /><w:pgMar /><w:cols /></w:sectPr>"));
    }

    #[test]
    fn takes_ids_out() {
        let xml = b"<w:p w14:paraId=\"00000001\"><w:r /></w:p><w:p w14:paraId=\"2\" />".to_vec();
        assert_eq!(without_ids(xml), "<w:p><w:r /></w:p><w:p />");
    }
}
