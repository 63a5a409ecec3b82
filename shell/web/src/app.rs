//! What lives as long as the server: the store, the rules as they are known, the publications.

use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use axum::extract::{Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use cchc_index::round::Messages;
use cchc_store::Store;
use jiff::civil::Date;

use crate::cookies::Travel;
use crate::error::ErrorPage;
use crate::results::Results;
use crate::session;
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
    results: RwLock<Arc<Results>>,
    shelf: Arc<Shelf>,
    travel: RwLock<Travel>,
    clock: OnceLock<Advance>,
    ways: RwLock<Arc<Ways>>,
}

/// How units are reminded, beside notices in the product.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ways {
    /// Whether electronic mail can be sent.
    pub mail: bool,
    /// Whether short texts can be sent.
    pub gateway: bool,
    /// The texts of reminders.
    pub messages: Messages,
}

/// Moves the clock of the demonstration to the morning of a day.
type Advance = Box<dyn Fn(Date) + Send + Sync>;

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
        Self {
            inner: Arc::new(Inner {
                store,
                demonstration,
                world,
                publications,
                results: RwLock::default(),
                shelf,
                travel: RwLock::new(Travel::Plain),
                clock: OnceLock::new(),
                ways: RwLock::default(),
            }),
        }
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

    /// Lets pages move the demonstration's clock on; said once, when the server starts.
    pub fn moved_by(&self, advance: impl Fn(Date) + Send + Sync + 'static) {
        let _ = self.inner.clock.set(Box::new(advance));
    }

    /// Moves the demonstration's clock on; `false`: it is none, or its clock can't be moved.
    #[must_use]
    pub fn advance(&self, day: Date) -> bool {
        let advance = self.inner.clock.get().filter(|_| self.inner.demonstration);
        advance.is_some_and(|advance| {
            advance(day);
            true
        })
    }

    /// How cookies may travel.
    #[must_use]
    pub fn travel(&self) -> Travel {
        *self.inner.travel.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Cookies travel over HTTPS alone from now on: the server is reached through it.
    pub fn behind_https(&self) {
        *self.inner.travel.write().unwrap_or_else(PoisonError::into_inner) = Travel::Secure;
    }

    /// How units are reminded.
    #[must_use]
    pub fn ways(&self) -> Arc<Ways> {
        Arc::clone(&self.inner.ways.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Units are reminded like this from now on.
    pub fn remind_by(&self, ways: Ways) {
        *self.inner.ways.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(ways);
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

    /// What rounds published, as it is held here.
    #[must_use]
    pub fn results(&self) -> Arc<Results> {
        Arc::clone(&self.inner.results.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes newer results of rounds in.
    pub fn replace_results(&self, results: Results) {
        *self.inner.results.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(results);
    }

    /// What the public sees now.
    #[must_use]
    pub fn site(&self) -> Site {
        let now = self.inner.store.now();
        let today = now.date();
        let publications = self.inner.publications.read().unwrap_or_else(PoisonError::into_inner);
        let of_rounds = self.results();
        let of_rounds = of_rounds.all.iter().map(|held| (held.from, &held.publication));
        let all = of_rounds.chain(publications.iter().map(|(from, one)| (*from, one)));
        let visible = all.filter(|(from, _)| *from <= today).map(|(_, one)| Arc::clone(one)).collect();
        let mut site = Site::new(now, self.world(), visible, Arc::clone(&self.inner.shelf));
        site.demonstration = self.inner.demonstration;
        site.banner = self.inner.store.banner();
        site
    }
}

/// Makes the snapshot of the request, with who asks.
pub async fn see(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let mut site = app.site();
    if request.method() == Method::GET {
        site.path = request.uri().path_and_query().map(ToString::to_string).unwrap_or_default();
    }
    let failed = match session::visitor(&app, &site, request.headers()).await {
        Ok(visitor) => {
            site.visitor = visitor;
            None
        }
        Err(error) => Some(ErrorPage::from(error)),
    };
    request.extensions_mut().insert(Arc::new(site));
    match failed {
        None => next.run(request).await,
        // Who asks is not known: nothing is shown to the wrong person.
        Some(page) => page.into_response(),
    }
}
