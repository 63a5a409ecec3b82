//! `cchc token add`: a token for a program, made where no server runs.

use std::process::ExitCode;

use anyhow::{Context as _, bail};
use cchc_access::{Action, Actions};

use crate::place::Place;
use crate::{clock, say};

/// A token lasts at most so many days.
const LONGEST: i64 = 366;

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Tên đăng nhập của người mà mã truy cập thay mặt.
    #[arg(long, value_name = "TÊN")]
    login: String,
    /// Mã truy cập dùng để làm gì, ví dụ «kho dữ liệu tỉnh».
    #[arg(long, value_name = "TÊN")]
    name: String,
    /// Những việc được làm, cách nhau bằng dấu phẩy (view-people,export-history…), hoặc all: mọi việc người đó được làm.
    #[arg(long, value_name = "VIỆC", value_parser = scope)]
    scope: Actions,
    /// Dùng được bao nhiêu ngày.
    #[arg(long, value_name = "SỐ NGÀY", value_parser = clap::value_parser!(i64).range(1..=LONGEST))]
    days: i64,
    #[command(flatten)]
    place: Place,
}

fn scope(text: &str) -> Result<Actions, String> {
    if text == "all" {
        return Ok(Actions::All);
    }
    let action = |code: &str| {
        let known: Vec<&str> = Action::ALL.iter().map(|action| action.code()).collect();
        Action::from_code(code).ok_or_else(|| format!("không có việc «{code}»; các việc: all, {}", known.join(", ")))
    };
    text.split(',').map(|code| action(code.trim())).collect::<Result<_, _>>().map(Actions::Only)
}

/// Makes the token and says it.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let secret = runtime.block_on(async {
        let _lock = args.place.lock("cchc token add")?;
        let store = args.place.open_existing(clock::real()).await?;
        let row = store.person_by_login(&args.login).await?;
        let row = row.with_context(|| format!("không có ai dùng tên đăng nhập «{}»", args.login))?;
        if !row.is_open() {
            bail!("tài khoản «{}» không mở", args.login);
        }
        let (_, secret) = store.token_add(&row.id, &args.name, &args.scope, args.days).await?;
        store.close().await;
        anyhow::Ok(secret)
    })?;
    say::line(&format!(
        "Mã truy cập của {}, dùng {} ngày:\n{}\nMã này chỉ hiện một lần; thu hồi ở trang /tai-khoan.",
        args.login, args.days, secret.0
    ));
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_is_all_or_a_list_of_what_there_is() {
        assert_eq!(scope("all"), Ok(Actions::All));
        let list = Actions::Only(vec![Action::ViewPeople, Action::ExportHistory]);
        assert_eq!(scope("view-people, export-history"), Ok(list));
        assert!(scope("view-people,bay").unwrap_err().contains("«bay»"));
        assert!(scope("").is_err());
    }
}
