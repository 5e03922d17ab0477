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
FUZZ_PACKAGES := $(BUILD_PACKAGES) python3
DOOR_PACKAGES := apache2-utils curl lftp nginx openssh-client openssh-server openssl passwd python3 util-linux
# One a line, so that two changes at once do not meet.
TEST_PACKAGES := $(BUILD_PACKAGES) $(DOOR_PACKAGES) \
  bubblewrap \
  e2fsprogs \
  faketime \
  fish \
  iproute2 \
  jq \
  man-db \
  mount \
  openssl \
  postfix \
  python3 \
  python3-aiosmtpd \
  python3-prometheus-client \
  python3-seccomp \
  rsync \
  sqlite3 \
  strace \
  systemd \
  zsh
BENCH_PACKAGES := $(TEST_PACKAGES) python3-venv swaks time
DEB_PACKAGES := $(BUILD_PACKAGES) build-essential debhelper dpkg-dev fakeroot lintian
INSTALL_TEST_PACKAGES := $(DEB_PACKAGES) mmdebstrap python3
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

.PHONY: help demo build test lint bench crash powercut attack tamper pictures clean
.PHONY: install install-files uninstall deb install-test
.PHONY: rules soak
.PHONY: fuzz fuzz-keep tsan packages-fuzz
.PHONY: packages-build packages-deb packages-install-test packages-test packages-bench packages-pictures
.PHONY: units
.PHONY: doors packages-doors

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
	@python3 Tests/Campaigns/attack.py --binary .build/debug/jalon --short
	@python3 Tests/Campaigns/units.py
	@python3 Tests/Campaigns/sandbox.py --binary .build/debug/jalon
	@python3 Tests/Campaigns/service.py --binary .build/debug/jalon --short
	@python3 Tests/Campaigns/faults.py --binary .build/debug/jalon --short
	@python3 Tests/Campaigns/powercut.py --binary .build/debug/jalon --short --days 2 --cuts 20
	@python3 Tests/Campaigns/real-doors.py --binary .build/debug/jalon

lint: ## the house's rules for source
	@$(SWIFT) format lint --strict --parallel --recursive Package.swift Sources Tests Benchmarks
	@.ci/walls

bench: build packages-bench ## speed and memory, as ratios against named peers in the same run
	@$(SWIFT) build $(RELEASE) --product JalonBenchmarks
	@python3 Benchmarks/run.py --binary $(BINARY)

crash: packages-test ## kill -9 at every system call, nine processes writing for a minute, faults of disk, notebook, doors, clock
	@$(SWIFT) build $(BUILD_FLAGS) --product jalon
	@python3 Tests/Campaigns/crash.py --binary .build/debug/jalon
	@python3 Tests/Campaigns/mail-crash.py --binary .build/debug/jalon
	@python3 Tests/Campaigns/mail-faults.py --binary .build/debug/jalon
	@python3 Tests/Campaigns/writers.py --binary .build/debug/jalon --seconds 60
	@python3 Tests/Campaigns/officers.py --binary .build/debug/jalon --seconds 60
	@python3 Tests/Campaigns/faults.py --binary .build/debug/jalon

powercut: packages-test ## cut the power a thousand times while Jalon works, and see that nothing acknowledged is lost
	@$(SWIFT) build $(BUILD_FLAGS) --product jalon
	@python3 Tests/Campaigns/powercut.py --binary .build/debug/jalon

attack: build packages-test ## one team attacks through its depot in every way, while another one works
	@python3 Tests/Campaigns/attack.py --binary $(BINARY)

tamper: packages-test ## change, delete, swap and cut what is kept, 5,000 times, and see that verify names it
	@$(SWIFT) build $(BUILD_FLAGS) --product jalon
	@python3 Tests/Campaigns/tamper.py --binary .build/debug/jalon

