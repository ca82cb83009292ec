//! The table answers, the faults strike, the plug is pulled.

use super::*;
use crate::class::{get_report, set_report};

const SOON: Duration = Duration::from_millis(1);

fn device() -> Simulated {
    let device = Simulated::new(Identity {
        serial: Some("AB0427  ".into()),
        ..Identity::default()
    });
    device.set_report(Kind::Feature, 12, &[12, 100]);
    device
}

fn read(device: &mut Simulated, id: u8) -> Result<Vec<u8>, Error> {
    let mut buffer = [0; 8];
    let length = get_report(device, Kind::Feature, id, &mut buffer, SOON)?;
    Ok(buffer[..length].to_vec())
}

#[test]
fn reports_are_read_and_written_and_what_was_written_is_kept() {
    let mut device = device();
    assert_eq!(read(&mut device, 12).unwrap(), [12, 100]);
    set_report(&mut device, Kind::Feature, 12, &[12, 50], SOON).unwrap();
    assert_eq!(read(&mut device, 12).unwrap(), [12, 50]);
    assert_eq!(device.written(), [(Kind::Feature, 12, vec![12, 50])]);
}

#[test]
fn what_is_not_in_the_table_is_refused() {
    let mut device = device();
    assert!(matches!(read(&mut device, 13), Err(Error::Stalled(_))));
    assert!(matches!(
        set_report(&mut device, Kind::Feature, 13, &[13], SOON),
        Err(Error::Stalled(_))
    ));
    assert!(matches!(device.string(9, SOON), Err(Error::Stalled(_))));
    assert!(matches!(
        device.interrupt(&mut [0; 8], SOON),
        Err(Error::Timeout(_))
    ));
}

#[test]
fn strings_keep_their_blanks() {
    assert_eq!(device().string(3, SOON).unwrap(), "AB0427  ");
}

#[test]
fn a_fault_strikes_where_and_as_often_as_it_was_planted() {
    let mut device = device();
    let get = Where::Get(Kind::Feature);
    device.plant(
        get,
        Some(12),
        Fault::Error(Error::Timeout("x".into())),
        Some(1),
    );
    device.plant(get, None, Fault::Short(1), None);
    assert!(matches!(read(&mut device, 12), Err(Error::Timeout(_))));
    assert_eq!(read(&mut device, 12).unwrap(), [12]);
    device.clear_faults();
    assert_eq!(read(&mut device, 12).unwrap(), [12, 100]);
    device.plant(Where::Set, Some(12), Fault::Short(1), None);
    assert!(matches!(
        set_report(&mut device, Kind::Feature, 12, &[12, 1], SOON),
        Err(Error::Io(_))
    ));
}

#[test]
fn a_pulled_plug_is_felt_by_every_call_and_only_a_new_opening_helps() {
    let mut device = device();
    let hand = device.clone();
    hand.interrupt_with(&[12, 99]);
    hand.unplug();
    assert!(matches!(
        device.interrupt(&mut [0; 8], SOON),
        Err(Error::Gone(_))
    ));
    let mut again = hand.plug();
    assert!(matches!(read(&mut device, 12), Err(Error::Gone(_))));
    assert_eq!(read(&mut again, 12).unwrap(), [12, 100]);
    again.close();
    assert!(matches!(again.reset(), Err(Error::Gone(_))));
}

#[test]
fn what_is_sent_to_the_interrupt_endpoint_is_kept() {
    let mut device = device();
    assert!(matches!(
        device.interrupt_out(&[1], SOON),
        Err(Error::NotFound(_))
    ));
    device.set_interface(Interface {
        endpoint_out: Some(2),
        ..Interface::default()
    });
    assert_eq!(device.interrupt_out(&[1, 2], SOON), Ok(2));
    device.plant(Where::Send, None, Fault::Short(1), Some(1));
    assert_eq!(device.interrupt_out(&[3, 4], SOON), Ok(1));
    assert_eq!(device.sent(), [vec![1, 2], vec![3]]);
    device.unplug();
    assert!(matches!(
        device.interrupt_out(&[1], SOON),
        Err(Error::Gone(_))
    ));
}

#[test]
fn long_answers_are_cut_to_the_buffer() {
    let mut device = device();
    device.interrupt_with(&[1, 2, 3]);
    let mut buffer = [0; 2];
    assert_eq!(device.interrupt(&mut buffer, SOON).unwrap(), 2);
    assert_eq!(buffer, [1, 2]);
}
