/** Metrics of the Topology controller: peers, agreement, votes. Every export is one. */
export {};
