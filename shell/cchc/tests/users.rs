//! The first admin, people and tokens from the command line.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Output, Stdio};

/// A folder of its own for each test, empty at the start.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn command(arguments: &[&str], data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cchc"));
    command.args(arguments).env("CCHC_DATA", data).env_remove("CCHC_DATABASE_URL");
    command
}

fn cchc(arguments: &[&str], data: &Path) -> Output {
    command(arguments, data).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A server on a free port; it ends with this value.
struct Server {
    child: Child,
    said: BufReader<ChildStdout>,
}

impl Server {
    fn start(data: &Path) -> Self {
        let mut command = command(&["serve", "--port", "0"], data);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let said = BufReader::new(child.stdout.take().unwrap());
        Self { child, said }
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.said.read_line(&mut line).unwrap();
        line
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn the_first_start_makes_an_admin_and_the_second_says_nothing() {
    let data = folder("first-admin");
    let mut server = Server::start(&data);
    assert!(server.line().contains("cchc chạy tại http://127.0.0.1:"));
    assert!(server.line().starts_with("Lần chạy đầu tiên"));
    assert!(server.line().contains("/dang-nhap"));
    assert!(server.line().contains("quan-tri"));
    let line = server.line();
    let password = line.split_whitespace().last().unwrap();
    assert_eq!((password.len(), password.matches('-').count()), (19, 3), "{line}");
    // The one writer of the folder is the server.
    for arguments in [
        ["user", "add", "--name", "An", "--login", "an.nguyen", "--role", "admin"].as_slice(),
        ["token", "add", "--login", "quan-tri", "--name", "a", "--scope", "all", "--days", "1"].as_slice(),
    ] {
        let refused = cchc(arguments, &data);
        assert!(!refused.status.success());
        assert!(text(&refused.stderr).contains("cchc serve"), "{}", text(&refused.stderr));
    }
    // Killed in the middle of everything; the admin is still there.
    drop(server);
    let token = cchc(&["token", "add", "--login", "quan-tri", "--name", "a", "--scope", "all", "--days", "1"], &data);
    assert!(text(&token.stdout).contains("\ncchc_"), "{}", text(&token.stderr));
    let mut server = Server::start(&data);
    server.line();
    let added = Command::new("kill").args(["-TERM", &server.child.id().to_string()]).status().unwrap();
    assert!(added.success());
    assert_eq!(server.line(), "", "nothing more is said, and the server ends");
}

#[test]
fn a_person_is_added_once_with_a_password_that_is_said() {
    let data = folder("user-add");
    assert!(cchc(&["migrate"], &data).status.success());
    let add = |login: &str, role: &str| {
        cchc(&["user", "add", "--name", "Nguyễn Văn An (mô phỏng)", "--login", login, "--role", role], &data)
    };
    let added = add("an.nguyen", "admin");
    assert!(text(&added.stdout).contains("Mật khẩu:"), "{}", text(&added.stderr));
    for (login, role, why) in [
        ("an.nguyen", "admin", "đã có người dùng"),
        ("An Nguyễn", "admin", "không hợp lệ"),
        ("ba.le", "vua", "không có vai trò"),
        ("ba.le", "unit-head", "phải thuộc một đơn vị"),
    ] {
        let refused = add(login, role);
        assert!(!refused.status.success(), "{login} {role}");
        assert!(text(&refused.stderr).contains(why), "{}", text(&refused.stderr));
    }
    let none = cchc(&["token", "add", "--login", "khong", "--name", "a", "--scope", "all", "--days", "1"], &data);
    assert!(text(&none.stderr).contains("không có ai"), "{}", text(&none.stderr));
    // What could not be appointed is entered all the same, and is finished by the same command.
    let finished = add("ba.le", "admin");
    assert!(text(&finished.stdout).contains("Mật khẩu:"), "{}", text(&finished.stderr));
}
