# Makefile - builds, tests and installs nptkit. `make help` lists the targets.
#
# There is no configure step. Settings go on the command line: make CC=clang CFLAGS=-O0, PREFIX=/usr.
# Each VARIANT (asan, clang, analyzer ...) builds in a folder of its own below build/, and a change of
# compiler or flags rebuilds what it touches. V=1 shows the commands and every single test.
# SPDX-License-Identifier: GPL-3.0-or-later

.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules --no-print-directory

VARIANT ?=
B       := build$(if $(VARIANT),/$(VARIANT))
VERSION := $(shell sed -n 's/^\#define NPT_VERSION "\(.*\)"/\1/p' include/nptkit/base.h)
SONAME  := libnptkit.so.0
Q       := $(if $(V),,@)

# ---- tools and flags ---------------------------------------------------------------------------

ifeq ($(origin CC),default)
CC := gcc
endif
ifeq ($(origin AR),default)
AR := ar
endif
PKG_CONFIG ?= pkg-config
CFLAGS     ?= -O2 -g
optimised  := $(filter-out -O0,$(filter -O%,$(CFLAGS)))
HARDENING  ?= -fstack-protector-strong $(if $(optimised),-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
HARDENING_LDFLAGS ?= -Wl,-z,relro,-z,now
WARNINGS   ?= -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
              -Wmissing-prototypes -Wformat=2 -Wvla -Wundef -Wpointer-arith -Wcast-qual \
              -Wwrite-strings $(if $(WERROR),-Werror)

ifeq ($(VARIANT),asan)
CFLAGS     := -O1 -g
HARDENING  := -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
endif
ifeq ($(VARIANT),analyzer)
WARNINGS   += -fanalyzer
endif

LIBRARIES  := libxml-2.0 libzip libutf8proc nettle libdeflate gsl
# Other people's headers are system headers: their warnings are not ours. Asked for at first use, because
# `make deps all` installs the libraries only after this file was read.
LIB_CFLAGS = $(eval LIB_CFLAGS := $(patsubst -I%,-isystem %,$(shell $(PKG_CONFIG) --cflags \
                 $(LIBRARIES))))$(LIB_CFLAGS)
LIB_LIBS   = $(eval LIB_LIBS := $(shell $(PKG_CONFIG) --libs $(LIBRARIES)) -lreadstat -lglpk -lm)$(LIB_LIBS)

compile = $(CC) -std=c11 -D_POSIX_C_SOURCE=200809L -Iinclude $(LIB_CFLAGS) $(CPPFLAGS) $(WARNINGS) \
          $(HARDENING) $(CFLAGS) -pthread -fPIC -fvisibility=hidden -MMD -MP \
          -ffile-prefix-map="$(CURDIR)"=.
link    = $(CC) $(HARDENING) $(CFLAGS) -pthread $(HARDENING_LDFLAGS) $(LDFLAGS)

# ---- files -------------------------------------------------------------------------------------

sources  := $(filter-out nptkit/cli/%,$(wildcard nptkit/*/*.c))
cli      := $(wildcard nptkit/cli/*.c)
tests    := $(patsubst tests/%.c,%,$(wildcard tests/test_*.c))
# Helpers that tests share; every test links them.
helpers  := $(filter-out tests/test_%,$(wildcard tests/*.c))
embedded := $(sort $(wildcard codebooks/*.qdc surveys/*.xml reports/*.xml reports/*.css))
headers  := $(wildcard include/*.h include/nptkit/*.h)

object   = $(patsubst nptkit/%.c,$(B)/obj/%.o,$(1))
objects := $(call object,$(sources)) $(B)/obj/embedded.o
program := $(if $(cli),$(B)/nptkit)
test_programs := $(addprefix $(B)/tests/,$(tests))
helper_objects := $(patsubst tests/%.c,$(B)/tests/%.o,$(helpers))

# What `make lint` does, one target each.
lints := lint-includes lint-banned lint-names lint-format lint-cppcheck lint-shell lint-clang lint-analyzer

# ---- building ----------------------------------------------------------------------------------

.PHONY: all
all: $(program) $(B)/libnptkit.a $(B)/libnptkit.so ## build the program and the library (default)

# Rewritten only when the compiler or the flags change; every object depends on it.
$(B)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(compile) | $(link) $(LIB_LIBS)' | cmp -s - $@ || echo '$(compile) | $(link) $(LIB_LIBS)' >$@

$(B)/obj/%.o: nptkit/%.c $(B)/flags
	@mkdir -p $(@D)
	@echo '  CC    $<'
	$(Q)$(compile) -c -o $@ $<

$(B)/embedded.c: nptkit/embed.sh $(embedded)
	@mkdir -p $(@D)
	@echo '  EMBED $@'
	$(Q)sh nptkit/embed.sh $(embedded) >$@

$(B)/obj/embedded.o: $(B)/embedded.c $(B)/flags
	@mkdir -p $(@D)
	@echo '  CC    $<'
	$(Q)$(compile) -Inptkit -c -o $@ $<

# The list of files, so that the library is made again when a file appears or goes.
$(B)/contents: FORCE
	@mkdir -p $(@D)
	@echo '$(objects) $(embedded)' | cmp -s - $@ || echo '$(objects) $(embedded)' >$@

$(B)/embedded.c: $(B)/contents

$(B)/libnptkit.a: $(objects) $(B)/contents
	@echo '  AR    $@'
	$(Q)rm -f $@ && $(AR) rcsD $@ $(objects)

$(B)/$(SONAME): $(objects) $(B)/contents
	@echo '  LINK  $@'
	$(Q)$(link) -shared -Wl,-soname,$(SONAME) $(if $(findstring -fsanitize,$(HARDENING)),,-Wl,-z,defs) \
	    -o $@ $(objects) $(LIB_LIBS)

$(B)/libnptkit.so: $(B)/$(SONAME)
	@ln -sf $(SONAME) $@

$(B)/nptkit: $(call object,$(cli)) $(B)/libnptkit.a
	@echo '  LINK  $@'
	$(Q)$(link) -pie -o $@ $(call object,$(cli)) $(B)/libnptkit.a $(LIB_LIBS)

# Tests see internal functions, hence the static library.
$(B)/tests/%.o: tests/%.c $(B)/flags
	@mkdir -p $(@D)
	@echo '  CC    $<'
	$(Q)$(compile) -c -o $@ $<

$(test_programs): %: %.o $(helper_objects) $(B)/libnptkit.a
	@echo '  LINK  $@'
	$(Q)$(link) -pie -o $@ $< $(helper_objects) $(B)/libnptkit.a -lcmocka $(LIB_LIBS)

-include $(wildcard $(B)/obj/*.d $(B)/obj/*/*.d $(B)/tests/*.d)

# Every kind of picture from made-up tables, to look at after a change: build/pictures/*.png.
.PHONY: pictures
pictures: $(B)/tests/gallery/pictures ## draw a gallery of all kinds of pictures
	@mkdir -p $(B)/pictures
	$(Q)$(B)/tests/gallery/pictures $(B)/pictures png

$(B)/tests/gallery/pictures: $(B)/tests/gallery/pictures.o $(B)/tests/plot_table.o $(B)/libnptkit.a
	@echo '  LINK  $@'
	$(Q)$(link) -pie -o $@ $^ $(LIB_LIBS)

.PHONY: objects test-programs FORCE
.SECONDARY:
objects: $(objects) $(call object,$(cli))
test-programs: $(test_programs)
FORCE:

# ---- what the build needs ----------------------------------------------------------------------

packages := gcc libc6-dev make pkg-config libxml2-dev libzip-dev libgsl-dev libutf8proc-dev nettle-dev libdeflate-dev \
            libreadstat-dev libglpk-dev libcmocka-dev gnuplot-nox fonts-liberation libxml2-utils valgrind libc6-dbg locales cppcheck clang clang-format \
            shellcheck unzip zip python3 python3-lxml chromium libreoffice-writer-nogui libreoffice-calc-nogui \
            poppler-utils $(if $(shell command -v npm),,nodejs npm)

.PHONY: deps
deps: ## install the Debian packages that building, testing and linting need
	@installed() { test "$$(dpkg-query -W -f='$${db:Status-Status}' "$$1" 2>/dev/null | cut -c1-9)" = installed; }; \
	command -v apt-get >/dev/null || { \
	    echo "deps: no apt-get here; install by hand what these Debian packages hold:"; \
	    echo "$(packages)"; exit 1; }; \
	missing() { for package; do installed "$$package" || echo "$$package"; done; }; \
	as_root() { if [ "$$(id -u)" -eq 0 ]; then "$$@"; else sudo "$$@"; fi; }; \
	add() { as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$$@"; }; \
	wanted=$$(missing $(packages)); \
	if [ -n "$$wanted" ]; then as_root apt-get update -q && add $$wanted || exit 1; fi; \
	rt=libclang-rt-$$(clang -dumpversion | cut -d. -f1)-dev; \
	if apt-cache show "$$rt" >/dev/null 2>&1 && ! installed "$$rt"; then add "$$rt" || exit 1; wanted=$$rt; fi; \
	if [ -n "$$wanted" ]; then echo "deps: installed."; else echo "deps: everything is installed already."; fi

# `make deps check -j2`: first the packages, then what needs them.
ifneq (,$(filter deps,$(MAKECMDGOALS)))
$(B)/flags build/locale/de_DE.UTF-8 build/browser/packages asan lint $(lints): | deps
endif

# ---- seeing it work ----------------------------------------------------------------------------

example := examples/whole-family
results := $(CURDIR)/build/demo

.PHONY: demo
demo: $(B)/nptkit ## run the main job on the example study and say where its results are
	@mkdir -p build/demo
	build/nptkit init build/demo --coding $(example)/interviews.qdpx --force
	build/nptkit check -C $(example) || test $$? -eq 1
	build/nptkit tally -C $(example) --by Site
	@build/nptkit tally -C $(example) --by Site --format csv -o '$(results)/tally.csv' --quiet
	build/nptkit quotes -C $(example) --construct Coherence --max 3
	@build/nptkit quotes -C $(example) --construct Coherence --format csv -o '$(results)/quotes.csv' --quiet
	build/nptkit compare -C $(example) --against 'Site 3'
	@build/nptkit compare -C $(example) --format csv -o '$(results)/compare.csv' --quiet
	build/nptkit joint -C $(example) --quotes 0
	build/nptkit rank -C $(example)
	build/nptkit batch -C $(example) -o '$(results)/out' --format html,docx,xlsx
	@echo
	@echo 'The results are in build/demo/: out/index.html leads to a report on all sites and one on each, in'
	@echo 'HTML, Word and Excel; beside it are tally.csv, quotes.csv, compare.csv and a first study.xml.'

# ---- testing -----------------------------------------------------------------------------------

# Runs every test, as many at once as there are processors, shows cmocka's closing lines (all of them for a test
# that fails), then the cases. $(1): what runs a test program; $(2): what is set in the environment of both.
processors := $(shell getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1)
define run_tests
@failed=; \
export LOCPATH='$(CURDIR)/build/locale'; \
printf '%s\n' $(tests) | xargs -P $(processors) -I NAME sh -c \
    '$(2) $(1) $(B)/tests/NAME >$(B)/tests/NAME.log 2>&1; echo $$? >$(B)/tests/NAME.status'; \
for test in $(tests); do \
    if [ "$$(cat $(B)/tests/$$test.status)" = 0 ]; then \
        $(if $(V),cat $(B)/tests/$$test.log,echo "$$test"; \
        grep -E '^\[ +(PASSED|SKIPPED) +\]' $(B)/tests/$$test.log || cat $(B)/tests/$$test.log); \
    else \
        cat $(B)/tests/$$test.log; failed="$$failed $$test"; \
    fi; \
done; \
if [ -f tests/run_cases.sh ] && [ -n "$(program)" ]; then \
    $(2) sh tests/run_cases.sh $(B)/nptkit || failed="$$failed cases"; \
fi; \
grep -h '^reference values:' $(patsubst %,$(B)/tests/%.log,$(tests)) || true; \
$(if $(program),sh tests/run_readme.sh $(B)/nptkit README.md || failed="$$failed README";) \
if [ -n "$$failed" ]; then echo "FAILED:$$failed"; exit 1; fi; \
echo "$(words $(tests)) test programs passed ($(3))."
endef

# A locale that writes 0,5: nptkit must not care. Without the sources of locales its test is skipped.
comma_locale := build/locale/de_DE.UTF-8
$(comma_locale):
	@mkdir -p $(@D)
	@localedef -i de_DE -f UTF-8 --no-archive $@ >/dev/null 2>&1 || mkdir -p $@

.PHONY: check asan valgrind bench
check: test-programs $(program) $(comma_locale) ## build and run all tests
	$(call run_tests,,,$(B))

asan: ## the tests under AddressSanitizer and UndefinedBehaviorSanitizer
	@$(MAKE) VARIANT=asan asan-run

.PHONY: asan-run
asan-run: export ASAN_OPTIONS = detect_leaks=1:strict_string_checks=1:detect_stack_use_after_return=1
asan-run: export UBSAN_OPTIONS = print_stacktrace=1:halt_on_error=1
asan-run: check

valgrind: test-programs $(program) $(comma_locale) ## the tests under valgrind
	$(call run_tests,valgrind -q --error-exitcode=9 --leak-check=full,VALGRIND=1,valgrind)

.PHONY: check-install
check-install: all ## install to a scratch folder and build a program against it
	@sh tests/run_install.sh

# What drives the browser comes from npm, at these versions, into the build folder. No lock file: it would name a host.
browser_packages := playwright-core@1.65.1 axe-core@4.14.1
build/browser/packages: Makefile
	@mkdir -p build/browser
	@npm install --prefix build/browser --no-save --no-package-lock --no-audit --no-fund --ignore-scripts --loglevel=error \
	    $(browser_packages) >/dev/null && echo '$(browser_packages)' >$@

.PHONY: check-browser screenshots
check-browser: $(B)/nptkit build/browser/packages ## open reports in a browser: access, safety, layout, paper
	@sh tests/browser/run.sh $(B)/nptkit

screenshots: $(B)/nptkit build/browser/packages ## make the pictures in docs/screenshots
	@sh tests/browser/screenshots.sh $(B)/nptkit docs/screenshots

.PHONY: check-office
check-office: $(B)/nptkit ## open reports with LibreOffice and compare what it shows
	@sh tests/office/run.sh $(B)/nptkit

bench: $(B)/nptkit ## measure speed and memory
	@if [ -f tests/bench/run.sh ]; then sh tests/bench/run.sh $(B)/nptkit; \
	else echo 'bench: there is no tests/bench/run.sh'; fi

# ---- linting -----------------------------------------------------------------------------------

c_files  = $(sort $(shell find nptkit include tests -name '*.[ch]'))
sh_files = $(sort $(shell find nptkit tests examples -name '*.sh')) .ci/run

.PHONY: lint $(lints)
lint: $(lints) ## every static check, warnings as errors
	@echo 'lint: clean.'

lint-includes:
	@sh tests/lint/includes.sh
lint-banned:
	@sh tests/lint/banned.sh
lint-names: $(B)/$(SONAME)
	@sh tests/lint/names.sh $<
lint-format:
	@clang-format --dry-run --Werror $(c_files)
	@echo 'format: clean.'
lint-cppcheck:
	@sh tests/lint/cppcheck.sh
lint-shell:
	@shellcheck $(sh_files)
	@echo 'shellcheck: clean.'
lint-clang:
	@$(MAKE) VARIANT=clang CC=clang WERROR=1 objects test-programs
lint-analyzer:
	@$(MAKE) VARIANT=analyzer CC=gcc WERROR=1 objects

# ---- installing --------------------------------------------------------------------------------

PREFIX     ?= /usr/local
bindir     ?= $(PREFIX)/bin
libdir     ?= $(PREFIX)/lib
includedir ?= $(PREFIX)/include
datadir    ?= $(PREFIX)/share/nptkit
docdir     ?= $(PREFIX)/share/doc/nptkit
INSTALL    ?= install

folders := codebooks surveys reports
docs    := $(wildcard README.md CHANGELOG.md CITATION.cff)

$(B)/nptkit.pc: nptkit/nptkit.pc.in include/nptkit/base.h FORCE
	@sed -e 's|@prefix@|$(PREFIX)|' -e 's|@libdir@|$(libdir)|' -e 's|@includedir@|$(includedir)|' \
	    -e 's|@datadir@|$(datadir)|' -e 's|@version@|$(VERSION)|' -e 's|@requires@|$(LIBRARIES)|' $< >$@

.PHONY: install uninstall
install: all $(B)/nptkit.pc ## install to PREFIX (/usr/local), below DESTDIR if given
	$(INSTALL) -d $(DESTDIR)$(bindir) $(DESTDIR)$(libdir)/pkgconfig $(DESTDIR)$(includedir)/nptkit \
	    $(DESTDIR)$(datadir) $(DESTDIR)$(docdir)
	$(if $(program),$(INSTALL) -m 755 $(program) $(DESTDIR)$(bindir)/nptkit)
	$(INSTALL) -m 644 $(B)/libnptkit.a $(B)/$(SONAME) $(DESTDIR)$(libdir)
	ln -sf $(SONAME) $(DESTDIR)$(libdir)/libnptkit.so
	$(INSTALL) -m 644 $(B)/nptkit.pc $(DESTDIR)$(libdir)/pkgconfig
	set -e; for file in $(headers:include/%=%); do \
	    $(INSTALL) -m 644 include/$$file $(DESTDIR)$(includedir)/$$file; done
	set -e; for file in $(foreach folder,$(folders),$(wildcard $(folder)/*)); do \
	    $(INSTALL) -D -m 644 $$file $(DESTDIR)$(datadir)/$$file; done
	$(INSTALL) -m 644 nptkit/ingest/study.xsd $(DESTDIR)$(datadir)
	$(if $(docs),$(INSTALL) -m 644 $(docs) $(DESTDIR)$(docdir))
	$(if $(DESTDIR),,@echo 'Run ldconfig (as root) before other programs use the shared library.')

uninstall: ## remove what install put there
	rm -f $(DESTDIR)$(bindir)/nptkit $(DESTDIR)$(libdir)/libnptkit.a $(DESTDIR)$(libdir)/libnptkit.so \
	    $(DESTDIR)$(libdir)/$(SONAME) $(DESTDIR)$(libdir)/pkgconfig/nptkit.pc
	rm -f $(DESTDIR)$(includedir)/nptkit.h
	rm -rf $(DESTDIR)$(includedir)/nptkit $(DESTDIR)$(datadir) $(DESTDIR)$(docdir)

# ---- the rest ----------------------------------------------------------------------------------

.PHONY: clean help
clean: ## remove everything that was built
	rm -rf build

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):[^\#]*\#\# \(.*\)/\1|\2/p' Makefile | while IFS='|' read -r target what; do \
	    printf '  make %-10s %s\n' "$$target" "$$what"; done
