# Thin verbs; the work is in eng/. CI calls the same ones.
IMAGE ?= xfce
export IMAGE

.PHONY: help run build package test bench soak lint fmt clean install-deps

help:
	@echo "make run [IMAGE=xfce|micro] [MAYFLY_DATA=DIR]   try Mayfly: installs, builds, shows two desktops in the browser"
	@echo "make test                                        install what tests need and run all of them"
	@echo "make package                                     make a Debian package, artifacts/mayfly_VERSION_amd64.deb"
	@echo "make build | bench | soak | lint | fmt | clean | install-deps"

run:
	@eng/run.sh

build:
	@eng/build.sh all

package:
	@eng/package.sh

test:
	@eng/test.sh

bench:
	@eng/bench.sh

soak:
	@eng/soak.sh

lint:
	@eng/lint.sh

fmt:
	@eng/fmt.sh

clean:
	@eng/clean.sh

install-deps:
	@eng/install-deps.sh test
