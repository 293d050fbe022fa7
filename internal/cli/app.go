// Package cli is the command line: it reads flags, wires the packages below to
// one another and turns what they say into output, messages and exit statuses.
//
// The rules of the interface:
//   - Results go to standard output or to the file named with -o, and nothing
//     else does. Messages go to standard error, each with the prefix "sverka:".
//   - Status 0: done. 1: failed. 2: misused. 3: findings at or above --fail-on.
//   - A misuse is one line that says what was wrong, and a hint.
//   - A failed command leaves no output file and changes no memory.
//   - Progress is drawn for work over a second, when a person is watching.
package cli

import (
	"context"
	"fmt"
	"io"
	"runtime/debug"
	"strings"

	"github.com/urfave/cli/v2"
)

// Version is the program's version; the linker may set it.
var Version = "0.1.0"

// Run executes one command line (without the program's name) and returns the
// exit status.
func Run(ctx context.Context, args []string, env Env) (status int) {
	out := &watchedWriter{w: env.Stdout}
	env.Stdout = out
	app := newApp(env)
	command := ""
	if c := find(app.Commands, firstArgument(args)); c != nil {
		command = c.Name
	}
	defer func() {
		// A panic is our defect; a user still gets a sentence and a status.
		if r := recover(); r != nil {
			fmt.Fprintf(env.Stderr, "sverka: %s: internal error: %v; please report it with the input that caused it\n", command, r)
			if env.Getenv("SVERKA_DEBUG") != "" {
				fmt.Fprintf(env.Stderr, "%s", debug.Stack())
			}
			status = statusFailed
		}
	}()
	if len(args) == 0 || args[len(args)-1] != "--generate-bash-completion" {
		args = flagsFirst(app, args)
	}
	err := app.RunContext(ctx, append([]string{"sverka"}, args...))
	if ctx.Err() != nil && err != nil {
		err = ctx.Err()
	}
	if err == nil && out.err != nil {
		err = cannotWrite("standard output", out.err)
	}
	return complain(env.Stderr, command, err)
}

func firstArgument(args []string) string {
	for _, a := range args {
		if !strings.HasPrefix(a, "-") {
			return a
		}
	}
	return ""
}

func newApp(env Env) *cli.App {
	app := &cli.App{
		Name:                      "sverka",
		Usage:                     "align, remember and compare translations of official statements (ru, zh, en)",
		Version:                   Version,
		Description:               appDescription,
		Reader:                    env.Stdin,
		Writer:                    env.Stdout,
		ErrWriter:                 env.Stderr,
		DisableSliceFlagSeparator: true,
		EnableBashCompletion:      true,
		HideHelpCommand:           true,
		Suggest:                   false,
		ExitErrHandler:            func(*cli.Context, error) {},
		OnUsageError:              usageError,
	}
	app.Commands = []*cli.Command{
		alignCommand(env), addCommand(env), importCommand(env), exportCommand(env),
		lookupCommand(env), searchCommand(env), renderingsCommand(env), compareCommand(env), checkCommand(env),
		termsCommand(env), memoryCommand(env), evalCommand(env), completionCommand(env),
	}
	app.Action = func(c *cli.Context) error {
		if name := c.Args().First(); name != "" {
			hint := "see sverka --help"
			if near := nearest(name, commandNames(app.Commands)); near != "" {
				hint = "did you mean sverka " + near + "?"
			}
			return misuse(fmt.Sprintf("there is no command %q", name), hint)
		}
		return cli.ShowAppHelp(c)
	}
	prepare(env, app.Commands, "sverka")
	return app
}

// prepare gives every command the same manners: misuse is reported our way and
// a group called with an unknown word names the words it knows.
func prepare(env Env, commands []*cli.Command, path string) {
	for _, c := range commands {
		c.OnUsageError = usageError
		c.HideHelpCommand = true
		for _, f := range c.Flags {
			if b, ok := f.(*cli.BoolFlag); ok {
				b.DisableDefaultText = true
			}
		}
		if len(c.Subcommands) == 0 {
			c.Before = env.refuseOverwriting
			continue
		}
		prepare(env, c.Subcommands, path+" "+c.Name)
		group, name := c, path+" "+c.Name
		group.Action = func(ctx *cli.Context) error {
			known := strings.Join(commandNames(group.Subcommands), ", ")
			if typed := ctx.Args().First(); typed != "" {
				hint := "the commands are " + known
				if near := nearest(typed, commandNames(group.Subcommands)); near != "" {
					hint = "did you mean " + name + " " + near + "?"
				}
				return misuse(fmt.Sprintf("there is no %q in %s", typed, name), hint)
			}
			return misuse("say what to do", "the commands are "+known)
		}
	}
}

func commandNames(commands []*cli.Command) []string {
	var names []string
	for _, c := range commands {
		if !c.Hidden {
			names = append(names, c.Name)
		}
	}
	return names
}

const appDescription = `A version is one text of a statement, given as [LANG[@LABEL]=]PATH:
   ru=interview.ru.txt   en@kremlin=official.html   notes.docx   -
Without LANG the language is detected; - is standard input.
The memory is the file of --tm, else $SVERKA_TM, else one in your data folder.

   sverka align ru=interview.ru.txt zh=interview.zh.txt en=interview.en.txt -o interview.html
   sverka add --statement interview --date 2025-08-29 ru=interview.ru.txt en=interview.en.txt
   sverka search достоинство
   sverka compare en@official=official.txt en@blog=page.html --source ru=interview.ru.txt -o report.html`

// completionCommand prints the lines that a shell needs to complete commands
// and flags.
func completionCommand(env Env) *cli.Command {
	return &cli.Command{
		Name: "completion", Usage: "print a shell completion script",
		ArgsUsage: "bash|zsh|fish",
		Description: `Add its output to your shell's start-up file:
   sverka completion bash >> ~/.bashrc
   sverka completion zsh  >> ~/.zshrc
   sverka completion fish >  ~/.config/fish/completions/sverka.fish`,
		Action: func(c *cli.Context) error {
			script, ok := completionScripts[c.Args().First()]
			if !ok || c.NArg() != 1 {
				return misuse("name one shell", "bash, zsh or fish")
			}
			_, err := io.WriteString(env.Stdout, script)
			return err
		},
	}
}

var completionScripts = map[string]string{
	"bash": `_sverka() {
  local IFS=$'\n' cur="${COMP_WORDS[COMP_CWORD]}" before=("${COMP_WORDS[@]:0:COMP_CWORD}") words
  case "$cur" in
    --) before+=(-) ;;
    -*) before+=("$cur") ;;
  esac
  words=$("${before[@]}" --generate-bash-completion 2>/dev/null)
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
  [[ ${#COMPREPLY[@]} -eq 0 ]] && COMPREPLY=($(compgen -f -- "$cur"))
}
complete -o filenames -F _sverka sverka
`,
	"zsh": `#compdef sverka
_sverka() {
  local -a words
  words=("${(@f)$("${words_before[@]:-${words[@]:0:$((CURRENT-1))}}" --generate-bash-completion 2>/dev/null)}")
  _describe 'values' words
  _files
}
compdef _sverka sverka
`,
	"fish": `complete -c sverka -a '(set -l t (commandline -opc); $t --generate-bash-completion 2>/dev/null)'
`,
}
