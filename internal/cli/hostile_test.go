package cli

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// hostile is a file that is malformed or means harm, the command that is given
// it, and what must be said of it.
type hostile struct {
	name string
	file string // its name, which tells its format
	data func() []byte
	args []string // the command; @ stands for the file, "" for import @
	want string   // a regular expression that the message must fit
	big  bool     // tried in a process of its own, whose memory is looked at
}

func bare(s string) func() []byte { return func() []byte { return []byte(s) } }

const (
	hostileHead = `<?xml version="1.0" encoding="UTF-8"?><tmx version="1.4"><header srclang="en"/><body>` + "\n"
	hostileFoot = "</body></tmx>\n"
	hostilePair = `<tu><tuv xml:lang="en"><seg>One</seg></tuv><tuv xml:lang="ru"><seg>Один</seg></tuv></tu>` + "\n"
	hostileX12  = `<xliff version="1.2"><file source-language="en" target-language="ru" original="x"><body>` + "\n"
	hostilePO   = "msgid \"\"\nmsgstr \"\"\n\"Language: ru\\n\"\n\n"
)

// tmxOf wraps units into a TMX.
func tmxOf(units ...string) func() []byte {
	return bare(hostileHead + strings.Join(units, "\n") + hostileFoot)
}

func tuOf(en, ru string) string {
	return `<tu><tuv xml:lang="en"><seg>` + en + `</seg></tuv><tuv xml:lang="ru"><seg>` + ru + `</seg></tuv></tu>`
}

// lots is head, then n bytes of body over and over, then foot.
func lots(head, body string, n int, foot string) func() []byte {
	return func() []byte {
		return slices.Concat([]byte(head), bytes.Repeat([]byte(body), n/len(body)), []byte(foot))
	}
}

// bigEnv makes the big files a hundred megabytes, as they once were met; by
// default they are just over the limits.
const bigEnv = "SVERKA_BIG"

const (
	overUnit = 20 << 20 // over the limit of a unit
	overText = 65 << 20 // over the limit of a text
)

// big is a size of at least n.
func big(n int) int {
	if os.Getenv(bigEnv) != "" {
		return 100 << 20
	}
	return n
}

// mostMemory bounds what the process may take for a big file, in KiB; without
// one it takes about a third of it.
const mostMemory = 600 << 10

// TestHostileFiles gives each file to a memory that holds something already. The
// command must fail in a bounded time with a message that names the file and
// what is wrong, and leave the memory as it was.
func TestHostileFiles(t *testing.T) {
	if n := len(hostileFiles); n < 60 {
		t.Errorf("only %d files", n)
	}
	dir := t.TempDir()
	memory := filepath.Join(dir, "memory.db")
	good := filepath.Join(dir, "good.tsv")
	if err := os.WriteFile(good, []byte("en\tru\nGood morning.\tДоброе утро.\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if status, out := runHere(t, memory, "import", good); status != 0 {
		t.Fatal(out)
	}
	before := exported(t, memory)
	for _, h := range hostileFiles {
		t.Run(h.name, func(t *testing.T) {
			if h.big && testing.Short() {
				t.Skip("a large file")
			}
			path := filepath.Join(dir, h.file)
			if h.data != nil {
				if err := os.WriteFile(path, h.data(), 0o644); err != nil {
					t.Fatal(err)
				}
				defer os.Remove(path)
			} else {
				path = h.file
			}
			args := []string{"import", path}
			if h.args != nil {
				args = args[:0]
				for _, a := range h.args {
					args = append(args, strings.ReplaceAll(a, "@", path))
				}
			}
			run := runHere
			if h.big {
				run = runApart
			}
			status, out := run(t, memory, args...)
			if status != statusFailed {
				t.Errorf("status %d: %s", status, out)
			}
			if !strings.Contains(out, filepath.Base(path)) || !regexp.MustCompile(h.want).MatchString(out) {
				t.Errorf("the message does not name %s and fit %q: %s", filepath.Base(path), h.want, out)
			}
			if after := exported(t, memory); after != before {
				t.Errorf("the memory has changed:\n%s", after)
			}
		})
	}
}

// runHere runs a command in this process.
func runHere(t *testing.T, memory string, args ...string) (int, string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	var out bytes.Buffer
	status := Run(ctx, args, Env{
		Stdin: strings.NewReader(""), Stdout: &out, Stderr: &out,
		Getenv: func(name string) string {
			if name == "SVERKA_TM" {
				return memory
			}
			return ""
		},
	})
	return status, out.String()
}

// runApart runs a command in a process of its own and looks at its memory.
func runApart(t *testing.T, memory string, args ...string) (int, string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, os.Args[0], args...)
	cmd.Env = append(os.Environ(), "SVERKA_TM="+memory, runAsSverka+"=1")
	out, err := cmd.CombinedOutput()
	if ctx.Err() != nil {
		t.Fatalf("not done in three minutes: %s", out)
	}
	if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok && usage.Maxrss > mostMemory {
		t.Errorf("took %d MiB of memory", usage.Maxrss>>10)
	}
	if err != nil && cmd.ProcessState.ExitCode() < 0 {
		t.Fatalf("%v: %s", err, out)
	}
	return cmd.ProcessState.ExitCode(), string(out)
}

