# make help lists what there is. All builds use plain go commands without tags
# or flags, so that they share one build cache: another set of flags would
# compile OpenGL and SQLite anew, which takes minutes.

BUILD    := build
PROGRAM  := $(BUILD)/fieldbook$(shell go env GOEXE 2>/dev/null)
FYNE     := fyne.io/tools/cmd/fyne@v1.7.4
FUZZTIME ?= 20000x
N        ?= 1
ARGS     ?=

# Tests on real data run where there is some.
ifneq ($(wildcard ../shared/realdata),)
export FIELDBOOK_REALDATA ?= $(abspath ../shared/realdata)
endif

.DEFAULT_GOAL := help
.PHONY: help deps deps-test deps-soak run build test arch race lint fmt golden map fuzz bench soak check package

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

deps: ## install what building needs and is missing
	@.ci/deps

deps-test:
	@.ci/deps test

build: deps ## build build/fieldbook
	go build -o $(PROGRAM) .

deps-soak:
	@.ci/deps soak

run: build ## open the window (ARGS="--book my.book"); without a display write pictures of every screen
	@if [ "$$(uname -s)" = Linux ] && [ -z "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
		echo "No display here (neither DISPLAY nor WAYLAND_DISPLAY is set): writing the tour to $(BUILD)/tour instead."; \
		.ci/tour $(PROGRAM); \
	else \
		$(PROGRAM) $(ARGS); \
	fi

test: deps-test ## run all tests; no display needed
	go test -timeout 30m ./...

arch: deps ## check the import directions and the size of main
	go test .

race: deps-test ## run the tests of all packages without Fyne under the race detector
	go test -race -timeout 40m $$(.ci/packages race)

lint: deps ## run the linters
	@.ci/lint

fmt: ## format all Go files
	@.ci/lint fmt

golden: ## draw the golden pictures anew: look at each that changes
	@packages=$$(.ci/packages golden); \
	if [ -n "$$packages" ]; then go test $$packages -update; else echo "no golden pictures"; fi

map: ## make assets/geo/atlas.bin anew from the public-domain files in FIELDBOOK_REALDATA/geo
	go run ./app/geo/makeatlas "$$FIELDBOOK_REALDATA/geo" assets/geo/atlas.bin

fuzz: ## run every fuzz target for FUZZTIME=20000x
	@FUZZTIME=$(FUZZTIME) .ci/fuzz

bench: build ## time the packages and the program
	@packages=$$(.ci/packages bench); \
	if [ -n "$$packages" ]; then go test -run '^$$' -bench . -benchtime 1x $$packages; fi
	@.ci/bench $(PROGRAM)

soak: deps-soak ## run the long tests, N=1 takes minutes, N=100 is the full run
	@packages=$$(.ci/packages soak); \
	if [ -n "$$packages" ]; then FIELDBOOK_SOAK=$(N) go test -run Soak -timeout 0 -v $$packages; else echo "no soak tests"; fi

check: lint arch test race ## all that a change must pass

# The fyne tool builds with flags of its own and raises Build in FyneApp.toml.
package: deps ## make an installable package for this system (minutes the first time)
	go run $(FYNE) package
