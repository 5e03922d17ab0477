# Jalon: what a newcomer, a developer and a packager type. Each target installs what it needs.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

prefix ?= /usr/local
SWIFT ?= swift
BUILD_FLAGS := --explicit-target-dependency-import-check error
RELEASE := $(BUILD_FLAGS) -c release --static-swift-stdlib
BINARY := .build/release/jalon

# Debian packages, by what needs them.
BUILD_PACKAGES := ca-certificates libcurl4-openssl-dev libsqlite3-dev tzdata
DOOR_PACKAGES := apache2-utils curl nginx openssh-client openssh-server openssl passwd python3 util-linux
TEST_PACKAGES := $(BUILD_PACKAGES) $(DOOR_PACKAGES) faketime postfix python3-aiosmtpd sqlite3 strace
BENCH_PACKAGES := $(TEST_PACKAGES) python3-venv swaks time
PICTURE_PACKAGES := python3 chromium fonts-dejavu-core

# Installs the packages that are missing, and only those. Of postfix the tests want a test server;
# without a configuration it runs none of its own. Of nginx and sshd they want the programs: where
# they were not installed before, they are neither started now nor at the next start of the machine.
define install_packages
	@missing=$$(for package in $(1); do \
	  dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || echo $$package; \
	done); \
	if [ -n "$$missing" ]; then \
	  sudo=$$([ "$$(id -u)" = 0 ] || echo sudo); \
	  echo "installing:" $$missing; \
	  $$sudo apt-get update -qq; \
	  if echo "$$missing" | grep -qx postfix; then \
	    echo 'postfix postfix/main_mailer_type select No configuration' | $$sudo debconf-set-selections; \
	  fi; \
	  servers=$$(echo "$$missing" | sed -n 's/^nginx$$/nginx/p; s/^openssh-server$$/ssh/p'); \
	  [ -d /run/systemd/system ] || servers=; \
	  [ -z "$$servers" ] || $$sudo systemctl mask --runtime --quiet $$servers; \
	  $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	  [ -z "$$servers" ] || $$sudo systemctl disable --quiet $$servers; \
	  [ -z "$$servers" ] || $$sudo systemctl unmask --runtime --quiet $$servers; \
	fi
endef

.PHONY: help demo build test lint bench crash tamper doors pictures install clean packages-build packages-doors packages-test packages-bench packages-pictures

help: ## this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: build ## run the main job on the sample portfolio, ending with the flagged projects and why
	@config/samples/demo $(BINARY)

build: packages-build ## build the program (release, Swift's libraries linked in)
	@$(SWIFT) build $(RELEASE) --product jalon

test: packages-test ## every test, and the short forms of the campaigns
	@$(SWIFT) build $(BUILD_FLAGS) --build-tests
	@$(SWIFT) test $(BUILD_FLAGS) --skip-build
	@python3 Tests/Campaigns/crash.py --binary .build/debug/jalon --every 13
	@python3 Tests/Campaigns/mail-crash.py --binary .build/debug/jalon --every 31
	@python3 Tests/Campaigns/mail-faults.py --binary .build/debug/jalon --short
	@python3 Tests/Campaigns/writers.py --binary .build/debug/jalon --seconds 8
	@python3 Tests/Campaigns/officers.py --binary .build/debug/jalon --seconds 8
	@python3 Tests/Campaigns/tamper.py --binary .build/debug/jalon --count 120
	@python3 Tests/Campaigns/real-doors.py --binary .build/debug/jalon

lint: ## the house's rules for source
	@$(SWIFT) format lint --strict --parallel --recursive Package.swift Sources Tests Benchmarks
	@.ci/walls

bench: build packages-bench ## speed and memory, as ratios against named peers in the same run
	@$(SWIFT) build $(RELEASE) --product JalonBenchmarks
	@python3 Benchmarks/run.py --binary $(BINARY)

crash: packages-test ## kill -9 at every system call, and nine processes writing for a minute
	@$(SWIFT) build $(BUILD_FLAGS) --product jalon
	@python3 Tests/Campaigns/crash.py --binary .build/debug/jalon
	@python3 Tests/Campaigns/mail-crash.py --binary .build/debug/jalon
	@python3 Tests/Campaigns/mail-faults.py --binary .build/debug/jalon
	@python3 Tests/Campaigns/writers.py --binary .build/debug/jalon --seconds 60
	@python3 Tests/Campaigns/officers.py --binary .build/debug/jalon --seconds 60
	@python3 Tests/Campaigns/sync-faults.py --binary .build/debug/jalon

tamper: packages-test ## change, delete, swap and cut what is kept, 5,000 times, and see that verify names it
	@$(SWIFT) build $(BUILD_FLAGS) --product jalon
	@python3 Tests/Campaigns/tamper.py --binary .build/debug/jalon

doors: packages-doors ## Debian's sshd and nginx, with the shipped settings, before the real daemon
	@$(SWIFT) build $(BUILD_FLAGS) --product jalon
	@python3 Tests/Campaigns/real-doors.py --binary .build/debug/jalon --uploads 300

pictures: packages-pictures ## every message as a phone, a window and a terminal show it
	@Tests/Campaigns/message-pictures

install: build ## install under $(DESTDIR)$(prefix)
	@install -D -m 0755 $(BINARY) $(DESTDIR)$(prefix)/bin/jalon
	@install -D -m 0644 config/jalon.json $(DESTDIR)$(prefix)/share/doc/jalon/examples/jalon.json
	@install -D -m 0644 systemd/jalon.service $(DESTDIR)$(prefix)/lib/systemd/system/jalon.service
	@install -D -m 0644 systemd/jalon-courier.service $(DESTDIR)$(prefix)/lib/systemd/system/jalon-courier.service
	@install -D -m 0644 systemd/jalon-evaluate.service $(DESTDIR)$(prefix)/lib/systemd/system/jalon-evaluate.service
	@install -D -m 0644 systemd/jalon-evaluate.timer $(DESTDIR)$(prefix)/lib/systemd/system/jalon-evaluate.timer
	@sed -i 's|/usr/bin/jalon|$(prefix)/bin/jalon|' $(DESTDIR)$(prefix)/lib/systemd/system/jalon*.service

clean: ## remove what was built
	@rm -rf .build

packages-build:
	$(call install_packages,$(BUILD_PACKAGES))

packages-doors:
	$(call install_packages,$(DOOR_PACKAGES) $(BUILD_PACKAGES))

packages-test:
	$(call install_packages,$(TEST_PACKAGES))

packages-bench:
	$(call install_packages,$(BENCH_PACKAGES))

packages-pictures:
	$(call install_packages,$(PICTURE_PACKAGES))
