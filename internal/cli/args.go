package cli

import (
	"strings"

	"github.com/urfave/cli/v2"
)

// flagsFirst moves the flags of a command line before its arguments, since the
// flag parser stops at the first argument while people write
// `sverka align a.txt b.txt --format tsv`. What follows `--` stays as it is.
func flagsFirst(app *cli.App, args []string) []string {
	var out []string
	commands, flags := app.Commands, append([]cli.Flag{cli.HelpFlag, cli.VersionFlag}, app.Flags...)
	i := 0
	for i < len(args) {
		a := args[i]
		if strings.HasPrefix(a, "-") && a != "-" {
			n := flagWidth(flags, a, len(args)-i)
			out = append(out, args[i:i+n]...)
			i += n
			continue
		}
		cmd := find(commands, a)
		if cmd == nil {
			break
		}
		out = append(out, a)
		i++
		commands, flags = cmd.Subcommands, append([]cli.Flag{cli.HelpFlag}, cmd.Flags...)
	}
	var moved, rest []string
	for i < len(args) {
		a := args[i]
		if a == "--" {
			rest = append(rest, args[i+1:]...)
			break
		}
		if !strings.HasPrefix(a, "-") || a == "-" {
			rest = append(rest, a)
			i++
			continue
		}
		n := flagWidth(flags, a, len(args)-i)
		moved = append(moved, args[i:i+n]...)
		i += n
	}
	out = append(out, moved...)
	if len(rest) > 0 {
		out = append(append(out, "--"), rest...)
	}
	return out
}

func find(commands []*cli.Command, name string) *cli.Command {
	for _, c := range commands {
		if c.HasName(name) {
			return c
		}
	}
	return nil
}

// flagWidth is 2 when arg is a flag whose value is the next argument, else 1.
func flagWidth(flags []cli.Flag, arg string, left int) int {
	name := strings.TrimLeft(arg, "-")
	if strings.Contains(name, "=") || left < 2 {
		return 1
	}
	for _, f := range flags {
		for _, n := range f.Names() {
			if n != name {
				continue
			}
			if d, ok := f.(cli.DocGenerationFlag); ok && d.TakesValue() {
				return 2
			}
			return 1
		}
	}
	return 1
}
