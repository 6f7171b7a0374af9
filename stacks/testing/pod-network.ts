/**
 * Shell functions for pods that ask somebody. `reaches host port` opens a connection and says by its exit code whether somebody
 * accepted it. `await_network` waits until the zone lets the pod through to the name server, which every pod may ask: the
 * policies of a pod come into force all at once, a moment after it began, so that from then on a refusal is meant.
 */
export const POD_NETWORK = `
reaches() { timeout 5 bash -c "exec 3<>/dev/tcp/$1/$2" 2> /dev/null; }
await_network() { until reaches kube-dns.kube-system 53; do sleep 0.2; done; }
`;
