//! Where the data is: a folder with SQLite, or PostgreSQL; real data or a demonstration, never both.

use std::path::PathBuf;

use anyhow::bail;
use cchc_store::lock::DataLock;
use cchc_store::store::Clock;
use cchc_store::{Options, Store};

/// Arguments of every command that opens the store.
#[derive(Debug, Clone, clap::Args)]
pub struct Place {
    /// Thư mục dữ liệu: cơ sở dữ liệu SQLite và các tệp.
    #[arg(long = "data", env = "CCHC_DATA", default_value = "cchc-data", value_name = "THƯ MỤC")]
    pub folder: PathBuf,
    /// Địa chỉ PostgreSQL 15 trở lên (postgres://…); không có thì dùng SQLite trong thư mục dữ liệu.
    #[arg(long = "database", env = "CCHC_DATABASE_URL", hide_env_values = true, value_name = "ĐỊA CHỈ")]
    pub url: Option<String>,
    /// Địa chỉ PostgreSQL với vai trò được đổi lược đồ, nếu khác.
    #[arg(long = "migrate-url", env = "CCHC_MIGRATE_URL", hide_env_values = true, hide = true)]
    pub migrate_url: Option<String>,
}

/// What the data of a store is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    /// A province's own.
    Real,
    /// Invented, marked so on every page.
    Demonstration,
}

impl Nature {
    const META: &'static str = "nature";

    fn code(self) -> &'static str {
        match self {
            Self::Real => "real",
            Self::Demonstration => "demonstration",
        }
    }

    /// What the data of a store is; `None`: nothing has marked it yet.
    pub async fn of(store: &Store) -> anyhow::Result<Option<Self>> {
        let known = store.meta(Self::META).await?;
        Ok([Self::Real, Self::Demonstration].into_iter().find(|nature| known.as_deref() == Some(nature.code())))
    }
}

impl Place {
    /// The options of the store.
    pub fn options(&self, clock: Clock) -> Options {
        let url = self.url.clone().filter(|url| !url.trim().is_empty());
        let mut options = Options::new(&self.folder, url, clock);
        options.migrate_url.clone_from(&self.migrate_url);
        options
    }

    /// Opens the store for data of that nature; a new one becomes it, one of the other nature is refused.
    pub async fn open(&self, nature: Nature, clock: Clock) -> anyhow::Result<Store> {
        let store = self.open_any(clock).await?;
        match store.meta(Nature::META).await? {
            Some(known) if known == nature.code() => {}
            Some(_) => return Err(self.other_nature(nature)),
            // Data without a mark was entered before the mark was written: it is real.
            None if nature == Nature::Demonstration && store.log_end().await?.0 > 0 => {
                return Err(self.other_nature(nature));
            }
            None => store.meta_set(Nature::META, nature.code()).await?,
        }
        Ok(store)
    }

    /// Opens whatever is there.
    pub async fn open_any(&self, clock: Clock) -> anyhow::Result<Store> {
        Ok(Store::open(self.options(clock)).await?)
    }

    /// Opens what must already be there; nothing is made.
    pub async fn open_existing(&self, clock: Clock) -> anyhow::Result<Store> {
        let database = self.options(clock.clone()).database();
        if self.url.is_none() && !database.exists() {
            bail!("chưa có dữ liệu tại {}: chạy cchc serve, hoặc chỉ đúng thư mục bằng --data", database.display());
        }
        self.open_any(clock).await
    }

    /// The lock of the data folder, for what only one may do at a time; PostgreSQL needs none.
    pub fn lock(&self, what: &str) -> anyhow::Result<Option<DataLock>> {
        Ok(if self.url.is_none() { Some(DataLock::take(&self.folder, what)?) } else { None })
    }

    /// Where the data is, for a person to read; never with a password.
    pub fn shown(&self) -> String {
        match &self.url {
            Some(_) => "PostgreSQL".to_owned(),
            None => self.folder.display().to_string(),
        }
    }

    fn other_nature(&self, wanted: Nature) -> anyhow::Error {
        let at = self.shown();
        match wanted {
            Nature::Demonstration => {
                anyhow::anyhow!("{at} có dữ liệu thật: bản trình diễn không ghi vào đó. Chọn thư mục khác bằng --data")
            }
            Nature::Real => anyhow::anyhow!(
                "{at} là dữ liệu trình diễn (mô phỏng): không dùng làm dữ liệu thật. Chọn thư mục khác bằng --data"
            ),
        }
    }
}
