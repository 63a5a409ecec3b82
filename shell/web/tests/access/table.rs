//! Every route with what it needs. A route without a row here fails the test; so does a row without a route.
//!
//! What is sent is understood and refused for what it says (a reason is missing, a name is empty), so that a
//! request that gets past the question of who may changes nothing.

use cchc_access::Action as A;
use cchc_access::Role::UnitOfficer;

use super::needs::Needs::{
    self, Agency, All, Any, LoggedIn, Newcomer, Nothing, OfPost, Own, Roles, Said, Seen, Somewhere, System, Unit, Whole,
};

/// What is sent.
#[derive(Debug, Clone, Copy)]
pub enum Body {
    /// Nothing.
    None,
    /// A form: `a=b&c=d`; `{unit}` is the target's.
    Form(&'static str),
    /// An empty form of files.
    Files,
    /// JSON; `{unit}` is the target's.
    Json(&'static str),
}

/// How who may not is told so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// 403.
    Plainly,
    /// 404: as if it were not there.
    NotThere,
}

/// A row: method, path, what it needs, what is sent, how a refusal is told.
pub type Row = (&'static str, &'static str, Needs, Body, Told);

const fn get(path: &'static str, needs: Needs) -> Row {
    ("GET", path, needs, Body::None, Told::Plainly)
}

const fn post(path: &'static str, needs: Needs, body: Body) -> Row {
    ("POST", path, needs, body, Told::Plainly)
}

const EMPTY: Body = Body::Form("yeu-cau=thu");
const SEES: Needs = Seen(A::ViewPeople);
const ACCOUNTS: Needs = All(&[SEES, Whole(A::ManageAccounts)]);
const EDITS: Needs = All(&[SEES, Whole(A::EditPeople)]);
const APPOINTS: Needs = All(&[SEES, Roles(UnitOfficer)]);
const DELEGATES: Needs = All(&[SEES, OfPost(A::Delegate)]);
const HANDS_OVER: Needs = All(&[SEES, OfPost(A::HandOver)]);
const IMPORTS: Needs = All(&[Somewhere(A::EditPeople), Somewhere(A::Appoint), Somewhere(A::ManageAccounts)]);
const IMPORTS_UNITS: Needs = Any(&[Somewhere(A::ProposeUnits), Somewhere(A::ProposeDepartments)]);
const DECIDES: Needs = All(&[Unit(A::ViewDrafts), System(A::ApplyDaysOff)]);
/// A cell of the target's round: the agency's, the council's; to be looked at, whoever sees the sheet.
const JUDGES: Needs = All(&[System(A::ViewRounds), Any(&[Agency(A::AppraiseLines), Unit(A::DecideLines)])]);
const RUNS: Needs = All(&[System(A::ViewRounds), Unit(A::RunRounds)]);
const CONCLUDES: Needs = All(&[System(A::ViewRounds), Unit(A::DecideLines)]);
const PUBLISHES: Needs = All(&[System(A::ViewRounds), Unit(A::PublishRounds)]);
const EXPLAINS: Needs = All(&[System(A::ViewRounds), Unit(A::ViewSheets), Unit(A::FillSheets)]);
const SEES_CELLS: Needs = All(&[System(A::ViewRounds), Any(&[JUDGES, Unit(A::ViewSheets)])]);
const SEES_COUNTS: Needs = All(&[System(A::ViewRounds), Any(&[SEES_CELLS, Unit(A::ViewBoards)])]);
/// Who fills a sheet sees it.
const FILLS: Needs = All(&[Unit(A::ViewSheets), Unit(A::FillSheets)]);
const SUBMITS: Needs = All(&[Unit(A::ViewSheets), Unit(A::SubmitSheets)]);
/// Who gathers the parts of a sheet runs its round and sees it.
const GATHERS: Needs = All(&[Unit(A::ViewSheets), Unit(A::RunRounds)]);
const REASONLESS: Body = Body::Json(r#"{"reason": ""}"#);

/// Every route.
pub const TABLE: &[Row] = &[
    get("/", Nothing),
    get("/cong-bo", Nothing),
    get("/cong-bo/so-sanh", Nothing),
    get("/cong-bo/{id}", Nothing),
    get("/cong-bo/{id}/don-vi/{code}", Nothing),
    get("/cong-bo/{id}/don-vi/{code}/phieu-diem.docx", Nothing),
    get("/cong-bo/{id}/don-vi/{code}/thu-tinh", Nothing),
    get("/cong-bo/{id}/linh-vuc", Nothing),
    get("/cong-bo/{id}/phat-hien", Nothing),
    get("/cong-bo/{id}/so-sanh", Nothing),
    get("/cong-bo/{id}/tieu-chi", Nothing),
    get("/cong-bo/{id}/tieu-chi/{code}", Nothing),
    get("/cong-bo/{id}/{file}", Nothing),
    get("/chi-so/bo-tieu-chi", Nothing),
    get("/chi-so/bo-tieu-chi/so-sanh", Nothing),
    get("/chi-so/bo-tieu-chi/{id}", Nothing),
    get("/chi-so/bo-tieu-chi/{id}/{file}", Nothing),
    get("/chi-so/cham-thu", Nothing),
    post("/chi-so/cham-thu", Nothing, Body::Files),
    get("/chi-so/kiem-chung", Nothing),
    post("/chi-so/kiem-chung", Nothing, Body::Files),
    get("/don-vi", Nothing),
    get("/don-vi/cay.csv", Nothing),
    get("/don-vi/{code}", Nothing),
    get("/quy-tac", Nothing),
    get("/quy-tac/{kind}/{name}", Nothing),
    get("/quy-tac/{kind}/{name}/{number}", Nothing),
    get("/tim", Nothing),
    get("/tinh/{name}", Nothing),
    get("/tro-giup", Nothing),
    get("/tro-giup/api", Nothing),
    get("/kiem-tra-suc-khoe", Nothing),
    get("/dang-nhap", Nothing),
    post("/dang-nhap", Nothing, EMPTY),
    post("/dang-nhap/vao-vai", Nothing, EMPTY),
    get("/trinh-dien", Nothing),
    post("/trinh-dien", Nothing, EMPTY),
    post("/dang-xuat", Nothing, EMPTY),
    get("/tai-khoan", Own(A::ViewSelf)),
    post("/tai-khoan/mat-khau", Own(A::ChangeSelf), EMPTY),
    post("/tai-khoan/phien/{id}/thu-hoi", Own(A::ChangeSelf), EMPTY),
    post("/tai-khoan/phien-khac/thu-hoi", Own(A::ChangeSelf), EMPTY),
    post("/tai-khoan/ma-truy-cap", Own(A::ManageTokens), EMPTY),
    post("/tai-khoan/ma-truy-cap/{id}/thu-hoi", LoggedIn(A::ManageTokens), EMPTY),
    get("/thong-bao", Own(A::ViewNotices)),
    post("/thong-bao/da-doc", Own(A::ViewNotices), EMPTY),
    post("/thong-bao/{id}/da-doc", Own(A::ViewNotices), EMPTY),
    get("/he-thong", System(A::ManageSystem)),
    post("/he-thong/viec/{id}/thu-lai", System(A::ManageSystem), EMPTY),
    get("/so-cai", Somewhere(A::ViewHistory)),
    get("/so-cai.xlsx", Somewhere(A::ExportHistory)),
    ("GET", "/so-cai/chuoi/{*stream}", Said(A::ViewHistory), Body::None, Told::NotThere),
    get("/so-cai/dong/{version}/{*stream}", Said(A::ViewHistory)),
    get("/so-cai/xuat", Somewhere(A::ExportHistory)),
    post("/so-cai/xuat", Somewhere(A::ExportHistory), EMPTY),
    get("/so-cai/xuat/{id}", LoggedIn(A::ExportHistory)),
    get("/so-cai/xuat/{id}/tep", LoggedIn(A::ExportHistory)),
    get("/mot-trang", Somewhere(A::ViewBoards)),
    get("/dot-cham", System(A::ViewRounds)),
    get("/dot-cham/{round}", System(A::ViewRounds)),
    get("/dot-cham/{round}/tieu-chi", SEES_COUNTS),
    get("/dot-cham/{round}/tieu-chi/{line}", SEES_CELLS),
    post("/dot-cham/{round}/tieu-chi/{line}", JUDGES, EMPTY),
    post("/dot-cham/{round}/tieu-chi/{line}/dan", JUDGES, EMPTY),
    post("/dot-cham/{round}/tieu-chi/{line}/tep", JUDGES, Body::Files),
    get("/dot-cham/{round}/tieu-chi/{line}/bang.xlsx", SEES_CELLS),
    get("/dot-cham/{round}/tham-dinh/{unit}", SEES_CELLS),
    post("/dot-cham/{round}/tham-dinh/{unit}", JUDGES, EMPTY),
    post("/dot-cham/{round}/tham-dinh/{unit}/con-lai", JUDGES, EMPTY),
    get("/dot-cham/{round}/nhap-ket-qua", RUNS),
    post("/dot-cham/{round}/nhap-ket-qua", RUNS, Body::Files),
    post("/dot-cham/{round}/nhap-ket-qua/ap-dung", RUNS, EMPTY),
    get("/dot-cham/{round}/nhap-ket-qua/mau.csv", RUNS),
    get("/dot-cham/{round}/hoi-dong", CONCLUDES),
    post("/dot-cham/{round}/hoi-dong", CONCLUDES, EMPTY),
    get("/dot-cham/{round}/hoi-dong/bien-ban.docx", CONCLUDES),
    get("/dot-cham/{round}/cong-bo", PUBLISHES),
    post("/dot-cham/{round}/cong-bo", PUBLISHES, EMPTY),
    get("/dot-cham/{round}/giai-trinh/{unit}", EXPLAINS),
    post("/dot-cham/{round}/giai-trinh/{unit}", EXPLAINS, EMPTY),
    get("/dot-cham/moi", Somewhere(A::RunRounds)),
    post("/dot-cham/moi", Somewhere(A::RunRounds), EMPTY),
    get("/dot-cham/{round}/ke-hoach", System(A::ViewRounds)),
    get("/dot-cham/{round}/ke-hoach/{part}", Unit(A::RunRounds)),
    post("/dot-cham/{round}/ke-hoach/{part}", Unit(A::RunRounds), EMPTY),
    post("/dot-cham/{round}/mo", Unit(A::RunRounds), EMPTY),
    get("/dot-cham/{round}/nhac", Unit(A::RunRounds)),
    post("/dot-cham/{round}/nhac", Unit(A::RunRounds), EMPTY),
    get("/dot-cham/{round}/viec/{act}", Unit(A::RunRounds)),
    post("/dot-cham/{round}/viec/{act}", Unit(A::RunRounds), EMPTY),
    get("/dot-cham/{round}/hoi-dap", System(A::ViewRounds)),
    get("/dot-cham/{round}/hoi-dap/{line}", System(A::ViewRounds)),
    post("/dot-cham/{round}/hoi-dap/{line}", System(A::AskThreads), EMPTY),
    post("/dot-cham/{round}/hoi-dap/{line}/tra-loi", Unit(A::RunRounds), EMPTY),
    get("/dot-cham/{round}/phieu/{unit}", Unit(A::ViewSheets)),
    post("/dot-cham/{round}/phieu/{unit}", FILLS, EMPTY),
    post("/dot-cham/{round}/phieu/{unit}/dong/{line}", FILLS, EMPTY),
    get("/dot-cham/{round}/phieu/{unit}/dong/{line}/tai-lieu", Unit(A::ViewSheets)),
    post("/dot-cham/{round}/phieu/{unit}/dong/{line}/tai-lieu", FILLS, EMPTY),
    post("/dot-cham/{round}/phieu/{unit}/dong/{line}/tai-lieu/{evidence}/go", FILLS, EMPTY),
    get("/dot-cham/{round}/phieu/{unit}/tai-lieu/{evidence}", Unit(A::ViewSheets)),
    get("/dot-cham/{round}/phieu/{unit}/nop", Unit(A::ViewSheets)),
    post("/dot-cham/{round}/phieu/{unit}/nop", SUBMITS, Body::Files),
    post("/dot-cham/{round}/phieu/{unit}/trinh", FILLS, EMPTY),
    get("/dot-cham/{round}/phieu/{unit}/phieu.xlsx", Unit(A::ViewSheets)),
    get("/dot-cham/{round}/phieu/{unit}/tep", FILLS),
    post("/dot-cham/{round}/phieu/{unit}/tep", FILLS, Body::Files),
    post("/dot-cham/{round}/phieu/{unit}/tep/ghi", FILLS, EMPTY),
    post("/dot-cham/{round}/phieu/{unit}/tra-lai", SUBMITS, EMPTY),
    get("/dot-cham/{round}/phieu/{unit}/bao-cao.docx", Unit(A::ViewSheets)),
    get("/dot-cham/{round}/phieu/{unit}/bieu-mau.xlsx", Unit(A::ViewSheets)),
    get("/dot-cham/{round}/phieu/{unit}/bieu-mau.docx", Unit(A::ViewSheets)),
    get("/dot-cham/{round}/phieu/{unit}/phan-viec", Unit(A::ViewSheets)),
    post("/dot-cham/{round}/phieu/{unit}/giao", FILLS, EMPTY),
    get("/dot-cham/{round}/phieu/{unit}/tra-phan-viec", GATHERS),
    post("/dot-cham/{round}/phieu/{unit}/tra-phan-viec", GATHERS, EMPTY),
    get("/dot-cham/{round}/phieu/{unit}/ghi-ket-qua", GATHERS),
    post("/dot-cham/{round}/phieu/{unit}/ghi-ket-qua", GATHERS, EMPTY),
    get("/ban-nhap", Somewhere(A::ViewDrafts)),
    get("/ban-nhap/{id}", Unit(A::ViewDrafts)),
    get("/ban-nhap/{id}/tep", Unit(A::ViewDrafts)),
    post("/ban-nhap/{id}/ap-dung", DECIDES, EMPTY),
    post("/ban-nhap/{id}/bo", DECIDES, EMPTY),
    get("/chi-so/bo-tieu-chi/nhap", Somewhere(A::ProposeSets)),
    post("/chi-so/bo-tieu-chi/nhap", Somewhere(A::ProposeSets), Body::Files),
    get("/don-vi/nhap", IMPORTS_UNITS),
    post("/don-vi/nhap", IMPORTS_UNITS, Body::Files),
    get("/lich/nhap", Somewhere(A::ProposeDaysOff)),
    post("/lich/nhap", Somewhere(A::ProposeDaysOff), Body::Files),
    get("/chuoi-so-lieu", Nothing),
    get("/chuoi-so-lieu/so-lieu.csv", Nothing),
    get("/chuoi-so-lieu/so-lieu.xlsx", Nothing),
    get("/chuoi-so-lieu/nhap", Somewhere(A::ProposeSeries)),
    post("/chuoi-so-lieu/nhap", Somewhere(A::ProposeSeries), Body::Files),
    get("/don-vi/{code}/dinh-chinh", Unit(A::ProposeUnits)),
    post("/don-vi/{code}/dinh-chinh", Unit(A::ProposeUnits), EMPTY),
    get("/nguoi-dung", Somewhere(A::ViewPeople)),
    get("/nguoi-dung/xuat.xlsx", Somewhere(A::ExportPeople)),
    get("/nguoi-dung/them", Somewhere(A::EditPeople)),
    post("/nguoi-dung/them", Somewhere(A::EditPeople), EMPTY),
    get("/nguoi-dung/nhap", IMPORTS),
    post("/nguoi-dung/nhap", IMPORTS, Body::Files),
    post("/nguoi-dung/nhap/ap-dung", IMPORTS, EMPTY),
    post("/nguoi-dung/nhap/tep", IMPORTS, EMPTY),
    get("/nguoi-dung/nhap/mau.xlsx", IMPORTS),
    get("/nguoi-dung/{id}", SEES),
    get("/nguoi-dung/{id}/doi-ten", EDITS),
    post("/nguoi-dung/{id}/doi-ten", EDITS, EMPTY),
    get("/nguoi-dung/{id}/lien-he", All(&[EDITS, Seen(A::ViewContacts)])),
    post("/nguoi-dung/{id}/lien-he", EDITS, EMPTY),
    get("/nguoi-dung/{id}/xoa-lien-he", EDITS),
    post("/nguoi-dung/{id}/xoa-lien-he", EDITS, EMPTY),
    get("/nguoi-dung/{id}/tai-khoan/mo", ACCOUNTS),
    post("/nguoi-dung/{id}/tai-khoan/mo", ACCOUNTS, EMPTY),
    get("/nguoi-dung/{id}/tai-khoan/dong", ACCOUNTS),
    post("/nguoi-dung/{id}/tai-khoan/dong", ACCOUNTS, EMPTY),
    get("/nguoi-dung/{id}/mat-khau", ACCOUNTS),
    post("/nguoi-dung/{id}/mat-khau", ACCOUNTS, EMPTY),
    get("/nguoi-dung/{id}/bo-nhiem", All(&[SEES, Somewhere(A::Appoint)])),
    post("/nguoi-dung/{id}/bo-nhiem", APPOINTS, Body::Form("don-vi={unit}&vai-tro=unit-officer")),
    get("/nguoi-dung/{id}/chuc-vu/{post}/sua", APPOINTS),
    post("/nguoi-dung/{id}/chuc-vu/{post}/sua", APPOINTS, EMPTY),
    get("/nguoi-dung/{id}/chuc-vu/{post}/ket-thuc", APPOINTS),
    post("/nguoi-dung/{id}/chuc-vu/{post}/ket-thuc", APPOINTS, EMPTY),
    get("/nguoi-dung/{id}/chuc-vu/{post}/huy", APPOINTS),
    post("/nguoi-dung/{id}/chuc-vu/{post}/huy", APPOINTS, EMPTY),
    get("/nguoi-dung/{id}/chuc-vu/{post}/uy-quyen", DELEGATES),
    post("/nguoi-dung/{id}/chuc-vu/{post}/uy-quyen", DELEGATES, EMPTY),
    get("/nguoi-dung/{id}/uy-quyen/{delegation}/ket-thuc", DELEGATES),
    post("/nguoi-dung/{id}/uy-quyen/{delegation}/ket-thuc", DELEGATES, EMPTY),
    get("/nguoi-dung/{id}/chuc-vu/{post}/ban-giao", HANDS_OVER),
    post("/nguoi-dung/{id}/chuc-vu/{post}/ban-giao", HANDS_OVER, EMPTY),
    get("/nguoi-dung/{id}/ban-giao/{version}", HANDS_OVER),
    get("/nguoi-dung/{id}/ban-giao/{version}/bien-ban.docx", HANDS_OVER),
    get("/nguoi-dung/{id}/ban-giao/{version}/danh-sach.xlsx", HANDS_OVER),
    get("/api/v1/openapi.json", Nothing),
    get("/api/v1/me", Own(A::ViewSelf)),
    get("/api/v1/units", Nothing),
    get("/api/v1/units/{code}", Nothing),
    get("/api/v1/units/{code}/history", Nothing),
    get("/api/v1/criteria-sets", Nothing),
    get("/api/v1/criteria-sets/{id}", Nothing),
    get("/api/v1/days-off", Nothing),
    get("/api/v1/rules/{kind}/{name}/versions", Nothing),
    get("/api/v1/rules/{kind}/{name}/versions/{version}/content", Nothing),
    get("/api/v1/publications", Nothing),
    get("/api/v1/publications/{id}", Nothing),
    get("/api/v1/notices", Own(A::ViewNotices)),
    post("/api/v1/notices/{id}/read", Own(A::ViewNotices), Body::None),
    get("/api/v1/events", Somewhere(A::ExportHistory)),
    get("/api/v1/ledger/head", Somewhere(A::ViewHistory)),
    get("/api/v1/people", Somewhere(A::ViewPeople)),
    post(
        "/api/v1/people",
        All(&[Newcomer(A::EditPeople), Roles(UnitOfficer)]),
        Body::Json(
            r#"{"name": "", "post": {"unit": "{unit}", "title": "a", "roles": ["unit-officer"], "from": "2024-05-15"}}"#,
        ),
    ),
    get("/api/v1/people/{id}", SEES),
    post("/api/v1/people/{id}/close", Whole(A::ManageAccounts), REASONLESS),
    post(
        "/api/v1/people/{id}/posts",
        Roles(UnitOfficer),
        Body::Json(r#"{"unit": "{unit}", "title": "", "roles": ["unit-officer"], "from": "2024-05-15"}"#),
    ),
    post("/api/v1/people/{id}/posts/{post}/end", Roles(UnitOfficer), Body::Json(r#"{"to": "2020-01-01"}"#)),
    get("/api/v1/drafts", Somewhere(A::ViewDrafts)),
    post(
        "/api/v1/drafts",
        Somewhere(A::ProposeDaysOff),
        Body::Json(r#"{"kind": "days-off", "name": "viet-nam", "content": "", "basis": ""}"#),
    ),
    get("/api/v1/drafts/{id}", Unit(A::ViewDrafts)),
    post("/api/v1/drafts/{id}/apply", DECIDES, REASONLESS),
    post("/api/v1/drafts/{id}/discard", DECIDES, REASONLESS),
];
