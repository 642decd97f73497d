/* gazetteer: what is known of words and phrases as (parts of) names: countries, demonyms, cities, people's
 * names, titles, organizations; from the tables of data/lexicon. One hash table over lower-cased phrases
 * without accents; a hyphen counts as a blank ("Saint-Petersburg" is "Saint Petersburg").
 *
 * The table is compiled when the program is built (src/tables) and stands in it as it is used; where it does
 * not (in the compiler itself) it is made from the tables. Constant. */
#ifndef NEWSMETA_MODEL_GAZETTEER_H
#define NEWSMETA_MODEL_GAZETTEER_H

#include "article/article.h"
#include "base/buffer.h"
#include "model/lexicon.h"

enum name_class {
    NAME_COUNTRY = 1 << 0,
    NAME_DEMONYM = 1 << 1,      /* "Iranian", "Iranians" */
    NAME_CAPITAL = 1 << 2,      /* capital of a country */
    NAME_CITY = 1 << 3,
    NAME_REGION = 1 << 4,
    NAME_PLACE = 1 << 5,        /* river, sea, quarter, ... */
    NAME_GIVEN = 1 << 6,
    NAME_SURNAME = 1 << 7,
    NAME_HONORIFIC = 1 << 8,    /* "Mr.", "Dr" */
    NAME_ROLE = 1 << 9,         /* "president" */
    NAME_RANK = 1 << 10,        /* "general"; also a role */
    NAME_MODIFIER = 1 << 11,    /* "former" */
    NAME_JOINER = 1 << 12,      /* "deputy" */
    NAME_ORGANIZATION = 1 << 13,
    NAME_METONYM = 1 << 14,     /* "Kremlin" */
    NAME_ORGANIZATION_HEAD = 1 << 15, /* "Ministry" of ... */
    NAME_ORGANIZATION_TAIL = 1 << 16, /* ... "Corp" */
    NAME_NOT = 1 << 17,         /* "Monday", "Ramadan" */
    NAME_COMMON = 1 << 18,      /* runs in lower case */
    NAME_CAPITALS = 1 << 19,    /* known in capitals only: "US", "WHO" */
    NAME_NOT_WORD = 1 << 20     /* NAME_NOT that keeps no capital of its own: "OK", "GDP" */
};

#define NAME_ANY_PLACE (NAME_COUNTRY | NAME_CAPITAL | NAME_CITY | NAME_REGION | NAME_PLACE)
#define NAME_ANY_ROLE (NAME_ROLE | NAME_RANK)
#define NAME_ANY_TITLE (NAME_HONORIFIC | NAME_ROLE | NAME_RANK | NAME_MODIFIER | NAME_JOINER)

#define CITY_TIER_LARGE 6        /* 100,000 people and more */
#define NAME_COUNTRIES 3        /* a city's name may stand in several countries */

/* A country as two letters in one number; 0: none. */
#define COUNTRY_CODE(a, b) (uint16_t)((uint16_t)(a) << 8 | (uint8_t)(b))

struct gazetteer_entry {
    uint64_t hash;
    uint32_t classes;           /* enum name_class bits; 0: only the beginning of longer phrases */
    uint8_t words;              /* of the longest phrase that begins with this one */
    uint8_t organization_type;  /* index for gazetteer_organization_type, 0: not said */
    uint8_t city_tier;          /* population of the first country's: 1 five millions ... 9 15,000; 0: no city */
    uint8_t second_tier;        /* of the second country */
    uint16_t countries[NAME_COUNTRIES]; /* most populous first; 0-filled */
    bool region_alone;          /* its bare name means the first country's region, whatever else bears it: "Texas" */
};

/* May be NULL. */
static inline bool gazetteer_is_large_city(const struct gazetteer_entry *entry)
{
    return entry && entry->city_tier && entry->city_tier <= CITY_TIER_LARGE;
}

struct gazetteer;

const struct gazetteer *gazetteer_create(struct arena *arena, const struct lexicon *lexicon);
/* The compiled table, for this machine's byte order and layout. */
bool gazetteer_write(const struct gazetteer *gazetteer, struct buffer *out);
/* The number for token.known, in three steps: memory has the time between them to answer. */
uint64_t gazetteer_ask(const struct gazetteer *gazetteer, const struct token *token);
void gazetteer_ask_entry(const struct gazetteer *gazetteer, uint64_t asked);
uint32_t gazetteer_answer(const struct gazetteer *gazetteer, uint64_t asked);
/* What is known of a token alone, by its number: also what only begins longer phrases (its classes are 0); NULL if
 * nothing. */
const struct gazetteer_entry *gazetteer_known(const struct gazetteer *gazetteer, uint32_t known);
/* Of tokens that have their numbers: */
/* What is known of the tokens [0, count) taken together; NULL if nothing. */
const struct gazetteer_entry *gazetteer_find(const struct gazetteer *gazetteer, const struct token *tokens,
                                             size_t count);
/* The longest phrase from tokens[0], at most `limit` tokens, that has one of these classes; its length
 * goes to *length (0 and NULL: none). */
const struct gazetteer_entry *gazetteer_longest(const struct gazetteer *gazetteer, const struct token *tokens,
                                                size_t limit, uint32_t classes, size_t *length);
/* What is known of a phrase in any case. */
const struct gazetteer_entry *gazetteer_find_text(const struct gazetteer *gazetteer, struct slice phrase);
/* "government", "company", ...; null for 0. */
struct slice gazetteer_organization_type(uint8_t type);
/* The name in common use of a country; null if not known. */
struct slice gazetteer_country_name(const struct gazetteer *gazetteer, uint16_t country);

#endif
