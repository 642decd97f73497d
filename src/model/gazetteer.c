#include "model/gazetteer.h"

#include <assert.h>

#include "base/utf8.h"

#define LONGEST_PHRASE 8 /* words of the longest phrase that is looked for */

struct country_name {
    uint16_t country;
    struct slice name;
};

#define GAZETTEER_MAGIC 0x315a474eu /* "NGZ1" */

/* A compiled table: this, the entries, the slots. */
struct gazetteer_header {
    uint32_t magic, entry_bytes, count, slot_count;
};

struct gazetteer {
    struct arena *arena;
    struct gazetteer_entry *entries; /* [0] is unused: slot 0 means free */
    size_t count, capacity;
    uint32_t *slots;
    size_t slot_count;
    struct country_name *names;
    size_t name_count;
};

static const struct slice organization_types[] = {
    {NULL, 0}, {"government", 10}, {"armed_force", 11}, {"company", 7}, {"media", 5},
    {"party", 5}, {"court", 5}, {"team", 4}, {"international", 13},
};

struct slice gazetteer_organization_type(uint8_t type)
{
    assert(type < sizeof organization_types / sizeof organization_types[0]);
    return organization_types[type];
}

static uint8_t organization_type_of(struct slice name)
{
    for (uint8_t i = 1; i < sizeof organization_types / sizeof organization_types[0]; i++)
        if (slice_equals(organization_types[i], name))
            return i;
    return 0;
}

/* ------------------------------------------------------------------ hashing */

/* U+00C0 to U+017F without accents; a dot where one letter does not do. */
static const char latin_plain[] = "AAAAAA.CEEEEIIIIDNOOOOO.OUUUUY..aaaaaa.ceeeeiiiidnooooo.ouuuuy.y"
                                  "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIi..JjKkkLlLlLlLlLlNnNnNn...OoOoOo.."
                                  "RrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";

static char plain_letter(uint32_t c)
{
    if (c < 0xC0 || c >= 0xC0 + sizeof latin_plain - 1)
        return 0;
    char plain = latin_plain[c - 0xC0];
    return plain == '.' ? 0 : ascii_to_lower(plain);
}

static uint64_t hash_byte(uint64_t hash, char byte)
{
    return (hash ^ (unsigned char)byte) * 0x100000001b3ull;
}

/* ASCII as it is compared: a hyphen is a blank, letters are small. */
#define HASHED(c) ((c) == '-' ? ' ' : (c) >= 'A' && (c) <= 'Z' ? (c) | 0x20 : (c))
#define HASHED_8(c) HASHED(c), HASHED((c) + 1), HASHED((c) + 2), HASHED((c) + 3), HASHED((c) + 4), HASHED((c) + 5), \
                    HASHED((c) + 6), HASHED((c) + 7)
#define HASHED_32(c) HASHED_8(c), HASHED_8((c) + 8), HASHED_8((c) + 16), HASHED_8((c) + 24)
static const char hashed[128] = {HASHED_32(0), HASHED_32(32), HASHED_32(64), HASHED_32(96)};

/* Goes on with a hash over one more word; FNV-1a. */
static uint64_t hash_word(uint64_t hash, struct slice word)
{
    for (size_t at = 0, taken = 1; at < word.len; at += taken) {
        unsigned char c = (unsigned char)word.ptr[at];
        taken = 1;
        if (c < 0x80) {
            hash = hash_byte(hash, hashed[c]);
            continue;
        }
        char plain = plain_letter(utf8_decode(word, at, &taken));
        if (plain)
            hash = hash_byte(hash, plain);
        else
            for (size_t i = 0; i < taken; i++)
                hash = hash_byte(hash, word.ptr[at + i]);
    }
    return hash;
}

static const uint64_t hash_start = 0xcbf29ce484222325ull;

static size_t first_slot(const struct gazetteer *gazetteer, uint64_t hash)
{
    return (size_t)(hash ^ hash >> 32) & (gazetteer->slot_count - 1);
}

static size_t slot_of(const struct gazetteer *gazetteer, uint64_t hash)
{
    size_t mask = gazetteer->slot_count - 1, at = first_slot(gazetteer, hash);
    while (gazetteer->slots[at] && gazetteer->entries[gazetteer->slots[at]].hash != hash)
        at = (at + 1) & mask;
    return at;
}

static const struct gazetteer_entry *find_hash(const struct gazetteer *gazetteer, uint64_t hash)
{
    uint32_t index = gazetteer->slots[slot_of(gazetteer, hash)];
    return index ? &gazetteer->entries[index] : NULL;
}

/* ------------------------------------------------------------------ filling */

