# newsmeta: `make help` lists what can be made.
MODE ?= release
ifeq ($(origin CC),default)
CC := gcc
endif
HOSTCC ?= $(CC)# compiles what runs while the program is built; differs from CC where that cross compiles (scripts/test-arm64)
VERSION := $(shell cat VERSION)
V ?=# V=1 shows the commands
Q := $(if $(V),,@)
PREFIX ?= /usr/local

BUILD := build/$(MODE)
PACKAGES := libmicrohttpd jansson libcurl libutf8proc zlib nettle libseccomp
WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla
HARDENING := -fstack-protector-strong -fstack-clash-protection -fPIE
HARDENING_LINK := -pie -Wl,-z,relro,-z,now,-z,noexecstack
TARGET := $(firstword $(subst -, ,$(shell $(CC) -dumpmachine)))
ifeq ($(TARGET),x86_64)
HARDENING += -fcf-protection=full
else ifeq ($(TARGET),aarch64)
HARDENING += -mbranch-protection=standard
endif

ifeq ($(MODE),release)
OPTIMISE := -O3 -g -D_FORTIFY_SOURCE=3 $(HARDENING)
LINK := $(HARDENING_LINK)
# The program, and what measures its speed, are compiled once more as a whole where they are linked: 20 seconds of a core, for a
# twenty-fifth less work on every page. `make WHOLE=` does without; trainers and tests always do.
ifneq ($(findstring gcc,$(CC)),)
WHOLE ?= -flto=auto
APART := -fno-lto
OPTIMISE += $(if $(WHOLE),-flto=auto -ffat-lto-objects)
endif
else ifeq ($(MODE),debug)
OPTIMISE := -Og -g3
else ifeq ($(MODE),asan)
OPTIMISE := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=undefined
LINK := -fsanitize=address,undefined
else ifeq ($(MODE),tsan)
OPTIMISE := -O1 -g -fsanitize=thread
LINK := -fsanitize=thread
else ifeq ($(MODE),fuzz)
CC := clang
OPTIMISE := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined,fuzzer-no-link
LINK := -fsanitize=address,undefined,fuzzer
else
$(error MODE must be release, debug, asan, tsan or fuzz)
endif

CPPFLAGS += -D_GNU_SOURCE -Iinclude -Isrc -DNEWSMETA_VERSION='"$(VERSION)"' $(shell pkg-config --cflags $(PACKAGES))
CFLAGS += -std=c17 $(WARNINGS) $(OPTIMISE)
LDFLAGS += $(LINK)
LDLIBS += $(shell pkg-config --libs $(PACKAGES)) -lpthread -lm

