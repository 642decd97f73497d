#include "find/dates/date_grammar.h"

#include "article/limits.h"
#include "date_parse.h"

#define STATEMENT_REACH 2u /* a noun, or a noun and its adjective */
#define SINCE_REACH 8u /* items of a clause behind "since" */
#define VERB_REACH 5u /* "was killed in an attack on": a verb further off has its own day */

struct date_grammar date_grammar_make(struct arena *arena, const struct date_vocabulary *lexicon)
{
    return (struct date_grammar){.lexicon = lexicon, .items = {.arena = arena}};
}

#define BIT(word_class) (UINT64_C(1) << (word_class))
/* What a date of the calendar begins with, beside figures. */
#define DAY_BEGINNINGS (BIT(DATE_WORD_MONTH) | BIT(DATE_WORD_WEEKDAY) | BIT(DATE_WORD_DAY_MARK) | BIT(DATE_WORD_ERA))
/* ... and what a relative one or a period does. */
#define OTHER_BEGINNINGS                                                                                               \
    (BIT(DATE_WORD_SEASON) | BIT(DATE_WORD_QUARTER) | BIT(DATE_WORD_ORDINAL) | BIT(DATE_WORD_NUMBER) |                 \
     BIT(DATE_WORD_DAY) | BIT(DATE_WORD_NEAR) | BIT(DATE_WORD_PART) | BIT(DATE_WORD_AGO_BEFORE) |                      \
     BIT(DATE_WORD_AHEAD_BEFORE) | BIT(DATE_WORD_UNIT))

static bool begins_with(const struct date_item *item, uint64_t classes)
{
    return item->kind == ITEM_NUMBER || (item->kind == ITEM_WORD && item->words->classes & classes);
}

/* Most words end here: no date begins at them. */
static size_t parse_mention(const struct parse *parse, size_t at, struct date_mention *mention)
{
    size_t end = 0;
    if (!begins_with(&parse->items[at], DAY_BEGINNINGS | OTHER_BEGINNINGS))
        return 0;
    if (begins_with(&parse->items[at], DAY_BEGINNINGS)) {
        struct parsed_date date = {0};
        date.end = parse_date(parse, at, &date.mention);
        end = parse_interval(parse, at, &date, mention);
        if (!end && date.end) {
            *mention = date.mention;
            end = date.end;
        }
    }
    if (!end)
        end = parse_relative(parse, at, mention);
    return end ? end : parse_period(parse, at, mention);
}
#undef BIT

/* "since January", "as of January" open an interval and belong to the mention; "until", "from" tell which year is
 * meant. "from January" opens one where the clause looks ahead; "the letter from January" does not. */
static void open_interval(const struct parse *parse, size_t at, enum date_relation relation,
                          struct date_mention *mention)
{
    mention->relation = relation;
    mention->start = parse->items[at - 1].start;
    if (mention->value.start.year || mention->value.start.month)
        mention->value.form = EDTF_OPEN_END;
}

/* "un communiqué conjoint du 12 mai": of, not from. */
static bool dates_statement(const struct parse *parse, size_t preposition)
{
    for (size_t back = 1; back <= STATEMENT_REACH && back <= preposition; back++)
        if (parse_own_word(parse, preposition - back, DATE_WORD_STATEMENT))
            return true;
    return false;
}

static void take_preposition(const struct parse *parse, size_t at, struct date_mention *mention)
{
    if (at == 0)
        return;
    const struct date_word *from = parse_own_word(parse, at - 1, DATE_WORD_FROM);
    bool opens = mention->value.form == EDTF_SINGLE && !parse->style.lenient;
    if (parse_own_word(parse, at - 1, DATE_WORD_UNTIL) || parse_own_word(parse, at - 1, DATE_WORD_BY)) {
        mention->relation = DATE_UNTIL;
    } else if (parse_own_word(parse, at - 1, DATE_WORD_SINCE) && opens) {
        /* "desde" is both */
        open_interval(parse, at, from ? DATE_PLAIN : DATE_SINCE, mention);
    } else if (from && !dates_statement(parse, at - 1)) {
        mention->relation = DATE_FROM;
        if (opens && (from->value || mention->future))
            open_interval(parse, at, DATE_STARTING, mention);
    }
}

