# Completes the command lines of Locknut in bash. Made by `cargo xtask generate`; do not edit.

# What the options of a program are, what follows those that take a value, and what its operands are.
_locknut_grammar() {
    case $1 in
    upsc) options='-l -L -c -j -W -A -h -V' values='-W:nothing -A:file' operands='ups variable' ;;
    upscmd) options='-l -u -p -w -t -W -A -h -V' values='-u:user -p:nothing -t:nothing -W:nothing -A:file' operands='ups command' ;;
    upsrw) options='-l -s -u -p -w -t -W -A -h -V' values='-s:setting -u:user -p:nothing -t:nothing -W:nothing -A:file' operands='ups' ;;
    upslog) options='-f -N -i -d -l -s -m -D -F -B -p -u -W -A -V -h' values='-f:nothing -i:nothing -d:nothing -l:file -s:ups -m:ups -p:nothing -u:user -W:nothing -A:file' operands='' ;;
    upsd) options='-D -F -B -u -r -c -P -q -V -h -4 -6 -t --hash-password' values='-u:user -r:directory -c:reload,stop -P:nothing' operands='' ;;
    upsmon) options='-D -F -B -c -P -K -t --explain -u -p -f -W -4 -6 -V -h' values='-c:fsd,reload,stop -P:nothing -u:user -f:file -W:nothing' operands='' ;;
    upssched) options='-D -l -t -V -h' values='' operands='' ;;
    nut-check) options='--root --offline --json --rules -V -h' values='--root:directory' operands='' ;;
    nut-scanner) options='-C --complete_scan -U --usb_scan -S --snmp_scan -M --xml_scan -O --oldnut_scan -n --nut_simulation_scan -A --avahi_scan -I --ipmi_scan -J --upower_scan -E --eaton_serial -s --start_ip -e --end_ip -m --mask_cidr -t --timeout -T --thread -p --port -c --community --snmp_port --snmp_version -l --secLevel -u --secName -w --authProtocol -W --authPassword -x --privProtocol -X --privPassword -Q --disp_nut_conf_with_sanity_check -N --disp_nut_conf -P --disp_parsable -q --quiet -a --available -D --nut_debug_level -h --help -V --version' values='-E:nothing --eaton_serial:nothing -s:nothing --start_ip:nothing -e:nothing --end_ip:nothing -m:nothing --mask_cidr:nothing -t:nothing --timeout:nothing -T:nothing --thread:nothing -p:nothing --port:nothing -c:nothing --community:nothing --snmp_port:nothing --snmp_version:nothing -l:nothing --secLevel:nothing -u:nothing --secName:nothing -w:nothing --authProtocol:nothing -W:nothing --authPassword:nothing -x:nothing --privProtocol:nothing -X:nothing --privPassword:nothing' operands='' ;;
    nutconf) options='--local --system --is-configured --get-mode --set-mode --get-monitor --set-monitor --add-monitor --get-listen --set-listen --add-listen --get-device --set-device --add-device --get-notifyflags --set-notifyflags --add-notifyflags --get-notifymsg --set-notifymsg --get-notifycmd --set-notifycmd --get-shutdowncmd --set-shutdowncmd --get-minsupplies --set-minsupplies --get-powerdownflag --set-powerdownflag --get-user --set-user --add-user --password-file --hash-passwords --scan-usb --scan-snmp --scan-xml-http --scan-nut --scan-avahi --scan-ipmi --scan-serial --autoconfigure -v --verbose -D -V --version -h --help' values='--local:nothing --set-mode:nothing --set-monitor:nothing --add-monitor:nothing --set-listen:nothing --add-listen:nothing --set-device:nothing --add-device:nothing --set-notifyflags:nothing --add-notifyflags:nothing --set-notifymsg:nothing --set-notifycmd:nothing --set-shutdowncmd:nothing --set-minsupplies:nothing --set-powerdownflag:file --set-user:nothing --add-user:nothing --password-file:file --scan-snmp:nothing --scan-nut:nothing --scan-ipmi:nothing --scan-serial:nothing' operands='' ;;
    upsd-tls) options='-o --days --force -V -h' values='-o:directory --days:nothing' operands='init,server,client' ;;
    upsdrvctl) options='-t -D -d -F -B -r -u -l -c -V -h' values='-r:directory -u:user -c:reload,reload-or-error,reload-or-exit,exit,data-dump' operands='start,stop,shutdown,status,list device' ;;
    upsdrvsvcctl) options='-t -D -V -h' values='' operands='start,stop,status,list,show-config,resync,reconfigure,shutdown device' ;;
    *) return 1 ;;
    esac
}

