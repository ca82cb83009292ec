//! From a claimed device to one that can be walked: descriptor, table, names, habits (spec usbhid.md, sections 2 and 3).

use std::thread;
use std::time::Duration;

use driver::{Clock, Error};
use hid::mapping::Mapping;
use hid::{Descriptor, Fault, Kind};
use tracing::{info, warn};
use usb::CONTROL_MAX;
use usb::Known as Told;
use usb::class;
use usb::{Error as UsbError, UsbDevice};

use crate::bits::Policy;
use crate::claim::{Owner, owner};
use crate::fix::fix;
use crate::hid_ups::{Habits, HidUps};
use crate::known::Known;
use crate::matches::Quirk as Habit;
use crate::naming::{self, Names};
use crate::options::Options;
use crate::quirks::Quirk;
use crate::reports::Reports;
use crate::subdrivers::mge::models;
use crate::subdrivers::{openups, tripplite};

/// How old a report may be while names are looked up.
const NAMES_AGE: Duration = Duration::from_secs(2);
/// How often a report descriptor is asked for that comes cut short.
const DESCRIPTOR_TRIES: u32 = 3;
const BETWEEN_TRIES: Duration = Duration::from_millis(50);
/// Time between two full walks.
const FULL: Duration = Duration::from_secs(30);
/// The same for CyberPower, which forgets who does not ask often.
const FULL_CPS: Duration = Duration::from_secs(12);

/// A device that is ready, and what it is called.
pub(crate) struct Opened {
    pub(crate) ups: HidUps,
    pub(crate) names: Names,
    pub(crate) subdriver: &'static str,
}

/// Makes the device ready whose descriptor was read.
pub(crate) fn open(
    device: Box<dyn UsbDevice>,
    mut descriptor: Descriptor,
    options: &Options,
    clock: &Clock,
) -> Result<Opened, Error> {
    let identity = device.identity().clone();
    let owner = owner(&identity, Told::All, options.insists).map_err(Error::Config)?;
    for problem in descriptor.problems() {
        info!("{problem}");
    }
    if options.fixes && fix(owner.subdriver.id, &identity, &mut descriptor) {
        info!("known mistakes of the report descriptor are corrected");
    }
    let listens = options.interrupt_only || is_first_powercom(&owner, &identity);
    let kind = if listens { Kind::Input } else { Kind::Feature };
    let short = options.short_reports || has_short_reports(&owner, identity.product.as_deref());
    let mut reports = Reports::new(
        &descriptor,
        if short { 8 } else { usize::MAX },
        clock.clone(),
    );
    reports.listen_only = listens;
    let mapping = Mapping::new(
        owner.subdriver.rows.iter(),
        owner.subdriver.names(),
        descriptor,
        kind,
    );
    let mut known = Known::default();
    known.product_id = identity.pid;
    learn(&mut known, &owner, &identity, options);
    let habits = habits(&owner, &identity, options, listens);
    let mut ups = HidUps::new(device, mapping, reports, known, habits, clock.clone());
    if owner.subdriver.id == "explore" {
        ups.explore();
    }
    let names = names(&mut ups, &owner)?;
    Ok(Opened {
        ups,
        names,
        subdriver: owner.subdriver.name,
    })
}

/// The descriptor by the first of the possible lengths that makes sense; by one that leaves it cut short only if no other
/// does.
pub(crate) fn descriptor(device: &mut dyn UsbDevice) -> Result<Descriptor, UsbError> {
    let mut cut = None;
    for length in class::descriptor_lengths(device)? {
        let descriptor = read_descriptor(device, length)?;
        if descriptor.items().is_empty() {
            warn!("the report descriptor makes no sense with a length of {length}");
        } else if is_cut(&descriptor) {
            cut.get_or_insert(descriptor);
        } else {
            return Ok(descriptor);
        }
    }
    if cut.is_some() {
        warn!("the report descriptor is cut short; what stands behind the cut is missing");
    }
    cut.ok_or_else(|| {
        let who = device.identity();
        UsbError::NotFound(format!("{who}: the report descriptor makes no sense"))
    })
}

/// Asks again when fewer bytes come than there are: a device that was plugged in a moment ago may not be ready.
fn read_descriptor(device: &mut dyn UsbDevice, length: usize) -> Result<Descriptor, UsbError> {
    let mut tries = 0;
    loop {
        let bytes = class::report_descriptor(device, length)?;
        let descriptor = Descriptor::parse(&bytes);
        tries += 1;
        let complete = bytes.len() >= length.min(CONTROL_MAX) || !is_cut(&descriptor);
        if complete || tries == DESCRIPTOR_TRIES {
            return Ok(descriptor);
        }
        thread::sleep(BETWEEN_TRIES);
    }
}

