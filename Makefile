# Jalon: what a newcomer, a developer and a packager type. Each target installs what it needs.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

prefix ?= /usr/local
SWIFT ?= swift
BUILD_FLAGS := --explicit-target-dependency-import-check error
# Addresses of other libraries are found at the start and then read-only, as Debian has it.
RELEASE := $(BUILD_FLAGS) -c release --static-swift-stdlib -Xlinker -z -Xlinker relro -Xlinker -z -Xlinker now
BINARY := .build/release/jalon

# Debian packages, by what needs them.
BUILD_PACKAGES := ca-certificates libcurl4-openssl-dev libsqlite3-dev tzdata
# One a line, so that two changes at once do not meet.
TEST_PACKAGES := $(BUILD_PACKAGES) \
  faketime \
  fish \
  man-db \
  openssl \
  postfix \
  python3 \
  python3-aiosmtpd \
  python3-prometheus-client \
  sqlite3 \
  strace \
  zsh
BENCH_PACKAGES := $(TEST_PACKAGES) python3-venv swaks time
DEB_PACKAGES := $(BUILD_PACKAGES) debhelper dpkg-dev fakeroot lintian
INSTALL_TEST_PACKAGES := $(DEB_PACKAGES) mmdebstrap python3
PICTURE_PACKAGES := python3 chromium fonts-dejavu-core

# Installs the packages that are missing, and only those. Of postfix the tests want a test server;
# without a configuration it runs none of its own.
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
	  $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	fi
endef

.PHONY: help demo build test lint bench crash tamper pictures clean
.PHONY: install install-files uninstall deb install-test
.PHONY: rules soak
.PHONY: packages-build packages-deb packages-install-test packages-test packages-bench packages-pictures

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
	@python3 Tests/Campaigns/install-files.py --binary .build/debug/jalon
	@python3 Tests/Campaigns/soak.py --binary .build/debug/jalon --seconds 20
