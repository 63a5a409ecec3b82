//! What lives as long as the server: the store, the rules as they are known, the publications.

use std::sync::{Arc, PoisonError, RwLock};

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use cchc_store::Store;
use jiff::civil::Date;

use crate::shelf::Shelf;
use crate::site::{Publication, Site, World};

/// The server's state; cloning it is cheap.
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    demonstration: bool,
    world: RwLock<Arc<World>>,
    publications: RwLock<Vec<(Date, Arc<Publication>)>>,
    shelf: Arc<Shelf>,
}

impl App {
    /// A server over a store.
    #[must_use]
    pub fn new(store: Store, world: World) -> Self {
        Self::of(store, world, false)
    }

    /// The server of the demonstration.
    #[must_use]
    pub fn demonstration(store: Store, world: World) -> Self {
        Self::of(store, world, true)
    }

    fn of(store: Store, world: World, demonstration: bool) -> Self {
        let (world, publications) = (RwLock::new(Arc::new(world)), RwLock::default());
        let shelf = Arc::new(Shelf::default());
        Self { inner: Arc::new(Inner { store, demonstration, world, publications, shelf }) }
    }

    /// The store.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.inner.store
    }

    /// Whether this is the demonstration.
    #[must_use]
    pub fn is_demonstration(&self) -> bool {
        self.inner.demonstration
    }

    /// The rules as they are known.
    #[must_use]
    pub fn world(&self) -> Arc<World> {
        Arc::clone(&self.inner.world.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes newer rules in; requests under way keep what they began with.
    pub fn replace_world(&self, world: World) {
        *self.inner.world.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(world);
    }

    /// Shows a publication from a day on.
    pub fn publish(&self, visible_from: Date, publication: Publication) {
        let mut publications = self.inner.publications.write().unwrap_or_else(PoisonError::into_inner);
        publications.push((visible_from, Arc::new(publication)));
    }

    /// What the public sees now.
    #[must_use]
    pub fn site(&self) -> Site {
        let now = self.inner.store.now();
        let today = now.date();
        let publications = self.inner.publications.read().unwrap_or_else(PoisonError::into_inner);
        let visible = publications.iter().filter(|(from, _)| *from <= today).map(|(_, one)| Arc::clone(one)).collect();
        let mut site = Site::new(now, self.world(), visible, Arc::clone(&self.inner.shelf));
        site.demonstration = self.inner.demonstration;
        site.banner = self.inner.store.banner();
        site
    }
}

/// Makes the snapshot of the request.
pub async fn see(State(app): State<App>, mut request: Request, next: Next) -> Response {
    request.extensions_mut().insert(Arc::new(app.site()));
    next.run(request).await
}
