//! For each dialect, devices that are on line and have nothing to complain about, by their answers.

/// Requests and answers, without their ends.
pub(crate) type Answers = &'static [(&'static str, &'static str)];

pub(crate) const STATUS: &str = "(229.5 195.0 229.5 014 50.0 27.4 30.0 00001001";
pub(crate) const RATINGS: &str = "#230.0 004 24.00 50.0";
pub(crate) const VENDOR: &str = "#ACME POWER      SIM-1000   V1.23     ";

/// One row a device: the dialect's name, its answers.
#[rustfmt::skip]
pub(crate) const HEALTHY: &[(&str, Answers)] = &[
    ("Voltronic",    VOLTRONIC),
    ("Voltronic-QS", &[("M", "V"), ("QS", STATUS), ("F", RATINGS), ("QI", "(100 00979 50.0 000.3 177 290 0 0000010000112000")]),
    ("Mustek",       &[("QS", STATUS), ("F", RATINGS), ("I", VENDOR)]),
    ("Megatec/old",  &[("D", STATUS), ("F", RATINGS), ("I", VENDOR)]),
    ("Mecer",        &[("Q1", STATUS), ("QPI", "(PI98"), ("F", RATINGS), ("I", VENDOR)]),
    ("Mecer",        &[("Q1", STATUS), ("QPI", "(NAK"), ("F", RATINGS), ("I", VENDOR)]),
    ("Megatec",      &[("Q1", STATUS), ("F", RATINGS), ("I", VENDOR)]),
    ("Megatec",      &[("Q1", STATUS), ("F", RATINGS), ("I", "#MegaTecabcedfhi k130v12345 v3.400000")]),
    ("Zinto",        &[("Q1", STATUS), ("F", RATINGS), ("FW?", VENDOR)]),
    ("Q1",           &[("Q1", STATUS)]),
];

const VOLTRONIC: Answers = &[
    ("QPI", "(PI01"),
    ("QRI", "(230.0 004 024.00 50.0"),
    ("QMD", "(#######OLHVT1K0 ###1000 80 1/1 230 230 02 12.0"),
    ("F", RATINGS),
    ("QMF", "(#######ACME POWER"),
    ("QVFW", "(VERFW:00322.02"),
    ("QID", "(685653211455"),
    (
        "QGS",
        "(229.5 50.0 229.5 50.0 003.2 014 369.1 ---.- 027.4 ---.- 030.0 100000000001",
    ),
    ("QMOD", "(L"),
    (
        "QWS",
        "(0000000000000000000000000000000000000000000000000000000000000000",
    ),
    ("QBV", "(027.4 02 01 100 030"),
    ("QLDL", "(021 080"),
    ("QFLAG", "(EpashcjDbroegfl"),
    ("QSK1", "(1"),
    ("QSKT1", "(008"),
    ("QHE", "(242 218"),
    ("QFRE", "(53.0 47.0"),
    ("QBYV", "(264 170"),
    ("QBYF", "(53.0 47.0"),
    ("RE0", "#20"),
    ("QPD", "(000 240"),
    ("QPAR", "(001"),
    ("Q1", STATUS),
    ("I", VENDOR),
];