LEXICON := $(sort $(wildcard data/lexicon/*.tsv))
COMPILED := build/tables/gazetteer.bin
DATA := $(COMPILED) $(LEXICON) $(sort $(wildcard data/models/*.bin) $(wildcard data/models/*.tsv))
WWW := $(sort $(wildcard src/service/www/*)) build/docs.html
LIBRARY_SOURCES := $(sort $(filter-out src/train/% src/tables/%,$(wildcard src/*/*.c src/find/*/*.c)))
PROGRAM_OBJECTS := $(patsubst src/%.c,$(BUILD)/%.o,$(sort $(wildcard src/*.c)))
LIBRARY_OBJECTS := $(LIBRARY_SOURCES:src/%.c=$(BUILD)/%.o) $(BUILD)/embedded.o $(BUILD)/references_table.o $(BUILD)/labels_table.o
TRAIN := $(patsubst src/train/%.c,$(BUILD)/train/%,$(wildcard src/train/*.c))
TEST_SOURCES := $(sort $(wildcard tests/*/test_*.c tests/find/*/test_*.c))
TEST_SUPPORT := $(sort $(wildcard tests/support/*.c))
TEST_OBJECTS := $(TEST_SOURCES:tests/%.c=$(BUILD)/tests/%.o) $(TEST_SUPPORT:tests/%.c=$(BUILD)/tests/%.o)
# The fuzz targets once more, linked into the tests under names of their own.
FUZZ_REPLAYED := $(patsubst tests/fuzz/%.c,$(BUILD)/tests/fuzz/%.o,$(wildcard tests/fuzz/fuzz_*.c))
FUZZERS := $(patsubst tests/fuzz/%.c,$(BUILD)/fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))

.PHONY: all tools test check eval bench fuzz install deb clean help
all: build/newsmeta build/tag-names $(TRAIN) ## build the program (build/newsmeta)

# The program of the last mode that was built; each mode keeps its own objects.
build/newsmeta: $(BUILD)/newsmeta FORCE
	@cmp -s $< $@ || cp -f $< $@
build/tag-names: $(BUILD)/train/tag-names FORCE
	@cmp -s $< $@ || cp -f $< $@
FORCE:

$(BUILD)/newsmeta: $(PROGRAM_OBJECTS) $(BUILD)/libnewsmeta.a
	$(Q)$(CC) $(OPTIMISE) $(or $(WHOLE),$(APART)) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/libnewsmeta.a: $(LIBRARY_OBJECTS)
	@rm -f $@
	$(Q)$(AR) rcs $@ $^

$(BUILD)/%.o: src/%.c VERSION Makefile
	@mkdir -p $(@D)
	@echo '  CC  $<'
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/embedded.S: scripts/embed $(DATA) $(WWW) Makefile
	@mkdir -p $(@D)
	$(Q)scripts/embed $(DATA) $(WWW) > $@.tmp && mv $@.tmp $@

build/docs.html: scripts/make-reference src/service/www/openapi.json
	@mkdir -p $(@D)
	$(Q)scripts/make-reference src/service/www/openapi.json > $@.tmp && mv $@.tmp $@

# Tables that are made when the program is built, so that it need not at every start. The compiler is the same
# whatever the mode is.
TABLE_SOURCES := src/tables/compile-gazetteer.c src/model/gazetteer.c src/model/lexicon.c \
    $(patsubst %,src/base/%.c,arena buffer map slice utf8)

build/tables/compile-gazetteer: $(TABLE_SOURCES) include/model/gazetteer.h include/model/lexicon.h scripts/embed $(LEXICON) Makefile
	@mkdir -p $(@D)
	$(Q)scripts/embed $(LEXICON) > build/tables/embedded.S
	$(Q)$(HOSTCC) -D_GNU_SOURCE -Iinclude -Isrc -std=c17 $(WARNINGS) -O2 -o $@ $(TABLE_SOURCES) build/tables/embedded.S \
	    -lutf8proc -lpthread

build/tables/gazetteer.bin: build/tables/compile-gazetteer
	$(Q)$< > $@.tmp && mv $@.tmp $@

$(BUILD)/references_table.c: scripts/compile-references data/html/character_references.tsv
	@mkdir -p $(@D)
	$(Q)scripts/compile-references data/html/character_references.tsv > $@.tmp && mv $@.tmp $@

$(BUILD)/references_table.o: $(BUILD)/references_table.c src/page/references_internal.h
	$(Q)$(CC) $(CPPFLAGS) -Isrc/page $(CFLAGS) -c -o $@ $<

$(BUILD)/labels_table.c: scripts/compile-labels data/html/encoding_labels.tsv
	@mkdir -p $(@D)
	$(Q)scripts/compile-labels data/html/encoding_labels.tsv > $@.tmp && mv $@.tmp $@

$(BUILD)/labels_table.o: $(BUILD)/labels_table.c src/decode/decode_internal.h
	$(Q)$(CC) $(CPPFLAGS) -Isrc/decode $(CFLAGS) -c -o $@ $<

$(BUILD)/embedded.o: $(BUILD)/embedded.S
	$(Q)$(CC) -c -o $@ $<

$(BUILD)/train/%: src/train/%.c $(BUILD)/libnewsmeta.a
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) $(APART) $(LDFLAGS) -MMD -MP -o $@ $< $(BUILD)/libnewsmeta.a $(LDLIBS)

# ---------------------------------------------------------------- tests

# tests/FOLDER/test_NAME.c defines `Suite *NAME_suite(void)`; the list of suites writes itself.
$(BUILD)/tests/suites.c: $(TEST_SOURCES) scripts/list-suites
	@mkdir -p $(@D)
	$(Q)scripts/list-suites $(TEST_SOURCES) > $@

$(BUILD)/tests/%.o: tests/%.c Makefile
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) -Itests $(shell pkg-config --cflags check gumbo) $(CFLAGS) -Wno-missing-prototypes -MMD -MP -c -o $@ $<

$(FUZZ_REPLAYED): CPPFLAGS += -DLLVMFuzzerTestOneInput=$(basename $(@F))

$(BUILD)/tests/run: $(BUILD)/tests/suites.c $(TEST_OBJECTS) $(FUZZ_REPLAYED) $(BUILD)/libnewsmeta.a
	$(Q)$(CC) $(CPPFLAGS) -Itests $(shell pkg-config --cflags check) $(CFLAGS) $(APART) $(LDFLAGS) -o $@ $^ \
	    $(shell pkg-config --libs check gumbo zlib) $(LDLIBS)

test: all $(BUILD)/tests/run ## run all suites (SUITE=name for one; MODE=asan for sanitizers)
	NEWSMETA=$(BUILD)/newsmeta $(if $(SUITE),CK_RUN_SUITE=$(SUITE)) $(BUILD)/tests/run

check: build/newsmeta ## include directions, formatting, banned functions, the table of settings
	scripts/check-includes
	scripts/check-style
	scripts/make-settings --check

eval: all ## measure against the labelled sets, beside the peers
	scripts/eval

TOOLS := $(patsubst tests/tools/%.c,$(BUILD)/tools/%,$(wildcard tests/tools/*.c))
tools: all $(TOOLS) ## programs that training and comparing need

$(BUILD)/tools/%: tests/tools/%.c $(BUILD)/libnewsmeta.a
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) $(APART) $(LDFLAGS) -MMD -MP -o $@ $< $(BUILD)/libnewsmeta.a $(LDLIBS) \
	    $(shell pkg-config --libs gumbo)

$(BUILD)/bench/load: $(wildcard tests/bench/load_*.c tests/bench/load_*.h)

$(BUILD)/bench/%: tests/bench/%.c $(BUILD)/libnewsmeta.a
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) $(WHOLE) $(LDFLAGS) -o $@ $(filter %.c,$^) $(BUILD)/libnewsmeta.a $(LDLIBS) \
	    $(shell pkg-config --libs gumbo)

bench: all $(BUILD)/bench/bench ## pages a CPU second, MB/s, tokens/s, memory; gumbo's bare parse beside
	scripts/bench

$(BUILD)/fuzz/fuzz_dates: $(BUILD)/tests/support/edtf_reading.o

$(BUILD)/fuzz/%: tests/fuzz/%.c $(BUILD)/libnewsmeta.a
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) -Itests $(CFLAGS) $(APART) $(LDFLAGS) -MMD -MP -o $@ $< $(filter %.o,$^) $(BUILD)/libnewsmeta.a $(LDLIBS)

FUZZ_SECONDS ?= 60
ifeq ($(MODE),fuzz)
fuzz: $(FUZZERS)
	scripts/fuzz $(FUZZ_SECONDS) $(FUZZERS)
else
fuzz: ## run every fuzz target for FUZZ_SECONDS (60) each
	$(MAKE) MODE=fuzz fuzz
endif

# ---------------------------------------------------------------- the rest

build/newsmeta.1: man/newsmeta.1.in scripts/make-man build/newsmeta
	$(Q)scripts/make-man build/newsmeta > $@.tmp && mv $@.tmp $@

build/newsmeta.bash build/newsmeta.zsh build/newsmeta.fish: build/newsmeta.%: scripts/make-completion build/newsmeta
	$(Q)scripts/make-completion build/newsmeta $* > $@.tmp && mv $@.tmp $@

install: build/newsmeta build/newsmeta.1 build/newsmeta.bash build/newsmeta.zsh build/newsmeta.fish ## install to PREFIX (/usr/local), below DESTDIR
	install -D -m 755 build/newsmeta $(DESTDIR)$(PREFIX)/bin/newsmeta
	install -D -m 644 build/newsmeta.1 $(DESTDIR)$(PREFIX)/share/man/man1/newsmeta.1
	install -D -m 644 build/newsmeta.bash $(DESTDIR)$(PREFIX)/share/bash-completion/completions/newsmeta
	install -D -m 644 build/newsmeta.zsh $(DESTDIR)$(PREFIX)/share/zsh/vendor-completions/_newsmeta
	install -D -m 644 build/newsmeta.fish $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/newsmeta.fish
	install -D -m 644 config/newsmeta.json $(DESTDIR)$(PREFIX)/share/newsmeta/newsmeta.json

deb: build/newsmeta ## a Debian package, build/newsmeta_VERSION_ARCH.deb
	scripts/make-deb

clean: ## remove what was built
	rm -rf build

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 10
	@echo 'MODE=release|debug|asan|tsan|fuzz chooses flags; objects lie in build/MODE.'

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
