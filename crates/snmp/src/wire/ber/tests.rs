use proptest::prelude::*;

use super::*;
use crate::testing::{any_oid, any_value};

fn read(bytes: &[u8]) -> Value {
    Reader::new(bytes).value().unwrap()
}

fn written(value: &Value) -> Vec<u8> {
    let mut out = Vec::new();
    put_value(&mut out, value);
    out
}

proptest! {
    #[test]
    fn a_value_and_its_bytes_are_each_others_inverse(value in any_value()) {
        prop_assert_eq!(read(&written(&value)), value);
    }

    #[test]
    fn an_object_identifier_and_its_bytes_are_each_others_inverse(oid in any_oid()) {
        let mut out = Vec::new();
        put_oid(&mut out, &oid);
        let mut reader = Reader::new(&out);
        prop_assert_eq!(reader.oid(), Ok(oid));
        prop_assert!(reader.is_empty());
    }

    #[test]
    fn no_bytes_make_it_panic(bytes: Vec<u8>) {
        let mut reader = Reader::new(&bytes);
        while !reader.is_empty() && reader.value().is_ok() {}
        let _ = Reader::new(&bytes).oid();
        let _ = Reader::new(&bytes).natural();
    }
}

#[test]
fn numbers_are_written_as_short_as_they_can_be() {
    for (number, bytes) in [
        (0, &[2, 1, 0][..]),
        (127, &[2, 1, 127]),
        (128, &[2, 2, 0, 128]),
        (-128, &[2, 1, 128]),
        (-129, &[2, 2, 0xff, 0x7f]),
        (i64::MIN, &[2, 8, 0x80, 0, 0, 0, 0, 0, 0, 0]),
    ] {
        assert_eq!(written(&Value::Integer(number)), bytes);
    }
    let largest = written(&Value::Counter64(u64::MAX));
    assert_eq!(largest, [&[0x46, 9, 0][..], &[0xff; 8]].concat());
}

#[test]
fn what_agents_write_longer_or_shorter_than_they_should_is_understood() {
    assert_eq!(read(&[2, 0x84, 0, 0, 0, 1, 5]), Value::Integer(5), "length");
    assert_eq!(read(&[2, 5, 0, 0, 0, 0, 5]), Value::Integer(5), "zeros");
    assert_eq!(
        read(&[2, 10, 255, 255, 255, 255, 255, 255, 255, 255, 255, 251]),
        Value::Integer(-5)
    );
    assert_eq!(
        read(&[0x42, 4, 255, 255, 255, 254]),
        Value::Gauge32(u32::MAX - 1)
    );
    assert_eq!(read(&[0x42, 1, 255]), Value::Gauge32(u32::MAX));
    assert_eq!(read(&[0x46, 1, 255]), Value::Counter64(255));
    assert_eq!(read(&[0x47, 1, 7]), Value::Gauge32(7));
    let none = Oid::new(&[0, 0]).unwrap();
    assert_eq!(read(&[6, 0]), Value::Oid(none));
}

#[test]
fn a_value_that_cannot_be_understood_is_null_and_the_next_is_read() {
    for odd in [
        &[2, 0][..],
        &[2, 9, 1, 0, 0, 0, 0, 0, 0, 0, 0],
        &[0x40, 3, 1, 2, 3],
        &[0x41, 5, 1, 0, 0, 0, 0],
        &[6, 1, 0x81],
        &[6, 6, 43, 0x90, 0x80, 0x80, 0x80, 0x00],
        &[0x13, 1, 65],
        &[1, 1, 1],
    ] {
        let bytes = [odd, &[2, 1, 9]].concat();
        let mut reader = Reader::new(&bytes);
        assert_eq!(reader.value(), Ok(Value::Null), "{odd:?}");
        assert_eq!(reader.value(), Ok(Value::Integer(9)));
    }
}

#[test]
fn what_has_no_end_is_garbled() {
    for odd in [
        &[][..],
        &[2],
        &[2, 2, 1],
        &[2, 0x80, 0, 0],
        &[2, 0x89, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        &[2, 0x88, 255, 255, 255, 255, 255, 255, 255, 255],
        &[0x1f, 1, 0],
    ] {
        assert!(Reader::new(odd).value().is_err(), "{odd:?}");
    }
}

#[test]
fn a_reader_knows_where_it_is() {
    let mut outer = Reader::new(&[0x30, 5, 2, 1, 7, 5, 0]);
    let mut inner = outer.expect(SEQUENCE).unwrap();
    assert_eq!(inner.integer(), Ok(7));
    assert_eq!(inner.position(), 5);
}