func exported(t *testing.T, memory string) string {
	t.Helper()
	status, out := runHere(t, memory, "export", "--format", "jsonl")
	if status != 0 {
		t.Fatalf("export: %s", out)
	}
	return out
}

// A unit that cannot be taken is left out with its reason and place; the others
// are stored.
func TestHostileUnits(t *testing.T) {
	for _, c := range []struct {
		name, file, data, want string
	}{
		{"ids that stand twice are no ids of the memory", "a.tmx", hostileHead + `<tu tuid="1">` + tuOf("One", "Один")[4:] + `<tu tuid="1">` + tuOf("Two", "Два")[4:] + hostileFoot, `2 stored`},
		{"a unit without a language", "a.tmx", hostileHead + hostilePair + "<tu><tuv><seg>Two</seg></tuv></tu>\n" + hostileFoot, `1 stored.*\n.*skipped 1: a text without a language \(.*a\.tmx:3\)`},
		{"a byte that is no UTF-8", "a.tmx", hostileHead + hostilePair + tuOf("Two\xff", "Два") + hostileFoot, `1 stored.*\n.*skipped 1: .*wrong encoding.*a\.tmx:3`},
		{"a row with too many cells", "a.tsv", "en\tru\nOne\tОдин\nTwo\tДва\tx\n", `1 stored.*\n.*skipped 1: the row has 3 cells.*a\.tsv:3`},
		{"a row with a NUL byte", "a.tsv", "en\tru\nOne\tОдин\nT\x00wo\tДва\n", `1 stored.*\n.*skipped 1: a text with a NUL character \(.*a\.tsv, unit 2\)`},
		{"an entry with a broken escape", "a.po", hostilePO + "msgid \"One\"\nmsgstr \"Один\"\n\nmsgid \"Two\\\"\nmsgstr \"Два\"\n", `1 stored.*\n.*skipped 1: line 8: a string that ends with a backslash`},
		{"a line of another kind", "a.jsonl", `{"en":"One","ru":"Один"}` + "\n" + `{"variants":"none"}` + "\n", `1 stored.*\n.*skipped 1: not a unit in JSON.*a\.jsonl:2`},
		{"a text over a mebibyte", "a.tsv", "en\tru\nOne\tОдин\n" + strings.Repeat("x", 1<<20+1) + "\tДва\n", `1 stored.*\n.*skipped 1: a text of more than 1 MiB`},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, c.file)
			if err := os.WriteFile(path, []byte(c.data), 0o644); err != nil {
				t.Fatal(err)
			}
			status, out := runHere(t, filepath.Join(dir, "m.db"), "import", path)
			if status != 0 || !regexp.MustCompile(c.want).MatchString(out) {
				t.Errorf("status %d, want %q: %s", status, c.want, out)
			}
		})
	}
}
