//! Properties in the order of the schema (ECMA-376, part 1), whatever order the writer beneath gives.

/// Properties of a paragraph.
const PARAGRAPH: [&str; 6] = ["w:keepNext", "w:spacing", "w:ind", "w:jc", "w:rPr", "w:sectPr"];
/// Properties of letters.
const LETTERS: [&str; 7] = ["w:rFonts", "w:b", "w:bCs", "w:i", "w:iCs", "w:sz", "w:szCs"];
/// Properties of a table.
const TABLE: [&str; 5] = ["w:tblW", "w:jc", "w:tblBorders", "w:tblLayout", "w:tblCellMar"];

/// Puts the properties of paragraphs, letters and tables in order.
pub(super) fn ordered(xml: &str) -> String {
    let xml = each(xml, "w:pPr", |body| sorted(body, &PARAGRAPH));
    let xml = each(&xml, "w:rPr", |body| sorted(body, &LETTERS));
    each(&xml, "w:tblPr", |body| sorted(body, &TABLE))
}

/// The text with what stands inside each element of that name (without attributes) changed.
pub(super) fn each(xml: &str, name: &str, change: impl Fn(&str) -> String) -> String {
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    let mut parts = xml.split(open.as_str());
    let mut changed = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        changed.push_str(&open);
        match part.split_once(close.as_str()) {
            Some((body, rest)) => changed.extend([change(body).as_str(), &close, rest]),
            None => changed.push_str(part),
        }
    }
    changed
}

/// The children of an element by name, in the order given; others last.
fn sorted(body: &str, order: &[&str]) -> String {
    let mut children = children(body);
    children.sort_by_key(|child| order.iter().position(|name| *name == name_of(child)).unwrap_or(order.len()));
    children.concat()
}

/// The elements that stand directly in a body which holds no text of its own.
pub(super) fn children(body: &str) -> Vec<&str> {
    let mut children = Vec::new();
    let mut rest = body;
    while let Some(tag_end) = rest.find('>').map(|at| at + 1) {
        let close = format!("</{}>", name_of(rest));
        let is_empty = rest.get(..tag_end).is_some_and(|tag| tag.ends_with("/>"));
        let end = if is_empty { tag_end } else { rest.find(&close).map_or(rest.len(), |at| at + close.len()) };
        let (child, after) = rest.split_at(end);
        children.push(child);
        rest = after;
    }
    children
}

/// The name of the element that a text begins with.
pub(super) fn name_of(element: &str) -> &str {
    let name = element.strip_prefix('<').unwrap_or(element);
    name.split([' ', '>', '/']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_properties_and_nothing_else() {
        let xml = "<w:p><w:pPr><w:rPr /><w:jc w:val=\"left\" /><w:spacing w:after=\"1\" /><w:keepNext /></w:pPr>\
                   <w:r><w:rPr><w:sz w:val=\"2\" /><w:b /></w:rPr><w:t>x</w:t></w:r></w:p>";
        let expected = "<w:p><w:pPr><w:keepNext /><w:spacing w:after=\"1\" /><w:jc w:val=\"left\" /><w:rPr /></w:pPr>\
                        <w:r><w:rPr><w:b /><w:sz w:val=\"2\" /></w:rPr><w:t>x</w:t></w:r></w:p>";
        assert_eq!(ordered(xml), expected);
    }

    #[test]
    fn keeps_what_stands_within() {
        let body = "<w:tblLayout /><w:tblBorders><w:top /></w:tblBorders><w:other>1</w:other><w:tblW />";
        let sorted = sorted(body, &TABLE);
        assert_eq!(sorted, "<w:tblW /><w:tblBorders><w:top /></w:tblBorders><w:tblLayout /><w:other>1</w:other>");
    }
}
