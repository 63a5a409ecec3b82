//! Short texts through a gateway to SMS or Zalo: one HTTP request by a template.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail};
use ureq::Agent;
use ureq::tls::{Certificate, RootCerts, TlsConfig};

/// How long a gateway may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// A gateway.
#[derive(Clone)]
pub struct Gateway {
    agent: Agent,
    url: String,
    posts: bool,
    body: String,
    kind: String,
    authorization: Option<String>,
}

impl Gateway {
    /// A gateway at an address; `{to}` and `{text}` in address and body are replaced.
    ///
    /// # Errors
    /// An address that is none, a method that is neither GET nor POST.
    pub fn new(url: &str, method: &str, body: &str, kind: &str, authorization: Option<String>) -> anyhow::Result<Self> {
        if !url.starts_with("https://") && !url.starts_with("http://") {
            bail!("địa chỉ cổng phải bắt đầu bằng https:// hoặc http://");
        }
        let posts = match method.to_ascii_uppercase().as_str() {
            "POST" => true,
            "GET" => false,
            other => bail!("«{other}»: cổng chỉ nhận GET hoặc POST"),
        };
        let (url, body, kind) = (url.to_owned(), body.to_owned(), kind.to_owned());
        Ok(Self { agent: agent(), url, posts, body, kind, authorization })
    }

    /// Sends a text to a number.
    ///
    /// # Errors
    /// What the gateway says, without the number.
    pub fn send(&self, to: &str, text: &str) -> anyhow::Result<()> {
        let url = filled(&self.url, to, text, in_address);
        let answer = if self.posts {
            let escape = match self.kind.as_str() {
                kind if kind.contains("json") => in_json,
                kind if kind.contains("form") => in_address,
                _ => str::to_owned,
            };
            let mut request = self.agent.post(&url).header("content-type", &self.kind);
            if let Some(value) = &self.authorization {
                request = request.header("authorization", value);
            }
            request.send(filled(&self.body, to, text, escape))
        } else {
            let mut request = self.agent.get(&url);
            if let Some(value) = &self.authorization {
                request = request.header("authorization", value);
            }
            request.call()
        };
        match answer {
            Ok(_) => Ok(()),
            Err(ureq::Error::StatusCode(status)) => bail!("cổng trả lời {status}"),
            // The text of other errors may hold the address, and so the number.
            Err(_) => Err(anyhow::Error::msg("không tới được cổng")).context("SMS, Zalo"),
        }
    }
}

/// Trusts what the machine trusts.
fn agent() -> Agent {
    let found = rustls_native_certs::load_native_certs().certs;
    let certificates: Vec<Certificate<'static>> =
        found.iter().map(|one| Certificate::from_der(one.as_ref()).to_owned()).collect();
    let tls = TlsConfig::builder()
        .root_certs(RootCerts::Specific(Arc::new(certificates)))
        .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .build();
    Agent::config_builder().timeout_global(Some(PATIENCE)).tls_config(tls).build().into()
}

/// A template with number and text in it; what was put in is not looked at again.
fn filled(template: &str, to: &str, text: &str, escape: fn(&str) -> String) -> String {
    cchc_index::round::message::fill(template, &[("to", &escape(to)), ("text", &escape(text))])
}

fn in_address(text: &str) -> String {
    cchc_web::pages::publication::address::encode(text)
}

fn in_json(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpListener;

    use super::*;

    fn sent(method: &str, end: &str, status: &'static str) -> (String, anyhow::Result<()>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}{end}", listener.local_addr().unwrap());
        let taken = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut bytes = [0; 4096];
            let mut said = String::new();
            while !(said.ends_with('}') || said.starts_with("GET") && said.ends_with("\r\n\r\n")) {
                let read = stream.read(&mut bytes).unwrap();
                said.push_str(&String::from_utf8_lossy(&bytes[..read]));
            }
            write!(stream, "HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n").unwrap();
            said
        });
        let body = r#"{"to": "{to}", "text": "{text}"}"#;
        let gateway = Gateway::new(&url, method, body, "application/json", Some("Bearer x".to_owned())).unwrap();
        let done = gateway.send("0912", "Còn \"9\" dòng {to}");
        (taken.join().unwrap(), done)
    }

    #[test]
    fn a_text_is_posted_by_the_template() {
        let (said, done) = sent("POST", "/gui", "200 OK");
        assert!(done.is_ok());
        assert!(said.ends_with(r#"{"to": "0912", "text": "Còn \"9\" dòng {to}"}"#), "{said}");
        assert!(said.to_lowercase().contains("authorization: bearer x"));
    }

    #[test]
    fn a_text_may_stand_in_the_address_and_a_refusal_names_no_number() {
        let (said, done) = sent("GET", "/gui?so={to}&tin={text}", "503 Ban");
        assert!(said.starts_with("GET /gui?so=0912&tin=C%C3%B2n%20%229%22"), "{said}");
        assert_eq!(done.unwrap_err().to_string(), "cổng trả lời 503");
        assert!(Gateway::new("ftp://x", "POST", "", "", None).is_err());
    }
}
