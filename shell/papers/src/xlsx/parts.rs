//! Which part of the archive holds which worksheet.

use std::collections::{BTreeMap, BTreeSet};

use super::guard::{Archive, is_xml, part_key};
use super::tags::{Tag, TagError, each_tag};
use crate::error::ReadError;

/// The worksheet parts in the workbook's order, as the full reader will find them.
///
/// Every part it will open must have been looked through, and no part may serve two sheets.
pub(super) fn sheet_parts(archive: &mut Archive<'_>) -> Result<Vec<String>, ReadError> {
    let workbook = workbook_part(archive)?;
    let (folder, name) = workbook.rsplit_once('/').map_or(("", workbook.as_str()), |(folder, name)| (folder, name));
    let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let mut targets = BTreeMap::new();
    for_each(archive, &format!("{folder}_rels/{name}.rels"), |tag| {
        if let (Some("Relationship"), Some(id), Some(target)) =
            (tag.start(), tag.attribute("Id"), tag.attribute("Target"))
        {
            targets.insert(id.to_owned(), target.to_owned());
        }
    })?;
    let mut parts = Vec::new();
    for_each(archive, &workbook, |tag| {
        if tag.start() == Some("sheet") {
            let target = tag.attribute("id").and_then(|id| targets.get(id)).map_or("", String::as_str);
            parts.push(target.strip_prefix('/').map_or_else(|| format!("{folder}{target}"), str::to_owned));
        }
    })?;
    let mut seen = BTreeSet::new();
    for part in &parts {
        let key = part_key(part);
        if !is_xml(&key) || !seen.insert(key) {
            return Err(unreadable(part, "quan hệ giữa các trang tính không hợp lệ"));
        }
    }
    Ok(parts)
}

fn workbook_part(archive: &mut Archive<'_>) -> Result<String, ReadError> {
    let mut targets = Vec::new();
    for_each(archive, "_rels/.rels", |tag| {
        let is_document = tag.attribute("Type").is_some_and(|kind| kind.ends_with("/relationships/officeDocument"));
        if tag.start() == Some("Relationship") && is_document {
            targets.extend(tag.attribute("Target").map(|target| target.trim_start_matches('/').to_owned()));
        }
    })?;
    match targets.as_slice() {
        [target] if target.ends_with(".xml") && !target.contains('&') => Ok(target.clone()),
        [target] if target.ends_with(".bin") => Err(ReadError::OtherFormat("sổ tính nhị phân (.xlsb)")),
        _ => Err(unreadable("_rels/.rels", "không rõ sổ tính nằm ở phần nào")),
    }
}

fn for_each(archive: &mut Archive<'_>, name: &str, mut each: impl FnMut(Tag<'_>)) -> Result<(), ReadError> {
    let found =
        archive.file_names().flatten().find(|entry| part_key(entry) == part_key(name)).map(|entry| entry.to_string());
    let part =
        found.and_then(|found| archive.by_name(&found).ok()).ok_or_else(|| unreadable(name, "không có trong tệp"))?;
    each_tag(part, |tag| {
        each(tag);
        Ok::<(), TagError>(())
    })
    .map_err(|error| match error {
        TagError::Io(error) => unreadable(name, &error.to_string()),
        TagError::Refused(why) => unreadable(name, why),
    })
}

fn unreadable(part: &str, why: &str) -> ReadError {
    ReadError::Unreadable { part: part.to_owned(), why: why.to_owned() }
}
