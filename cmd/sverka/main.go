// Command sverka aligns parallel versions of a statement, remembers how its
// sentences were rendered, and compares competing translations.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"sverka/internal/cli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	status := cli.Run(ctx, os.Args[1:], cli.System())
	stop()
	os.Exit(status)
}
