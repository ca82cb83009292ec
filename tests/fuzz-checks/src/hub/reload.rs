//! A reload, as bits of a number.
//!
//! | bit | means                                      |
//! |-----|--------------------------------------------|
//! | 0   | other passwords and fewer rights           |
//! | 1–3 | that device is no more                     |
//! | 4   | another driver for the first device        |
//! | 5   | MAXAGE 2                                   |
//! | 6   | clients may be idle for ever               |
//! | 7   | the devices stand in another order         |
//! | 8   | the second user has to come from elsewhere |

use server::{DeviceSpec, Settings};
use std::time::Duration;

use super::Stage;
use super::stage::DEVICES;

impl Stage {
    /// The files say something else now.
    pub(super) fn reload(&mut self, bits: u64) {
        self.users = Self::users(bits);
        self.settings = Settings::default();
        if bits & 32 != 0 {
            self.settings.max_age = Duration::from_secs(2);
        }
        if bits & 64 != 0 {
            self.settings.idle_timeout = None;
        }
        self.hub.set_settings(self.settings);
        self.hub.set_devices(specs(bits));
        self.hub.set_users(self.users.clone());
        self.perform();
        self.audit();
    }
}

fn specs(bits: u64) -> Vec<DeviceSpec> {
    let kept = (0..)
        .zip(DEVICES)
        .filter(|(number, _)| bits & (2 << number) == 0);
    let mut specs: Vec<DeviceSpec> = kept
        .map(|(number, name)| DeviceSpec {
            name: name.into(),
            driver: if number == 0 && bits & 16 != 0 {
                "other"
            } else {
                "dummy-ups"
            }
            .into(),
            desc: (number == 1).then(|| "the \"ghost\" #1".into()),
        })
        .collect();
    if bits & 128 != 0 {
        specs.reverse();
    }
    specs
}
