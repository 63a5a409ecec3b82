//! What leaves the house: electronic mail, and short texts through a gateway of the province.
//!
//! Neither is needed; what is not set up is not offered. Addresses come from the sealed contacts of officials and
//! stand in no event, no job and no log.

mod gateway;
mod mail;

use anyhow::Context;
use cchc_store::Store;
use cchc_store::jobs::Job;
use cchc_store::rounds::Sending;

pub use gateway::Gateway;
pub use mail::Mail;

/// The ways that lead out.
#[derive(Default)]
pub struct Outgoing {
    /// Electronic mail.
    pub mail: Option<Mail>,
    /// Short texts.
    pub gateway: Option<Gateway>,
}

/// How the ways that lead out are set up.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Reminding {
    /// Máy chủ gửi thư, ví dụ smtps://ten:mat-khau@mail.tinh.gov.vn; không đặt: không gửi thư.
    #[arg(long, env = "CCHC_SMTP_URL", hide_env_values = true, value_name = "ĐỊA CHỈ")]
    smtp_url: Option<String>,
    /// Thư được gửi từ địa chỉ này.
    #[arg(long, env = "CCHC_MAIL_FROM", value_name = "THƯ")]
    mail_from: Option<String>,
    /// Cổng SMS hoặc Zalo của tỉnh; {to} và {text} được thay; không đặt: không gửi.
    #[arg(long, env = "CCHC_GATEWAY_URL", hide_env_values = true, value_name = "ĐỊA CHỈ")]
    gateway_url: Option<String>,
    /// GET hoặc POST.
    #[arg(long, env = "CCHC_GATEWAY_METHOD", default_value = "POST", value_name = "CÁCH")]
    gateway_method: String,
    /// Nội dung gửi tới cổng, với {to} và {text}.
    #[arg(long, env = "CCHC_GATEWAY_BODY", default_value = r#"{"to": "{to}", "text": "{text}"}"#, value_name = "MẪU")]
    gateway_body: String,
    /// Kiểu của nội dung ấy.
    #[arg(long, env = "CCHC_GATEWAY_TYPE", default_value = "application/json", value_name = "KIỂU")]
    gateway_type: String,
    /// Giá trị của đầu mục Authorization, nếu cổng cần.
    #[arg(long, env = "CCHC_GATEWAY_AUTHORIZATION", hide_env_values = true, value_name = "GIÁ TRỊ")]
    gateway_authorization: Option<String>,
}

impl Reminding {
    /// The ways as they are set up.
    ///
    /// # Errors
    /// What is set up wrong; the server does not start with it.
    pub fn open(&self) -> anyhow::Result<Outgoing> {
        let mail = match (&self.smtp_url, &self.mail_from) {
            (Some(url), Some(from)) => Some(Mail::new(url, from).context("CCHC_SMTP_URL, CCHC_MAIL_FROM")?),
            (Some(_), None) => anyhow::bail!("có CCHC_SMTP_URL thì cần CCHC_MAIL_FROM: thư gửi từ địa chỉ nào?"),
            (None, _) => None,
        };
        let gateway = self.gateway_url.as_ref().map(|url| {
            let authorization = self.gateway_authorization.clone();
            Gateway::new(url, &self.gateway_method, &self.gateway_body, &self.gateway_type, authorization)
        });
        Ok(Outgoing { mail, gateway: gateway.transpose().context("CCHC_GATEWAY_URL")? })
    }
}

impl Outgoing {
    /// Sends a mail to the people of a unit.
    ///
    /// # Errors
    /// A sentence for the job, without an address.
    pub async fn mail(&self, store: &Store, job: &Job) -> anyhow::Result<()> {
        let mail = self.mail.as_ref().context("chưa cấu hình gửi thư (CCHC_SMTP_URL)")?;
        let sending: Sending = serde_json::from_slice(&job.payload)?;
        let mut to = Vec::new();
        for post in store.unit_people(&sending.unit).await? {
            let contact = store.person_contact(&post.person).await?.unwrap_or_default();
            to.push(contact.email);
        }
        to.retain(|address| !address.is_empty());
        if to.is_empty() {
            anyhow::bail!("đơn vị {} chưa có thư công vụ của thủ trưởng hoặc cán bộ đầu mối", sending.unit);
        }
        mail.send(&to, &sending.subject, &sending.text).await
    }

    /// Sends a short text to the first of the people of a unit who has a telephone.
    ///
    /// # Errors
    /// A sentence for the job, without a number.
    pub async fn text(&self, store: &Store, job: &Job) -> anyhow::Result<()> {
        let gateway = self.gateway.clone().context("chưa cấu hình cổng SMS, Zalo (CCHC_GATEWAY_URL)")?;
        let sending: Sending = serde_json::from_slice(&job.payload)?;
        for post in store.unit_people(&sending.unit).await? {
            let contact = store.person_contact(&post.person).await?.unwrap_or_default();
            if !contact.phone.is_empty() {
                // One recipient a job: a job that is tried again does not send to the others twice.
                return tokio::task::spawn_blocking(move || gateway.send(&contact.phone, &sending.text)).await?;
            }
        }
        anyhow::bail!("đơn vị {} chưa có số điện thoại của thủ trưởng hoặc cán bộ đầu mối", sending.unit)
    }
}