static void rehash(struct gazetteer *gazetteer, size_t slot_count)
{
    gazetteer->slot_count = slot_count;
    gazetteer->slots = arena_calloc(gazetteer->arena, slot_count, sizeof *gazetteer->slots);
    for (size_t i = 1; i < gazetteer->count; i++)
        gazetteer->slots[slot_of(gazetteer, gazetteer->entries[i].hash)] = (uint32_t)i;
}

static struct gazetteer_entry *entry_at(struct gazetteer *gazetteer, uint64_t hash)
{
    size_t slot = slot_of(gazetteer, hash);
    if (!gazetteer->slots[slot]) {
        if (gazetteer->count * 2 > gazetteer->slot_count) {
            rehash(gazetteer, gazetteer->slot_count * 2);
            slot = slot_of(gazetteer, hash);
        }
        gazetteer->entries = arena_grow(gazetteer->arena, gazetteer->entries, gazetteer->count, &gazetteer->capacity,
                                        sizeof *gazetteer->entries);
        struct gazetteer_entry *entry = &gazetteer->entries[gazetteer->count];
        memset(entry, 0, sizeof *entry); /* padding as well: the compiled table is the same every time */
        entry->hash = hash;
        entry->words = 1;
        gazetteer->slots[slot] = (uint32_t)gazetteer->count++;
    }
    return &gazetteer->entries[gazetteer->slots[slot]];
}

/* "Lloyd's of London": the mark of possession is a token of its own. */
static bool begins_possessive(struct slice phrase, size_t i)
{
    return i > 0 && i + 1 < phrase.len && phrase.ptr[i] == '\'' && phrase.ptr[i + 1] == 's' &&
           (i + 2 == phrase.len || phrase.ptr[i + 2] == ' ');
}

static size_t count_words(struct slice phrase)
{
    size_t words = 1;
    for (size_t i = 0; i < phrase.len; i++)
        words += phrase.ptr[i] == ' ' || phrase.ptr[i] == '-' || begins_possessive(phrase, i);
    return words;
}

/* Marks every beginning of a phrase with the phrase's length, so that a search knows when to stop. */
static struct gazetteer_entry *add_phrase(struct gazetteer *gazetteer, struct slice phrase, uint32_t classes)
{
    uint8_t words = (uint8_t)count_words(phrase);
    if (words > LONGEST_PHRASE || phrase.len == 0)
        return NULL;
    uint64_t hash = hash_start;
    for (size_t i = 0, from = 0; i <= phrase.len; i++) {
        bool possessive = i < phrase.len && begins_possessive(phrase, i);
        if (i < phrase.len && phrase.ptr[i] != ' ' && phrase.ptr[i] != '-' && !possessive)
            continue;
        hash = hash_word(hash, slice_sub(phrase, from, i));
        if (i == phrase.len)
            break;
        struct gazetteer_entry *start = entry_at(gazetteer, hash);
        start->words = words > start->words ? words : start->words;
        hash = hash_byte(hash, ' ');
        from = i + !possessive;
    }
    struct gazetteer_entry *entry = entry_at(gazetteer, hash);
    entry->classes |= classes;
    return entry;
}

static uint16_t country_of(struct slice code)
{
    return (uint16_t)(code.len == 2 ? COUNTRY_CODE(code.ptr[0], code.ptr[1]) : 0);
}

static void add_country(struct gazetteer_entry *entry, uint16_t country)
{
    for (size_t i = 0; entry && country && i < NAME_COUNTRIES; i++) {
        if (entry->countries[i] == country)
            return;
        if (!entry->countries[i]) {
            entry->countries[i] = country;
            return;
        }
    }
}

static bool known_in_capitals(struct slice name)
{
    return name.len >= 2 && name.len <= 6 && !memchr(name.ptr, ' ', name.len) && utf8_all_upper(name);
}

/* All forms of a column, separated by |. */
static void add_forms(struct gazetteer *gazetteer, struct slice forms, uint32_t classes, uint16_t country)
{
    struct slice form;
    while (slice_split(&forms, '|', &form)) {
        uint32_t capitals = classes & NAME_COUNTRY && known_in_capitals(form) ? NAME_CAPITALS : 0;
        add_country(add_phrase(gazetteer, form, classes | capitals), country);
    }
}

static void add_countries(struct gazetteer *gazetteer, const struct lexicon_table *table)
{
    for (size_t i = 0; i < lexicon_row_count(table); i++) {
        const struct lexicon_row *row = lexicon_row_at(table, i);
        uint16_t country = country_of(row->columns[0]);
        add_forms(gazetteer, row->columns[1], NAME_COUNTRY, country);
        add_forms(gazetteer, row->columns[2], NAME_DEMONYM, country);
        add_forms(gazetteer, row->columns[3], NAME_CAPITAL | NAME_CITY, country);
    }
}

