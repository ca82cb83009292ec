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

