//! What a reader must be told before any number: invented, illustrative, unconfirmed, incomplete.

use cchc_index::set::Status;

use crate::package::Package;

/// The marks of a package, in capitals as they stand at the top of a paper; none for real and official ones.
#[must_use]
pub fn marks(package: &Package) -> Vec<&'static str> {
    let set = match package.set.status {
        Status::Illustrative => Some("BỘ TIÊU CHÍ MINH HỌA"),
        Status::Unconfirmed => Some("BỘ TIÊU CHÍ CHƯA XÁC NHẬN VỚI VĂN BẢN GỐC"),
        Status::Observed => Some("BỘ TIÊU CHÍ GHI NHẬN TỪ HỆ THỐNG ĐANG VẬN HÀNH"),
        Status::Official => None,
    };
    let simulated = package.about.simulated.then_some("SỐ LIỆU MÔ PHỎNG");
    let partial = package.about.partial.then_some("CHỈ CÓ MỘT PHẦN SỐ LIỆU, KHÔNG TÍNH TỔNG");
    [simulated, set, partial].into_iter().flatten().collect()
}

/// All marks in one line.
pub(crate) fn all_marks(package: &Package) -> String {
    marks(package).join(" – ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::package::sample;

    #[test]
    fn tell_what_is_not_real() {
        let mut package = sample::package();
        assert_eq!(marks(&package), ["SỐ LIỆU MÔ PHỎNG", "BỘ TIÊU CHÍ MINH HỌA"]);
        package.about.simulated = false;
        package.set.status = Status::Official;
        assert!(marks(&package).is_empty());
    }
}
