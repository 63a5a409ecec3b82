//! A round of 200 units × 100 criteria in the five steps: pages with their people, 200 officers saving at once.
//!
//! | file | has |
//! |---|---|
//! | `rounds/steps.rs` | appraisal to council, pages after it, papers, recomputing |
//! | `rounds/browser.rs` | the sheet in Chromium on a slowed processor |
//!
//! Requests go through the router without a network; a page is everything from the request to its last byte.

mod browser;
mod steps;

use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context as _, bail};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use cchc_access::person::Contact;
use cchc_access::{Capacity, Person, PersonCommand, Post, Role};
use cchc_index::round::{Assigned, Deadline, Group, Phase, Plan, Ranked};
use cchc_index::set::Source;
use cchc_index::sheet::{Evidence, Proof, Submission};
use cchc_index::{AnswerText, CriteriaSet, Round, RoundCommand, Sheet, SheetCommand, UnitInput};
use cchc_ledger::rule::{Rule, RuleCommand};
use cchc_ledger::{Actor, Context, Hash, Moment, PersonId, RequestId};
use cchc_store::units::UnitRow;
use cchc_store::{Options, Store, people, rounds, rules, sheets};
use cchc_units::Registry;
use cchc_web::{App, World};
use jiff::civil::{Date, date};
use tower::ServiceExt;

use crate::report::Report;
use crate::{data, days_off, inputs, set};

const UNITS: usize = 200;
const ROUND: &str = "do";
const AGENCY: &str = "CQ";
const ASKED: usize = 40;
const TODAY: Date = date(2022, 1, 12);

/// Everything that is measured of a round.
pub fn measure(report: &mut Report) -> anyhow::Result<()> {
    let folder = std::env::temp_dir().join(format!("cchc-bench-round-{}", std::process::id()));
    let measured = tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async {
        let stage = Stage::set(&folder).await?;
        stage.self_scoring(report).await?;
        stage.interactive(report).await?;
        stage.appraising(report).await?;
        stage.appraised(report).await?;
        stage.disputed().await?;
        stage.pages(report).await?;
        stage.recomputed(report).await?;
        stage.papers(report).await
    });
    // What a folder of temporary files keeps is the system's to clear.
    let _ = std::fs::remove_dir_all(&folder);
    measured
}

struct Stage {
    store: Store,
    router: Router,
    set: Arc<CriteriaSet>,
    units: Vec<UnitInput>,
}

impl Stage {
    async fn set(folder: &std::path::Path) -> anyhow::Result<Self> {
        std::fs::create_dir_all(folder)?;
        let start = Instant::now();
        let began = Moment::of(TODAY.at(8, 0, 0, 0)).0;
        let clock = Arc::new(move || {
            Moment(began.saturating_add(i64::try_from(start.elapsed().as_micros()).unwrap_or(i64::MAX)))
        });
        let store = Store::open(Options::new(folder, None, clock)).await?;
        let set = Arc::new(set("vp-2021-so")?);
        let units = inputs::of(&set, UNITS).units;
        let world = World {
            mark: 1,
            units: Registry::from_tables(&[]).0,
            sets: vec![Arc::clone(&set)],
            days_off: Arc::new(days_off()?),
            appraisers: Arc::default(),
            series: Arc::default(),
            figures: Arc::default(),
        };
        let router = cchc_web::router(App::new(store.clone(), world));
        let stage = Self { store, router, set, units };
        stage.people().await?;
        stage.open().await?;
        Ok(stage)
    }

    async fn people(&self) -> anyhow::Result<()> {
        let row = |code: &str, place: u32| UnitRow {
            code: code.to_owned(),
            name: format!("Đơn vị {code} (mô phỏng)"),
            parent: String::new(),
            from: None,
            to: None,
            successors: Vec::new(),
            place,
        };
        let codes = self.units.iter().map(|unit| unit.code.as_str()).chain([AGENCY]);
        let rows = (0..).zip(codes).map(|(place, code)| row(code, place)).collect();
        self.store.units_replace("units/do", rows).await?;
        self.person("dieu-phoi", AGENCY, Role::Coordinator).await?;
        self.person("tham-dinh", AGENCY, Role::Appraiser).await?;
        for unit in &self.units {
            self.person(&unit.code, &unit.code, Role::UnitOfficer).await?;
        }
        Ok(())
    }

