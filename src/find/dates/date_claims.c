/* Days that the page claims: in its head, its markup, its scripts, its address and that of its picture. */
#include "date_candidates.h"
#include "find/dates/date_machine.h"
#include "find/dates/date_url.h"
#include "find/separators.h"

#define LONGEST_TITLE 400u /* bytes */
#define LONGEST_SEPARATOR 5u

/* Things of schema.org that have a day of their own which is not the page's: another's opinion, what will happen. */
static bool has_own_day(struct slice type)
{
    static const struct slice types[] = {{"Review", 6}, {"Comment", 7}, {"Answer", 6}, {"Event", 5},
                                         {"Rating", 6}, {"Product", 7}, {"Offer", 5},  {"Person", 6}};
    for (size_t i = 0; type.len && i < sizeof types / sizeof types[0]; i++)
        if (slice_ends(type, types[i]))
            return true;
    return false;
}

/* Readers' reviews are not changed once they stand there; a review that is, is what the page was written for. */
static bool is_edited(const struct date_page *page, const struct claim *claim)
{
    const struct article *article = &page->job->article;
    for (uint32_t i = 0; i < article->claim_count; i++) {
        const struct claim *other = &article->claims[i];
        if (other->kind == CLAIM_MODIFIED && other->source == SOURCE_JSON_LD && other->entity == claim->entity)
            return true;
    }
    return false;
}

static unsigned places_of_json(const struct date_page *page, const struct claim *claim)
{
    if (claim->kind == CLAIM_MODIFIED)
        return claim->article && claim->entity != page->json_article ? DATE_IN_JSON_OTHER : DATE_IN_JSON_MODIFIED;
    bool other = !claim->article && has_own_day(claim->type);
    bool own = other && !page->json_article && is_edited(page, claim);
    if (claim->kind != CLAIM_PUBLISHED || (other && !own) || (claim->article && claim->entity != page->json_article))
        return DATE_IN_JSON_OTHER;
    if (!claim->article && !own)
        return DATE_IN_JSON_PAGE;
    return DATE_IN_JSON | (slice_contains_nocase(claim->type, SLICE("news")) ? DATE_IN_JSON_NEWS : 0);
}

static unsigned places_of_claim(const struct date_page *page, const struct claim *claim, bool *first_time)
{
    bool published = claim->kind == CLAIM_PUBLISHED, modified = claim->kind == CLAIM_MODIFIED;
    switch (claim->source) {
    case SOURCE_JSON_LD: return places_of_json(page, claim);
    case SOURCE_MICRODATA:
        if (!claim->article && has_own_day(claim->type))
            return DATE_IN_CLASS_TIME;
        return modified ? DATE_IN_MICRO_MODIFIED : published ? DATE_IN_MICRO : DATE_IN_CLASS_TIME;
    case SOURCE_OPEN_GRAPH:
        return modified ? DATE_IN_META_MODIFIED : published ? DATE_IN_OPEN_GRAPH : DATE_IN_META_TIME;
    case SOURCE_META:
        if (claim->block != NO_BLOCK) /* the title or data attribute of a classed element */
            return modified ? DATE_IN_CLASS_MODIFIED : published ? DATE_IN_CLASS : DATE_IN_CLASS_TIME;
        return modified ? DATE_IN_META_MODIFIED : published ? DATE_IN_META : DATE_IN_META_TIME;
    case SOURCE_TIME_ELEMENT: {
        unsigned places = DATE_IN_TIME | (slice_ends(claim->name, SLICE("pubdate")) ? DATE_IN_PUBDATE : 0);
        if (*first_time)
            places |= DATE_IN_FIRST_TIME;
        *first_time = false;
        return places;
    }
    default: return modified ? DATE_IN_CLASS_MODIFIED : published ? DATE_IN_CLASS : DATE_IN_CLASS_TIME;
    }
}

static void take_modified(struct date_page *page, const struct claim *claim, const struct date_mention *mention)
{
    int rank = claim->source == SOURCE_JSON_LD     ? (claim->article ? 5 : 0)
               : claim->block == NO_BLOCK          ? 4
               : claim->source == SOURCE_MICRODATA ? 3
                                                   : 2;
    if (rank <= page->modified_rank)
        return;
    page->modified_rank = rank;
    page->modified = *mention;
    page->modified_source = claim->source;
    page->modified_raw = claim->value;
}

