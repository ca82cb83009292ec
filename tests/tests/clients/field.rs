//! The clients, a row each.

/// A client and the facts that its script prints.
#[derive(Debug)]
pub(crate) struct Client {
    pub(crate) name: &'static str,
    /// What its script is written in.
    pub(crate) runs_in: &'static str,
    /// The script in `tests/clients`, and its arguments.
    pub(crate) script: &'static [&'static str],
    /// A file or directory of it among the peers.
    pub(crate) lies_at: &'static str,
    /// Whether it says LOGOUT before it goes.
    pub(crate) logs_out: bool,
    /// What the script prints, in this order; `*` at the end is any text.
    pub(crate) prints: &'static [&'static str],
}

const DEBIAN_PYTHON: &str = "usr/lib/python3/dist-packages/PyNUT.py";

#[rustfmt::skip]
pub(crate) const FIELD: &[Client] = &[
    Client {
        name: "python3-nut", runs_in: "python3", script: &["pynut.py", "PyNUT"], lies_at: DEBIAN_PYTHON,
        logs_out: true,
        prints: &[
            "names lab", "read OL CHRG", "writable attic", "commands load.off", "version Network UPS Tools upsd",
            "set OK", "command OK", "refused ERR ACCESS-DENIED",
        ],
    },
    Client {
        name: "PyNUTClient", runs_in: "python3", script: &["pynut.py", "PyNUTClient.PyNUT"], lies_at: "python/PyNUTClient",
        logs_out: true,
        prints: &[
            "names lab", "read OL CHRG", "writable attic", "commands load.off", "version Network UPS Tools upsd",
            "set OK", "command OK", "login OK", "clients 127.0.0.1", "refused ERR ACCESS-DENIED",
        ],
    },
    Client {
        name: "aionut", runs_in: "python3", script: &["aionut_client.py"], lies_at: "python/aionut",
        logs_out: false,
        prints: &[
            "names lab", "read OL CHRG", "commands load.off", "description UPS lab", "command OK",
            "refused ERR ACCESS-DENIED",
        ],
    },
    Client {
        name: "nut2", runs_in: "python3", script: &["nut2_client.py"], lies_at: "python/nut2.py",
        logs_out: true,
        prints: &[
            "names lab", "read OL CHRG", "one 91", "writable attic", "type RW STRING:16", "commands load.off",
            "version Network UPS Tools upsd", "set OK", "command OK", "logins 0",
            "refused ERR ACCESS-DENIED",
        ],
    },
    Client {
        name: "node-nut", runs_in: "node", script: &["node-nut.js"], lies_at: "node/node_modules/node-nut",
        logs_out: true,
        prints: &[
            // its pattern for TYPE takes the last word only
            "names lab", "read OL CHRG", "writable attic", "type STRING:16", "commands load.off",
            "version Network UPS Tools upsd", "netver 1.3", "set OK", "command OK", "login OK",
            "refused ERR ACCESS-DENIED",
        ],
    },
    Client {
        name: "UPS::Nut", runs_in: "perl", script: &["ups-nut.pl"], lies_at: "usr/share/perl5/UPS/Nut.pm",
        logs_out: true,
        prints: &[
            "login OK", "names lab", "read OL CHRG", "one 91", "writable attic", "type RW STRING:16", "commands load.off",
            "set OK", "command OK", "primary OK", "refused Error: ERR ACCESS-DENIED",
        ],
    },
    Client {
        name: "check_ups", runs_in: "sh", script: &["check_ups.sh"], lies_at: "usr/lib/nagios/plugins/check_ups",
        logs_out: true,
        prints: &["verdict 0 UPS OK - Status=Online*", "warning 1 UPS WARNING - *", "unknown 2 CRITICAL - *", "read Online"],
    },
    Client {
        name: "collectd", runs_in: "sh", script: &["collectd.sh"], lies_at: "usr/lib/collectd/nut.so",
        logs_out: true,
        prints: &["exit 0", "read 91"],
    },
];