/* Names of countries in other languages: language, country, names. */
static void add_country_names(struct gazetteer *gazetteer, const struct lexicon_table *table)
{
    for (size_t i = 0; i < lexicon_row_count(table); i++) {
        const struct lexicon_row *row = lexicon_row_at(table, i);
        add_forms(gazetteer, row->columns[2], NAME_COUNTRY, country_of(row->columns[1]));
    }
}

/* Rows come by tier, the most populous first, so the first country of an entry is the likeliest. */
static void add_cities(struct gazetteer *gazetteer, const struct lexicon_table *table)
{
    for (size_t i = 0; i < lexicon_row_count(table); i++) {
        const struct lexicon_row *row = lexicon_row_at(table, i);
        uint8_t tier = (uint8_t)(row->columns[0].ptr[0] - '0');
        struct slice names = row->columns[2], name;
        while (slice_split(&names, '|', &name)) {
            struct gazetteer_entry *entry = add_phrase(gazetteer, name, NAME_CITY);
            if (!entry)
                continue;
            uint16_t before = entry->countries[1];
            add_country(entry, country_of(row->columns[1]));
            if (!entry->city_tier)
                entry->city_tier = tier;
            if (!before && entry->countries[1])
                entry->second_tier = tier;
        }
    }
}

/* Before the cities, so that theirs is an entry's first country. */
static void add_large_regions(struct gazetteer *gazetteer, const struct lexicon_table *table)
{
    for (size_t i = 0; i < lexicon_row_count(table); i++) {
        const struct slice *columns = lexicon_row_at(table, i)->columns;
        struct slice names = columns[1], name;
        while (slice_split(&names, '|', &name)) {
            struct gazetteer_entry *entry = add_phrase(gazetteer, name, NAME_REGION);
            assert(entry);
            add_country(entry, country_of(columns[0]));
            entry->region_alone = slice_equals(columns[2], SLICE("alone"));
        }
    }
}

static void add_grouped(struct gazetteer *gazetteer, const struct lexicon_table *table, uint32_t classes, bool country)
{
    for (size_t i = 0; i < lexicon_row_count(table); i++) {
        const struct lexicon_row *row = lexicon_row_at(table, i);
        add_forms(gazetteer, row->columns[1], classes, country ? country_of(row->columns[0]) : 0);
    }
}

static void add_organizations(struct gazetteer *gazetteer, const struct lexicon_table *table, uint32_t classes)
{
    for (size_t i = 0; i < lexicon_row_count(table); i++) {
        const struct lexicon_row *row = lexicon_row_at(table, i);
        uint32_t capitals = known_in_capitals(row->columns[0]) ? NAME_CAPITALS : 0;
        struct gazetteer_entry *entry = add_phrase(gazetteer, row->columns[0], classes | capitals);
        assert(entry); /* a name of more words than are looked up, which the table must not have */
        add_country(entry, country_of(row->columns[1]));
        entry->organization_type = organization_type_of(row->columns[2]);
    }
}

static void add_organization_words(struct gazetteer *gazetteer, const struct lexicon_table *table)
{
    for (size_t i = 0; i < lexicon_row_count(table); i++) {
        const struct lexicon_row *row = lexicon_row_at(table, i);
        uint32_t classes = slice_equals(row->columns[2], SLICE("head")) ? NAME_ORGANIZATION_HEAD
                           : slice_equals(row->columns[2], SLICE("tail"))
                               ? NAME_ORGANIZATION_TAIL
                               : NAME_ORGANIZATION_HEAD | NAME_ORGANIZATION_TAIL;
        struct gazetteer_entry *entry = add_phrase(gazetteer, row->columns[0], classes);
        if (!entry->organization_type)
            entry->organization_type = organization_type_of(row->columns[1]);
    }
}

static void add_places(struct gazetteer *gazetteer, const struct lexicon_table *table)
{
    for (size_t i = 0; i < lexicon_row_count(table); i++) {
        const struct lexicon_row *row = lexicon_row_at(table, i);
        uint32_t classes = slice_equals(row->columns[2], SLICE("city"))     ? NAME_CITY
                           : slice_equals(row->columns[2], SLICE("region")) ? NAME_REGION
                                                                            : NAME_PLACE;
        struct gazetteer_entry *entry = add_phrase(gazetteer, row->columns[0], classes);
        add_country(entry, country_of(row->columns[1]));
        if (classes == NAME_CITY && !entry->city_tier)
            entry->city_tier = CITY_TIER_LARGE;
    }
}

