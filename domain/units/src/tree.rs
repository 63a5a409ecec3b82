//! The tree of units on a day, in protocol order.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::level::Level;
use crate::registry::Registry;
use crate::version::Version;

/// The units of one day in protocol order: a province, its departments, its districts each followed by
/// its communes; without districts, its communes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tree<'a> {
    /// The day.
    pub on: Date,
    /// Every unit of that day once, a unit before those below it.
    pub nodes: Vec<Node<'a>>,
}

/// A unit in the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Node<'a> {
    /// How many units stand above it.
    pub depth: usize,
    /// The unit as it is on that day.
    pub version: &'a Version,
}

impl Registry {
    /// The tree on that day. A unit whose parent is not there on that day stands at the top.
    #[must_use]
    pub fn as_of(&self, on: Date) -> Tree<'_> {
        let mut below: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
        for (position, version) in self.versions.iter().enumerate().filter(|(_, version)| version.period.contains(on)) {
            let parent = version.parent.as_deref().and_then(|code| self.codes.at(code, on));
            below.entry(parent).or_default().push(position);
        }
        for siblings in below.values_mut() {
            // The next to come is taken from the end of the stack.
            siblings.sort_by_key(|&position| Reverse((self.protocol_rank(position), position)));
        }
        let mut nodes = Vec::new();
        let mut waiting: Vec<(usize, usize)> =
            below.remove(&None).into_iter().flatten().map(|position| (0, position)).collect();
        while let Some((depth, position)) = waiting.pop() {
            nodes.extend(self.versions.get(position).map(|version| Node { depth, version }));
            let children = below.remove(&Some(position)).unwrap_or_default();
            waiting.extend(children.into_iter().map(|child| (depth.saturating_add(1), child)));
        }
        Tree { on, nodes }
    }

    fn protocol_rank(&self, position: usize) -> Option<(Level, u32)> {
        self.versions.get(position).map(|version| (version.level, version.order))
    }
}

impl<'a> Tree<'a> {
    /// The nodes in protocol order.
    pub fn iter(&self) -> std::slice::Iter<'_, Node<'a>> {
        self.nodes.iter()
    }

    /// How many units of a level there are.
    #[must_use]
    pub fn count(&self, level: Level) -> usize {
        self.iter().filter(|node| node.version.level == level).count()
    }

    /// The units of a level that are scored as such: offices of a district have the level of a department, but
    /// are none of the province's.
    pub fn ranked(&self, level: Level) -> impl Iterator<Item = &'a Version> {
        self.iter().map(|node| node.version).filter(move |version| version.level == level && !version.is_office())
    }

    /// The units directly below the one of that code, in protocol order.
    pub fn children(&self, code: &str) -> impl Iterator<Item = &'a Version> {
        self.iter().map(|node| node.version).filter(move |version| version.parent.as_deref() == Some(code))
    }
}

impl<'a> IntoIterator for Tree<'a> {
    type Item = Node<'a>;
    type IntoIter = std::vec::IntoIter<Node<'a>>;

    fn into_iter(self) -> Self::IntoIter {
        self.nodes.into_iter()
    }
}

impl<'a> IntoIterator for &'a Tree<'a> {
    type Item = &'a Node<'a>;
    type IntoIter = std::slice::Iter<'a, Node<'a>>;

    fn into_iter(self) -> Self::IntoIter {
        self.nodes.iter()
    }
}
