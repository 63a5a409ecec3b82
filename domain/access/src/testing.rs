//! Posts and persons for the tests of this crate; all invented.

use jiff::civil::date;

use crate::{Capacity, Post, Principal, Role, Viewer};

/// A post held since 2021-01-01.
pub fn post(id: &str, unit: &str, roles: &[Role]) -> Post {
    Post {
        id: id.into(),
        unit: unit.to_owned(),
        title: "Chuyên viên".to_owned(),
        party_title: None,
        roles: roles.to_vec(),
        fields: Vec::new(),
        capacity: Capacity::Own,
        from: date(2021, 1, 1),
        to: None,
        document: "01/QĐ-SNV".to_owned(),
        order: 0,
    }
}

/// A person with these posts.
pub fn person_in(id: &str, posts: Vec<Post>) -> Viewer {
    Viewer::Person(Principal { posts, ..Principal::new(id.into()) })
}
