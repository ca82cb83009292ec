# collectd: Debian's collectd-core with its plugin nut, which calls libupsclient. It only reads.
LD_LIBRARY_PATH=$PEER_LIBRARIES
export LD_LIBRARY_PATH
here=$(dirname "$0")
conf=$NUT_STATEPATH/collectd.conf
sed -e "s|@RUN@|$NUT_STATEPATH|; s|@PEERS@|$PEERS|; s|@PORT@|$NUT_PORT|" "$here/collectd.conf" >"$conf"

# it has no option to read once and write what it read, so it runs until the first value is written
"$PEERS/usr/sbin/collectd" -f -C "$conf" &
pid=$!
values=$NUT_STATEPATH/values/127.0.0.1/nut-lab
tries=0
until cat "$values"/percent-charge-* >/dev/null 2>&1 || [ $tries -ge 100 ]; do
    sleep 0.1
    tries=$((tries + 1))
done
kill "$pid"
wait "$pid"
echo "exit $?"
echo "read $(cat "$values"/percent-charge-* | sed -n '2s/.*,\([0-9]*\).*/\1/p')"