# Names of UPSes: with a host behind the "@" those of that host.
_locknut_upses() {
    local name host
    if [[ $1 == *@* ]]; then
        host=${1#*@}
        while read -r name; do
            printf '%s@%s\n' "$name" "$host"
        done < <(upsc -W 1 -l "$host")
    else
        upsc -W 1 -l
    fi
}

# What a value may be; $2 is its beginning, $3 the UPS that was named before it.
_locknut_candidates() {
    local ups
    case $1 in
    ups) _locknut_upses "$2" ;;
    variable) upsc -W 1 "$3" | sed 's/:.*//' ;;
    command) upscmd -W 1 -l "$3" | sed -n 's/^\([^ ]*\.[^ ]*\) - .*/\1/p' ;;
    # the UPS is named behind it only: what any here has
    setting)
        while read -r ups; do
            upsrw -W 1 "$ups" | sed -n 's/^\[\(.*\)\]$/\1=/p'
        done < <(upsc -W 1 -l) | sort -u
        ;;
    device) upsdrvctl list ;;
    host) compgen -A hostname ;;
    user) compgen -u ;;
    group) compgen -g ;;
    *,*) printf '%s\n' "${1//,/$'\n'}" ;;
    esac 2>/dev/null
}

_locknut() {
    local line=${COMP_LINE:0:COMP_POINT} options='' values='' operands='' words given=() pending='' entry kind cur tail breaks='' char i ups=''
    # bash parts words at "@", ":" and "=", too; here only blanks part them
    read -ra words <<<"$line"
    [[ $line == *[[:space:]] ]] && words+=("")
    cur=${words[${#words[@]} - 1]}
    COMPREPLY=()
    _locknut_grammar "${1##*/}" || return 0
    for ((i = 1; i < ${#words[@]} - 1; i++)); do
        if [[ -n $pending ]]; then
            pending=''
        elif [[ ${words[i]} == -* && ${#given[@]} -eq 0 ]]; then
            for entry in $values; do
                # of letters in one word the last may take a value
                if [[ ${words[i]} == "${entry%%:*}" || (${words[i]} != --* && -${words[i]: -1} == "${entry%%:*}") ]]; then
                    pending=${entry#*:}
                fi
            done
            [[ $1 == *upsc && ${words[i]} == -*[lL]* ]] && operands=host
        else
            given+=("${words[i]}")
            ups=${words[i]}
        fi
    done
    kind=$pending
    if [[ -z $kind && ${#given[@]} -eq 0 && $cur == -* ]]; then
        kind=${options// /,},
    elif [[ -z $kind ]]; then
        read -ra operands <<<"$operands"
        kind=${operands[${#given[@]}]:-nothing}
    fi
    case $kind in
    file | directory)
        compopt -o filenames 2>/dev/null
        kind=${kind:0:1}
        while read -r entry; do COMPREPLY+=("$entry"); done < <(compgen "-$kind" -- "$cur")
        return 0
        ;;
    esac
    # what is inserted begins behind the last place where bash parts words
    for char in @ : =; do
        [[ $COMP_WORDBREAKS == *"$char"* ]] && breaks+=$char
    done
    tail=$cur
    [[ -n $breaks ]] && tail=${cur##*[$breaks]}
    while read -r entry; do
        # a server may call its things by names that a shell would take for commands
        [[ $entry == "$cur"* && $entry =~ ^[][A-Za-z0-9._@:=%+-]+$ ]] || continue
        [[ $entry == *= ]] && compopt -o nospace 2>/dev/null
        COMPREPLY+=("${entry:${#cur} - ${#tail}}")
    done < <(_locknut_candidates "$kind" "$cur" "$ups")
}

complete -F _locknut upsc upscmd upsrw upslog upsd upsmon upssched nut-check nut-scanner nutconf upsd-tls upsdrvctl upsdrvsvcctl
