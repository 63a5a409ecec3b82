//! Word documents in the official form: A4, Times New Roman, page number in the top margin from page 2.
//!
//! Margins, sizes and the place of the page number follow Nghị định 30/2020/NĐ-CP, Phụ lục I.

mod grid;
mod order;
mod pack;
mod side_by_side;
mod words;

use docx_rs::{
    AlignmentType, Docx, Footer, Header, LineSpacing, PageMargin, PageNum, PageOrientationType, PageSize, Paragraph,
    Run, RunFonts, Section, Table,
};

use crate::marks::all_marks;
use crate::package::Package;
use crate::write_error::WriteError;

pub(crate) use grid::{Cell, Grid};
pub(crate) use side_by_side::{Line, Look, side_by_side};
pub(crate) use words::{printable, roman, sentence};

const FONT: &str = "Times New Roman";
const A4_SHORT: u32 = 11_906;
const A4_LONG: u32 = 16_838;
/// 30 mm, for the binding.
const LEFT: i32 = 1_701;
/// 15 mm.
const RIGHT: i32 = 851;
/// 20 mm above and below.
const TOP_AND_BOTTOM: i32 = 1_134;

/// Width between the margins of an upright page, in twentieths of a point.
pub(crate) const UPRIGHT_WIDTH: usize = 9_354;
/// Width between the margins of a page that lies on its side.
pub(crate) const LYING_WIDTH: usize = 14_286;

/// How a page lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Page {
    Upright,
    Lying,
}

/// What stands on a page.
pub(crate) enum Block {
    Text(Box<Paragraph>),
    Grid(Box<Table>),
}

/// Pages of one kind with what stands on them.
pub(crate) struct Pages {
    pub(crate) page: Page,
    pub(crate) blocks: Vec<Block>,
}

/// The forms of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// What must be read first: bold, in a frame.
    Mark,
    /// `Phụ lục I`: 14 points, bold, centred.
    Number,
    /// The title, in capitals: 14 points, bold, centred.
    Title,
    /// What stands below the title: 13 points, italic, centred.
    Below,
    /// The head of a part: 13 points, bold.
    Head,
    /// Running text: 13 points.
    Text,
    /// A remark: 12 points, justified.
    Remark,
}

/// A paragraph of one form.
pub(crate) fn text(form: Form, words: &str) -> Block {
    let run = Run::new().add_text(printable(words));
    let (run, align, before, after) = match form {
        Form::Mark => (run.size(24).bold(), AlignmentType::Center, 0, 120),
        Form::Number => (run.size(28).bold(), AlignmentType::Center, 0, 0),
        Form::Title => (run.size(28).bold(), AlignmentType::Center, 0, 0),
        Form::Below => (run.size(26).italic(), AlignmentType::Center, 0, 200),
        Form::Head => (run.size(26).bold(), AlignmentType::Left, 160, 100),
        Form::Text => (run.size(26), AlignmentType::Left, 0, 60),
        Form::Remark => (run.size(24), AlignmentType::Both, 0, 40),
    };
    let run = if form == Form::Mark { run.text_border(docx_rs::TextBorder::new().size(6).space(3)) } else { run };
    let paragraph = Paragraph::new().add_run(run).align(align);
    let paragraph = paragraph.line_spacing(LineSpacing::new().before(before).after(after));
    let keeps = matches!(form, Form::Mark | Form::Number | Form::Title | Form::Below | Form::Head);
    Block::Text(Box::new(if keeps { paragraph.keep_next(true) } else { paragraph }))
}

/// A remark that begins with words in bold and stands off from what is above it.
pub(crate) fn led(lead: &str, words: &str) -> Block {
    let lead = Run::new().add_text(printable(lead)).size(24).bold();
    let words = Run::new().add_text(printable(words)).size(24);
    let paragraph = Paragraph::new().add_run(lead).add_run(words).align(AlignmentType::Both);
    Block::Text(Box::new(paragraph.line_spacing(LineSpacing::new().before(160).after(40))))
}

/// What stands above all else: the marks of a package in a frame, where it has any.
pub(crate) fn marked(package: &Package) -> Vec<Block> {
    let marks = all_marks(package);
    if marks.is_empty() { Vec::new() } else { vec![text(Form::Mark, &marks)] }
}

/// Writes a document; `foot` stands small at the foot of every page, where it isn't empty.
pub(crate) fn write(title: &str, foot: &str, mut parts: Vec<Pages>) -> Result<Vec<u8>, WriteError> {
    let fonts = RunFonts::new().ascii(FONT).hi_ansi(FONT).cs(FONT).east_asia(FONT);
    let last = parts.pop().unwrap_or(Pages { page: Page::Upright, blocks: Vec::new() });
    let (width, height) = size(last.page);
    let mut docx = Docx::new()
        .default_fonts(fonts)
        .default_size(26)
        .page_size(width, height)
        .page_orient(orientation(last.page))
        .page_margin(margin())
        .header(page_number())
        .footer(footer(foot));
    for part in parts {
        docx = docx.add_section(section(part));
    }
    // A body ends with a paragraph, never with a table.
    for block in last.blocks.into_iter().chain([text(Form::Remark, "")]) {
        docx = match block {
            Block::Text(paragraph) => docx.add_paragraph(*paragraph),
            Block::Grid(table) => docx.add_table(*table),
        };
    }
    pack::pack(title, docx.build())
}

/// A section has its pages only: header and footer are those of the document, put in when it is packed.
fn section(part: Pages) -> Section {
    let (width, height) = size(part.page);
    let section = Section::new()
        .page_size(PageSize::new().size(width, height).orient(orientation(part.page)))
        .page_margin(margin());
    part.blocks.into_iter().fold(section, |section, block| match block {
        Block::Text(paragraph) => section.add_paragraph(*paragraph),
        Block::Grid(table) => section.add_table(*table),
    })
}

const fn size(page: Page) -> (u32, u32) {
    match page {
        Page::Upright => (A4_SHORT, A4_LONG),
        Page::Lying => (A4_LONG, A4_SHORT),
    }
}

const fn orientation(page: Page) -> PageOrientationType {
    match page {
        Page::Upright => PageOrientationType::Portrait,
        Page::Lying => PageOrientationType::Landscape,
    }
}

fn margin() -> PageMargin {
    PageMargin {
        top: TOP_AND_BOTTOM,
        bottom: TOP_AND_BOTTOM,
        left: LEFT,
        right: RIGHT,
        header: 567,
        footer: 400,
        gutter: 0,
    }
}

fn page_number() -> Header {
    Header::new().add_paragraph(Paragraph::new().align(AlignmentType::Center).add_page_num(PageNum::new()))
}

fn footer(foot: &str) -> Footer {
    let run = Run::new().add_text(printable(foot)).size(18);
    Footer::new().add_paragraph(Paragraph::new().align(AlignmentType::Center).add_run(run))
}
