//! Electronic mail by SMTP.

use std::time::Duration;

use anyhow::Context;
use lettre::message::header::ContentType;
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

/// How long a server may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// A server that takes mail.
pub struct Mail {
    server: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Mail {
    /// The server of an address: `smtps://ten:mat-khau@mail.tinh.gov.vn`, `smtp://…?tls=required`.
    ///
    /// # Errors
    /// An address that is none.
    pub fn new(url: &str, from: &str) -> anyhow::Result<Self> {
        let server = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)?.timeout(Some(PATIENCE)).build();
        Ok(Self { server, from: from.parse()? })
    }

    /// Sends a text; whoever gets it does not see who else does.
    ///
    /// # Errors
    /// What the server says; an address that is none.
    pub async fn send(&self, to: &[String], subject: &str, text: &str) -> anyhow::Result<()> {
        let mut message = Message::builder().from(self.from.clone()).to(self.from.clone()).subject(subject);
        for address in to {
            let mailbox: Mailbox = address.parse().ok().context("có địa chỉ thư công vụ không đọc được")?;
            message = message.bcc(mailbox);
        }
        let part = SinglePart::builder().header(ContentType::TEXT_PLAIN).body(text.to_owned());
        let message = message.multipart(MultiPart::mixed().singlepart(part))?;
        self.server.send(message).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
    use tokio::net::TcpListener;

    use super::*;

    /// A server that takes one mail and says what it was told.
    async fn one_mail(listener: TcpListener) -> String {
        let (stream, _) = listener.accept().await.unwrap();
        let mut stream = BufReader::new(stream);
        stream.write_all(b"220 thu\r\n").await.unwrap();
        let (mut said, mut data) = (String::new(), false);
        loop {
            let mut line = String::new();
            if stream.read_line(&mut line).await.unwrap() == 0 {
                return said;
            }
            said.push_str(&line);
            let answer = match line.trim_end() {
                "." if data => "250 ok\r\n",
                _ if data => continue,
                "DATA" => {
                    data = true;
                    "354 noi di\r\n"
                }
                "QUIT" => return said,
                _ => "250 ok\r\n",
            };
            if line.trim_end() == "." {
                stream.write_all(answer.as_bytes()).await.unwrap();
                return said;
            }
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
    }

    #[tokio::test]
    async fn a_mail_goes_to_each_and_names_none_of_them() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let taken = tokio::spawn(one_mail(listener));
        let mail = Mail::new(&url, "cchc@tinh.example").unwrap();
        let to = ["a@tinh.example".to_owned(), "b@tinh.example".to_owned()];
        mail.send(&to, "Đôn đốc", "Còn thiếu 9 dòng").await.unwrap();
        let said = taken.await.unwrap();
        assert!(said.contains("RCPT TO:<a@tinh.example>") && said.contains("RCPT TO:<b@tinh.example>"), "{said}");
        assert!(!said.split("DATA").nth(1).unwrap().contains("a@tinh.example"), "{said}");
        assert!(mail.send(&["khong".to_owned()], "x", "x").await.is_err());
    }
}
