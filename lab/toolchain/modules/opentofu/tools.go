//go:build tools

// Package opentofu pins the program that plans and applies where no Terraform is installed.
package opentofu

import _ "github.com/opentofu/opentofu/cmd/tofu"
