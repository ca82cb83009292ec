# Completes the command lines of Locknut in fish. Made by `cargo xtask generate`; do not edit.

# Whether so many operands stand before the cursor; $argv[1] has the letters of the options that take a value.
function __locknut_operands
    set -l count 0
    set -l pending 0
    for word in (commandline -opc)[2..]
        if test $pending -eq 1
            set pending 0
        else if test $count -eq 0; and string match -q -- '-*' $word
            string match -qr -- "^-[^-]*[$argv[1]]\$" $word; and set pending 1
        else
            set count (math $count + 1)
        end
    end
    test $pending -eq 0 -a $count -eq $argv[2]
end

# Names of UPSes: with a host behind the "@" those of that host.
function __locknut_ups
    set -l token (commandline -ct)
    if string match -q -- '*@*' $token
        set -l host (string replace -r -- '^[^@]*@' '' $token)
        for name in (upsc -W 1 -l $host 2>/dev/null)
            printf '%s@%s\n' $name $host
        end
    else
        upsc -W 1 -l 2>/dev/null
    end
end

# The UPS is the word before.
function __locknut_variable
    upsc -W 1 (commandline -opc)[-1] 2>/dev/null | string replace -r ':.*' ''
end

function __locknut_command
    upscmd -W 1 -l (commandline -opc)[-1] 2>/dev/null | string replace -rf '^(\S+\.\S+) - ' '$1\t'
end

# The UPS is named behind it only: what any here has.
function __locknut_setting
    for ups in (upsc -W 1 -l 2>/dev/null)
        upsrw -W 1 $ups 2>/dev/null | string replace -rf '^\[(.*)\]$' '$1='
    end | sort -u
end

function __locknut_device
    upsdrvctl list 2>/dev/null
end

