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

complete -F _locknut upsc upscmd upsrw upslog upsd upsmon upssched upsdrvctl upsdrvsvcctl
