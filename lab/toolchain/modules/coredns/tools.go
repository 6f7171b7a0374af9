//go:build tools
package main
