package house

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// floors says on which floor each package stands. A package imports packages
// of lower floors only; neighbours are strangers.
var floors = map[string]int{
	"internal/bitext": 1, "internal/text": 1,
	"internal/ingest": 2, "internal/langdetect": 2, "internal/segment": 2, "internal/lexis": 2,
	"internal/vector": 2, "internal/lexicon": 2, "internal/hanword": 2, "internal/glossary": 2,
	"internal/exchange": 2, "internal/query": 2, "internal/postings": 2, "internal/squeeze": 2,
	"internal/align": 3, "internal/tm": 3, "internal/concordance": 3, "internal/rendering": 3, "internal/compare": 3, "internal/terminology": 3,
	"internal/pipeline": 4, "internal/report": 4, "internal/evaluate": 4,
	"internal/server": 5,
	"internal/cli":    6,
	"cmd/sverka":      7,
	"internal/house":  1,
}

const (
	maxFileLines     = 450
	maxFunctionLines = 60
	// A table or a long switch reads best in one piece; so much is forgiven,
	// and no more than this share of functions may need it.
	maxFunctionLinesEver = 100
	maxLongShare         = 0.03
)

const module = "sverka/"

type source struct {
	path string // from the root, with slashes
	set  *token.FileSet
	file *ast.File
	size int
}

// sources parses every Go file of the tree, so that the answer never comes
// from a cache that a changed import did not touch.
func sources(t *testing.T) []source {
	t.Helper()
	root := filepath.Join("..", "..")
	var all []source
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel := filepath.ToSlash(strings.TrimPrefix(p, root+string(filepath.Separator)))
		if d.IsDir() {
			if name := d.Name(); p != root && (name == "testdata" || name == "out" || strings.HasPrefix(name, ".") && name != "..") {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(rel, ".go") {
			return nil
		}
		data, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		set := token.NewFileSet()
		f, err := parser.ParseFile(set, rel, data, parser.ParseComments)
		if err != nil {
			return err
		}
		all = append(all, source{rel, set, f, strings.Count(string(data), "\n")})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 20 {
		t.Fatalf("only %d Go files found: the walk went wrong", len(all))
	}
	return all
}

func TestImportsLeadDownwards(t *testing.T) {
	for _, s := range sources(t) {
		dir := path.Dir(s.path)
		if strings.HasPrefix(dir, "tools/") {
			continue // makers of data stand beside the house
		}
		from, ok := floors[dir]
		if !ok {
			t.Errorf("%s: package %s has no floor in this test", s.path, dir)
			continue
		}
		for _, imp := range s.file.Imports {
			name, _ := strconv.Unquote(imp.Path.Value)
			to, ours := strings.CutPrefix(name, module)
			if !ours || to == dir {
				continue
			}
			if floor, ok := floors[to]; !ok {
				t.Errorf("%s imports %s, which has no floor", s.path, to)
			} else if floor >= from {
				t.Errorf("%s (floor %d) imports %s (floor %d)", s.path, from, to, floor)
			}
		}
	}
}

func TestNounsDoNoWork(t *testing.T) {
	forbidden := []string{"os", "io", "io/fs", "net/http", "database/sql", "encoding/json", "encoding/xml", "flag"}
	for _, s := range sources(t) {
		if path.Dir(s.path) != "internal/bitext" || strings.HasSuffix(s.path, "_test.go") {
			continue
		}
		for _, imp := range s.file.Imports {
			name, _ := strconv.Unquote(imp.Path.Value)
			for _, bad := range forbidden {
				if name == bad {
					t.Errorf("%s imports %s: the nouns read, write and format nothing", s.path, name)
				}
			}
		}
	}
}

func TestEveryPackageSaysWhatItIs(t *testing.T) {
	said := map[string]bool{}
	for _, s := range sources(t) {
		dir := path.Dir(s.path)
		if strings.HasSuffix(s.path, "_test.go") {
			continue
		}
		said[dir] = said[dir] || s.file.Doc != nil
	}
	for dir, ok := range said {
		if !ok {
			t.Errorf("package %s has no package comment", dir)
		}
	}
}

func TestExportedNamesAreDocumented(t *testing.T) {
	for _, s := range sources(t) {
		if strings.HasSuffix(s.path, "_test.go") {
			continue
		}
		for _, decl := range s.file.Decls {
			switch d := decl.(type) {
			case *ast.FuncDecl:
				if d.Name.IsExported() && d.Doc == nil && exportedReceiver(d) {
					t.Errorf("%s: %s has no doc comment", s.path, d.Name.Name)
				}
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					ts, ok := spec.(*ast.TypeSpec)
					if ok && ts.Name.IsExported() && d.Doc == nil && ts.Doc == nil {
						t.Errorf("%s: type %s has no doc comment", s.path, ts.Name.Name)
					}
				}
			}
		}
	}
}

func exportedReceiver(d *ast.FuncDecl) bool {
	if d.Recv == nil || len(d.Recv.List) == 0 {
		return true
	}
	typ := d.Recv.List[0].Type
	if star, ok := typ.(*ast.StarExpr); ok {
		typ = star.X
	}
	if id, ok := typ.(*ast.Ident); ok {
		return id.IsExported()
	}
	return true
}

func TestRoomsAreSmall(t *testing.T) {
	functions, long := 0, 0
	for _, s := range sources(t) {
		if s.size > maxFileLines && !strings.HasSuffix(s.path, "_test.go") {
			t.Errorf("%s has %d lines; %d is the most", s.path, s.size, maxFileLines)
		}
		if strings.HasSuffix(s.path, "_test.go") {
			continue
		}
		for _, decl := range s.file.Decls {
			d, ok := decl.(*ast.FuncDecl)
			if !ok {
				continue
			}
			functions++
			n := s.set.Position(d.End()).Line - s.set.Position(d.Pos()).Line + 1
			if n > maxFunctionLinesEver {
				t.Errorf("%s: %s has %d lines; %d is the most", s.path, d.Name.Name, n, maxFunctionLinesEver)
			}
			if n > maxFunctionLines {
				long++
			}
		}
	}
	if share := float64(long) / float64(functions); share > maxLongShare {
		t.Errorf("%d of %d functions are over %d lines (%.1f %%; %.1f %% is the most)",
			long, functions, maxFunctionLines, 100*share, 100*maxLongShare)
	}
}
