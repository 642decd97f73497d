/* date_grammar: text -> the dates that it mentions, absolute and relative, with their place in the text.
 *
 * A grammar of our own over the items of find/dates/date_words, in one pass, linear in the text: what may start
 * a date is tried from the longest form to the shortest. It gives what is written and nothing else: a
 * year that is not there stays 0; a relative date stays a distance until date_resolve is told a day. */
#ifndef NEWSMETA_FIND_DATES_DATE_GRAMMAR_H
#define NEWSMETA_FIND_DATES_DATE_GRAMMAR_H

#include "find/dates/date_words.h"
#include "find/dates/edtf.h"

enum date_order { ORDER_UNKNOWN, ORDER_DAY_FIRST, ORDER_MONTH_FIRST };

/* How to read. */
struct date_style {
    uint64_t language;     /* bit of date_words_language; 0: not known, any */
    enum date_order order; /* of all-numeric dates, where they do not tell themselves */
    bool lenient;          /* a field or line that holds a date, not prose: bare forms count as well */
    bool caseless;         /* the text has lost its capitals: none is asked for */
};

/* since: opens an interval that has begun; after: "since they met on March 3", past but a day; starting: "as of
 * January" opens one that may be to come; from: may close or belong ("a letter from May"). */
enum date_relation { DATE_PLAIN, DATE_SINCE, DATE_AFTER, DATE_UNTIL, DATE_FROM, DATE_STARTING };

/* What a relative date hangs on. */
enum date_relative {
    RELATIVE_NONE,
    RELATIVE_UNIT,    /* `amount` units from the day of writing; near: "last week", not "a week ago" */
    RELATIVE_WEEKDAY, /* the weekday; near: direction -1 the last, 0 this, 1 the next */
    RELATIVE_PERIOD   /* value.start.month (a month, season or quarter), near as with the weekday */
};

struct date_mention {
    uint32_t start, end;         /* bytes of the text */
    struct edtf value;           /* as far as stated; all 0 for "Thursday" or "yesterday" */
    struct edtf alternative;     /* the other reading of 03/04/2024 */
    bool ambiguous;              /* alternative holds */
    bool numeric;                /* day and month are numbers, their order a matter of custom */
    enum date_order shown_order; /* the order that its figures show: 23/04/2024 */
    int weekday;                 /* ISO weekday that stands with it; 0 none */
    enum date_relative relative;
    enum date_unit unit;
    int amount, direction;
    bool near;   /* "last", "this" or "next" stands with it */
    bool future; /* the words before it speak of what is to come */
    bool past;   /* ... of what has been */
    enum date_relation relation;
};

struct date_mentions {
    struct arena *arena;
    struct date_mention *items;
    size_t count, capacity;
};

/* A reader with its scratch memory; may be used for many texts. */
struct date_grammar {
    const struct date_vocabulary *lexicon;
    struct date_items items;
};

struct date_grammar date_grammar_make(struct arena *arena, const struct date_vocabulary *lexicon);
/* Appends the mentions of `text` to `out` in order, without overlaps. */
void date_grammar_read(struct date_grammar *grammar, struct slice text, struct date_style style,
                       struct date_mentions *out);

/* The time of day behind the first word for a change: 15:40 of "(modifica alle 15:40)", which is that of a day given
 * elsewhere. Sets hour, minute and what else is said of the time in *time, its place in the text in *start and *end;
 * false where there is none. */
bool date_grammar_read_change(struct date_grammar *grammar, struct slice text, struct date_style style,
                              struct edtf_date *time, uint32_t *start, uint32_t *end);

/* Works out what the mention leaves open from the day of writing: the year of "November 12" (nearest
 * fitting day, by the weekday where one stands with it), "yesterday", "on Thursday", "last March".
 * False where nothing is open or the day does not settle it; the value is then unchanged. */
bool date_mention_resolve(struct date_mention *mention, struct civil writing);

#endif
