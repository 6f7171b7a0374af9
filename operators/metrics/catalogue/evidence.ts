/** Metrics of evidence: the journal. Every export is one. */
export {};
