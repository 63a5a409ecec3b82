//! Who signed a PDF, as the certificate inside it says.
//!
//! The signature of a PDF (ISO 32000-1, 12.8) holds a CMS message (RFC 5652) in hexadecimal after `/Contents`; the
//! certificate of its signer names him. Whether the signature holds is for the signing service to say: this reads a
//! name so that nobody has to type it.

use cms::cert::CertificateChoices;
use cms::cert::x509::der::asn1::ObjectIdentifier;
use cms::cert::x509::der::{Decode, Encode, Reader, SliceReader};
use cms::cert::x509::name::Name;
use cms::content_info::ContentInfo;
use cms::signed_data::{SignedData, SignerIdentifier};

/// The common name in a distinguished name (X.520).
const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");
/// Signatures that are looked at; more of them would be no report.
const MOST: usize = 20;

/// The name of whoever signed last; `None`: nobody, or it can't be read.
#[must_use]
pub fn signer(pdf: &[u8]) -> Option<String> {
    contents(pdf).filter_map(|message| name(&message)).take(MOST).last()
}

/// The bytes of each signature, in the order of the file.
fn contents(pdf: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    const MARK: &[u8] = b"/Contents";
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = pdf.get(from..)?;
            let at = rest.windows(MARK.len()).position(|window| window == MARK)?;
            let after = rest.get(at.saturating_add(MARK.len())..)?;
            from = from.saturating_add(at).saturating_add(MARK.len());
            let start = after.iter().position(|byte| !byte.is_ascii_whitespace())?;
            let Some(digits) = after.get(start..).and_then(|text| text.strip_prefix(b"<")) else { continue };
            let digits: Vec<u8> = digits.iter().copied().take_while(u8::is_ascii_hexdigit).collect();
            if let Some(bytes) = unhex(&digits).filter(|bytes| bytes.first() == Some(&0x30)) {
                return Some(bytes);
            }
        }
    })
}

fn unhex(digits: &[u8]) -> Option<Vec<u8>> {
    let pair = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    digits.chunks_exact(2).map(pair).collect()
}

/// The name of the signer of a message; what fills its room after it is not looked at.
fn name(message: &[u8]) -> Option<String> {
    let reader = SliceReader::new(message).ok()?;
    let header = reader.peek_header().ok()?;
    let length = u32::from(header.length).saturating_add(u32::from(header.encoded_len().ok()?));
    let whole = message.get(..usize::try_from(length).ok()?)?;
    let info = ContentInfo::from_der(whole).ok()?;
    let signed: SignedData = info.content.decode_as().ok()?;
    let by = signed.signer_infos.0.iter().next()?;
    let certificates = signed.certificates.as_ref()?.0.iter().filter_map(|choice| match choice {
        CertificateChoices::Certificate(certificate) => Some(&certificate.tbs_certificate),
        CertificateChoices::Other(_) => None,
    });
    let all: Vec<_> = certificates.collect();
    let own = all.iter().find(|certificate| match &by.sid {
        SignerIdentifier::IssuerAndSerialNumber(sid) => {
            certificate.issuer == sid.issuer && certificate.serial_number == sid.serial_number
        }
        SignerIdentifier::SubjectKeyIdentifier(_) => all.len() == 1,
    })?;
    common_name(&own.subject)
}

fn common_name(subject: &Name) -> Option<String> {
    let mut parts = subject.0.iter().flat_map(|part| part.0.iter());
    let value = &parts.find(|part| part.oid == COMMON_NAME)?.value;
    let text = String::from_utf8(value.value().to_vec()).ok()?;
    let text = cchc_text::nfc(text.trim()).into_owned();
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Signed by an invented person with a certificate of his own.
    const SIGNED: &[u8] = include_bytes!("../tests/data/signed.pdf");

    #[test]
    fn the_certificate_names_the_signer() {
        assert_eq!(signer(SIGNED).as_deref(), Some("Nguyễn Văn Yên (mô phỏng)"));
    }

    #[test]
    fn an_unsigned_or_broken_file_names_nobody() {
        assert_eq!(signer(b"%PDF-1.4\n<</Type/Page/Contents 4 0 R>>\n%%EOF"), None);
        assert_eq!(signer(b"%PDF-1.4\n/Contents <30820a> /Contents"), None);
        for cut in [220, 400, 1_500] {
            let mut broken = SIGNED.to_vec();
            broken.truncate(cut);
            assert_eq!(signer(&broken), None);
        }
    }
}