static void add_titles(struct gazetteer *gazetteer, const struct lexicon_table *table)
{
    static const struct {
        struct slice kind;
        uint32_t class;
    } kinds[] = {{{"honorific", 9}, NAME_HONORIFIC}, {{"role", 4}, NAME_ROLE}, {{"rank", 4}, NAME_RANK},
                 {{"modifier", 8}, NAME_MODIFIER}, {{"joiner", 6}, NAME_JOINER}};
    for (size_t i = 0; i < lexicon_row_count(table); i++) {
        const struct lexicon_row *row = lexicon_row_at(table, i);
        for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++)
            if (slice_equals(row->columns[1], kinds[k].kind))
                add_phrase(gazetteer, row->columns[0], kinds[k].class);
    }
}

static void add_not_names(struct gazetteer *gazetteer, const struct lexicon_table *table)
{
    for (size_t i = 0; i < lexicon_row_count(table); i++) {
        const struct lexicon_row *row = lexicon_row_at(table, i);
        bool word = slice_equals(row->columns[1], SLICE("word")) || slice_equals(row->columns[1], SLICE("currency"));
        add_phrase(gazetteer, row->columns[0], word ? NAME_NOT | NAME_NOT_WORD : NAME_NOT);
    }
}

static void compile(struct gazetteer *gazetteer, const struct lexicon *lexicon)
{
    gazetteer->count = 1;
    gazetteer->capacity = 131072; /* the entries of the tables, so that the array never moves */
    gazetteer->entries = arena_calloc(gazetteer->arena, gazetteer->capacity, sizeof *gazetteer->entries);
    rehash(gazetteer, 262144);
    add_countries(gazetteer, lexicon_table(lexicon, "countries"));
    add_country_names(gazetteer, lexicon_table(lexicon, "countries_names"));
    add_large_regions(gazetteer, lexicon_table(lexicon, "large_regions"));
    add_places(gazetteer, lexicon_table(lexicon, "places"));
    add_places(gazetteer, lexicon_table(lexicon, "exonyms"));
    add_cities(gazetteer, lexicon_table(lexicon, "cities"));
    add_grouped(gazetteer, lexicon_table(lexicon, "regions"), NAME_REGION, true);
    add_grouped(gazetteer, lexicon_table(lexicon, "given_names"), NAME_GIVEN, false);
    add_grouped(gazetteer, lexicon_table(lexicon, "given_names_world"), NAME_GIVEN, false);
    add_grouped(gazetteer, lexicon_table(lexicon, "surnames"), NAME_SURNAME, false);
    add_grouped(gazetteer, lexicon_table(lexicon, "famous_names"), NAME_SURNAME, false);
    add_grouped(gazetteer, lexicon_table(lexicon, "common_words"), NAME_COMMON, false);
    add_organizations(gazetteer, lexicon_table(lexicon, "organizations"), NAME_ORGANIZATION);
    add_organizations(gazetteer, lexicon_table(lexicon, "metonyms"), NAME_METONYM | NAME_ORGANIZATION);
    add_organization_words(gazetteer, lexicon_table(lexicon, "organization_words"));
    add_titles(gazetteer, lexicon_table(lexicon, "titles"));
    add_not_names(gazetteer, lexicon_table(lexicon, "not_names"));
}

/* ------------------------------------------------------------------- making */

static void read_country_names(struct gazetteer *gazetteer, const struct lexicon_table *table)
{
    size_t count = lexicon_row_count(table);
    gazetteer->names = arena_calloc(gazetteer->arena, count, sizeof *gazetteer->names);
    for (; gazetteer->name_count < count; gazetteer->name_count++) {
        const struct slice *columns = lexicon_row_at(table, gazetteer->name_count)->columns;
        struct country_name *name = &gazetteer->names[gazetteer->name_count];
        struct slice forms = columns[1];
        name->country = country_of(columns[0]);
        slice_split(&forms, '|', &name->name);
    }
}

static void use_compiled(struct gazetteer *gazetteer, struct slice file)
{
    const struct gazetteer_header *header = (const void *)file.ptr;
    assert(file.len >= sizeof *header && header->magic == GAZETTEER_MAGIC);
    assert(header->entry_bytes == sizeof *gazetteer->entries);
    size_t entries = header->count * sizeof *gazetteer->entries, slots = header->slot_count * sizeof *gazetteer->slots;
    assert(file.len == sizeof *header + entries + slots);
    gazetteer->count = header->count;
    gazetteer->slot_count = header->slot_count;
    gazetteer->entries = (void *)(uintptr_t)(file.ptr + sizeof *header); /* never written to from here on */
    gazetteer->slots = (void *)(uintptr_t)(file.ptr + sizeof *header + entries);
}

