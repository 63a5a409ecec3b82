//! A server over a store of its own: the shipped units and sets, simulated persons with roles, a clock.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};

use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, header};
use cchc_access::person::Contact;
use cchc_access::{Capacity, Person, PersonCommand, Post, Role};
use cchc_index::series::{Figures, SeriesList};
use cchc_ledger::rule::{Rule, RuleCommand};
use cchc_ledger::{Actor, Context, Moment, PersonId, RequestId, StreamId};
use cchc_store::units::UnitRow;
use cchc_store::{Committed, Options, Store, rules};
use cchc_units::Registry;
use cchc_web::{App, World};
use jiff::civil::date;
use tower::ServiceExt;

use super::{Answer, SETS, data, days_off, set, tables};

/// A person of the tests: login (his id too), name, unit, role.
pub type Cast = (&'static str, &'static str, &'static str, Option<Role>);

/// The persons; 243 is a city, 08707 a ward below it, 244 another city, `VP.…` departments of the province 26.
pub const CAST: [Cast; 10] = [
    ("quan-tri", "Lê Văn Quản (mô phỏng)", "VP.SNV", Some(Role::Admin)),
    ("dieu-phoi", "Trần Thị Điều (mô phỏng)", "VP.SNV", Some(Role::Coordinator)),
    ("thu-truong.243", "Nguyễn Văn Yên (mô phỏng)", "243", Some(Role::UnitHead)),
    ("dau-moi.243", "Hoàng Văn Mối (mô phỏng)", "243", Some(Role::UnitOfficer)),
    ("dau-moi.08707", "Vũ Thị Sơn (mô phỏng)", "08707", Some(Role::UnitOfficer)),
    ("thu-truong.244", "Phan Văn Phúc (mô phỏng)", "244", Some(Role::UnitHead)),
    ("tham-dinh", "Đỗ Văn Thẩm (mô phỏng)", "VP.STP", Some(Role::Appraiser)),
    ("hoi-dong", "Bùi Thị Đồng (mô phỏng)", "VP.SNV", Some(Role::Council)),
    ("lanh-dao", "Đặng Văn Lãnh (mô phỏng)", "26", Some(Role::Leader)),
    ("khong-chuc-vu", "Cao Thị Không (mô phỏng)", "", None),
];

/// A server and the folder in which its data lies.
pub struct Served {
    /// The server's state.
    pub app: App,
    clock: Arc<AtomicI64>,
    requests: AtomicU32,
    _folder: tempfile::TempDir,
}

/// A server on the morning of 15/05/2024; SQLite, as small installations have it.
pub async fn served() -> Served {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(AtomicI64::new(Moment::of(date(2024, 5, 15).at(8, 5, 0, 0)).0));
    let ticking = Arc::clone(&clock);
    // Each look at the clock is a millisecond later: no two events are recorded at the same moment.
    let now = Arc::new(move || Moment(ticking.fetch_add(1_000, Ordering::SeqCst)));
    let store = Store::open(Options::new(folder.path(), None, now)).await.unwrap();
    let app = App::new(store, World { mark: 0, ..world() });
    let served = Served { app, clock, requests: AtomicU32::new(0), _folder: folder };
    served.people().await;
    served
}

/// The shipped rules.
pub fn world() -> World {
    let files = [tables("units/units-vinh-phuc.csv"), tables("units/departments-vinh-phuc.csv")].concat();
    let (units, findings) = Registry::from_tables(&files);
    assert_eq!(findings, []);
    let sets = SETS.iter().map(|id| Arc::new(set(id))).collect();
    let list = SeriesList::from_table(&tables("series/series.csv")[0]).0;
    let figures = Figures::from_table(&tables("series/simulated-vinh-phuc.csv")[0], &list).0;
    World {
        mark: 1,
        units,
        sets,
        days_off: Arc::new(days_off()),
        appraisers: Arc::default(),
        series: Arc::new(list),
        figures: Arc::new(figures),
    }
}

impl Served {
    pub fn store(&self) -> &Store {
        self.app.store()
    }

    /// Lets time pass.
    pub fn pass(&self, seconds: i64) {
        self.clock.fetch_add(seconds * 1_000_000, Ordering::SeqCst);
    }

    async fn people(&self) {
        let units = world().units;
        let row = |(place, version): (usize, &cchc_units::Version)| UnitRow {
            code: version.code.clone(),
            name: version.name.clone(),
            parent: version.parent.clone().unwrap_or_default(),
            from: version.period.from,
            to: version.period.to,
            successors: version.successors.clone(),
            place: u32::try_from(place).unwrap(),
        };
        let rows = units.all().enumerate().map(row).collect();
        self.store().units_replace("units/vinh-phuc", rows).await.unwrap();
        for (order, (login, name, unit, role)) in (1..).zip(CAST) {
            let command = PersonCommand::Register {
                name: name.to_owned(),
                login: Some(login.to_owned()),
                contact: Contact::default(),
                simulated: true,
            };
            self.person(login, command, Actor::system()).await;
            let Some(role) = role else { continue };
            let post = Post { order, ..post(login, unit, role) };
            self.person(login, PersonCommand::Appoint { post }, Actor::system()).await;
        }
    }

    /// Has something happen to a person.
    pub async fn person(&self, login: &str, command: PersonCommand, actor: Actor) -> Committed {
        let context = self.context(actor);
        self.store().commit::<Person>(&StreamId::new("person", login).unwrap(), command, context).await.unwrap()
    }

    /// Has a shipped file of `data/` published as a rule.
    pub async fn publish(&self, kind: &str, name: &str, file: &str) -> Committed {
        let command = RuleCommand::Publish {
            content: std::fs::read_to_string(data(file)).unwrap(),
            valid_from: None,
            valid_to: None,
            basis: "thử".to_owned(),
            replaces: None,
        };
        let stream = rules::stream(kind, name).unwrap();
        self.store().commit::<Rule>(&stream, command, self.context(Actor::system())).await.unwrap()
    }

    /// A request of its own by that actor.
    pub fn context(&self, actor: Actor) -> Context {
        let request = format!("thu-{}", self.requests.fetch_add(1, Ordering::SeqCst));
        Context::new(actor, RequestId(request)).because("mô phỏng")
    }

    /// The cookie of a new session of that person.
    pub async fn as_person(&self, login: &str) -> String {
        let secret = self.store().session_open(&PersonId::from(login), "127.0.0.1", "thử").await.unwrap();
        format!("{}={}", cchc_web::cookies::SESSION, secret.0)
    }

    /// A page as the bearer of the cookie sees it; an empty one is the public.
    pub async fn get(&self, cookie: &str, address: &str) -> Answer {
        self.send(Method::GET, cookie, address, String::new()).await
    }

    /// A form sent by the bearer of the cookie: names and values.
    pub async fn post(&self, cookie: &str, address: &str, values: &[(&str, &str)]) -> Answer {
        let encode = |text: &str| cchc_web::pages::publication::address::encode(text);
        let body: Vec<String> = values.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
        self.send(Method::POST, cookie, address, body.join("&")).await
    }

    /// A form with a file sent by the bearer of the cookie: texts, then field, name and content of the file.
    pub async fn post_file(
        &self,
        cookie: &str,
        address: &str,
        texts: &[(&str, &str)],
        (field, name, bytes): (&str, &str, &[u8]),
    ) -> Answer {
        let mut body = Vec::new();
        for (name, value) in texts {
            let part = format!("--ranh\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(part.as_bytes());
        }
        let head = format!(
            "--ranh\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
            Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--ranh--\r\n");
        self.send_as(Method::POST, cookie, address, "multipart/form-data; boundary=ranh", body).await
    }

    async fn send(&self, method: Method, cookie: &str, address: &str, body: String) -> Answer {
        self.send_as(method, cookie, address, "application/x-www-form-urlencoded", body.into_bytes()).await
    }

    async fn send_as(&self, method: Method, cookie: &str, address: &str, kind: &str, body: Vec<u8>) -> Answer {
        let request = Request::builder()
            .method(method)
            .uri(address)
            .header(header::HOST, "localhost")
            .header(header::ORIGIN, "http://localhost")
            .header(header::CONTENT_TYPE, kind)
            .header(header::COOKIE, cookie)
            .body(Body::from(body))
            .unwrap();
        let response = cchc_web::router(self.app.clone()).oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Answer { status: parts.status, headers: parts.headers, bytes }
    }
}

/// Who acts in his post.
pub fn actor(login: &str, unit: &str) -> Actor {
    Actor { post: format!("{login}-1"), unit: unit.to_owned(), ..Actor::person(login) }
}

/// The post of a person of the cast.
pub fn post(login: &str, unit: &str, role: Role) -> Post {
    Post {
        id: format!("{login}-1").as_str().into(),
        unit: unit.to_owned(),
        title: format!("{} (mô phỏng)", role.label()),
        party_title: None,
        roles: vec![role],
        fields: Vec::new(),
        capacity: Capacity::Own,
        from: date(2024, 1, 2),
        to: None,
        document: "01/QĐ-MP".to_owned(),
        order: 0,
    }
}
