//go:build tools

// Package kubectl pins the Terraform provider that the lab deploys with.
package kubectl

import _ "github.com/gavinbunney/terraform-provider-kubectl"