const struct gazetteer *gazetteer_create(struct arena *arena, const struct lexicon *lexicon)
{
    struct gazetteer *gazetteer = arena_calloc(arena, 1, sizeof *gazetteer);
    struct slice compiled = lexicon_embedded_model("gazetteer.bin");
    gazetteer->arena = arena;
    if (slice_is_null(compiled))
        compile(gazetteer, lexicon);
    else
        use_compiled(gazetteer, compiled);
    read_country_names(gazetteer, lexicon_table(lexicon, "countries"));
    return gazetteer;
}

bool gazetteer_write(const struct gazetteer *gazetteer, struct buffer *out)
{
    const struct gazetteer_header header = {GAZETTEER_MAGIC, sizeof *gazetteer->entries, (uint32_t)gazetteer->count,
                                            (uint32_t)gazetteer->slot_count};
    buffer_append(out, slice_of((const char *)&header, sizeof header));
    buffer_append(out, slice_of((const char *)gazetteer->entries, gazetteer->count * sizeof *gazetteer->entries));
    return buffer_append(out,
                         slice_of((const char *)gazetteer->slots, gazetteer->slot_count * sizeof *gazetteer->slots));
}

/* ------------------------------------------------------------------ looking */

uint64_t gazetteer_ask(const struct gazetteer *gazetteer, const struct token *token)
{
    uint64_t hash = hash_word(hash_start, token->lower);
    __builtin_prefetch(&gazetteer->slots[first_slot(gazetteer, hash)]);
    return hash;
}

void gazetteer_ask_entry(const struct gazetteer *gazetteer, uint64_t asked)
{
    __builtin_prefetch(&gazetteer->entries[gazetteer->slots[first_slot(gazetteer, asked)]]);
}

uint32_t gazetteer_answer(const struct gazetteer *gazetteer, uint64_t asked)
{
    return gazetteer->slots[slot_of(gazetteer, asked)];
}

const struct gazetteer_entry *gazetteer_known(const struct gazetteer *gazetteer, uint32_t known)
{
    return known ? &gazetteer->entries[known] : NULL;
}

/* The entry of what an entry has and one more word; NULL if nothing is known that begins so. */
static const struct gazetteer_entry *go_on(const struct gazetteer *gazetteer, const struct gazetteer_entry *entry,
                                           const struct token *next)
{
    return find_hash(gazetteer, hash_word(hash_byte(entry->hash, ' '), next->lower));
}

const struct gazetteer_entry *gazetteer_find(const struct gazetteer *gazetteer, const struct token *tokens,
                                             size_t count)
{
    const struct gazetteer_entry *entry = count ? gazetteer_known(gazetteer, tokens->known) : NULL;
    for (size_t i = 1; entry && i < count; i++)
        entry = entry->words > i ? go_on(gazetteer, entry, &tokens[i]) : NULL;
    return entry && entry->classes ? entry : NULL;
}

const struct gazetteer_entry *gazetteer_longest(const struct gazetteer *gazetteer, const struct token *tokens,
                                                size_t limit, uint32_t classes, size_t *length)
{
    const struct gazetteer_entry *entry = limit ? gazetteer_known(gazetteer, tokens->known) : NULL, *best = NULL;
    *length = 0;
    for (size_t i = 1; entry; i++) {
        if (entry->classes & classes) {
            best = entry;
            *length = i;
        }
        entry = i < limit && entry->words > i ? go_on(gazetteer, entry, &tokens[i]) : NULL;
    }
    return best;
}

const struct gazetteer_entry *gazetteer_find_text(const struct gazetteer *gazetteer, struct slice phrase)
{
    uint64_t hash = hash_start;
    for (size_t i = 0, from = 0; i <= phrase.len; i++)
        if (i == phrase.len || begins_possessive(phrase, i)) {
            hash = hash_word(hash, slice_sub(phrase, from, i));
            hash = i < phrase.len ? hash_byte(hash, ' ') : hash;
            from = i;
        }
    const struct gazetteer_entry *entry = find_hash(gazetteer, hash);
    return entry && entry->classes ? entry : NULL;
}

struct slice gazetteer_country_name(const struct gazetteer *gazetteer, uint16_t country)
{
    for (size_t i = 0; i < gazetteer->name_count; i++)
        if (gazetteer->names[i].country == country)
            return gazetteer->names[i].name;
    return SLICE_NULL;
}