fn is_cut(descriptor: &Descriptor) -> bool {
    let faults = descriptor.problems().iter().map(|problem| problem.fault);
    let mut cuts = faults.filter(|fault| matches!(fault, Fault::CutShort | Fault::LeftOpen(_)));
    cuts.next().is_some()
}

fn is_first_powercom(owner: &Owner, identity: &usb::Identity) -> bool {
    owner.subdriver.id == "powercom" && (identity.vid, identity.pid) == (0x0d9f, 0x0001)
}

fn has_short_reports(owner: &Owner, product: Option<&str>) -> bool {
    let begins = |begin: &str| product.is_some_and(|product| product.starts_with(begin));
    owner.quirk == Some(Habit::ShortReports) && (begins("Back-UPS ES 525") || begins("Back-UPS CS"))
}

/// What the configuration and the model say beforehand.
fn learn(known: &mut Known, owner: &Owner, identity: &usb::Identity, options: &Options) {
    match owner.quirk {
        Some(Habit::GuessScales) => known.cps.guess = true,
        Some(Habit::Multipliers) if identity.pid == 0xd004 => {
            known.openups = openups::Scales::first()
        }
        Some(Habit::Multipliers) => known.openups = openups::Scales::second(),
        Some(Habit::Tenths) => known.tripplite = tripplite::Scales::tenths(),
        Some(Habit::Smart1500lcdt) => known.tripplite = tripplite::Scales::smart1500lcdt(),
        Some(Habit::PollOnly | Habit::ShortReports) | None => {}
    }
    known.powercom.old_order = options.old_order;
    known.powercom.steps = options.steps;
    known.powercom.start_delay.clone_from(&options.on_delay);
    known.powercom.shutdown_delay.clone_from(&options.off_delay);
}

fn habits(owner: &Owner, identity: &usb::Identity, options: &Options, listens: bool) -> Habits {
    let poll_only = options.poll_only || owner.quirk == Some(Habit::PollOnly);
    let usual = if owner.subdriver.id == "cps" {
        FULL_CPS
    } else {
        FULL
    };
    Habits {
        full: options.full.unwrap_or(usual),
        poll_only: poll_only && !listens,
        event_size: if listens && options.interrupt_size == 0 {
            8
        } else {
            options.interrupt_size
        },
        quiet_tolerance: options.quiet_tolerance,
        policy: policy(options, Quirk::of(identity)),
        discharge: options.discharge,
    }
}

fn names(ups: &mut HidUps, owner: &Owner) -> Result<Names, Error> {
    let identity = ups.device().identity().clone();
    let names = naming::plain(&identity, owner.subdriver.mfr);
    Ok(match owner.subdriver.id {
        "apc" => naming::apc(names),
        "belkin" => {
            let serial = ups.string_at("UPS.PowerSummary.iSerialNumber", owner, NAMES_AGE)?;
            naming::belkin(names, serial)
        }
        "delta_ups" => {
            let model = ups.string_at("UPS.DeltaCustom.[1].DeltaModelName", owner, NAMES_AGE)?;
            let model = model.filter(|model| !model.is_empty());
            Names {
                model: model.or(names.model),
                ..names
            }
        }
        "mge" if identity.vid != 0x047c => {
            let mut model = ups.string_at("UPS.PowerSummary.iModel", owner, NAMES_AGE)?;
            if model.as_deref().is_none_or(str::is_empty) {
                let power = ups.number_at("UPS.Flow.[4].ConfigApparentPower", owner, NAMES_AGE)?;
                model = power.map(|power| hid::whole(power).to_string());
            }
            match model {
                Some(model) => {
                    let product = names.model.as_deref().unwrap_or("unknown");
                    let found = models::identify(product, &model);
                    ups.known.mge.family = found.family;
                    ups.known.mge.model = found.kind;
                    Names {
                        model: Some(found.name),
                        ..names
                    }
                }
                None => names,
            }
        }
        _ => names,
    })
}

/// What the configuration does not say, the model does.
fn policy(options: &Options, quirk: Option<Quirk>) -> Policy {
    let mut policy = options.policy;
    let Some(quirk) = quirk else {
        return policy;
    };
    if !options.hold_given {
        policy.hold = quirk.hold();
    }
    if !options.hold_polls_given {
        policy.hold_polls = quirk.polls();
    }
    info!(
        "this model is known for {}; see lbrb_log_delay_sec, lbrb_log_delay_without_calibrating and implausible_hold_polls",
        quirk.name()
    );
    policy
}