static bool is_date_claim(const struct claim *claim)
{
    return claim->kind == CLAIM_PUBLISHED || claim->kind == CLAIM_MODIFIED || claim->kind == CLAIM_TIME;
}

/* An attribute or class that is named for the end of something, or for what happens: data-end-date, event-date. */
static bool names_other_day(struct slice name)
{
    static const struct slice parts[] = {{"expir", 5},    {"until", 5},       {"enddate", 7},    {"end-date", 8},
                                         {"end_date", 8}, {"event", 5},       {"birth", 5},      {"startdate", 9},
                                         {"deadline", 8}, {"start-date", 10}, {"start_date", 10}};
    for (size_t i = 0; name.len && i < sizeof parts / sizeof parts[0]; i++)
        if (slice_contains_nocase(name, parts[i]))
            return true;
    return false;
}

static void add_script_trace(struct date_page *page, struct date_candidate *candidate)
{
    if (!page->has_script_day)
        candidate->traces |= DATE_IN_FIRST_SCRIPT;
    page->has_script_day = true;
}

/* The words before the date in the text of a classed element: <div class=release>Release: 14.11.2019</div> */
static unsigned said_in_value(struct date_page *page, const struct claim *claim, const struct date_mention *mention)
{
    struct slice before = slice_sub(claim->value, 0, mention->start);
    bool foreign = before.len && date_cue_before(&page->grammar, before, page->cue_languages) == CUE_FOREIGN;
    return foreign ? DATE_FOREIGN : 0;
}

static void read_claim(struct date_page *page, const struct claim *claim, bool *first_time)
{
    struct date_mention mention;
    struct civil day;
    if (names_other_day(claim->name) || !date_machine_read(&page->grammar, claim->value, page->style, &mention))
        return;
    date_page_settle(page, &mention);
    if (claim->kind == CLAIM_MODIFIED)
        take_modified(page, claim, &mention);
    struct date_candidate *candidate = edtf_day(&mention.value, &day) ? date_page_candidate(page, day) : NULL;
    if (!candidate)
        return;
    if (claim->source == SOURCE_SCRIPT)
        add_script_trace(page, candidate);
    unsigned places = claim->source == SOURCE_SCRIPT ? 0 : places_of_claim(page, claim, first_time);
    date_candidate_take_instant(candidate, &mention.value.start, (places & (DATE_CLAIMED | DATE_IN_TIME)) != 0);
    candidate->places |= places;
    if (claim->source == SOURCE_MICRODATA && !claim->article && has_own_day(claim->type))
        candidate->traces |= DATE_OF_ITEM;
    candidate->count += claim->source != SOURCE_SCRIPT;
    date_candidate_take_value(candidate, &mention, places, claim->source, claim->value);
    if (claim->block != NO_BLOCK && claim->source != SOURCE_JSON_LD)
        date_candidate_add_place(page, candidate, claim->block, claim->section, said_in_value(page, claim, &mention));
}

static void find_json_article(struct date_page *page)
{
    const struct claim *own = article_own_claim(&page->job->article);
    page->json_article = own ? own->entity : 0;
    page->live = own && slice_starts_nocase(own->type, SLICE("LiveBlog"));
}

bool date_is_event(const struct date_page *page, const struct date_candidate *candidate)
{
    const struct article *article = &page->job->article;
    struct date_grammar grammar = page->grammar;
    struct date_mention mention;
    struct civil day;
    if (candidate->places & (DATE_CLAIMED | DATE_IN_URL | DATE_CUED_PUBLISHED | DATE_IN_PUBDATE))
        return false;
    for (uint32_t i = 0; i < article->claim_count; i++)
        if (article->claims[i].kind == CLAIM_EVENT && slice_ends(article->claims[i].type, SLICE("Event")) &&
            date_machine_read(&grammar, article->claims[i].value, page->style, &mention) &&
            edtf_day(&mention.value, &day) && calendar_to_days(day) == calendar_to_days(candidate->day))
            return true;
    return false;
}