units: packages-test ## the units: systemd's own checks, and the program at work under all that they forbid
	@$(SWIFT) build $(BUILD_FLAGS) --product jalon
	@python3 Tests/Campaigns/units.py
	@python3 Tests/Campaigns/sandbox.py --binary .build/debug/jalon
	@python3 Tests/Campaigns/service.py --binary .build/debug/jalon

# How long fuzzing looks at each format, and which ones (none: all); how long a busy day lasts.
FUZZ_SECONDS ?= 3600
FUZZ_FORMATS ?=
TSAN_SECONDS ?= 120

fuzz: packages-fuzz ## every reader under libFuzzer and AddressSanitizer, FUZZ_SECONDS each
	@python3 Tests/Fuzzing/run.py --swift "$(SWIFT)" --seconds $(FUZZ_SECONDS) $(FUZZ_FORMATS)

fuzz-keep: packages-fuzz ## the same, and what reached new code goes into the corpus
	@python3 Tests/Fuzzing/run.py --swift "$(SWIFT)" --seconds $(FUZZ_SECONDS) --keep $(FUZZ_FORMATS)

tsan: packages-test ## a busy daemon, its mail and its commands under ThreadSanitizer
	@$(SWIFT) build $(BUILD_FLAGS) --scratch-path .build-tsan --sanitize thread --product jalon
	@python3 Tests/Campaigns/races.py --binary .build-tsan/debug/jalon --seconds $(TSAN_SECONDS)

doors: packages-doors ## Debian's sshd and nginx, with the shipped settings, before the real daemon
	@$(SWIFT) build $(BUILD_FLAGS) --product jalon
	@python3 Tests/Campaigns/real-doors.py --binary .build/debug/jalon --uploads 300

pictures: packages-pictures ## every message as a phone, a window and a terminal show it
	@Tests/Campaigns/message-pictures

SOAK_SECONDS ?= 3600

soak: build packages-test ## one daemon under steady load for SOAK_SECONDS, and what it holds on to
	@python3 Tests/Campaigns/soak.py --binary $(BINARY) --seconds $(SOAK_SECONDS)

rules: build ## the alert rules of config/prometheus, by Prometheus' own promtool
	@Tests/Campaigns/alert-rules $(BINARY)

