/* Other names of an actor that the text itself gives, acronyms in brackets, between commas and behind "or", and what
 * somebody is known as; and those that data/lexicon/organization_aliases.tsv knows. */
#include "merger.h"

#define LONGEST_KNOWN_BY 5 /* words of "known by its initials" */

static bool has_short_form(struct merger *merger, const struct form *full, struct slice key)
{
    enum actor_type type = form_type(full);
    return form_length(full) > 1 && (type == ACTOR_ORGANIZATION ||
                                     (type == ACTOR_PLACE && slice_equals(merger_initials(merger, full, false), key)));
}

/* At least two of the long form's initials, and half of them, are letters of the acronym. */
static bool shares_initials(struct merger *merger, const struct form *full, struct slice acronym)
{
    struct slice initials = merger_initials(merger, full, false);
    size_t shared = 0;
    for (size_t i = 0; i < initials.len; i++)
        shared += slice_find_byte(acronym, initials.ptr[i], 0) != SLICE_NOT_FOUND;
    return shared > 1 && shared * 2 >= initials.len;
}

/* ", INPE, said" behind "National Penitentiary Institute": between commas, and no list goes on. */
static bool is_between_commas(const struct merger *merger, uint32_t i)
{
    return slice_equals(merger_token(merger, i)->lower, SLICE(",")) &&
           slice_equals(merger_token(merger, i + 2)->lower, SLICE(",")) && i + 3 < merger->article->token_count &&
           merger_token(merger, i + 3)->flags & TOKEN_LOWER && !role_word_is(&merger->words, i + 3, SMALL_CONJUNCTION);
}

/* "European Space Agency (ESA)", "Kenya Airways (KQ)", "Kennedy Space Center (KSC)": what stands in brackets behind an
 * organization in capitals is its short form; behind a place, or between commas, where it has its initials. */
static void merge_bracketed(struct merger *merger)
{
    const struct article *article = merger->article;
    for (uint32_t m = 0; m < article->mention_count; m++) {
        uint32_t longer = merger->form_of[m], i = article->mentions[m].end;
        if (longer == NO_FORM || i + 2 >= article->token_count)
            continue;
        bool loud = merger_token(merger, i + 1)->flags & TOKEN_ALL_UPPER,
             plain = merger_token(merger, i + 1)->flags & TOKEN_LOWER; /* "(esa)" */
        bool bracket = slice_equals(merger_token(merger, i)->lower, SLICE("(")) &&
                       slice_equals(merger_token(merger, i + 2)->lower, SLICE(")"));
        struct form *full = &merger->forms[longer];
        struct slice acronym = merger_token(merger, i + 1)->lower;
        if (!loud && !(plain && bracket && shares_initials(merger, full, acronym)))
            continue;
        if (!bracket &&
            !(is_between_commas(merger, i) && form_length(full) > 2 && shares_initials(merger, full, acronym)))
            continue;
        uint32_t shorter = merger_find(&merger->by_key, acronym);
        if (shorter != NO_FORM && !merger->forms[shorter].country &&
            has_short_form(merger, full, merger->forms[shorter].key))
            merger_join(merger, shorter, longer);
    }
}

/* English: ", or PKS," behind "Prosperous Justice Party": where the acronym stands; 0: nowhere. */
static uint32_t behind_or(const struct merger *merger, uint32_t at)
{
    const struct article *article = merger->article;
    if (at + 2 >= article->token_count || !slice_equals(merger_token(merger, at)->lower, SLICE(",")) ||
        !slice_equals(merger_token(merger, at + 1)->lower, SLICE("or")))
        return 0;
    return merger_token(merger, at + 2)->flags & TOKEN_ALL_UPPER ? at + 2 : 0;
}

