//! `/nguoi-dung/{id}`: a person, his posts through time, delegations, what he did.

use askama::Template;

use super::ADDRESS;
use super::list::AccountState;
use crate::frame::{Frame, Section};
use crate::list::Link;
use crate::pages::account::own::{DelegationRow, PostRow};
use crate::site::Site;

/// What the page shows.
#[derive(Debug, Clone, Default)]
pub struct Person {
    /// His name.
    pub name: String,
    /// Whether he is invented.
    pub simulated: bool,
    /// What he logs in with; empty: never had an account.
    pub login: String,
    /// Whether he may log in.
    pub account: AccountState,
    /// Telephone and address with their labels; empty for whoever may not see them.
    pub contact: Vec<(&'static str, String)>,
    /// His posts, those of today first, then those to come, then those that ended.
    pub posts: Vec<PostRow>,
    /// What he delegated, and what was delegated to him.
    pub delegations: Vec<DelegationRow>,
    /// What he did last; the rest is in the history.
    pub did: Vec<Did>,
    /// Where all that he did is listed.
    pub history: String,
    /// What the viewer may do: appoint, correct, open or close the account, reset the password.
    pub acts: Vec<Link>,
}

/// Something that he did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Did {
    /// When: `16/01/2023, 08:05`.
    pub at: String,
    /// What, leading to the event.
    pub what: Link,
    /// In which post; empty: for himself.
    pub post: String,
}

/// The page.
#[derive(Debug, Template)]
#[template(path = "people/person.html")]
pub struct PersonPage {
    frame: Frame,
    person: Person,
}

impl PersonPage {
    /// The page.
    #[must_use]
    pub fn new(site: &Site, person: Person) -> Self {
        let frame = Frame::new(site, Section::People, person.name.clone()).crumb("Người dùng", ADDRESS);
        Self { frame, person }
    }

    fn holding(&self) -> impl Iterator<Item = &PostRow> {
        self.person.posts.iter().filter(|post| post.holds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::publication::sample;

    fn page(person: Person) -> String {
        PersonPage::new(&sample::site(Vec::new()), person).render().unwrap()
    }

    fn post(title: &str, holds: bool) -> PostRow {
        PostRow {
            title: title.into(), unit: Link::new("Sở Nội vụ", "/don-vi/VP.SNV"), holds, ..PostRow::default()
        }
    }

    #[test]
    fn the_lede_names_the_posts_of_today_alone() {
        let person = Person {
            name: "An".into(),
            posts: vec![post("Trưởng phòng", true), post("Chuyên viên", false)],
            ..Person::default()
        };
        let page = page(person);
        let (_, lede) = page.split_once("class=\"lede\">").unwrap();
        let lede = &lede[..lede.find("</p>").unwrap()];
        assert!(lede.contains("Trưởng phòng, Sở Nội vụ") && !lede.contains("Chuyên viên"));
    }

    #[test]
    fn whoever_has_nothing_is_told_what_to_do() {
        let appoint = Link::new("Bổ nhiệm", "/nguoi-dung/p1/bo-nhiem");
        let page = page(Person { name: "An".into(), simulated: true, acts: vec![appoint], ..Person::default() });
        assert!(page.contains("Không giữ chức vụ nào hôm nay") && page.contains("Chưa ghi chức vụ nào"));
        assert!(page.contains("href=\"/nguoi-dung/p1/bo-nhiem\"") && page.contains("Người mô phỏng"));
        assert!(!page.contains("Điện thoại"));
    }
}
