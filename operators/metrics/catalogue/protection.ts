/** Metrics of protection: policies, datasets, placements, data zones. Every export is one. */
export {};
