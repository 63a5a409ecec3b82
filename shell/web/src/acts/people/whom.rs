//! The person of an address, and whether the visitor may do something to him.

use cchc_access::appointing::{authorize_person, authorize_roles};
use cchc_access::{Action, Grant, Post, Resource, Role};
use cchc_ledger::{PersonId, StreamId};
use cchc_store::people::{self, PersonRow};

use crate::acts::with::With;
use crate::error::ErrorPage;

/// A person, with each post of his and the units above its unit.
pub struct Whom {
    /// Who.
    pub row: PersonRow,
    /// His posts, past and future ones too, in the order of protocol.
    pub posts: Vec<(Post, Vec<String>)>,
}

impl Whom {
    /// The person of an address, for whoever may see him.
    ///
    /// # Errors
    /// Who may not look, learns nothing; 404 where nobody has that id.
    pub async fn find(with: &With, id: &str) -> Result<Self, ErrorPage> {
        let (store, id) = (with.store(), PersonId::from(id));
        // Before anything is looked up: whoever sees nobody does not learn who is there.
        with.principal(Action::ViewPeople)?;
        if !with.visitor.may(Action::ViewPeople, with.today) {
            with.grant(Action::ViewPeople, &Resource::of_person(&id))?;
        }
        let Some(row) = store.person_find(&id).await? else {
            return Err(ErrorPage::not_found("Không có người dùng này").way("Danh sách người dùng", "/nguoi-dung"));
        };
        let mut posts = Vec::new();
        for held in store.post_list_of(&id).await? {
            let above = with.above(&held.post.unit).await?;
            posts.push((held.post, above));
        }
        let whom = Self { row, posts };
        whom.reached(with, Action::ViewPeople)?;
        Ok(whom)
    }

    /// His stream.
    ///
    /// # Errors
    /// Where the id can't stand in the name of one.
    pub fn stream(&self) -> Result<StreamId, ErrorPage> {
        Ok(people::stream(&self.row.id)?)
    }

    /// Whether the visitor may do that to him through any post that he holds, or as what is his own.
    ///
    /// # Errors
    /// The page that says why not.
    pub fn reached(&self, with: &With, action: Action) -> Result<Grant, ErrorPage> {
        let id = &self.row.id;
        let held = self.posts.iter().filter(|(post, _)| post.holds_from(with.today));
        let through = held.map(|(post, above)| Resource::of_unit(&post.unit, above).owned_by(id));
        let found = through.into_iter().find_map(|resource| with.grant(action, &resource).ok());
        found.map_or_else(|| with.grant(action, &Resource::of_person(id)), Ok)
    }

    /// Whether the visitor may do that to him as a whole: he must reach every post of his.
    ///
    /// # Errors
    /// The page that says why not.
    pub fn as_a_whole(&self, with: &With, action: Action) -> Result<Grant, ErrorPage> {
        Ok(authorize_person(&with.visitor.viewer, action, &self.row.id, &self.posts, with.today)?)
    }

    /// Whether the visitor may give or take these roles in the unit of that post.
    ///
    /// # Errors
    /// The page that says why not.
    pub fn over_roles(
        &self,
        with: &With,
        roles: &[Role],
        (post, above): &(Post, Vec<String>),
    ) -> Result<Grant, ErrorPage> {
        let resource = Resource::of_unit(&post.unit, above).owned_by(&self.row.id);
        Ok(authorize_roles(&with.visitor.viewer, Action::Appoint, roles, &resource, with.today)?)
    }

    /// Whether the visitor may do that with a post: delegate, hand over.
    ///
    /// # Errors
    /// The page that says why not.
    pub fn over_post(
        &self,
        with: &With,
        action: Action,
        (post, above): &(Post, Vec<String>),
    ) -> Result<Grant, ErrorPage> {
        with.grant(action, &Resource::of_unit(&post.unit, above).owned_by(&self.row.id))
    }

    /// A post of his, with the units above.
    ///
    /// # Errors
    /// 404 where he has no such post.
    pub fn post(&self, id: &str) -> Result<&(Post, Vec<String>), ErrorPage> {
        let found = self.posts.iter().find(|(post, _)| post.id.as_str() == id);
        found.ok_or_else(|| {
            ErrorPage::not_found(format!("{} không có chức vụ này", self.row.name))
                .because("Có thể chức vụ đã bị hủy vì ghi nhầm.")
                .way(self.row.name.clone(), self.address())
        })
    }

    /// The address of his page.
    #[must_use]
    pub fn address(&self) -> String {
        crate::pages::people::person_address(self.row.id.as_str())
    }
}
