//! The commands, one file each.

use std::process::ExitCode;

use clap::Subcommand;

mod backup;
mod calendar_days;
mod calendar_due;
mod calendar_due_file;
mod calendar_lunar;
mod calendar_rules;
mod demo;
mod index_check;
mod index_compare;
mod index_convert;
mod index_explain;
mod index_package;
mod index_score;
mod index_sets;
mod index_template;
mod index_verify;
mod ledger_rebuild;
mod ledger_verify;
mod migrate;
mod restore;
mod serve;
mod token_add;
mod units_check;
mod units_trace;
mod units_tree;
mod user_add;

/// What the program can be asked to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Dựng và chạy bản trình diễn trên máy này.
    Demo(demo::Args),
    /// Chạy máy chủ của một tỉnh.
    Serve(serve::Args),
    /// Nâng lược đồ dữ liệu lên bản mà chương trình này cần.
    Migrate(migrate::Args),
    /// Sổ cái: kiểm chứng, dựng lại.
    #[command(subcommand)]
    Ledger(LedgerCommand),
    /// Sao lưu mọi dữ liệu khi máy chủ vẫn chạy, rồi kiểm chứng bản sao.
    Backup(backup::Args),
    /// Khôi phục một bản sao lưu vào nơi còn trống (SQLite hoặc PostgreSQL).
    Restore(restore::Args),
    /// Người dùng: thêm khi máy chủ chưa chạy.
    #[command(subcommand)]
    User(UserCommand),
    /// Mã truy cập API: tạo khi máy chủ chưa chạy.
    #[command(subcommand)]
    Token(TokenCommand),
    /// Lịch làm việc: ngày nghỉ, hạn trả, âm lịch.
    #[command(subcommand)]
    Calendar(CalendarCommand),
    /// Đơn vị hành chính và cơ quan qua thời gian.
    #[command(subcommand)]
    Units(UnitsCommand),
    /// Chỉ số: bộ tiêu chí, chấm điểm, xếp hạng, gói kết quả.
    #[command(subcommand)]
    Index(IndexCommand),
}

/// The ledger.
#[derive(Debug, Subcommand)]
pub enum LedgerCommand {
    /// Chứng minh sổ cái nguyên vẹn: chuỗi băm, thứ tự, bảng đọc, tệp; chỉ ra dòng hỏng đầu tiên.
    Verify(ledger_verify::Args),
    /// Dựng lại bảng đọc và trạng thái từ các sự kiện.
    Rebuild(ledger_rebuild::Args),
}

/// People.
#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Thêm một người với chức vụ và tài khoản; in mật khẩu dùng một lần.
    Add(user_add::Args),
}

/// Tokens for programs.
#[derive(Debug, Subcommand)]
pub enum TokenCommand {
    /// Tạo mã truy cập API thay mặt một người; in mã một lần.
    Add(token_add::Args),
}

/// Working time.
#[derive(Debug, Subcommand)]
pub enum CalendarCommand {
    /// Ngày nghỉ lễ, tết, nghỉ bù, hoán đổi, làm bù trong một khoảng (1995–2100).
    Days(calendar_days::Args),
    /// Hạn của một thời hạn, hoặc của từng dòng trong một tệp; giải thích từng ngày.
    Due(calendar_due::Args),
    /// Ngày âm lịch Việt Nam (1900–2199).
    Lunar(calendar_lunar::Args),
}

/// Units through time.
#[derive(Debug, Subcommand)]
pub enum UnitsCommand {
    /// Cây đơn vị tại một ngày.
    Tree(units_tree::Args),
    /// Một đơn vị đi về đâu từ ngày này đến ngày kia.
    Trace(units_trace::Args),
    /// Kiểm tra tệp đơn vị (CSV, XLSX): mọi điều phát hiện cùng một lúc.
    Check(units_check::Args),
}

/// The index.
#[derive(Debug, Subcommand)]
pub enum IndexCommand {
    /// Các bộ tiêu chí có sẵn trong chương trình.
    Sets(index_sets::Args),
    /// Kiểm tra một bộ tiêu chí (TOML, XLSX): mọi điều phát hiện, kèm dòng hoặc ô.
    Check(index_check::Args),
    /// So hai bộ tiêu chí: thêm, bỏ, đổi điểm, đổi quy tắc.
    Compare(index_compare::Args),
    /// Chuyển bộ tiêu chí giữa TOML và XLSX, không mất gì.
    Convert(index_convert::Args),
    /// Tệp mẫu để nhập số liệu cho một bộ tiêu chí.
    Template(index_template::Args),
    /// Chấm điểm, xếp loại, xếp hạng.
    Score(index_score::Args),
    /// Giải thích điểm của một đơn vị, từng dòng.
    Explain(index_explain::Args),
    /// Đóng gói kết quả để ai cũng tính lại được.
    Package(index_package::Args),
    /// Tính lại một gói kết quả, không cần kết nối.
    Verify(index_verify::Args),
}

impl Command {
    /// Runs the command; an error means that nothing could be done.
    pub fn run(self) -> anyhow::Result<ExitCode> {
        match self {
            Self::Demo(args) => demo::run(&args),
            Self::Serve(args) => serve::run(&args),
            Self::Migrate(args) => migrate::run(&args),
            Self::Ledger(LedgerCommand::Verify(args)) => ledger_verify::run(&args),
            Self::Ledger(LedgerCommand::Rebuild(args)) => ledger_rebuild::run(&args),
            Self::Backup(args) => backup::run(&args),
            Self::Restore(args) => restore::run(&args),
            Self::User(UserCommand::Add(args)) => user_add::run(&args),
            Self::Token(TokenCommand::Add(args)) => token_add::run(&args),
            Self::Calendar(CalendarCommand::Days(args)) => calendar_days::run(&args),
            Self::Calendar(CalendarCommand::Due(args)) => calendar_due::run(&args),
            Self::Calendar(CalendarCommand::Lunar(args)) => calendar_lunar::run(&args),
            Self::Units(UnitsCommand::Tree(args)) => units_tree::run(&args),
            Self::Units(UnitsCommand::Trace(args)) => units_trace::run(&args),
            Self::Units(UnitsCommand::Check(args)) => units_check::run(&args),
            Self::Index(command) => command.run(),
        }
    }
}

impl IndexCommand {
    fn run(self) -> anyhow::Result<ExitCode> {
        match self {
            Self::Sets(args) => index_sets::run(&args),
            Self::Check(args) => index_check::run(&args),
            Self::Compare(args) => index_compare::run(&args),
            Self::Convert(args) => index_convert::run(&args),
            Self::Template(args) => index_template::run(&args),
            Self::Score(args) => index_score::run(&args),
            Self::Explain(args) => index_explain::run(&args),
            Self::Package(args) => index_package::run(&args),
            Self::Verify(args) => index_verify::run(&args),
        }
    }
}