# What is installed, and where. Folders are taken whole: what is in them is installed.
sysconfdir ?= /etc
unitdir ?= $(prefix)/lib/systemd/system
docdir ?= $(prefix)/share/doc/jalon
bash_completion := $(prefix)/share/bash-completion/completions/jalon
zsh_completion ?= $(prefix)/share/zsh/site-functions/_jalon
fish_completion := $(prefix)/share/fish/vendor_completions.d/jalon.fish
MANUAL := jalon.1 jalon.json.5 jalon-report.5
EXAMPLES := $(filter-out $(addprefix config/,installed samples sysusers.d tmpfiles.d),$(wildcard config/*))

install: build ## install under $(DESTDIR)$(prefix)
	@$(MAKE) --no-print-directory install-files

install-files: # what was built already, as debian/rules and the tests want it
	@install -D -m 0755 $(BINARY) $(DESTDIR)$(prefix)/bin/jalon
	@install -d $(DESTDIR)$(docdir)/docs $(DESTDIR)$(docdir)/examples
	@install -m 0644 -D -t $(DESTDIR)$(unitdir) systemd/*
	@for kind in sysusers.d tmpfiles.d; do \
	  if [ -d config/$$kind ]; then install -m 0644 -D -t $(DESTDIR)$(prefix)/lib/$$kind config/$$kind/*; fi; \
	done
	@for page in $(MANUAL); do \
	  $(BINARY) help --man $$page | \
	    install -m 0644 -D /dev/stdin $(DESTDIR)$(prefix)/share/man/man$${page##*.}/$$page; \
	done
	@$(BINARY) help --completion bash | install -m 0644 -D /dev/stdin $(DESTDIR)$(bash_completion)
	@$(BINARY) help --completion zsh | install -m 0644 -D /dev/stdin $(DESTDIR)$(zsh_completion)
	@$(BINARY) help --completion fish | install -m 0644 -D /dev/stdin $(DESTDIR)$(fish_completion)
	@install -m 0644 README.md $(DESTDIR)$(docdir)
	@install -m 0644 docs/*.md $(DESTDIR)$(docdir)/docs
	@umask 022 && cp -r --no-preserve=mode,ownership $(EXAMPLES) $(DESTDIR)$(docdir)/examples
	@sed -i 's|/usr/bin/jalon|$(prefix)/bin/jalon|g' $(DESTDIR)$(unitdir)/jalon*.service \
	  $(if $(wildcard config/cron.d),$(DESTDIR)$(docdir)/examples/cron.d/*)
	@install -d $(DESTDIR)$(sysconfdir)/jalon/portfolio/programmes $(DESTDIR)$(sysconfdir)/jalon/portfolio/projects
	@# A configuration that is there is somebody's work.
	@[ -e $(DESTDIR)$(sysconfdir)/jalon/jalon.json ] || \
	  install -m 0644 config/installed/jalon.json $(DESTDIR)$(sysconfdir)/jalon/jalon.json

uninstall: ## remove what install put there; configuration, portfolio and data stay
	@rm -f $(DESTDIR)$(prefix)/bin/jalon $(DESTDIR)$(bash_completion) $(DESTDIR)$(zsh_completion) $(DESTDIR)$(fish_completion)
	@rm -f $(foreach file,$(wildcard systemd/*),$(DESTDIR)$(unitdir)/$(notdir $(file)))
	@rm -f $(foreach file,$(wildcard config/sysusers.d/* config/tmpfiles.d/*),$(DESTDIR)$(prefix)/lib/$(patsubst config/%,%,$(file)))
	@rm -f $(foreach page,$(MANUAL),$(DESTDIR)$(prefix)/share/man/man$(patsubst .%,%,$(suffix $(page)))/$(page))
	@rm -rf $(DESTDIR)$(docdir)

# The files of the package beside each other, and out of the source's parent folder.
DEB_OUTPUT := .build/deb

deb: packages-deb ## the Debian package, checked by lintian
	@rm -rf $(DEB_OUTPUT) && mkdir -p $(DEB_OUTPUT)
	@# swift comes from the PATH, and no package of Debian's has it (debian/README.source).
	@DEB_OUTPUT=$(DEB_OUTPUT) dpkg-buildpackage --build=binary --unsigned-changes --unsigned-buildinfo \
	  --buildinfo-option=-u$(DEB_OUTPUT) --changes-option=-u$(DEB_OUTPUT) \
	  --buildinfo-file=$(DEB_OUTPUT)/jalon.buildinfo --changes-file=$(DEB_OUTPUT)/jalon.changes
	@lintian --allow-root --info --pedantic --fail-on error,warning,pedantic $(DEB_OUTPUT)/jalon.changes
	@ls $(CURDIR)/$(DEB_OUTPUT)/jalon_*.deb

install-test: deb packages-install-test ## install the package in a clean Debian, use it, upgrade and purge it
	@python3 Tests/Campaigns/install.py --package $(DEB_OUTPUT)

clean: ## remove what was built
	@rm -rf .build .build-fuzz .build-tsan

packages-build:
	$(call install_packages,$(BUILD_PACKAGES))

packages-doors:
	$(call install_packages,$(DOOR_PACKAGES) $(BUILD_PACKAGES))

packages-test:
	$(call install_packages,$(TEST_PACKAGES))

packages-fuzz:
	$(call install_packages,$(FUZZ_PACKAGES))

packages-bench:
	$(call install_packages,$(BENCH_PACKAGES))

packages-deb:
	$(call install_packages,$(DEB_PACKAGES))

packages-install-test:
	$(call install_packages,$(INSTALL_TEST_PACKAGES))

packages-pictures:
	$(call install_packages,$(PICTURE_PACKAGES))
