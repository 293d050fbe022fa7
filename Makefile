# make demo   runs the main job on corpus/ and leaves out/report.html to open
# make test   runs all tests
# make check  adds the linters; make fuzz a minute of fuzzing each parser
# make bench  measures the memory at SIZES and writes doc/performance.md; make microbench the parts
GO        ?= go
OUT       ?= out
BIN       := $(OUT)/sverka
FUZZTIME  ?= 20s
export CGO_ENABLED = 0

.PHONY: all build demo picture test check bench microbench eval fuzz cover golden clean

all: build

build:
	@mkdir -p $(OUT)
	$(GO) build -trimpath -ldflags "-s -w" -o $(BIN) ./cmd/sverka

demo: build
	@./tools/demo.sh $(BIN) $(OUT)

# doc/report.png: the report of the demo as Chromium shows it.
picture: demo
	$(GO) run ./tools/screenshot -width 1280 -height 1180 -o doc/report.png $(OUT)/report.html

test:
	$(GO) test ./...

check: test
	@test -z "$$(gofmt -l cmd internal tools)" || { gofmt -l cmd internal tools; echo "run gofmt -w on these"; exit 1; }
	$(GO) vet ./...
	$(GO) tool staticcheck ./...
	@$(GO) tool govulncheck ./... || { s=$$?; test $$s -ne 3 || exit 1; echo "govulncheck could not fetch its data: skipped"; }

# With SHARED naming a folder that has eval/tm/make_sizes.py the texts are real
# ones, else made up. SIZES may have 10k, 100k, 1m and 10m (4 GB, an hour).
SHARED ?= ../shared
SIZES  ?= 10k,100k,1m
bench:
	@mkdir -p $(OUT)
	$(GO) build -o $(OUT)/benchmark ./tools/bench
	$(OUT)/benchmark -sizes $(SIZES) -dir $(OUT)/bench -data "$(SHARED)/eval/tm" -o doc/performance

microbench:
	$(GO) test -run '^$$' -bench . -benchmem ./internal/...

# SVERKA_EVAL=FOLDER adds the gold sets in FOLDER/align.
eval: build
	@./tools/quality.sh $(BIN) > $(OUT)/quality.md && mv $(OUT)/quality.md doc/quality.md

# Every golden file is written anew; git diff shows what changed.
golden:
	$(GO) test ./internal/... -update

fuzz:
	@for p in $$($(GO) list ./internal/...); do \
	  for f in $$($(GO) test -list '^Fuzz' $$p | grep '^Fuzz'); do \
	    echo "$$p $$f"; $(GO) test -run '^$$' -fuzz "^$$f$$" -fuzztime $(FUZZTIME) $$p || exit 1; \
	  done; done

cover:
	$(GO) test -coverprofile $(OUT)/cover.out ./internal/... && $(GO) tool cover -func $(OUT)/cover.out | tail -1

clean:
	rm -rf $(OUT)
