# Every command does its own set-up through scripts/bootstrap.
.PHONY: help demo test test-peers lint format docs bench bootstrap release

help: ## Say what there is.
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

demo: ## Search the Swift packages' documentation, serve the winner, ask it five questions (KEEP=1 keeps serving).
	@scripts/demo

test: ## Build and run the tests.
	@scripts/test

test-peers: ## Compare with the reference implementations of other projects, and with real weights.
	@scripts/test-peers

lint: ## Check format, imports and scripts.
	@scripts/lint

format: ## Put every source file into the house format.
	@git ls-files -z '*.swift' | xargs -0 swift format format --in-place --parallel

docs: ## Make the documentation of the libraries.
	@scripts/docs

bench: ## Measure against peers, and print the tables of Benchmarks/RESULTS.md.
	@scripts/bench

bootstrap: ## Install what the build needs.
	@scripts/bootstrap

release: ## Build the optimised `neo`.
	@scripts/bootstrap && swift build -c release --product neo && swift build -c release --product neo-cell
