# check_ups: Debian's monitoring-plugins-basic. It only reads, each value over a connection of its own.
LD_LIBRARY_PATH=$PEER_LIBRARIES
export LD_LIBRARY_PATH
# the first line is what a monitoring system shows
first() { printf '%s\n' "$1" | head -n 1; }
check() { "$PEERS/usr/lib/nagios/plugins/check_ups" -H 127.0.0.1 -p "$NUT_PORT" "$@"; }

says=$(check -u lab)
echo "verdict $? $(first "$says")"
says=$(check -u lab -v BATTPCT -w 95 -c 50)
echo "warning $? $(first "$says")"
says=$(check -u nobody)
echo "unknown $? $(first "$says")"
echo "read $(check -u lab | sed -n 's/^UPS OK - Status=\([A-Za-z]*\).*/\1/p')"
