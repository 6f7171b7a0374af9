/**
 * The oldest Terraform or OpenTofu that stacks are planned with, by its first two numbers: `use_lockfile` of the s3 backend is
 * stable from here on. Older ones are refused by name and version at init.
 */
export const OLDEST_TERRAFORM = '1.11';
