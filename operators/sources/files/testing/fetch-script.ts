/** What a copy's side runs to fetch a file, with the certificate that is mounted. A Service has its pod a moment after that is ready. */
export const fetchScript = (address: string, exporter: string): string => `set -u
cat > /tmp/client.conf <<END
client = yes
foreground = quiet
pid =
syslog = no
debug = notice
output = /tmp/client.log
connect = ${address}
cert = /certificates/tls.crt
key = /certificates/tls.key
CAfile = /certificates/ca.crt
verifyChain = yes
checkHost = ${exporter}
END
export RSYNC_CONNECT_PROG="stunnel4 /tmp/client.conf"
for try in 1 2 3 4 5 6 7 8 9 10; do
  rsync -a --fake-super rsync://exporter/files/ /tmp/copy/ 2>&1; code=$?
  grep -q "Connection refused" /tmp/client.log || break
  rm /tmp/client.log; sleep 1
done
echo "exit $code"
sha256sum "/tmp/copy/证照 1"
`;
