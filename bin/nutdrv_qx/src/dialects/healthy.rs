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
    ("Voltronic-Axpert", AXPERT),
    ("Voltronic-QS", &[("M", "V"), ("QS", STATUS), ("F", RATINGS), ("QI", "(100 00979 50.0 000.3 177 290 0 0000010000112000")]),
    ("Mustek",       &[("QS", STATUS), ("F", RATINGS), ("I", VENDOR)]),
    ("Megatec/old",  &[("D", STATUS), ("F", RATINGS), ("I", VENDOR)]),
    ("Mecer",        &[("Q1", STATUS), ("QPI", "(PI98"), ("F", RATINGS), ("I", VENDOR)]),
    ("Mecer",        &[("Q1", STATUS), ("QPI", "(NAK"), ("F", RATINGS), ("I", VENDOR)]),
    ("Megatec",      &[("Q1", STATUS), ("F", RATINGS), ("I", VENDOR)]),
    ("Megatec",      &[("Q1", STATUS), ("F", RATINGS), ("I", "#MegaTecabcedfhi k130v12345 v3.400000")]),
    ("Zinto",        &[("Q1", STATUS), ("F", RATINGS), ("FW?", VENDOR)]),
    ("Voltronic-QS-Hex", &[("M", "P"), ("QS", "#\x6C\x01 \x35 \x6C\x01 \x35 \x03 \x51\x1A \x28\x02\x12\x50 \x66 \x1E \x09")]),
    ("Voltronic-QS-Hex", &[("M", "T"), ("QS", "#\x6C\x01 \x35 \x6C\x01 \x35 \x03 \x51\x1A \x12\x12\x50 \x66 \x1E \x09 \x73")]),
    ("BestUPS",      &[("Q1", STATUS), ("ID", "AX1,750,230,230,20.0,27.6"), ("RT", "030"), ("BP?", "02"), ("SS?", "0"), ("M", "4")]),
    ("INNOVATAE",    &[("Q1", STATUS), ("F", RATINGS), ("I", "#222222222222222222222222222R1.00.48")]),
    ("Ablerex",      &[("Q1", STATUS), ("F", RATINGS), ("I", VENDOR), ("TR", "#PASS"), ("At", "(\x00\x00\x07\x26"),
        ("Q5", "(\x01\x74\x01\x01\x01\x01\x05\x5A\x03\x68\x01\x7A\x00\x00\x01\x20\x01\x01\x01\x01")]),
    ("Hunnox",       &[("Q1", STATUS), ("F", RATINGS), ("FW?", VENDOR), ("BL", "BL100")]),
    ("Masterguard",  MASTERGUARD),
    ("Gtec",         &[("Q4", "(236.7 243.2 212.1 220.1 230.4 002 001 50.0 371 372 041.3 22.9 IM"), ("F", RATINGS), ("I", VENDOR)]),
    ("INNOVART31",   INNOVART),
    ("INNOVART33",   INNOVART),
    ("Q2",           &[("Q1", STATUS), ("WA", WA),
        ("Q2", "(229.5 228.1 230.6 195.0 229.5 229.0 230.0 014 015 016 50.0 327.6 30.0 00001001 030.50 100 02 00 00 00 00 00000000 10")]),
    ("Q6",           &[("Q6", Q6), ("Q1", STATUS), ("WA", WA)]),
    ("Omron",        &[("Q1", STATUS), ("Bl ?", "100"), ("RTS", "0030"), ("TPb", "+30.0"), ("Lf ?", "50.0"), ("PSNR", "A0Z25110005109G "),
        ("FWV", "M:0.17(S:2.00)"), ("BRR", "20260730"), ("UN", "1125W/1125VA/048V/160W/020W")]),
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

const Q6: &str = "(229.5 228.1 230.6 50.0 229.5 229.0 230.0 50.1 014 015 016 327.8 326.9 30.0 01830 100 32 00000000 00000000 11";
const WA: &str = "(001.4 001.1 000.9 001.5 001.2 001.0 003.4 003.7 006.5 005.1 004.2 014 00001001";

#[rustfmt::skip]
const INNOVART: Answers = &[
    ("Q6", Q6),
    ("Q1", STATUS),
    ("WA", WA),
    ("BPS", "(230.4 229.8 231.0 50.0"),
    ("F", RATINGS),
    ("FW?", "05516-1100"),
    ("SASV07?", "GASV07DN05K10KB100004      "),
];

#[rustfmt::skip]
const MASTERGUARD: Answers = &[
    ("WH", "(05 10.06 03.09 A 1000  + 1 Bat Pack           0 230 50.00 012 02.30 006.00 012.00 018 10 40 160 276 47.00 53.00"),
    ("Q3", "(05 229.5 195.0 229.5 014 50.0 02.27 30.0 030.30 100 00000000 00000000"),
    ("GS,05", "(05,05 1 1"),
    ("GBS,05", "(05,100 0017 0000 0708 0712 0994 115 02.28"),
    ("GSN,05", "(05,SSN=6A1212      2782"),
    ("DRC,05", "(05,0012:03:04:05"),
    ("MSO", "(220 230 240"),
    ("PNV", "(PNV=230"),
    ("FLT,05", "(05,1 0380 0001:02:03:04 3 0055 0001:02:03:04 0 0000 0001:02:03:04 8 0000 0001:02:03:04 B 0000 0001:02:03:04"),
];

/// With checksums behind.
#[rustfmt::skip]
const AXPERT: Answers = &[
    ("QPI\u{BE}\u{AC}", "(PI30\u{9A}\x0B"),
    ("QVFWb\u{99}", "(VERFW:00074.50\x12\\"),
    ("QVFW2\u{C3}\u{F5}", "(VERFW2:00000.31\u{F3}\u{A9}"),
    ("QID\u{D6}\u{EA}", "(SN123456789012P\u{D9}"),
    ("QFLAG\u{98}t", "(EakxyDbjuvz/)"),
    ("QPIRI\u{F8}T", "(230.0 21.7 230.0 50.0 21.7 5000 4500 48.0 46.0 42.0 56.4 54.0 1 30 060 0 0 2 9 01 0 1 54.0 0 1 000Y\u{D6}"),
    ("QMD\x1A.", "(#####INVERTEX5K ###5000 99 1/1 230 230 04 12.0i\u{CD}"),
    ("QDIq\x1B", "(230.0 50.0 0030 42.0 54.0 56.4 46.0 60 0 0 2 0 0 0 0 0 1 1 0 0 1 0 54.0 0 1 000\u{9E}`"),
    ("QPIGS\u{B7}\u{A9}", "(229.5 50.0 229.5 50.0 0446 0382 014 440 27.40 010 100 0030 0005 061.5 54.00 00012 00010001 00 00 00120 110\u{AC}\u{FD}"),
    ("QPIGS2h-", "(0004 060.7 54.10 00240 00000000 0000 000 0003 059.9 54.20 00180 000 00\x16%"),
    ("QPIWS\u{B4}\u{DA}", "(00000000000000000000000000000000\u{EB}\u{E4}"),
    ("QMODI\u{C1}", "(L\x06\x07"),
];
