//! The repository as the checks see it: every file of it in memory, and what cargo knows of the packages.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::metadata::Metadata;

/// All files and the package graph.
#[derive(Default)]
pub struct Repo {
    /// Sorted by path.
    pub files: Vec<File>,
    /// Members, packages, licences.
    pub metadata: Metadata,
    /// Folder of the workspace, to which the metadata's paths belong.
    pub root: std::path::PathBuf,
}

/// One file.
pub struct File {
    /// Path below the root, with `/`.
    pub path: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

impl File {
    /// Its text; nothing where it is not UTF-8 or holds a zero byte.
    pub fn text(&self) -> Option<&str> {
        if self.bytes.contains(&0) {
            return None;
        }
        std::str::from_utf8(&self.bytes).ok()
    }

    /// The last part of its name after a dot, in small letters.
    pub fn extension(&self) -> String {
        Path::new(&self.path).extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default()
    }
}

impl Repo {
    /// Reads the folder without what .gitignore leaves out, and asks cargo.
    pub fn load(root: &Path) -> Result<Self> {
        let ignored = fs::read_to_string(root.join(".gitignore")).context("cannot read .gitignore")?;
        let ignored: Vec<&str> = ignored.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let mut repo = Self { metadata: Metadata::load(root)?, root: root.to_path_buf(), ..Self::default() };
        read_folder(root, "", &ignored, &mut repo.files)?;
        repo.files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(repo)
    }

    /// Text files below a folder (`""` = all) that end in one of the extensions (none = all).
    pub fn texts<'a>(&'a self, folder: &'a str, extensions: &'a [&str]) -> impl Iterator<Item = (&'a str, &'a str)> {
        let wanted = move |file: &&File| {
            file.path.starts_with(folder) && (extensions.is_empty() || extensions.contains(&file.extension().as_str()))
        };
        self.files.iter().filter(wanted).filter_map(|file| Some((file.path.as_str(), file.text()?)))
    }

    /// The text of one file.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.files.iter().find(|file| file.path == path)?.text()
    }

    /// Whether a file or folder of this path exists.
    pub fn holds(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        let folder = format!("{path}/");
        self.files.iter().any(|file| file.path == path || file.path.starts_with(&folder))
    }

    /// A made-up repository for tests.
    #[cfg(test)]
    pub fn of(files: &[(&str, &str)]) -> Self {
        let file = |(path, text): &(&str, &str)| File { path: (*path).into(), bytes: text.as_bytes().to_vec() };
        Self { files: files.iter().map(file).collect(), root: "/repo".into(), ..Self::default() }
    }
}

fn read_folder(root: &Path, folder: &str, ignored: &[&str], files: &mut Vec<File>) -> Result<()> {
    let place = root.join(folder);
    for entry in fs::read_dir(&place).with_context(|| format!("cannot read {}", place.display()))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
        if path == ".git" || is_ignored(&path, ignored) {
            continue;
        }
        if entry.file_type()?.is_dir() {
            read_folder(root, &path, ignored, files)?;
        } else {
            let bytes = fs::read(entry.path()).with_context(|| format!("cannot read {path}"))?;
            files.push(File { path, bytes });
        }
    }
    Ok(())
}

/// `/path` leaves out that path, a bare name every file or folder of that name, `*.end` every file that ends so.
fn is_ignored(path: &str, ignored: &[&str]) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    ignored.iter().any(|line| {
        let line = line.trim_end_matches('/');
        match (line.strip_prefix('/'), line.strip_prefix('*')) {
            (Some(place), _) => place == path,
            (_, Some(end)) => name.ends_with(end),
            _ => name == line,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ignored_lines_mean_a_place_a_name_or_an_ending() {
        let lines = ["/target", "node_modules/", "*.new"];
        for path in ["target", "e2e/node_modules", "a/b.new"] {
            assert!(is_ignored(path, &lines), "{path}");
        }
        for path in ["docs/target", "modules", "new"] {
            assert!(!is_ignored(path, &lines), "{path}");
        }
    }

    #[test]
    fn folders_and_files_are_held() {
        let repo = Repo::of(&[("domain/text/src/lib.rs", "")]);
        assert!(repo.holds("domain/text") && repo.holds("domain/text/") && repo.holds("domain/text/src/lib.rs"));
        assert!(!repo.holds("domain/tex"));
    }
}
