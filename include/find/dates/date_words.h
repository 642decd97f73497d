/* date_words: the words that dates are made of, in all languages, and a text cut into the items that
 * the grammar reads: numbers, known words (the longest phrase that matches), other words, marks.
 *
 * The lexicon is compiled once at start from months, weekdays, date_words, relative_dates, time_zones
 * and is constant after. Items borrow the text; positions are bytes of it. */
#ifndef NEWSMETA_FIND_DATES_DATE_WORDS_H
#define NEWSMETA_FIND_DATES_DATE_WORDS_H

#include "base/arena.h"
#include "base/map.h"
#include "model/lexicon.h"

#define DATE_CLASS_TABLE(X)                                                                                            \
    X(DATE_WORD_MONTH, "month")                                                                                        \
    X(DATE_WORD_WEEKDAY, "weekday")                                                                                    \
    X(DATE_WORD_SEASON, "season")                                                                                      \
    X(DATE_WORD_LINK, "link")                                                                                          \
    X(DATE_WORD_IN, "in")                                                                                              \
    X(DATE_WORD_ON, "on")                                                                                              \
    X(DATE_WORD_BY, "by")                                                                                              \
    X(DATE_WORD_SINCE, "since")                                                                                        \
    X(DATE_WORD_UNTIL, "until")                                                                                        \
    X(DATE_WORD_FROM, "from")                                                                                          \
    X(DATE_WORD_TO, "to")                                                                                              \
    X(DATE_WORD_BETWEEN, "between")                                                                                    \
    X(DATE_WORD_AND, "and")                                                                                            \
    X(DATE_WORD_QUARTER, "quarter")                                                                                    \
    X(DATE_WORD_PART, "part")                                                                                          \
    X(DATE_WORD_ORDINAL, "ordinal")                                                                                    \
    X(DATE_WORD_NUMBER, "number")                                                                                      \
    X(DATE_WORD_SUFFIX, "suffix")                                                                                      \
    X(DATE_WORD_MERIDIEM, "meridiem")                                                                                  \
    X(DATE_WORD_CLOCK, "clock")                                                                                        \
    X(DATE_WORD_ZONE, "zone")                                                                                          \
    X(DATE_WORD_YEAR_MARK, "year_mark")                                                                                \
    X(DATE_WORD_MONTH_MARK, "month_mark")                                                                              \
    X(DATE_WORD_DAY_MARK, "day_mark")                                                                                  \
    X(DATE_WORD_ERA, "era")                                                                                            \
    X(DATE_WORD_PERSIAN_MONTH, "persian_month")                                                                        \
    X(DATE_WORD_HOUR_MARK, "hour_mark")                                                                                \
    X(DATE_WORD_MINUTE_MARK, "minute_mark")                                                                            \
    X(DATE_WORD_DAY, "day")                                                                                            \
    X(DATE_WORD_NEAR, "near")                                                                                          \
    X(DATE_WORD_AGO, "ago")                                                                                            \
    X(DATE_WORD_AGO_BEFORE, "ago_before")                                                                              \
    X(DATE_WORD_AHEAD_BEFORE, "ahead_before")                                                                          \
    X(DATE_WORD_UNIT, "unit")                                                                                          \
    X(DATE_WORD_DAYPART, "daypart")                                                                                    \
    X(DATE_WORD_STATEMENT, "statement")                                                                                \
    X(DATE_WORD_PAST, "past")                                                                                          \
    X(DATE_WORD_VERSION, "version")                                                                                    \
    X(DATE_WORD_FUTURE, "future")                                                                                      \
    X(DATE_WORD_HABIT, "habit")                                                                                        \
    X(DATE_WORD_PUBLISHED, "published")                                                                                \
    X(DATE_WORD_MODIFIED, "modified")                                                                                  \
    X(DATE_WORD_FOREIGN, "foreign")                                                                                    \
    X(DATE_WORD_FUNCTION, "function")                                                                                  \
    X(DATE_WORD_COUNTED, "counted")

enum date_word_class {
#define X(enumerator, name) enumerator,
    DATE_CLASS_TABLE(X)
#undef X
        DATE_CLASS_COUNT
};

enum date_unit {
    UNIT_NONE,
    UNIT_HOUR,
    UNIT_DAY,
    UNIT_WEEK,
    UNIT_MONTH,
    UNIT_YEAR,
    UNIT_WEEKEND,
    UNIT_QUARTER,
    UNIT_DECADE,
    UNIT_CENTURY
};

/* One reading of a word or phrase. Readings that begin with the same word hang together by `next`,
 * longest phrase first. */
struct date_word {
    struct slice text; /* lower case */
    enum date_word_class word_class;
    int value;
    bool has_value;     /* false: a zone whose offset is not known */
    bool full;          /* not an abbreviation */
    bool ambiguous;     /* an everyday word as well */
    char second;        /* first letter of the second word, in ASCII; 0: none, or unknown */
    uint64_t languages; /* bits; ~0 for every language */
    uint64_t classes;   /* bits: of all readings of this text */
    struct date_word *next;
};

struct date_vocabulary;

const struct date_vocabulary *date_words_create(struct arena *arena, const struct lexicon *lexicon);
/* The bit of a language (ISO 639-1, longer tags are cut), 0 where the lexicon does not know it. */
uint64_t date_words_language(const struct date_vocabulary *lexicon, struct slice language);

/* The first reading of a lower-case word, or NULL. */
const struct date_word *date_words_find(const struct date_vocabulary *lexicon, struct slice word);

enum date_item_kind { ITEM_NUMBER, ITEM_WORD, ITEM_OTHER, ITEM_MARK };

struct date_item {
    uint32_t start, end;
    enum date_item_kind kind;
    bool space_before;
    bool capital;                  /* a word that begins with an upper-case letter */
    uint8_t digits;                /* of a number, 255 at most */
    uint32_t value;                /* of a number of nine digits at most; the code point of a mark */
    const struct date_word *words; /* of a known word: the first reading of this very phrase */
};

/* Cuts the text into items; the array is grown in the arena and used again. */
struct date_items {
    struct arena *arena;
    struct date_item *items;
    size_t count, capacity;
    struct slice text;
};

void date_items_cut(struct date_items *items, const struct date_vocabulary *lexicon, struct slice text);
/* The reading of an item in this class and one of these languages (0: any), or NULL. */
static inline const struct date_word *date_item_word(const struct date_item *item, enum date_word_class word_class,
                                                     uint64_t languages);

/* The same of a word that has a reading in this class. */
const struct date_word *date_item_reading(const struct date_item *item, enum date_word_class word_class,
                                          uint64_t languages);

static inline const struct date_word *date_item_word(const struct date_item *item, enum date_word_class word_class,
                                                     uint64_t languages)
{
    bool has = item->kind == ITEM_WORD && item->words->classes >> word_class & 1; /* hardly any, of most classes */
    return has ? date_item_reading(item, word_class, languages) : NULL;
}

#endif