/* Behind ", known by its Indonesian initials": where the acronym stands; 0: nowhere. English. */
static uint32_t behind_initials(const struct merger *merger, uint32_t at)
{
    static const struct slice nouns[] = {{"initials", 8}, {"acronym", 7}, {"abbreviation", 12}};
    const struct article *article = merger->article;
    if (at + 4 >= article->token_count || !slice_equals(merger_token(merger, at)->lower, SLICE(",")) ||
        !slice_equals(merger_token(merger, at + 1)->lower, SLICE("known")))
        return 0;
    for (uint32_t i = at + 2; i + 1 < article->token_count && i <= at + LONGEST_KNOWN_BY; i++)
        for (size_t k = 0; k < sizeof nouns / sizeof nouns[0]; k++)
            if (slice_equals(merger_token(merger, i)->lower, nouns[k]) &&
                merger_token(merger, i + 1)->flags & TOKEN_ALL_UPPER)
                return i + 1;
    return 0;
}

/* Behind ", better known as": where the name begins that somebody is known by too; 0: these are other words. English.
 */
static uint32_t behind_called(const struct merger *merger, uint32_t at)
{
    static const struct slice before[] = {{"also", 4},      {"better", 6},   {"widely", 6},
                                          {"popularly", 9}, {"commonly", 8}, {"often", 5}};
    const struct article *article = merger->article;
    if (at + 4 >= article->token_count)
        return 0;
    at += slice_equals(merger_token(merger, at)->lower, SLICE(","));
    for (size_t i = 0; i < sizeof before / sizeof before[0]; i++)
        if (slice_equals(merger_token(merger, at)->lower, before[i])) {
            at++;
            break;
        }
    bool known = slice_equals(merger_token(merger, at)->lower, SLICE("known")) &&
                 slice_equals(merger_token(merger, at + 1)->lower, SLICE("as"));
    return known ? at + 2 : slice_equals(merger_token(merger, at)->lower, SLICE("nicknamed")) ? at + 1 : 0;
}

/* Where the other name of somebody begins whose name ends before `at`; 0: none is given. */
static uint32_t behind_name(const struct merger *merger, enum actor_type type, uint32_t at)
{
    uint32_t called = type == ACTOR_PLACE ? 0 : behind_called(merger, at);
    if (!called && type == ACTOR_ORGANIZATION)
        called = behind_or(merger, at);
    return called || type != ACTOR_ORGANIZATION ? called : behind_initials(merger, at);
}

/* "Mohamed Hamdan Dagalo, known as Hemedti", "Prosperous Justice Party, or PKS" */
static void merge_called(struct merger *merger)
{
    const struct article *article = merger->article;
    for (uint32_t m = 0; m + 1 < article->mention_count; m++) {
        uint32_t full = merger->form_of[m], called = merger->form_of[m + 1];
        if (full == NO_FORM || called == NO_FORM || merger->forms[full].country || merger->forms[called].country)
            continue;
        uint32_t begins = behind_name(merger, form_type(&merger->forms[full]), article->mentions[m].end);
        const struct mention *next = &article->mentions[m + 1];
        for (uint32_t k = m + 1; begins && k < article->mention_count && next->first < begins;
             k++) /* over "Indonesian" */
            called = merger->form_of[k], next = &article->mentions[k];
        if (begins && begins == next->first && called != NO_FORM && !merger->forms[called].country)
            merger_join(merger, called, full);
    }
}

/* "VW" and "Volkswagen", where the text has both. */
static void merge_listed(struct merger *merger)
{
    const struct lexicon_table *aliases = lexicon_table(merger->job->knowledge->lexicon, "organization_aliases");
    for (uint32_t f = 0; f < merger->form_count; f++)
        for (const struct lexicon_row *row = lexicon_find(aliases, merger->forms[f].key); row; row = row->next) {
            uint32_t full = merger_find(&merger->by_key, row->columns[1]);
            if (full != NO_FORM && form_type(&merger->forms[f]) != ACTOR_PERSON &&
                form_type(&merger->forms[full]) == ACTOR_ORGANIZATION)
                merger_join(merger, f, full);
        }
}

void merger_join_called(struct merger *merger)
{
    merge_listed(merger);
    merge_bracketed(merger);
    merge_called(merger);
}