/* "is due to inspect the pens on Thursday": looks back over the clause. */
static bool speaks_of_future(const struct parse *parse, size_t at)
{
    for (size_t back = 1; back <= 12 && back <= at; back++) {
        const struct date_item *item = &parse->items[at - back];
        if (item->kind == ITEM_MARK &&
            (item->value == '.' || item->value == '!' || item->value == '?' || item->value == ';'))
            return false;
        if (parse_own_word(parse, at - back, DATE_WORD_FUTURE))
            return true;
    }
    return false;
}

/* "invaded Kharkiv on", "opened on": English past tenses but those of date_words end alike. */
static bool is_past_tense(const struct parse *parse, size_t at)
{
    const struct date_item *item = &parse->items[at];
    struct slice text = slice_sub(parse->text, item->start, item->end);
    bool english = !parse->style.language || parse->style.language == parse->english;
    return parse_own_word(parse, at, DATE_WORD_PAST) ||
           (english && text.len > 4 && text.ptr[0] >= 'a' && slice_ends(text, SLICE("ed")));
}

/* "the war that began on February 24" */
static bool speaks_of_past(const struct parse *parse, size_t at)
{
    if (at == 0 || !parse_own_word(parse, at - 1, DATE_WORD_ON))
        return false;
    for (size_t back = 2; back <= VERB_REACH && back <= at && parse->items[at - back].kind != ITEM_MARK; back++)
        if (is_past_tense(parse, at - back))
            return true;
    return false;
}

/* "By July it was like tea": what the clause goes on with is past, and so is the end that it begins with. */
static bool leads_into_past(const struct parse *parse, size_t end)
{
    for (size_t i = end; i < parse->count && i < end + VERB_REACH && parse->items[i].kind != ITEM_MARK; i++)
        if (parse_own_word(parse, i, DATE_WORD_FUTURE) || is_past_tense(parse, i))
            return !parse_own_word(parse, i, DATE_WORD_FUTURE); /* "by July it will have left" */
    return false;
}

/* "Since it invaded Ukraine on February 24": past, and no day of what happened. */
static bool is_since_clause(const struct parse *parse, size_t at)
{
    for (size_t back = 1; back <= SINCE_REACH && back <= at && parse->items[at - back].kind != ITEM_MARK; back++)
        if (parse_own_word(parse, at - back, DATE_WORD_SINCE) && !parse_own_word(parse, at - back, DATE_WORD_FROM))
            return true;
    return false;
}

static struct parse parse_of(struct date_grammar *grammar, struct slice text, struct date_style style)
{
    date_items_cut(&grammar->items, grammar->lexicon, text);
    return (struct parse){grammar->items.items, grammar->items.count, text, style,
                          date_words_language(grammar->lexicon, SLICE("en")), grammar->lexicon};
}

bool date_grammar_read_change(struct date_grammar *grammar, struct slice text, struct date_style style,
                              struct edtf_date *time, uint32_t *start, uint32_t *end)
{
    struct parse parse = parse_of(grammar, text, style);
    for (size_t at = 0; at < parse.count; at++) {
        size_t behind = parse_own_word(&parse, at, DATE_WORD_MODIFIED) ? parse_time_behind(&parse, at + 1, time) : 0;
        if (!behind)
            continue;
        *start = parse.items[at].start;
        *end = parse.items[behind - 1].end;
        return true;
    }
    return false;
}

void date_grammar_read(struct date_grammar *grammar, struct slice text, struct date_style style,
                       struct date_mentions *out)
{
    struct parse parse = parse_of(grammar, text, style);
    size_t at = 0;
    while (at < parse.count && out->count < LIMIT_DATES) {
        struct date_mention mention = {0};
        size_t end = parse_mention(&parse, at, &mention);
        if (!end || end > parse.count) {
            at++;
            continue;
        }
        mention.start = parse.items[at].start;
        mention.end = parse.items[end - 1].end;
        mention.future = !mention.value.start.year && speaks_of_future(&parse, at);
        take_preposition(&parse, at, &mention);
        if (mention.relation == DATE_PLAIN && !mention.value.start.year && is_since_clause(&parse, at))
            mention.relation = DATE_AFTER;
        mention.past = !mention.value.start.year && !mention.future &&
                       (speaks_of_past(&parse, at) || (mention.relation == DATE_UNTIL && leads_into_past(&parse, end)));
        out->items = arena_grow(out->arena, out->items, out->count, &out->capacity, sizeof *out->items);
        out->items[out->count++] = mention;
        at = end;
    }
}
