//! `cchc user add`: a person with a post and an account, entered where no server runs.

use std::process::ExitCode;

use anyhow::{Context as _, bail};
use cchc_access::person::Contact;
use cchc_access::{Capacity, Login, Person, PersonCommand, Post, PostId, Role};
use cchc_ledger::{Actor, Context, PersonId, RequestId};
use cchc_store::{Store, people, secret};
use cchc_text::fold;
use jiff::civil::Date;

use crate::place::{Nature, Place};
use crate::{clock, first_password, say};

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Họ và tên.
    #[arg(long, value_name = "HỌ TÊN")]
    name: String,
    /// Tên đăng nhập, ví dụ an.nguyen-van.
    #[arg(long, value_name = "TÊN", value_parser = login)]
    login: String,
    /// Vai trò: admin, coordinator, unit-officer, unit-head, appraiser, council, leader.
    #[arg(long, value_name = "VAI TRÒ", value_parser = role)]
    role: Role,
    /// Mã đơn vị; chỉ quản trị được bỏ trống.
    #[arg(long, value_name = "MÃ", default_value = "")]
    unit: String,
    /// Chức vụ; mặc định là tên vai trò.
    #[arg(long, value_name = "CHỨC VỤ")]
    title: Option<String>,
    /// Giữ chức vụ từ ngày; mặc định hôm nay.
    #[arg(long, value_name = "NGÀY", value_parser = clock::parse_date)]
    from: Option<Date>,
    /// Số, ký hiệu văn bản bổ nhiệm.
    #[arg(long, value_name = "SỐ", default_value = "")]
    document: String,
    #[command(flatten)]
    place: Place,
}

fn login(text: &str) -> Result<String, String> {
    text.parse::<Login>().map(String::from).map_err(|error| error.to_string())
}

fn role(code: &str) -> Result<Role, String> {
    let known: Vec<&str> = Role::ALL.iter().map(|role| role.code()).collect();
    Role::from_code(code).ok_or_else(|| format!("không có vai trò «{code}»; các vai trò: {}", known.join(", ")))
}

/// Enters the person and says the password.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let _lock = args.place.lock("cchc user add")?;
        let store = args.place.open_existing(clock::real()).await?;
        let done = add(&store, args).await;
        store.close().await;
        done
    })?;
    Ok(ExitCode::SUCCESS)
}

async fn add(store: &Store, args: &Args) -> anyhow::Result<()> {
    let person = registered(store, args).await?;
    appointed(store, args, &person).await?;
    first_password::give(store, &person, |password| {
        say::line(&format!(
            "Đã thêm {}.\n  Tên đăng nhập: {}\n  Mật khẩu:      {password}\nMật khẩu này chỉ hiện một lần; hệ thống \
             yêu cầu đổi khi đăng nhập.",
            args.name, args.login
        ));
    })
    .await
}

/// The person: new, or one whom this command entered before it was interrupted.
async fn registered(store: &Store, args: &Args) -> anyhow::Result<PersonId> {
    if let Some(row) = store.person_by_login(&args.login).await? {
        let unfinished = row.is_open() && row.password_changed_at.is_none() && fold(&row.name) == fold(&args.name);
        if unfinished {
            return Ok(row.id);
        }
        bail!("tên đăng nhập «{}» đã có người dùng ({})", args.login, row.name);
    }
    let person = PersonId(secret::short_id());
    let command = PersonCommand::Register {
        name: args.name.clone(),
        login: Some(args.login.clone()),
        contact: Contact::default(),
        simulated: Nature::of(store).await? == Some(Nature::Demonstration),
    };
    commit(store, &person, "register", command).await?;
    Ok(person)
}

async fn appointed(store: &Store, args: &Args, person: &PersonId) -> anyhow::Result<()> {
    let post = Post {
        id: PostId(format!("{person}-1")),
        unit: args.unit.clone(),
        title: args.title.clone().unwrap_or_else(|| args.role.label().to_owned()),
        party_title: None,
        roles: vec![args.role],
        fields: Vec::new(),
        capacity: Capacity::Own,
        from: args.from.unwrap_or_else(|| store.now().date()),
        to: None,
        document: args.document.clone(),
        order: 0,
    };
    let held = store.post_list_of(person).await?;
    if held.iter().any(|row| row.post.id == post.id) {
        return Ok(());
    }
    commit(store, person, "appoint", PersonCommand::Appoint { post }).await
}

async fn commit(store: &Store, person: &PersonId, part: &str, command: PersonCommand) -> anyhow::Result<()> {
    let request = RequestId(format!("user-add:{person}:{part}"));
    let context = Context::new(Actor::system(), request).because("thêm bằng lệnh cchc user add");
    let committed = store.commit::<Person>(&people::stream(person)?, command, context).await;
    committed.context("chưa thêm được người dùng")?;
    Ok(())
}
