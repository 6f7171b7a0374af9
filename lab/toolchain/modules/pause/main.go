// Pause is the first process of every pod: it holds the pod's namespaces open while containers come and go.
package main

import (
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

// Set by the build, so that the program can say what it is.
var version = "development"

func main() {
	if len(os.Args) > 1 && os.Args[1] == "-version" {
		fmt.Println("pause", version)
		return
	}
	signals := make(chan os.Signal, 8)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM, syscall.SIGCHLD)
	for received := range signals {
		if received != syscall.SIGCHLD {
			return
		}
		// In a pod that shares its process namespace, orphans become children of pause; unreaped they would
		// stay as zombies and use up process ids. One signal may stand for several children.
		for pid := 1; pid > 0; {
			pid, _ = syscall.Wait4(-1, nil, syscall.WNOHANG, nil)
		}
	}
}
