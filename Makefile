# make book · make test · make instructor · make notebooks · make outputs · make material · make check · make bench
# Each sets up what it needs: a virtual environment in .venv with the pinned requirements.

PYTHON ?= python3
BIN := .venv/bin

book: .venv/ready
	@$(BIN)/python -m bindery build

instructor: .venv/ready
	@$(BIN)/python -m bindery build --edition instructor

test: .venv/ready
	@$(BIN)/python -m bindery test

notebooks: .venv/ready
	@$(BIN)/jupyter lab chapters

outputs: .venv/ready
	@$(BIN)/python -m bindery outputs --all

material: .venv/ready
	@$(BIN)/python -m bindery material

check: .venv/ready
	@$(BIN)/python -m bindery check

bench: .venv/ready
	@$(BIN)/python -m bindery bench

.venv/ready: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "This book needs Python 3.11 or later; $(PYTHON) is older or missing. Install one, or name it: make book PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv .venv 2>/dev/null || \
	  { echo "Python cannot make a virtual environment. On Debian: apt install python3-venv"; exit 1; }
	@echo "Setting up .venv with the pinned requirements: about half a minute, the first time only."
	@$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

clean:
	rm -rf _build .venv

.PHONY: book instructor test notebooks outputs material check bench clean
