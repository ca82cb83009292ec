//! Anything that may come from an agent, for property tests.

use proptest::prelude::*;

use crate::oid::{ARCS_MAX, Oid};
use crate::value::Value;

/// Any object identifier.
pub(crate) fn any_oid() -> impl Strategy<Value = Oid> {
    let arcs = prop::collection::vec(any::<u32>(), 2..=ARCS_MAX);
    arcs.prop_map(|mut arcs| {
        arcs[0] %= 3;
        arcs[1] %= 40;
        Oid::new(&arcs).unwrap()
    })
}

/// Any value, missing ones, too.
pub(crate) fn any_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        any::<i64>().prop_map(Value::Integer),
        any::<Vec<u8>>().prop_map(Value::Text),
        any::<String>().prop_map(|text| Value::Text(text.into_bytes())),
        any_oid().prop_map(Value::Oid),
        any::<[u8; 4]>().prop_map(Value::IpAddress),
        any::<u32>().prop_map(Value::Counter32),
        any::<u32>().prop_map(Value::Gauge32),
        any::<u32>().prop_map(Value::TimeTicks),
        any::<Vec<u8>>().prop_map(Value::Opaque),
        any::<u64>().prop_map(Value::Counter64),
        Just(Value::Null),
        Just(Value::Missing),
    ]
}
