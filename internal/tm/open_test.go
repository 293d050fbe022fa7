package tm

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sverka/internal/bitext"
	"sverka/internal/query"
	"sverka/internal/text"
)

var update = flag.Bool("update", false, "write golden files anew")

func execSQL(t testing.TB, path string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, q := range statements {
		if _, err := db.Exec(q); err != nil {
			t.Fatalf("%s: %v", q, err)
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	write := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	memory := func(name string, statements ...string) string {
		path := filepath.Join(dir, name)
		s, err := Open(context.Background(), path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		s.Close()
		execSQL(t, path, statements...)
		return path
	}
	other := filepath.Join(dir, "other.db")
	execSQL(t, other, "CREATE TABLE t (x)")
	cut := memory("cut.tm")
	if data, err := os.ReadFile(cut); err != nil || os.WriteFile(cut, data[:5000], 0o644) != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, path string
		opts       Options
		is         error
		says       string
	}{
		{"no path", "", Options{}, nil, "give the path"},
		{"a folder", dir, Options{}, ErrNotMemory, "folder"},
		{"a text file", write("notes.txt", "notes of a meeting, longer than a header"), Options{}, ErrNotMemory, ""},
		{"a short file", write("short", "x"), Options{}, ErrNotMemory, ""},
		{"another database", other, Options{}, ErrNotMemory, "another program"},
		{"a newer memory", memory("newer.tm", "PRAGMA user_version = 99"), Options{}, ErrNewer, "99"},
		{"a newer memory, read only", filepath.Join(dir, "newer.tm"), Options{ReadOnly: true}, ErrNewer, "update the program"},
		{"nothing, read only", filepath.Join(dir, "none.tm"), Options{ReadOnly: true}, os.ErrNotExist, "import"},
		{"an empty file, read only", write("empty", ""), Options{ReadOnly: true}, ErrNotMemory, ""},
		{"a memory cut short", cut, Options{}, ErrDamaged, "backup"},
		{"a folder that cannot be", filepath.Join(dir, "short", "x.tm"), Options{}, nil, ""},
		{"folded otherwise, read only", memory("fold.tm", "UPDATE meta SET value = -1 WHERE key = 'fold'"), Options{ReadOnly: true}, nil, "writing once"},
	} {
		s, err := Open(context.Background(), c.path, c.opts)
		if err == nil {
			s.Close()
			t.Errorf("%s is opened", c.name)
			continue
		}
		if c.is != nil && !errors.Is(err, c.is) || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), c.path) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestOpenOddPaths(t *testing.T) {
	for _, name := range []string{"a b.tm", "100%.tm", "что?.tm", "a#b&c=d.tm", "deep/er/记忆.tm", "empty"} {
		path := filepath.Join(t.TempDir(), name)
		if name == "empty" {
			if err := os.WriteFile(path, nil, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		s, err := Open(context.Background(), path, Options{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		mustImport(t, s, pair("One", "Один"))
		s.Close()
		if info, err := os.Stat(path); err != nil || info.Size() == 0 {
			t.Errorf("%s: the file is not where it was asked for: %v", name, err)
		}
	}
}

func TestReadOnly(t *testing.T) {
	s := open(t)
	mustImport(t, s, pair("One", "Один"))
	r, err := Open(context.Background(), s.Path(), Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if _, err := r.Import(context.Background(), seqOf(pair("Two", "Два")), ImportOptions{}); !errors.Is(err, ErrReadOnly) {
		t.Errorf("import: %v", err)
	}
	mustImport(t, s, pair("Two", "Два")) // what another connection writes is seen
	if m, err := r.Lookup(context.Background(), LookupQuery{Text: "Twos"}); err != nil || len(m) != 1 {
		t.Errorf("lookup: %v, %v", m, err)
	}
	sound(t, r)
}

// A memory in a place where nothing can be written is read all the same, unless
// a writer has left there what was not taken into the file.
func TestReadOnlyPlace(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "m.tm")
	s, err := Open(context.Background(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	mustImport(t, s, pair("One bridge", "Один мост"))
	s.Close()
	r := &Store{path: path, opts: Options{ReadOnly: true}}
	if err := r.openPool(context.Background(), readFixed); err != nil {
		t.Fatal(err)
	}
	if m, err := r.Lookup(context.Background(), LookupQuery{Text: "One bridges"}); err != nil || len(m) != 1 {
		t.Errorf("lookup: %v, %v", m, err)
	}
	r.Close()
	if files, _ := os.ReadDir(dir); len(files) != 1 {
		t.Errorf("reading has left %v", files)
	}
	if err := os.Chmod(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = os.Chmod(dir, 0o755) }()
	if f, err := os.Create(filepath.Join(dir, "probe")); err == nil {
		f.Close()
		_ = os.Remove(f.Name())
		t.Skip("this user may write everywhere")
	}
	if s, err = Open(context.Background(), path, Options{ReadOnly: true}); err != nil {
		t.Fatal(err)
	}
	s.Close()
	_ = os.Chmod(dir, 0o755)
	if err := os.WriteFile(path+"-wal", []byte("changes"), 0o644); err != nil {
		t.Fatal(err)
	}
	_ = os.Chmod(dir, 0o555)
	if s, err := Open(context.Background(), path, Options{ReadOnly: true}); err == nil || !strings.Contains(err.Error(), "-wal") {
		s.Close()
		t.Errorf("with a journal left: %v", err)
	}
}

// A memory made with another folding is indexed anew when it is opened.
func TestReindex(t *testing.T) {
	s, ctx := open(t), context.Background()
	if _, err := s.Add(ctx, bridge, oneToOne(ruTalk, zhTalk, enTalk)); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "old.tm")
	if err := s.Backup(ctx, path, false); err != nil {
		t.Fatal(err)
	}
	execSQL(t, path, "UPDATE meta SET value = -1 WHERE key = 'fold'", "DELETE FROM block", "DELETE FROM word_segment")
	old, err := Open(ctx, path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer old.Close()
	sound(t, old)
	if got := searchTexts(t, old, "мост"); len(got) != 1 {
		t.Errorf("search after indexing anew: %q", got)
	}
	execSQL(t, path, "UPDATE block_data SET data = x'00'", "UPDATE word_block SET data = x'00'")
	if err := old.Reindex(ctx); err != nil {
		t.Fatal(err)
	}
	sound(t, old)
}

// What texts are indexed by changes with foldVersion alone: when this fails,
// raise text.FoldVersion or wordsVersion and write the golden file anew with -update.
func TestFoldVersion(t *testing.T) {
	h := sha256.New()
	for r := rune(0); r < 0x20000; r++ {
		if r >= 0xd800 && r < 0xe000 {
			continue
		}
		fmt.Fprintf(h, "%s|%s\n", text.Fold("a"+string(r)), query.IndexText("х "+string(r)+"b"))
	}
	for _, s := range []string{"running bridges easily", "всеобъемлющего партнёрства стран", "1,235 и 5,2 % 12.5", "全面戰略協作夥伴關係", "U.S.-led don’t", "Визит, визита, систем, система"} {
		fmt.Fprintln(h, query.IndexText(s))
	}
	got := fmt.Sprintf("%d %x\n", foldVersion, h.Sum(nil))
	golden := filepath.Join("testdata", "fold.golden")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil || string(want) != got {
		t.Errorf("folding, tokens or stems have changed: raise text.FoldVersion or wordsVersion and run with -update (%s, %s, %v)", got, want, err)
	}
}

func TestDelete(t *testing.T) {
	s, ctx := open(t), context.Background()
	if _, err := s.Add(ctx, bridge, oneToOne(ruTalk, zhTalk, enTalk)); err != nil {
		t.Fatal(err)
	}
	second := bridge
	second.ID = "another-talk"
	if _, err := s.Add(ctx, second, oneToOne(ruTalk, zhTalk)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Delete(ctx, "no-such", ""); !errors.Is(err, ErrUnknown) {
		t.Errorf("unknown statement: %v", err)
	}
	if _, err := s.Delete(ctx, bridge.ID, "en"); !errors.Is(err, ErrUnknown) {
		t.Errorf("unknown version: %v", err)
	}
	res, err := s.Delete(ctx, bridge.ID, "en@office")
	if err != nil || res != (DeleteResult{Versions: 1, Variants: 3}) {
		t.Errorf("a version: %+v, %v", res, err)
	}
	sound(t, s)
	res, err = s.Delete(ctx, bridge.ID, "zh")
	if err != nil || res != (DeleteResult{Versions: 1, Variants: 6, Units: 3}) {
		t.Errorf("the last but one: %+v, %v", res, err)
	}
	sound(t, s)
	res, err = s.Delete(ctx, second.ID, "")
	if err != nil || res != (DeleteResult{Versions: 2, Variants: 6, Units: 3}) {
		t.Errorf("a statement: %+v, %v", res, err)
	}
	sound(t, s)
	stats, err := s.Stats(ctx)
	if err != nil || stats.Units != 0 || stats.Variants != 0 || stats.Versions != 1 || stats.Statements != 1 || stats.Segments != 3 {
		t.Errorf("stats: %+v, %v", stats, err)
	}
	res1 := mustImport(t, s, pair("One", "Один"))
	if u := allUnits(t, s, Filter{}); res1.Stored != 1 || u[0].ID != "7" {
		t.Errorf("the id of a unit that is no more is given out again: %s", u[0].ID)
	}
}

// Verify finds each kind of damage.
func TestVerifyFinds(t *testing.T) {
	for _, c := range []struct{ name, damage, check string }{
		{"a text changed", "UPDATE variant SET text = 'Other words altogether' WHERE id = 256", "search index"},
		{"a text changed under the lookup index", "UPDATE variant SET text = text || '!' WHERE id = 256", "lookup index"},
		{"a text the key of which is otherwise", "UPDATE variant SET text = text || '…' WHERE id = 257", "search index"},
		{"a unit's hash changed", "UPDATE unit SET hash = hash + 1 WHERE id = 1", "units"},
		{"a unit gone", "DELETE FROM unit WHERE id = 1", "references"},
		{"a variant gone", "DELETE FROM variant WHERE id = 256", "units"},
		{"a statement gone", "DELETE FROM statement", "references"},
		{"an origin gone", "DELETE FROM origin WHERE id = 1", "references"},
		{"a count wrong", "UPDATE origin SET uses = uses + 1 WHERE id = 1", "counts"},
		{"words gone", "INSERT INTO word_gone VALUES (256, 99)", "search index"},
		{"words come again", "DELETE FROM word_segment", "search index"},
		{"words damaged", "UPDATE word_block SET data = substr(data, 1, 20)", "search index"},
		{"words of another place", "UPDATE word_start SET term = x'00'", "search index"},
		{"words without a list", "DELETE FROM word_start", "search index"},
		{"a miscount", "UPDATE word_segment SET postings = postings + 1", "search index"},
		{"a block gone", "DELETE FROM block_data WHERE id = (SELECT min(id) FROM block_data)", "lookup index"},
		{"a block damaged", "UPDATE block_data SET data = substr(data, 1, 20)", "lookup index"},
		{"a block of nonsense", "UPDATE block_data SET data = x'ffffffffffffffffff01'", "lookup index"},
		{"ids beyond the last", "UPDATE meta SET value = 0 WHERE key = 'unit'", "references"},
	} {
		for _, readOnly := range []bool{false, true} {
			path := filepath.Join(t.TempDir(), "m.tm")
			s, err := Open(context.Background(), path, Options{})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := s.Add(context.Background(), bridge, oneToOne(ruTalk, zhTalk, enTalk)); err != nil {
				t.Fatal(err)
			}
			s.Close()
			execSQL(t, path, "PRAGMA foreign_keys = 0", c.damage)
			if s, err = Open(context.Background(), path, Options{ReadOnly: readOnly}); err != nil {
				t.Fatal(err)
			}
			problems, err := s.Verify(context.Background())
			found := false
			for _, p := range problems {
				found = found || p.Check == c.check
			}
			if err != nil || !found {
				t.Errorf("%s (read only %v): %v, %v", c.name, readOnly, problems, err)
			}
			s.Close()
		}
	}
}

func TestStats(t *testing.T) {
	s := open(t)
	if st, err := s.Stats(context.Background()); err != nil || st.Units != 0 || st.Since != "" {
		t.Errorf("of an empty memory: %+v, %v", st, err)
	}
	if _, err := s.Add(context.Background(), bridge, oneToOne(ruTalk, zhTalk)); err != nil {
		t.Fatal(err)
	}
	st, err := s.Stats(context.Background())
	if err != nil || st.Units != 3 || st.Variants != 6 || st.Segments != 6 || st.Versions != 2 || st.Statements != 1 ||
		st.Since != bridge.Date || len(st.Langs) != 2 || st.Langs[0] != (LangCount{bitext.Russian, 3}) || st.Bytes == 0 {
		t.Errorf("%+v, %v", st, err)
	}
}