    async fn person(&self, id: &str, unit: &str, role: Role) -> anyhow::Result<()> {
        let register = PersonCommand::Register {
            name: format!("Người {id} (mô phỏng)"),
            login: Some(id.to_lowercase()),
            contact: Contact::default(),
            simulated: true,
        };
        let post = Post {
            id: format!("{id}-1").as_str().into(),
            unit: unit.to_owned(),
            title: "Chuyên viên".to_owned(),
            party_title: None,
            roles: vec![role],
            fields: Vec::new(),
            capacity: Capacity::Own,
            from: date(2022, 1, 3),
            to: None,
            document: "01/QĐ-MP".to_owned(),
            order: 1,
        };
        let stream = people::stream(&PersonId::from(id))?;
        for (number, command) in [register, PersonCommand::Appoint { post }].into_iter().enumerate() {
            let context = context("", &format!("{id}-{number}"));
            self.store.commit::<Person>(&stream, command, context).await?;
        }
        Ok(())
    }

    async fn open(&self) -> anyhow::Result<()> {
        let content = String::from_utf8(data("criteria/vp-2021-so.toml")?)?;
        let version = Hash::of(content.as_bytes());
        let publish =
            RuleCommand::Publish { content, valid_from: None, valid_to: None, basis: "đo".to_owned(), replaces: None };
        self.store.commit::<Rule>(&rules::stream("criteria-set", "vp-2021-so")?, publish, context("", "bo")).await?;
        let mut fields: Vec<String> = self.set.leaves().map(|(_, _, leaf)| leaf.appraiser.clone()).collect();
        fields.sort();
        fields.dedup();
        let unit = |unit: &UnitInput| Ranked {
            code: unit.code.clone(),
            name: format!("Đơn vị {} (mô phỏng)", unit.code),
            group: "so".to_owned(),
        };
        let plan = Plan {
            title: "Đợt để đo (mô phỏng)".to_owned(),
            year: 2021,
            organiser: AGENCY.to_owned(),
            groups: vec![Group { code: "so".to_owned(), set: "vp-2021-so".to_owned(), version }],
            units: self.units.iter().map(unit).collect(),
            deadlines: vec![Deadline { phase: Phase::SelfScoring, until: date(2022, 1, 20) }],
            appraisers: fields.into_iter().map(|field| Assigned { field, unit: AGENCY.to_owned() }).collect(),
            substitutes: Vec::new(),
            presets: Vec::new(),
            shares: Vec::new(),
            outside: None,
        };
        self.round(RoundCommand::Plan { plan: Box::new(plan) }, "lap").await?;
        self.round(RoundCommand::Open { days_off: Vec::new() }, "mo").await
    }

    async fn round(&self, command: RoundCommand, request: &str) -> anyhow::Result<()> {
        self.store.commit::<Round>(&rounds::stream(ROUND)?, command, context(AGENCY, request)).await?;
        Ok(())
    }

    async fn sheet(&self, unit: &str, command: SheetCommand, request: &str) -> anyhow::Result<()> {
        self.store.commit::<Sheet>(&sheets::stream(ROUND, unit)?, command, context(unit, request)).await?;
        Ok(())
    }

    /// The lines that a unit answers itself, with its answers.
    fn answers(&self, unit: &UnitInput) -> Vec<(String, AnswerText)> {
        let own = self.set.leaves().filter(|(_, _, leaf)| matches!(leaf.source, Source::Person | Source::Metric));
        own.filter_map(|(index, node, _)| Some((node.code.clone(), unit.texts.get(index)?.clone()?))).collect()
    }

    async fn self_scoring(&self, report: &mut Report) -> anyhow::Result<()> {
        let document = Evidence {
            id: "vb".to_owned(),
            proof: Proof::Document { number: "1/KH-MP".to_owned(), dated: None, about: String::new() },
            section: String::new(),
            page: "1".to_owned(),
        };
        let mut times = Vec::new();
        for unit in &self.units {
            let answers = self.answers(unit);
            let proofs = answers.iter().map(|(code, _)| (code.clone(), document.clone())).collect();
            let lines = answers.into_iter().map(|(code, text)| (code, text, None)).collect();
            let start = Instant::now();
            self.sheet(&unit.code, SheetCommand::FillMany { lines }, "dien").await?;
            times.push(millis(start));
            self.sheet(&unit.code, SheetCommand::AttachMany { lines: proofs }, "minh-chung").await?;
        }
        times.sort_by(f64::total_cmp);
        report.plain("cả phiếu 100 dòng trong một lệnh, trung vị", times[times.len() / 2]);
        let first = self.units.first().context("không có đơn vị")?.code.clone();
        self.page(report, &first, &format!("/dot-cham/{ROUND}/phieu/{first}"), "phiếu 100 dòng", 60.0).await?;
        self.page(report, "dieu-phoi", &format!("/dot-cham/{ROUND}"), "bảng tiến độ 200 đơn vị", 60.0).await?;
        self.page(report, "dieu-phoi", "/mot-trang", "một trang cho lãnh đạo", 60.0).await?;
        self.saving(report).await
    }

