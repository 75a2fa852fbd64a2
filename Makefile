# The two commands of the README: `make demo` and `make test`. Each does its own set-up.
SWIFT ?= swift
BIN = .build/release/kumo-fixtures

.PHONY: demo test build setup lint format docs docs-check man bench clean

demo: build
	@script/demo $(BIN)

test: setup
	@SWIFT=$(SWIFT) script/test

build: setup
	$(SWIFT) build -c release --static-swift-stdlib --product kumo-fixtures

setup:
	@script/setup

lint:
	$(SWIFT) format lint --strict --recursive --parallel Sources Tests fixture-specs Package.swift

format:
	$(SWIFT) format --in-place --recursive --parallel Sources Tests fixture-specs Package.swift

docs: build
	@script/docs $(BIN)

docs-check: build
	@script/docs $(BIN)
	@git diff --exit-code -- docs || { echo "docs/ is out of date: run 'make docs' and commit the result" >&2; exit 1; }

man: build
	$(SWIFT) build --product generate-manual
	@mkdir -p .build/man
	.build/debug/generate-manual $(BIN) --multi-page --output-directory .build/man

bench: build
	@Benchmarks/run $(BIN)

clean:
	rm -rf .build
