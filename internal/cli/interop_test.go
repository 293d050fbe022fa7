package cli

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// interopUnits has what other tools stumble over: markup, line breaks, several
// languages and renderings, a mark for review.
const interopUnits = `{"statement":{"id":"talks","title":"Talks & <more>","date":"2025-03-04"},"variants":[{"lang":"ru","text":"Стороны «договорились» & <подписали>."},{"lang":"zh","text":"双方达成一致。"},{"lang":"en","label":"official","text":"The sides \"agreed\" & signed <it>.","translator":"A body","date":"2025-03-05"}],"status":"review","probability":0.9}
{"variants":[{"lang":"en","text":"Two\nlines"},{"lang":"ru","text":"Две\nстроки"}],"status":"accepted","note":"a note"}
{"variants":[{"lang":"en","text":"A dog"},{"lang":"ru","text":"Собака"},{"lang":"ru","label":"b","text":"Пёс"}]}
{"variants":[{"lang":"zh","text":"是"},{"lang":"ru","text":"Да"}]}
`

// interop makes a memory of interopUnits and exports it to the named files.
func interop(t *testing.T, files ...string) string {
	t.Helper()
	dir := t.TempDir()
	units := filepath.Join(dir, "units.jsonl")
	if err := os.WriteFile(units, []byte(interopUnits), 0o644); err != nil {
		t.Fatal(err)
	}
	runs := [][]string{{"import", units}}
	for _, f := range files {
		args := []string{"export", "--lang", "en,ru,zh", "-o", filepath.Join(dir, f)}
		switch filepath.Ext(f) {
		case ".xliff2":
			args = append(args, "--format", "xliff2")
		case ".csv":
			args = append(args, "--columns", "en=source,ru=target")
		}
		runs = append(runs, args)
	}
	for _, args := range runs {
		if out, err := sverkaProcess(filepath.Join(dir, "m.db"), args...).CombinedOutput(); err != nil {
			t.Fatalf("%v: %v: %s", args, err, out)
		}
	}
	return dir
}

// toolkit runs a program with translate-toolkit, in the Python that
// $SVERKA_PYTHON names, and skips the test where there is none.
func toolkit(t *testing.T, args ...string) string {
	t.Helper()
	python := os.Getenv("SVERKA_PYTHON")
	if python == "" {
		python = "python3"
	}
	if err := exec.Command(python, "-c", "import translate.storage.tmx, lxml").Run(); err != nil {
		t.Skipf("translate-toolkit is not here: name a Python that has it with SVERKA_PYTHON (%s: %v)", python, err)
	}
	cmd := exec.Command(python, append([]string{filepath.Join("testdata", "interop", "toolkit.py")}, args...)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("toolkit %v: %v", args, err)
	}
	return string(out)
}

// What translate-toolkit makes of our files.
func TestToolkitReads(t *testing.T) {
	dir := interop(t, "u.tmx", "u.xliff", "u.xliff2", "u.po", "u.csv")
	var paths []string
	for _, f := range []string{"u.tmx", "u.xliff", "u.xliff2", "u.po", "u.csv"} {
		paths = append(paths, filepath.Join(dir, f))
	}
	type row struct {
		File, Source, Target string
		Fuzzy                bool
		Notes, Others        []string
	}
	got := map[string][]row{}
	for line := range strings.Lines(toolkit(t, append([]string{"read"}, paths...)...)) {
		var r row
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Fatal(err)
		}
		got[r.File] = append(got[r.File], r)
	}
	texts := [][2]string{
		{"The sides \"agreed\" & signed <it>.", "Стороны «договорились» & <подписали>."}, {"Two\nlines", "Две\nстроки"}, {"A dog", "Собака"},
	}
	for _, f := range []string{"u.xliff", "u.xliff2", "u.po", "u.csv"} {
		if len(got[f]) != len(texts) {
			t.Errorf("%s: %d units, want %d: %+v", f, len(got[f]), len(texts), got[f])
			continue
		}
		for i, want := range texts {
			if r := got[f][i]; r.Source != want[0] || r.Target != want[1] {
				t.Errorf("%s: unit %d is %q, %q; want %q", f, i+1, r.Source, r.Target, want)
			}
		}
	}
	if len(got["u.tmx"]) != 4 {
		t.Errorf("TMX: %+v", got["u.tmx"])
	}
	for _, f := range []string{"u.xliff", "u.po"} {
		if r := got[f]; len(r) == 3 && (!r[0].Fuzzy || r[1].Fuzzy || len(r[1].Notes) != 1 || r[1].Notes[0] != "a note") {
			t.Errorf("%s: what is in review and notes: %+v", f, r)
		}
	}
	if r := got["u.xliff"]; len(r) == 3 && (len(r[2].Others) != 1 || r[2].Others[0] != "Пёс") {
		t.Errorf("the further rendering: %+v", r[2])
	}
}