    /// Every unit's officer saves a line at the same moment.
    async fn saving(&self, report: &mut Report) -> anyhow::Result<()> {
        let code = self.ratio()?;
        let mut sessions = Vec::new();
        for unit in &self.units {
            sessions.push((unit.code.clone(), self.session(&unit.code).await?));
        }
        let start = Instant::now();
        let all = sessions.into_iter().map(|(unit, cookie)| {
            let (router, address) = (self.router.clone(), format!("/dot-cham/{ROUND}/phieu/{unit}/dong/{code}"));
            tokio::spawn(async move {
                let began = Instant::now();
                let status = post(router, &cookie, &address, "v=900&m=1000&s=1&yeu-cau=cung-luc").await?;
                anyhow::Ok((status, millis(began)))
            })
        });
        let mut times = Vec::new();
        for one in all.collect::<Vec<_>>() {
            let (status, time) = one.await??;
            if status != 200 {
                bail!("lưu một dòng trả về {status}");
            }
            times.push(time);
        }
        let whole = millis(start);
        times.sort_by(f64::total_cmp);
        report.plain_rate("200 cán bộ cùng lưu một dòng, lệnh/giây", 200_000.0 / whole);
        report.plain("200 cán bộ cùng lưu một dòng, p95", times[times.len() * 95 / 100]);
        Ok(())
    }

    async fn appraising(&self, report: &mut Report) -> anyhow::Result<()> {
        for unit in &self.units {
            let submission = Submission {
                number: "1/BC-MP".to_owned(),
                dated: TODAY,
                signed: None,
                signer: String::new(),
                proposals: String::new(),
            };
            self.sheet(&unit.code, SheetCommand::Submit { submission }, "nop").await?;
        }
        self.round(RoundCommand::Advance { to: Phase::FirstAppraisal }, "tham-dinh").await?;
        let code = self.set.leaves().next().context("bộ tiêu chí trống")?.1.code.clone();
        let grid = format!("/dot-cham/{ROUND}/tieu-chi/{code}");
        self.page(report, "tham-dinh", &grid, "lưới 200 đơn vị ở một tiêu chí", 60.0).await?;
        let criteria = format!("/dot-cham/{ROUND}/tieu-chi");
        self.page(report, "tham-dinh", &criteria, "các tiêu chí với số ô còn lại", 400.0).await
    }

    async fn session(&self, person: &str) -> anyhow::Result<String> {
        let secret = self.store.session_open(&PersonId::from(person), "127.0.0.1", "đo").await?;
        Ok(format!("{}={}", cchc_web::cookies::SESSION, secret.0))
    }

    async fn page(
        &self,
        report: &mut Report,
        who: &str,
        address: &str,
        what: &str,
        allowed: f64,
    ) -> anyhow::Result<()> {
        let cookie = self.session(who).await?;
        let mut times = Vec::new();
        for _ in 0..ASKED {
            let start = Instant::now();
            self.ask(&cookie, address).await?;
            times.push(millis(start));
        }
        times.sort_by(f64::total_cmp);
        report.plain(&format!("{what}, trung vị"), times[times.len() / 2]);
        report.budget(&format!("{what}, p95"), times[times.len() * 95 / 100], allowed);
        Ok(())
    }

    async fn ask(&self, cookie: &str, address: &str) -> anyhow::Result<()> {
        let request = Request::get(address).header(header::HOST, "localhost").header(header::COOKIE, cookie);
        let response = self.router.clone().oneshot(request.body(Body::empty())?).await?;
        let status = response.status();
        let bytes = to_bytes(response.into_body(), usize::MAX).await?;
        if status != 200 || bytes.is_empty() {
            bail!("{address} trả về {status}");
        }
        Ok(())
    }
}

async fn post(router: Router, cookie: &str, address: &str, body: &'static str) -> anyhow::Result<u16> {
    let request = Request::post(address)
        .header(header::HOST, "localhost")
        .header(header::ORIGIN, "http://localhost")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::COOKIE, cookie)
        .body(Body::from(body))?;
    let response = router.oneshot(request).await?;
    let status = response.status().as_u16();
    to_bytes(response.into_body(), usize::MAX).await?;
    Ok(status)
}

/// Somebody of a unit; the program itself where there is none.
fn context(unit: &str, request: &str) -> Context {
    let actor = if unit.is_empty() {
        Actor::system()
    } else {
        Actor { post: format!("{unit}-1"), unit: unit.to_owned(), ..Actor::person(unit) }
    };
    Context::new(actor, RequestId(format!("{unit}:{request}"))).because("đo")
}

fn millis(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1000.0
}
