package lexis

import (
	"strings"
	"testing"

	"sverka/internal/bitext"
)

func TestWordListsRead(t *testing.T) {
	for _, lang := range bitext.Langs {
		for _, suffix := range []string{".txt", "_words.txt"} {
			name := "data/" + string(lang) + suffix
			data, err := dataFiles.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			table := &table{first: map[string][]phrase{}}
			if err := table.read(name, string(data)); err != nil {
				t.Error(err)
			}
			if len(table.first) < 100 {
				t.Errorf("%s holds only %d first words", name, len(table.first))
			}
			for w := range table.first {
				if strings.ContainsAny(w, "~()|") {
					t.Errorf("%s: %q was not written out", name, w)
				}
			}
		}
	}
}

func TestWordListRefusesWhatItCannotRead(t *testing.T) {
	for _, line := range []string{"card", "nonsense 1: one", "card 1 one"} {
		table := &table{first: map[string][]phrase{}}
		if err := table.read("test", line); err == nil || !strings.Contains(err.Error(), "line 1") {
			t.Errorf("%q: got %v, want an error that names line 1", line, err)
		}
	}
}

func TestGazetteer(t *testing.T) {
	seen := map[string]bool{}
	for line := range strings.Lines(gazetteerData) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		cells := strings.Split(line, " | ")
		if len(cells) != 4 {
			t.Errorf("%q has %d columns, want 4", line, len(cells))
			continue
		}
		key := cells[0]
		if seen[key] || key == strings.ToLower(key) || key != strings.ToUpper(key) {
			t.Errorf("key %q stands twice or is not in capitals", key)
		}
		seen[key] = true
		for i, lang := range []bitext.Lang{bitext.English, bitext.Russian, bitext.Chinese} {
			form := strings.TrimSpace(strings.Split(cells[i+1], ";")[0])
			for _, f := range nameForms(lang, form) {
				if len(f) < 6 && lang == bitext.Chinese || f == "" {
					continue // short ones need company
				}
				items := ScanKinds(lang, f, Name)
				if len(items) != 1 || items[0].Norm != key {
					t.Errorf("%s: %q of %s reads as %v", lang, f, key, norms(items))
				}
			}
		}
	}
	if len(seen) < 350 {
		t.Errorf("the gazetteer holds only %d names", len(seen))
	}
}

func TestPinyin(t *testing.T) {
	for char, want := range map[string]string{"中": "zhong", "国": "guo", "习": "xi", "普": "pu", "女": "nv", "曾": "zeng"} {
		if got := pinyin()[char]; got != want {
			t.Errorf("%s reads %q, want %q", char, got, want)
		}
	}
	if n := len(pinyin()); n < 6700 {
		t.Errorf("only %d characters have a reading", n)
	}
}

func TestRussianCompounds(t *testing.T) {
	checkScan(t, bitext.Russian, []scanCase{
		{"восьмидесятилетие", "quantity 80 anniv"}, {"двадцатипятилетний", "quantity 300 mo"},
		{"двухсотлетие", "quantity 200 anniv"}, {"пятидневный", "quantity 5 d"}, {"трёхпроцентный", "percent 3%"},
		{"семикратный", "quantity 7x"}, {"двухэтажный", "number 2"},
		{"двусторонний", ""}, {"пятидесятиминутный", "quantity 3000 s"}, {"полутораметровый", "quantity 1.5 m"},
	}, numericKinds...)
}
