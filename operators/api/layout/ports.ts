/** Port of the read-only exporter of a volume, TLS with client certificates; the same for every exporter. */
export const EXPORTER_PORT = 8443;

/** Port at which an exporter tells the operator of its centre how it is; no other may ask. */
export const EXPORTER_REPORT_PORT = 8444;

/** Port of the endpoint of a BackupStore that lies on a volume, TLS. */
export const STORE_PORT = 8000;

/** Port at which an operator's pod answers for its health and serves its metrics. */
export const OPERATOR_PORT = 8080;

/** Port of the cluster DNS within its pod. */
export const DNS_PORT = 53;

/** Ports from which a Kubernetes cluster gives out NodePorts unless it was told otherwise. */
export const NODE_PORTS = { first: 30_000, last: 32_767 } as const;
