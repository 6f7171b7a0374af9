/** Service addresses of every centre. They are the same everywhere, because they never leave their centre. */
export const SERVICE_NETWORK = '10.96.0.0/16';