complete -c upsc -f
complete -c upsc -n '__locknut_operands "WA" 0' -a '(__locknut_ups)'
complete -c upsc -n '__locknut_operands "WA" 1' -a '(__locknut_variable)'
complete -c upsc -s l -d 'List the names of the UPSes of a server'
complete -c upsc -s L -d 'The same with their descriptions'
complete -c upsc -s c -d 'List the addresses of the clients that are logged in to the UPS'
complete -c upsc -s j -d 'Print JSON'
complete -c upsc -s W -x -d 'Give up connecting after this time (10)'
complete -c upsc -s A -r -F -d 'Read this nutauth.conf; `default`: in the usual places; `none`: not at all'
complete -c upsc -s h -d 'Print this help'
complete -c upsc -s V -d 'Print the version'
complete -c upscmd -f
complete -c upscmd -n '__locknut_operands "uptWA" 0' -a '(__locknut_ups)'
complete -c upscmd -n '__locknut_operands "uptWA" 1' -a '(__locknut_command)'
complete -c upscmd -s l -d 'List the commands that the UPS knows'
complete -c upscmd -s u -x -a '(__fish_complete_users)' -d 'User; else nutauth.conf says who, or a question'
complete -c upscmd -s p -x -d 'Password; other users of this machine can see it here'
complete -c upscmd -s w -d 'Wait until the driver has done it'
complete -c upscmd -s t -x -d 'Wait so long (10)'
complete -c upscmd -s W -x -d 'Give up connecting after this time (10)'
complete -c upscmd -s A -r -F -d 'Read this nutauth.conf; `default`: in the usual places; `none`: not at all'
complete -c upscmd -s h -d 'Print this help'
complete -c upscmd -s V -d 'Print the version'
complete -c upsrw -f
complete -c upsrw -n '__locknut_operands "suptWA" 0' -a '(__locknut_ups)'
complete -c upsrw -s l -d 'List the variables; this is what happens without -s'
complete -c upsrw -s s -x -a '(__locknut_setting)' -d 'Set a variable; without a value there is a question'
complete -c upsrw -s u -x -a '(__fish_complete_users)' -d 'User; else nutauth.conf says who, or a question'
complete -c upsrw -s p -x -d 'Password; other users of this machine can see it here'
complete -c upsrw -s w -d 'Wait until the driver has done it'
complete -c upsrw -s t -x -d 'Wait so long (10)'
complete -c upsrw -s W -x -d 'Give up connecting after this time (10)'
complete -c upsrw -s A -r -F -d 'Read this nutauth.conf; `default`: in the usual places; `none`: not at all'
complete -c upsrw -s h -d 'Print this help'
complete -c upsrw -s V -d 'Print the version'
complete -c upslog -f
complete -c upslog -s f -x -d 'What a line holds: %%, %t, %TIME format% (@ for strftime'\''s %), %ETIME%, %HOST%, %UPSHOST%, %PID%, %VAR name%'
complete -c upslog -s N -d 'Begin each line with the name of the UPS'
complete -c upslog -s i -x -d 'Seconds between two lines (30)'
complete -c upslog -s d -x -d 'End after so many lines'
complete -c upslog -s l -r -F -d 'The file; - is stdout, and stays in the foreground'
complete -c upslog -s s -x -a '(__locknut_ups)' -d 'The UPS as upsname@host:port, where only the name is needed; * for all of that host'
complete -c upslog -s m -x -a '(__locknut_ups)' -d 'A UPS and its file; may be repeated'
complete -c upslog -s D -d 'Tell more and stay in the foreground; may be repeated'
complete -c upslog -s F -d 'Stay in the foreground; twice: with a PID file'
complete -c upslog -s B -d 'Go to the background, even with -D'
complete -c upslog -s p -x -d 'The name of the PID file, without .pid (upslog)'
complete -c upslog -s u -x -a '(__fish_complete_users)' -d 'Run as this user when started as root'
complete -c upslog -s W -x -d 'Give up connecting after this time (10)'
complete -c upslog -s A -r -F -d 'Read this nutauth.conf, which says how to encrypt; `default`: in the usual places; `none`: not at all'
complete -c upslog -s V -d 'Print the version and exit'
complete -c upslog -s h -d 'Print this help and exit'
complete -c upsd -f
complete -c upsd -s D -d 'Tell more and stay in the foreground; may be repeated'
complete -c upsd -s F -d 'Stay in the foreground; twice: with a PID file'
complete -c upsd -s B -d 'Go to the background, even with -D'
complete -c upsd -s u -x -a '(__fish_complete_users)' -d 'Run as this user when started as root'
complete -c upsd -s r -r -F -d 'Change the root directory before reading any file'
complete -c upsd -s c -x -a 'reload stop' -d 'Send a command to the running instance and exit'
complete -c upsd -s P -x -d 'Send it to this process instead of the one in the PID file'
complete -c upsd -s q -d 'Log less to syslog; may be repeated'
complete -c upsd -s V -d 'Print the version and exit'
complete -c upsd -s h -d 'Print this help and exit'
complete -c upsd -s 4 -d 'Listen on IPv4 addresses only'
complete -c upsd -s 6 -d 'Listen on IPv6 addresses only'
complete -c upsd -s t -d 'Check ups.conf, upsd.conf and upsd.users, tell every problem and exit: 0 if they can be used, else 1'
complete -c upsd -l hash-password -d 'Ask for a password, or read it from standard input, and print a line for upsd.users with its hash'
complete -c upsmon -f
complete -c upsmon -s D -d 'Tell more and stay in the foreground; may be repeated'
complete -c upsmon -s F -d 'Stay in the foreground; twice: with a PID file'
complete -c upsmon -s B -d 'Go to the background, even with -D'
complete -c upsmon -s c -x -a 'fsd reload stop' -d 'Send a command to the running instance and exit: fsd (shut down now, whatever the power is like), reload or stop'
complete -c upsmon -s P -x -d 'Send it to this process instead of the one in the PID file'
complete -c upsmon -s K -d 'Tell by the exit code whether POWERDOWNFLAG is set: 0 if the UPS is to cut power, else 1'
complete -c upsmon -s t -d 'Check upsmon.conf, tell every problem and exit: 0 if it can be used, else 1'
complete -c upsmon -l explain -d 'Print what the running instance watches, and which rule says what about it'
complete -c upsmon -s u -x -a '(__fish_complete_users)' -d 'Run as this user, instead of the one that RUN_AS_USER names'
complete -c upsmon -s p -d 'Keep the rights it was started with'
complete -c upsmon -s f -r -F -d 'Read this file instead of upsmon.conf'
complete -c upsmon -s W -x -d 'Give up connecting after so many seconds'
complete -c upsmon -s 4 -d 'Connect to IPv4 addresses only'
complete -c upsmon -s 6 -d 'Connect to IPv6 addresses only'
complete -c upsmon -s V -d 'Print the version and exit'
complete -c upsmon -s h -d 'Print this help and exit'
complete -c upssched -f
complete -c upssched -s D -d 'Log more; may be repeated'
complete -c upssched -s l -d 'Print the timers that run and exit'
complete -c upssched -s t -d 'Check upssched.conf, tell every problem and exit: 0 if it can be used, else 1'
complete -c upssched -s V -d 'Print the version and exit'
complete -c upssched -s h -d 'Print this help and exit'
complete -c nut-check -f
complete -c nut-check -l root -r -F -d 'Check the system whose files are below this directory; its services are not asked'
complete -c nut-check -l offline -d 'Do not connect to any upsd'
complete -c nut-check -l json -d 'Print the findings as JSON'
complete -c nut-check -l rules -d 'Print what is looked for, and exit'
complete -c nut-check -s V -d 'Print the version and exit'
complete -c nut-check -s h -d 'Print this help and exit'
complete -c nut-scanner -f
complete -c nut-scanner -s C -l complete_scan -d 'Scan everything but serial ports (default)'
complete -c nut-scanner -s U -l usb_scan -d 'Scan USB; more of them write more about where a device is plugged in'
complete -c nut-scanner -s S -l snmp_scan -d 'Scan for SNMP agents, in a range of addresses'
complete -c nut-scanner -s M -l xml_scan -d 'Scan for XML over HTTP; there is no driver for it'
complete -c nut-scanner -s O -l oldnut_scan -d 'Scan for NUT servers, in a range of addresses'
complete -c nut-scanner -s n -l nut_simulation_scan -d 'List the files of simulated devices in the configuration directory'
complete -c nut-scanner -s A -l avahi_scan -d 'Scan for NUT servers that announce themselves (mDNS)'
complete -c nut-scanner -s I -l ipmi_scan -d 'Scan for IPMI; there is no driver for it'
complete -c nut-scanner -s J -l upower_scan -d 'Scan what UPower knows; there is no driver for it'
complete -c nut-scanner -s E -l eaton_serial -x -d 'Scan these serial ports: auto, one, a range such as 0-3, or names with commas between'
complete -c nut-scanner -s s -l start_ip -x -d 'First address; one alone is a range of one'
complete -c nut-scanner -s e -l end_ip -x -d 'Last address'
complete -c nut-scanner -s m -l mask_cidr -x -d 'A network as ADDRESS/BITS, or those of this machine: auto, auto4, auto6'
complete -c nut-scanner -s t -l timeout -x -d 'Seconds that an address has to answer [default: 5]'
complete -c nut-scanner -s T -l thread -x -d 'So many are asked at the same time [default: 512]'
complete -c nut-scanner -s p -l port -x -d 'Port of NUT servers [default: 3493]'
complete -c nut-scanner -s c -l community -x -d 'SNMP: the community [default: public]'
complete -c nut-scanner -l snmp_port -x -d 'SNMP: port of the agents [default: 161]'
complete -c nut-scanner -l snmp_version -x -d 'SNMP: v1 or v2c alone; otherwise v1, then v2c [possible values: v1, v2c]'
complete -c nut-scanner -s l -l secLevel -x -d 'SNMP version 3: noAuthNoPriv, authNoPriv or authPriv'
complete -c nut-scanner -s u -l secName -x -d 'SNMP version 3: the user'
complete -c nut-scanner -s w -l authProtocol -x -d 'SNMP version 3: MD5, SHA, SHA224, SHA256, SHA384 or SHA512 (MD5)'
complete -c nut-scanner -s W -l authPassword -x -d 'SNMP version 3: the password that requests are signed with'
complete -c nut-scanner -s x -l privProtocol -x -d 'SNMP version 3: DES, AES, AES192 or AES256 (DES)'
complete -c nut-scanner -s X -l privPassword -x -d 'SNMP version 3: the password that requests are enciphered with'
complete -c nut-scanner -s Q -l disp_nut_conf_with_sanity_check -d 'Print sections of ups.conf, with warnings as comments (default)'
complete -c nut-scanner -s N -l disp_nut_conf -d 'Print sections of ups.conf'
complete -c nut-scanner -s P -l disp_parsable -d 'Print one line for each device'
complete -c nut-scanner -s q -l quiet -d 'Print results, and what cannot be opened, but not how it goes'
complete -c nut-scanner -s a -l available -d 'Print what can be scanned'
complete -c nut-scanner -s D -l nut_debug_level -d 'Tell more of what the drivers see; several tell still more'
complete -c nut-scanner -s h -l help -d 'Print this help'
complete -c nut-scanner -s V -l version -d 'Print the version'
complete -c nutconf -f
complete -c nutconf -l local -x -d 'Where the files are'
complete -c nutconf -l system -d 'The files are where this build has them, whatever NUT_CONFPATH says'
complete -c nutconf -l is-configured -d 'Print true and exit 0 when nut.conf has a MODE other than none, else false and 1'
complete -c nutconf -l get-mode -d 'Print MODE of nut.conf, or unknown'
complete -c nutconf -l set-mode -x -d 'Set MODE of nut.conf'
complete -c nutconf -l get-monitor -d 'Print the UPSes that upsmon watches, without passwords'
complete -c nutconf -l set-monitor -x -d 'Watch this UPS, and only those named so; the password - is that of --password-file'
complete -c nutconf -l add-monitor -x -d 'Watch this UPS, too'
complete -c nutconf -l get-listen -d 'Print the addresses on which upsd listens'
complete -c nutconf -l set-listen -x -d 'Listen on this address, and only on those named so'
complete -c nutconf -l add-listen -x -d 'Listen on this address, too'
complete -c nutconf -l get-device -d 'Print the UPSes of ups.conf, without passwords'
complete -c nutconf -l set-device -x -d 'Have this UPS with these settings, and only those named so; a key without = is a flag'
complete -c nutconf -l add-device -x -d 'Have this UPS, too; if it is there, change these settings of it'
complete -c nutconf -l get-notifyflags -d 'Print how events are told, as far as upsmon.conf says'
complete -c nutconf -l set-notifyflags -x -d 'Tell the event so: SYSLOG, WALL, EXEC, or IGNORE'
complete -c nutconf -l add-notifyflags -x -d 'Tell the event so, too'
complete -c nutconf -l get-notifymsg -d 'Print what is told of events, as far as upsmon.conf says'
complete -c nutconf -l set-notifymsg -x -d 'Say this of the event'
complete -c nutconf -l get-notifycmd -d 'Print NOTIFYCMD'
complete -c nutconf -l set-notifycmd -x -d 'Run this for events that are told to EXEC'
complete -c nutconf -l get-shutdowncmd -d 'Print SHUTDOWNCMD'
complete -c nutconf -l set-shutdowncmd -x -d 'Shut this host down so'
complete -c nutconf -l get-minsupplies -d 'Print MINSUPPLIES'
complete -c nutconf -l set-minsupplies -x -d 'How many power supplies this host needs'
complete -c nutconf -l get-powerdownflag -d 'Print POWERDOWNFLAG'
complete -c nutconf -l set-powerdownflag -r -F -d 'The file that tells the last script of a shutdown to have the UPS cut its power'
complete -c nutconf -l get-user -d 'Print the users of upsd.users, without passwords'
complete -c nutconf -l set-user -x -d 'Have this user, and only those named so; upsmon=primary as the name is the user upsmon with that role'
complete -c nutconf -l add-user -x -d 'Have this user, too; if it is there, change what is named'
complete -c nutconf -l password-file -r -F -d 'Where the password is for users without password= and monitors with -; - is standard input'
complete -c nutconf -l hash-passwords -d 'Keep passwords of users as hashes, which C NUT does not know'
complete -c nutconf -l scan-usb -d 'Print UPSes on USB, as nut-scanner finds them'
complete -c nutconf -l scan-snmp -x -d 'Print UPSes with SNMP: timeout (microseconds), community, sec-level, sec-name, auth-password, priv-password, auth-protocol, priv-protocol'
complete -c nutconf -l scan-xml-http -d 'Print UPSes with XML over HTTP'
complete -c nutconf -l scan-nut -x -d 'Print UPSes of other servers'
complete -c nutconf -l scan-avahi -d 'Print servers that announce themselves'
complete -c nutconf -l scan-ipmi -x -d 'Print power supplies with IPMI: username, password, auth-type, cipher-suite-id'
complete -c nutconf -l scan-serial -x -d 'Print UPSes on serial ports'
complete -c nutconf -l autoconfigure -d 'Does nothing, as in C NUT'
complete -c nutconf -s v -l verbose -d 'Tell more: what was written; of scans all settings'
complete -c nutconf -s D -d 'The same'
complete -c nutconf -s V -l version -d 'Print the version and exit'
complete -c nutconf -s h -l help -d 'Print this help and exit'
complete -c upsd-tls -f
complete -c upsd-tls -n '__locknut_operands "o" 0' -a 'init server client'
complete -c upsd-tls -s o -r -F -d 'Directory of certificates; the default is tls beside upsd.conf'
complete -c upsd-tls -l days -x -d 'Days for which the certificate is valid; an authority is for ten years [default: 825]'
complete -c upsd-tls -l force -d 'Replace what is there'
complete -c upsd-tls -s V -d 'Print the version and exit'
complete -c upsd-tls -s h -d 'Print this help and exit'
complete -c upsdrvctl -f
complete -c upsdrvctl -n '__locknut_operands "ruc" 0' -a 'start stop shutdown status list'
complete -c upsdrvctl -n '__locknut_operands "ruc" 1' -a '(__locknut_device)'
complete -c upsdrvctl -s t -d 'Tell what would be done, and do nothing'
complete -c upsdrvctl -s D -d 'Log more; may be repeated'
complete -c upsdrvctl -s d -d 'Have the drivers log more; may be repeated'
complete -c upsdrvctl -s F -d 'Keep the drivers in the foreground; twice, and they write PID files'
complete -c upsdrvctl -s B -d 'Send the drivers to the background, whatever else says'
complete -c upsdrvctl -s r -r -F -d 'Have the drivers change their root directory'
complete -c upsdrvctl -s u -x -a '(__fish_complete_users)' -d 'Have the drivers run as this user'
complete -c upsdrvctl -s l -d 'List the UPSes of ups.conf'
complete -c upsdrvctl -s c -x -a 'reload reload-or-error reload-or-exit exit data-dump' -d 'Send a command to running drivers: reload, reload-or-error, reload-or-exit, exit, data-dump'
complete -c upsdrvctl -s V -d 'Print the version and exit'
complete -c upsdrvctl -s h -d 'Print this help and exit'
complete -c upsdrvsvcctl -f
complete -c upsdrvsvcctl -n '__locknut_operands "" 0' -a 'start stop status list show-config resync reconfigure shutdown'
complete -c upsdrvsvcctl -n '__locknut_operands "" 1' -a '(__locknut_device)'
complete -c upsdrvsvcctl -s t -d 'tell what would be done, and do nothing'
complete -c upsdrvsvcctl -s D -d 'accepted; there is nothing more to tell'
complete -c upsdrvsvcctl -s V -d 'print the version'
complete -c upsdrvsvcctl -s h -d 'print this help'

