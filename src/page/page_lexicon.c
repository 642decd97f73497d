#include "page/page_lexicon.h"

#include <assert.h>

#include "base/map.h"

#define LONGEST_KEY 64 /* bytes; no property, type or class word that says anything to us is longer */

struct page_lexicon {
    struct map properties;        /* -> enum claim_kind in arena */
    struct map schema_properties; /* -> struct schema_property */
    struct map schema_types;      /* -> enum schema_class */
    struct map class_words;       /* -> unsigned, enum class_word bits */
    uint32_t second_letters[26];  /* of class words, by their first: bit 0 is 'a' */
    size_t longest_word;
};

static const struct slice kind_names[CLAIM_KIND_COUNT] = {
    [CLAIM_HEADLINE] = {"headline", 8},   [CLAIM_PUBLISHED] = {"published", 9},
    [CLAIM_MODIFIED] = {"modified", 8},   [CLAIM_TIME] = {"time", 4},
    [CLAIM_AUTHOR] = {"author", 6},       [CLAIM_SITE_NAME] = {"site_name", 9},
    [CLAIM_DESCRIPTION] = {"description", 11}, [CLAIM_IMAGE] = {"image", 5},
    [CLAIM_CANONICAL_URL] = {"canonical", 9}, [CLAIM_LANGUAGE] = {"language", 8},
    [CLAIM_SECTION] = {"section", 7},     [CLAIM_KEYWORD] = {"keyword", 7},
    [CLAIM_TYPE] = {"type", 4},           [CLAIM_ACCESS] = {"access", 6},
    [CLAIM_BODY] = {"body", 4},           [CLAIM_EVENT] = {"event", 5},
};

static const struct slice class_names[] = {
    [SCHEMA_UNKNOWN] = {"unknown", 7}, [SCHEMA_ARTICLE] = {"article", 7}, [SCHEMA_PAGE] = {"page", 4},
    [SCHEMA_SITE] = {"site", 4},       [SCHEMA_WORK] = {"work", 4},       [SCHEMA_TRAIL] = {"trail", 5},
    [SCHEMA_ASIDE] = {"aside", 5},
};

static const struct slice word_names[] = {
    {"author", 6}, {"date", 4}, {"published", 9}, {"modified", 8}, {"component", 9},
    {"profile", 7},
};

/* The index of a name in a list; a name that is not there is a fault of the data. */
static unsigned index_of(const struct slice *names, size_t count, struct slice name)
{
    for (size_t i = 0; i < count; i++)
        if (slice_equals(names[i], name))
            return (unsigned)i;
    assert(!"a table of data/lexicon names an unknown kind");
    return 0;
}

#define INDEX_OF(names, name) index_of(names, sizeof(names) / sizeof(names)[0], name)

static void add_number(struct arena *arena, struct map *map, struct slice key, unsigned number)
{
    unsigned *value = arena_alloc(arena, sizeof *value);
    *value = number;
    *map_at(map, key) = value;
}

static void read_properties(struct page_lexicon *lexicon, struct arena *arena, const struct lexicon_table *table)
{
    lexicon->properties = map_make(arena, lexicon_row_count(table));
    for (size_t i = 0; i < lexicon_row_count(table); i++) {
        const struct lexicon_row *row = lexicon_row_at(table, i);
        add_number(arena, &lexicon->properties, row->columns[0], INDEX_OF(kind_names, row->columns[1]));
    }
}

static void read_schema(struct page_lexicon *lexicon, struct arena *arena, const struct lexicon_table *properties,
                        const struct lexicon_table *types)
{
    lexicon->schema_properties = map_make(arena, lexicon_row_count(properties));
    for (size_t i = 0; i < lexicon_row_count(properties); i++) {
        const struct lexicon_row *row = lexicon_row_at(properties, i);
        struct schema_property *property = arena_alloc(arena, sizeof *property);
        property->kind = (enum claim_kind)INDEX_OF(kind_names, row->columns[1]);
        property->item_only = slice_equals(row->columns[2], SLICE("item"));
        *map_at(&lexicon->schema_properties, row->columns[0]) = property;
    }
    lexicon->schema_types = map_make(arena, lexicon_row_count(types));
    for (size_t i = 0; i < lexicon_row_count(types); i++) {
        const struct lexicon_row *row = lexicon_row_at(types, i);
        add_number(arena, &lexicon->schema_types, row->columns[0], INDEX_OF(class_names, row->columns[1]));
    }
}