/* Machine fields first, so that the order of day and month in figures can lean on them. */
static void read_all(struct date_page *page)
{
    const struct article *article = &page->job->article;
    bool first_time = true;
    find_json_article(page);
    for (int visible = 0; visible < 2; visible++)
        for (uint32_t i = 0; i < article->claim_count; i++) {
            const struct claim *claim = &article->claims[i];
            bool head = claim->block == NO_BLOCK || claim->source == SOURCE_JSON_LD;
            if (is_date_claim(claim) && head != (visible == 1))
                read_claim(page, claim, &first_time);
        }
}

static void read_url(struct date_page *page)
{
    struct civil day;
    struct slice url = job_page_url(page->job);
    const struct claim *canonical = article_claim(&page->job->article, CLAIM_CANONICAL_URL, SOURCE_LINK, 0);
    if (!date_url_read(page->grammar.lexicon, url, &page->url) && canonical)
        date_url_read(page->grammar.lexicon, canonical->value, &page->url);
    if (!edtf_day(&page->url, &day))
        return;
    struct date_candidate *candidate = date_page_candidate(page, day);
    struct date_mention mention = {.value = page->url};
    if (!candidate)
        return;
    candidate->places |= DATE_IN_URL;
    candidate->count++;
    date_candidate_take_value(candidate, &mention, DATE_IN_URL, SOURCE_URL, url);
}

/* Sites file pictures under the month or the day on which they were handed in. */
static void read_image(struct date_page *page)
{
    struct civil day;
    const struct article *article = &page->job->article;
    const struct claim *claim = article_claim(article, CLAIM_IMAGE, SOURCE_OPEN_GRAPH, 0);
    if (!claim)
        claim = article_claim(article, CLAIM_IMAGE, SOURCE_JSON_LD, 0);
    if (!claim || !date_url_read(page->grammar.lexicon, claim->value, &page->image) || !edtf_day(&page->image, &day))
        return;
    struct date_candidate *candidate = date_page_candidate(page, day);
    struct date_mention mention = {.value = page->image};
    if (!candidate)
        return;
    candidate->traces |= DATE_IN_IMAGE;
    date_candidate_take_value(candidate, &mention, 0, claim->source, claim->value);
}

static bool follows_separator(struct slice title, size_t at)
{
    for (size_t len = 1; len <= LONGEST_SEPARATOR && len <= at; len++)
        if (title_separator(title, at - len) == len)
            return true;
    char last = title.ptr[at - 1];
    return last == '(' || last == '[' || (at > 1 && last == ' ' && title.ptr[at - 2] == ',');
}

static bool is_part_of_title(struct slice title, const struct date_mention *mention)
{
    size_t behind = mention->end;
    while (behind < title.len && (title.ptr[behind] == ')' || title.ptr[behind] == ']'))
        behind++;
    return mention->start > 0 && follows_separator(title, mention->start) &&
           (behind == title.len || title_separator(title, behind));
}

/* "... - Sport - 11/05/2022 - Gazette": the day is all of a part. */
static void read_title(struct date_page *page)
{
    const struct claim *title = article_claim(&page->job->article, CLAIM_HEADLINE, SOURCE_TITLE, 0);
    struct date_mentions found = {.arena = page->job->arena};
    struct civil day;
    if (!title || title->value.len > LONGEST_TITLE)
        return;
    date_grammar_read(&page->grammar, title->value, page->style, &found);
    for (size_t i = 0; i < found.count; i++) {
        struct date_mention *mention = &found.items[i];
        date_page_settle(page, mention);
        struct date_candidate *candidate = is_part_of_title(title->value, mention) && edtf_day(&mention->value, &day)
                                               ? date_page_candidate(page, day)
                                               : NULL;
        if (!candidate)
            continue;
        candidate->places |= DATE_IN_TITLE;
        candidate->count++;
        date_candidate_take_value(candidate, mention, DATE_IN_TITLE, SOURCE_TITLE,
                                  slice_sub(title->value, mention->start, mention->end));
    }
}

void date_page_read_claims(struct date_page *page)
{
    read_all(page);
    read_title(page);
    read_url(page);
    read_image(page);
}
