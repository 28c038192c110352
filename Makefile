# Everything a person does here, each safe to repeat: `make help` lists it.
.PHONY: help setup setup-tests setup-lint build up down test screenshots faults fuzz soak bench deploy lint fmt clean
.NOTPARALLEL:
.DEFAULT_GOAL := help
export PATH := $(or $(CARGO_HOME),$(HOME)/.cargo)/bin:$(PATH)

# LINTED=1, which .ci/run says: clippy looks on while that is compiled which the tests run, so that no dependency is checked
# and then compiled as well. The second variable is how cargo-clippy hands `-D warnings` to clippy-driver.
ifdef LINTED
under_clippy := RUSTC_WORKSPACE_WRAPPER=clippy-driver \
	CLIPPY_ARGS=-D__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__
clippy := $(under_clippy) cargo build --workspace --all-targets
else
clippy := cargo clippy --workspace --all-targets -- -D warnings
endif

# One more than there are processors, because most tests wait for others; browsers keep to theirs (.config/nextest.toml).
test_threads = $(shell expr $$(nproc) + 1)

help: ## list what there is
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 16

setup: ## install what running needs (part of the others)
	@setup/running.sh

build: setup ## everything that is deployed, into dist/ (EDGE_CONFIG=file for another configuration of the gate)
	@setup/build.sh

up: build ## the whole system on this machine, until interrupted (DETACH=1: in the background)
	@setup/up.sh

down: ## stop what `make up DETACH=1` started
	@setup/down.sh

setup-tests:
	@setup/testing.sh

test: setup-tests build ## every test, and the sizes of what a browser loads
	$(under_clippy) NEXTEST_TEST_THREADS=$(test_threads) cargo nextest run --workspace
	npm test --silent --prefix web/editor
	@web/check-size.sh

faults: setup-tests build ## what people see when something fails: every fault with every visitor
	cargo nextest run -p tests --test gate faults::

soak: setup-tests build ## long runs: a million events, half an hour of journeys (SOAK_EVENTS, SOAK_SECONDS, SOAK_VISITORS)
	@setup/soak.sh

fuzz: setup ## try to break the parsers, FUZZ_SECONDS=600 for each (nightly toolchain)
	@setup/fuzz.sh

bench: setup-tests build ## gate and CMS beside their peers, into BENCHMARKS.md (half an hour; nothing else should run)
	@setup/peers.sh && cargo build --quiet -p bench --bin floor --profile edge --target x86_64-unknown-linux-musl
	@cargo build --quiet -p bench --bin bench && taskset -c 0 cargo run --quiet -p bench --bin bench
	@cargo build --quiet --workspace --examples
	@for row in site_deploy app_size app_usable typing functions_cost cms_load; do target/debug/examples/$$row || exit; done

screenshots: setup-tests build ## every screen, wide and narrow, light and dark, into target/pictures
	cargo build --quiet --workspace --example pictures
	@target/debug/examples/pictures target/pictures && echo "screenshots: target/pictures"

deploy: build ## everything to AWS, as parapet.toml says (ARGS=--dry-run to look first)
	cargo run --quiet -p ops -- deploy all $(ARGS)

setup-lint:
	@setup/linting.sh

lint: setup-lint ## formatting and lints, as strict as they go
	cargo fmt --all --check
	$(clippy)
	cargo clippy -p web -p text-engine --target wasm32-unknown-unknown -- -D warnings

fmt: ## format all sources
	cargo fmt --all

clean: ## remove what builds made, not what the set-up installed
	cargo clean
	rm -rf dist