static void read_class_words(struct page_lexicon *lexicon, struct arena *arena, const struct lexicon_table *table)
{
    lexicon->class_words = map_make(arena, lexicon_row_count(table));
    for (size_t i = 0; i < lexicon_row_count(table); i++) {
        const struct lexicon_row *row = lexicon_row_at(table, i);
        struct slice word = row->columns[0];
        unsigned bit = 1u << INDEX_OF(word_names, row->columns[1]);
        assert(word.len >= 2 && word.len <= LONGEST_KEY && ascii_is_alpha(word.ptr[0]) && ascii_is_alpha(word.ptr[1]));
        add_number(arena, &lexicon->class_words, word, bit);
        lexicon->second_letters[word.ptr[0] - 'a'] |= 1u << (word.ptr[1] - 'a');
        if (word.len > lexicon->longest_word)
            lexicon->longest_word = word.len;
    }
}

const struct page_lexicon *page_lexicon_create(struct arena *arena, const struct lexicon *lexicon)
{
    struct page_lexicon *page = arena_calloc(arena, 1, sizeof *page);
    read_properties(page, arena, lexicon_table(lexicon, "page_properties"));
    read_schema(page, arena, lexicon_table(lexicon, "schema_properties"), lexicon_table(lexicon, "schema_types"));
    read_class_words(page, arena, lexicon_table(lexicon, "class_words"));
    map_settle(&page->properties);
    map_settle(&page->schema_properties);
    map_settle(&page->schema_types);
    map_settle(&page->class_words);
    return page;
}

static struct slice lower_into(char *room, struct slice s)
{
    for (size_t i = 0; i < s.len; i++)
        room[i] = ascii_to_lower(s.ptr[i]);
    return slice_of(room, s.len);
}

bool page_lexicon_property(const struct page_lexicon *lexicon, struct slice name, enum claim_kind *kind)
{
    char lower[LONGEST_KEY];
    name = slice_trim(name);
    if (name.len == 0 || name.len > sizeof lower)
        return false;
    const unsigned *found = map_get(&lexicon->properties, lower_into(lower, name));
    if (found)
        *kind = (enum claim_kind)*found;
    return found != NULL;
}

const struct schema_property *page_lexicon_schema_property(const struct page_lexicon *lexicon, struct slice name)
{
    return name.len <= LONGEST_KEY ? map_get(&lexicon->schema_properties, name) : NULL;
}

struct slice schema_type_name(struct slice type)
{
    type = slice_trim(type);
    size_t at = type.len;
    while (at > 0 && type.ptr[at - 1] != '/' && type.ptr[at - 1] != ':' && type.ptr[at - 1] != '#')
        at--;
    return slice_sub(type, at, type.len);
}

enum schema_class page_lexicon_schema_class(const struct page_lexicon *lexicon, struct slice type)
{
    struct slice name = schema_type_name(type);
    const unsigned *found = name.len <= LONGEST_KEY ? map_get(&lexicon->schema_types, name) : NULL;
    return found ? (enum schema_class)*found : SCHEMA_UNKNOWN;
}

unsigned page_lexicon_word(const struct page_lexicon *lexicon, struct slice word)
{
    char lower[LONGEST_KEY];
    if (word.len < 2 || word.len > lexicon->longest_word)
        return 0;
    unsigned first = (unsigned)(word.ptr[0] | 0x20) - 'a', second = (unsigned)(word.ptr[1] | 0x20) - 'a';
    if (first >= 26 || second >= 26 || !(lexicon->second_letters[first] >> second & 1))
        return 0;
    const unsigned *found = map_get(&lexicon->class_words, lower_into(lower, word));
    return found ? *found : 0;
}

/* A word ends before a separator and before an upper-case letter that follows a lower-case one. The
 * whole of "pubDate" is looked up as well as its parts. */
unsigned page_lexicon_class_words(const struct page_lexicon *lexicon, struct slice name)
{
    unsigned bits = 0;
    size_t whole = 0, start = 0;
    for (size_t i = 0; i <= name.len; i++) {
        bool letter = i < name.len && ascii_is_alpha(name.ptr[i]);
        bool inner = letter && i > start && name.ptr[i] <= 'Z' && name.ptr[i - 1] >= 'a';
        if (letter && !inner)
            continue;
        bits |= page_lexicon_word(lexicon, slice_sub(name, start, i));
        if (!letter && start != whole)
            bits |= page_lexicon_word(lexicon, slice_sub(name, whole, i));
        start = inner ? i : i + 1;
        if (!letter)
            whole = i + 1;
    }
    return bits;
}