// What Weblate's import of a TMX takes, by the steps that it goes.
func TestWeblateReads(t *testing.T) {
	dir := interop(t, "u.tmx")
	got := toolkit(t, "weblate", filepath.Join(dir, "u.tmx"))
	want := `{"source": "The sides \"agreed\" & signed <it>.", "lang": "ru", "target": "Стороны «договорились» & <подписали>."}
{"source": "The sides \"agreed\" & signed <it>.", "lang": "zh", "target": "双方达成一致。"}
{"source": "Two\nlines", "lang": "ru", "target": "Две\nстроки"}
{"source": "A dog", "lang": "ru", "target": "Пёс"}
`
	if got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

// What translate-toolkit writes is read.
func TestToolkitWrites(t *testing.T) {
	dir := t.TempDir()
	toolkit(t, "write", dir)
	at := func(name string) string { return filepath.Join(dir, name) }
	memory := at("m.db")
	for _, args := range [][]string{
		{"import", at("toolkit.tmx"), at("toolkit.xliff"), at("toolkit.xliff2"), at("toolkit.po")},
		{"import", "--columns", "en=source,ru=target", at("toolkit.csv")},
	} {
		if out, err := sverkaProcess(memory, args...).CombinedOutput(); err != nil || !strings.Contains(string(out), ", 0 skipped") {
			t.Fatalf("%v: %v: %s", args, err, out)
		}
	}
	got, err := sverkaProcess(memory, "export", "--format", "jsonl").Output()
	if err != nil {
		t.Fatal(err)
	}
	want := `{"id":"1","variants":[{"lang":"en","text":"The talks & the <results>."},{"lang":"ru","text":"Переговоры и <итоги> & прочее."}],"status":"ok"}
{"id":"2","variants":[{"lang":"en","text":"The colour is red.","translator":"AB"},{"lang":"ru","text":"Цвет красный.","date":"2025-01-02","translator":"AB"},{"lang":"zh","text":"颜色是红色的。"}],"status":"ok","note":"checked"}
{"id":"3","variants":[{"lang":"en","text":"Press Save now."},{"lang":"ru","text":"Нажмите Сохранить сейчас."}],"status":"ok","note":"a button"}
{"id":"4","variants":[{"lang":"en","text":"Old & new"},{"lang":"ru","text":"Старое & новое"}],"status":"review"}
{"id":"5","variants":[{"lang":"en","text":"One <two>"},{"lang":"zh","text":"一 <二>"}],"status":"ok"}
{"id":"6","variants":[{"lang":"en","text":"%d file"},{"lang":"ru","text":"%d файл"}],"status":"ok"}
{"id":"7","variants":[{"lang":"en","text":"%d files"},{"lang":"ru","text":"%d файлов"}],"status":"ok"}
{"id":"8","variants":[{"lang":"en","text":"Say \"no\""},{"lang":"ru","text":"Скажите «нет»"}],"status":"review"}
{"id":"9","variants":[{"lang":"en","text":"One, two"},{"lang":"ru","text":"Раз, \"два\""}],"status":"ok"}
`
	if string(got) != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

const omegatProject = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0">
<source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir><tm_dir>__DEFAULT__</tm_dir>
<glossary_dir>__DEFAULT__</glossary_dir><glossary_file>__DEFAULT__</glossary_file><dictionary_dir>__DEFAULT__</dictionary_dir>
<source_lang>en</source_lang><target_lang>ru</target_lang>
<sentence_seg>false</sentence_seg><support_default_translations>true</support_default_translations><remove_tags>false</remove_tags>
</project></omegat>
`

// OmegaT translates with our TMX, and we read the TMX that it writes.
func TestOmegaT(t *testing.T) {
	program, err := exec.LookPath("omegat")
	if err != nil {
		t.Skip("OmegaT is not here")
	}
	dir := interop(t, "u.tmx")
	project := filepath.Join(dir, "project")
	for _, d := range []string{"source", "target", "tm/auto", "omegat", "glossary", "dictionary"} {
		if err := os.MkdirAll(filepath.Join(project, d), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	tmx, err := os.ReadFile(filepath.Join(dir, "u.tmx"))
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{
		"omegat.project": omegatProject, "tm/auto/u.tmx": string(tmx),
		"source/a.txt": "The sides \"agreed\" & signed <it>.\n\nA dog\n\nA cat\n",
	} {
		if err := os.WriteFile(filepath.Join(project, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	out, err := exec.Command(program, "--mode=console-translate", "--config-dir="+filepath.Join(dir, "conf"), project).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	got, err := os.ReadFile(filepath.Join(project, "target", "a.txt"))
	// Of two renderings OmegaT takes the last.
	if want := "Стороны «договорились» & <подписали>.\n\nПёс\n\nA cat\n"; err != nil || string(got) != want {
		t.Errorf("%q, %v, want %q\n%s", got, err, want, out)
	}
	for _, level := range []string{"omegat", "level1", "level2"} {
		path := filepath.Join(project, "project-"+level+".tmx")
		out, err := sverkaProcess(filepath.Join(dir, level+".db"), "import", path).CombinedOutput()
		if err != nil || !strings.Contains(string(out), "2 stored") {
			t.Errorf("%s: %v: %s", path, err, out)
		}
	}
}
