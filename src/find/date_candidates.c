#include "date_candidates.h"

#include "base/utf8.h"
#include "find/date_machine.h"
#include "find/date_url.h"

#define SHORT_BLOCK 200u  /* bytes of a line that holds a date, author and section; longer is prose */
#define INLINE_REACH 110u /* bytes of a paragraph in which its dateline ends */
#define PROSE_BYTES 160u  /* of a paragraph, where no block has been told to be prose */
#define NEAR_BLOCKS 8u    /* between headline and dateline: standfirst, byline, picture, share bar */
#define ABOVE_BLOCKS 4u   /* a dateline above the headline stands next to it */
#define BELOW_BLOCKS 6u   /* below the body: author box, tags */

/* ---------------------------------------------------------------- order of day and month */

static enum date_order order_from_table(struct job *job, struct slice key)
{
    char lower[8];
    if (key.len == 0 || key.len > sizeof lower)
        return ORDER_UNKNOWN;
    for (size_t i = 0; i < key.len; i++)
        lower[i] = ascii_to_lower(key.ptr[i]);
    const struct lexicon_row *row = lexicon_find(job->knowledge->dates->order, slice_of(lower, key.len));
    if (!row)
        return ORDER_UNKNOWN;
    return slice_equals(row->columns[1], SLICE("month")) ? ORDER_MONTH_FIRST : ORDER_DAY_FIRST;
}

static struct slice top_level_domain(struct slice url)
{
    size_t scheme = slice_find(url, SLICE("://"), 0);
    struct slice host = slice_sub(url, scheme == SLICE_NOT_FOUND ? url.len : scheme + 3, url.len);
    size_t end = 0;
    while (end < host.len && host.ptr[end] != '/' && host.ptr[end] != ':' && host.ptr[end] != '?')
        end++;
    size_t dot = end;
    while (dot > 0 && host.ptr[dot - 1] != '.')
        dot--;
    return slice_sub(host, dot, end);
}

enum date_order date_order_of(struct job *job, uint64_t language)
{
    const struct article *article = &job->article;
    if (language && language != date_words_language(job->knowledge->dates->words, SLICE("en")))
        return ORDER_DAY_FIRST;
    enum date_order order = order_from_table(job, top_level_domain(job_page_url(job)));
    for (uint32_t i = 0; i < article->claim_count && order == ORDER_UNKNOWN; i++) {
        const struct slice value = article->claims[i].value;
        if (article->claims[i].kind == CLAIM_LANGUAGE && value.len == 5 && (value.ptr[2] == '-' || value.ptr[2] == '_'))
            order = order_from_table(job, slice_sub(value, 3, 5));
    }
    return order;
}

/* ---------------------------------------------------------------- candidates */

static bool same_day(struct civil a, struct civil b)
{
    return a.year == b.year && a.month == b.month && a.day == b.day;
}

static struct date_candidate *find_candidate(struct date_page *page, struct civil day)
{
    for (size_t i = 0; i < page->count; i++)
        if (same_day(page->candidates[i].day, day))
            return &page->candidates[i];
    return NULL;
}

static struct date_candidate *candidate_at(struct date_page *page, struct civil day)
{
    struct date_candidate *candidate = find_candidate(page, day);
    if (candidate || page->count == DATE_MAX_CANDIDATES)
        return candidate;
    candidate = &page->candidates[page->count++];
    *candidate = (struct date_candidate){
        .day = day, .blemishes = ~0u, .first_block = NO_BLOCK, .distance = UINT32_MAX, .block = NO_BLOCK};
    return candidate;
}

/* 03/04/2024: the reading that another claim of the page bears out is the right one. */
static void settle_reading(struct date_page *page, struct date_mention *mention)
{
    struct civil day;
    if (!mention->ambiguous)
        return;
    bool first = edtf_day(&mention->value, &day) && find_candidate(page, day);
    bool second = edtf_day(&mention->alternative, &day) && find_candidate(page, day);
    if (first == second)
        return;
    if (second)
        mention->value = mention->alternative;
    mention->ambiguous = false;
}

/* How good a source is for the form of the value, once its day is chosen. */
static int rank_of_places(unsigned places)
{
    if (places & (DATE_IN_JSON | DATE_IN_JSON_PAGE))
        return 9;
    if (places & (DATE_IN_OPEN_GRAPH | DATE_IN_META))
        return 8;
    if (places & DATE_IN_MICRO)
        return 7;
    if (places & (DATE_IN_PUBDATE | DATE_IN_TIME))
        return 6;
    if (places & (DATE_IN_CLASS | DATE_IN_CLASS_TIME | DATE_CUED_PUBLISHED))
        return 5;
    if (places & DATE_MODIFIED_ONLY)
        return 1;
    return places & DATE_IN_TEXT ? 4 : places & DATE_IN_URL ? 3 : 2;
}

static void take_value(struct date_candidate *candidate, const struct date_mention *mention, unsigned places,
                       enum source source, struct slice raw)
{
    int rank = rank_of_places(places) + (mention->value.start.has_time && rank_of_places(places) > 1 ? 10 : 0);
    if (rank <= candidate->value_rank)
        return;
    candidate->value_rank = rank;
    candidate->value = mention->value;
    candidate->ambiguous = mention->ambiguous;
    candidate->alternative = mention->alternative;
    candidate->source = source;
    candidate->raw = raw;
}

/* ---------------------------------------------------------------- places */

static unsigned blemishes_of(struct date_page *page, uint32_t block_index, uint32_t section)
{
    const struct article *article = &page->job->article;
    const struct block *block = &article->blocks[block_index];
    unsigned hints = labels_of_block(&page->labels, block) | (section ? labels_of_section(&page->labels, section) : 0),
             out = 0;
    if (block->flags & BLOCK_IN_ASIDE || hints & HINT_ASIDE)
        out |= DATE_ASIDE;
    if (block->flags & BLOCK_IN_FOOTER && !(block->flags & BLOCK_IN_ARTICLE))
        out |= DATE_FOOTER;
    if (block->flags & (BLOCK_IN_NAV | BLOCK_IN_FORM) || hints & (HINT_MENU | HINT_NOTICE))
        out |= DATE_NAV;
    if (block->flags & BLOCK_IN_LIST)
        out |= DATE_LIST;
    if (hints & HINT_COMMENT || block->role == ROLE_COMMENT)
        out |= DATE_COMMENT;
    if (hints & HINT_RELATED || block->role == ROLE_TEASER)
        out |= DATE_RELATED;
    if (block->link_bytes * 2 > block->span.end - block->span.start)
        out |= DATE_LINKED;
    if (page->body_end && block_index > page->body_end + BELOW_BLOCKS)
        out |= DATE_FAR;
    return out;
}

static unsigned position_of(const struct date_page *page, uint32_t block)
{
    unsigned places = 0;
    if (page->headline != NO_BLOCK) {
        if (block >= page->headline && block - page->headline <= NEAR_BLOCKS)
            places |= DATE_NEAR_HEADLINE;
        else if (block < page->headline && page->headline - block <= ABOVE_BLOCKS)
            places |= DATE_JUST_ABOVE;
    }
    if (page->body_start != NO_BLOCK && block <= page->body_start &&
        (page->headline == NO_BLOCK || block >= page->headline))
        places |= DATE_BEFORE_BODY;
    if (page->body_end && block >= page->body_end && block - page->body_end <= BELOW_BLOCKS)
        places |= DATE_BELOW_BODY;
    return places;
}

/* A place in the visible page: where it stands, and what speaks against it. */
static void add_visible(struct date_page *page, struct date_candidate *candidate, uint32_t block, uint32_t section,
                        bool in_prose)
{
    const struct article *article = &page->job->article;
    if (block >= article->block_count)
        block = article->block_count ? article->block_count - 1 : NO_BLOCK;
    if (block == NO_BLOCK)
        return;
    unsigned blemishes = blemishes_of(page, block, section) | (in_prose ? DATE_INLINE : 0);
    candidate->blemishes &= blemishes;
    if (candidate->first_block == NO_BLOCK || block < candidate->first_block)
        candidate->first_block = block;
    candidate->places |= position_of(page, block);
    if (article->blocks[block].flags & BLOCK_IN_ARTICLE)
        candidate->places |= DATE_IN_ARTICLE;
    if (labels_of_block(&page->labels, &article->blocks[block]) & (HINT_META | HINT_BYLINE))
        candidate->places |= DATE_IN_META_LINE;
    if (page->headline != NO_BLOCK && block >= page->headline && block - page->headline < candidate->distance)
        candidate->distance = block - page->headline;
}

static unsigned places_of_claim(const struct claim *claim, bool *first_time)
{
    bool published = claim->kind == CLAIM_PUBLISHED, modified = claim->kind == CLAIM_MODIFIED;
    switch (claim->source) {
    case SOURCE_JSON_LD:
        if (modified)
            return DATE_IN_JSON_MODIFIED;
        if (!published || !claim->article)
            return published ? DATE_IN_JSON_PAGE : DATE_IN_JSON_OTHER;
        return DATE_IN_JSON | (slice_contains_nocase(claim->type, SLICE("news")) ? DATE_IN_JSON_NEWS : 0);
    case SOURCE_MICRODATA: return modified ? DATE_IN_MICRO_MODIFIED : published ? DATE_IN_MICRO : DATE_IN_CLASS_TIME;
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

static void add_script_trace(struct date_page *page, struct date_candidate *candidate)
{
    if (!page->has_script_day)
        candidate->traces |= DATE_IN_FIRST_SCRIPT;
    page->has_script_day = true;
}

static void read_claim(struct date_page *page, const struct claim *claim, bool *first_time)
{
    struct date_mention mention;
    struct civil day;
    if (!date_machine_read(&page->grammar, claim->value, page->style, &mention))
        return;
    settle_reading(page, &mention);
    if (claim->kind == CLAIM_MODIFIED)
        take_modified(page, claim, &mention);
    struct date_candidate *candidate = edtf_day(&mention.value, &day) ? candidate_at(page, day) : NULL;
    if (!candidate)
        return;
    if (claim->source == SOURCE_SCRIPT)
        add_script_trace(page, candidate);
    unsigned places = claim->source == SOURCE_SCRIPT ? 0 : places_of_claim(claim, first_time);
    candidate->places |= places;
    candidate->count += claim->source != SOURCE_SCRIPT;
    take_value(candidate, &mention, places, claim->source, claim->value);
    if (claim->block != NO_BLOCK && claim->source != SOURCE_JSON_LD)
        add_visible(page, candidate, claim->block, claim->section, false);
}

/* Machine fields first, so that the order of day and month in figures can lean on them. */
static void read_claims(struct date_page *page)
{
    const struct article *article = &page->job->article;
    bool first_time = true;
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
    struct date_candidate *candidate = candidate_at(page, day);
    struct date_mention mention = {.value = page->url};
    if (!candidate)
        return;
    candidate->places |= DATE_IN_URL;
    candidate->count++;
    take_value(candidate, &mention, DATE_IN_URL, SOURCE_URL, url);
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
    struct date_candidate *candidate = candidate_at(page, day);
    struct date_mention mention = {.value = page->image};
    if (!candidate)
        return;
    candidate->traces |= DATE_IN_IMAGE;
    take_value(candidate, &mention, 0, claim->source, claim->value);
}

/* ---------------------------------------------------------------- visible lines */

/* A figure, perhaps of another script (those of Arabic, Persian, Hindi, Bengali and full width are found by the first
 * byte of their block; other letters of it let a line through that the grammar will find empty). */
static bool may_have_digit(struct slice text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.ptr[i];
        if (ascii_is_digit((char)byte) || byte == 0xD9 || byte == 0xDB || byte == 0xEF ||
            (byte == 0xE0 && i + 1 < text.len && ((unsigned char)text.ptr[i + 1] & 0xFE) == 0xA4))
            return true;
    }
    return false;
}

static unsigned cue_place(struct date_page *page, struct slice before)
{
    switch (date_cue_before(&page->grammar, before, page->cue_languages)) {
    case CUE_PUBLISHED: return DATE_CUED_PUBLISHED;
    case CUE_MODIFIED: return DATE_CUED_MODIFIED;
    case CUE_FOREIGN: return DATE_CUED_FOREIGN;
    default: return 0;
    }
}

static void add_line_date(struct date_page *page, uint32_t index, struct slice text, struct date_mention *mention,
                          size_t previous)
{
    struct civil day;
    settle_reading(page, mention);
    bool bound = mention->relation == DATE_SINCE || mention->relation == DATE_STARTING ||
                 (mention->relation == DATE_UNTIL && !cue_place(page, slice_sub(text, previous, mention->start)));
    struct date_candidate *candidate = !bound && edtf_day(&mention->value, &day) ? candidate_at(page, day) : NULL;
    if (!candidate)
        return;
    const struct block *block = &page->job->article.blocks[index];
    struct slice raw = slice_sub(text, mention->start, mention->end);
    unsigned places = DATE_IN_TEXT | cue_place(page, slice_sub(text, previous, mention->start));
    if ((mention->end - mention->start) * 2 >= text.len)
        places |= DATE_IN_TEXT_ALONE;
    if (text.len > SHORT_BLOCK)
        places |= DATE_IN_TEXT_INLINE;
    if (index == page->headline) /* "Floods of 12 March 2020", or a heading that holds its dateline */
        places = (places & ~(unsigned)DATE_IN_TEXT) | DATE_IN_HEADLINE;
    candidate->places |= places;
    candidate->count++;
    if (!candidate->has_span) {
        candidate->has_span = true;
        candidate->block = index;
        candidate->span = (struct span){block->span.start + mention->start, block->span.start + mention->end};
    }
    take_value(candidate, mention, places, SOURCE_DATELINE, raw);
    add_visible(page, candidate, index, block->section, text.len > SHORT_BLOCK);
    if ((places & DATE_CUED_MODIFIED) && page->modified_rank < 1) {
        page->modified_rank = 1;
        page->modified = *mention;
        page->modified_source = SOURCE_DATELINE;
        page->modified_raw = raw;
    }
}

static void read_lines(struct date_page *page)
{
    const struct article *article = &page->job->article;
    for (uint32_t i = 0; i < article->block_count && page->count < DATE_MAX_CANDIDATES; i++) {
        const struct block *block = &article->blocks[i];
        struct slice text = block_text(article, block);
        bool opening = page->headline != NO_BLOCK && i >= page->headline && i - page->headline <= NEAR_BLOCKS;
        if ((text.len > SHORT_BLOCK && !opening) || (block->flags & BLOCK_HIDDEN) ||
            !may_have_digit(slice_sub(text, 0, SHORT_BLOCK)))
            continue;
        struct date_mentions found = {.arena = page->job->arena};
        size_t previous = 0;
        date_grammar_read(&page->grammar, text.len > SHORT_BLOCK ? slice_sub(text, 0, INLINE_REACH) : text, page->style,
                          &found);
        for (size_t m = 0; m < found.count; m++) {
            add_line_date(page, i, text, &found.items[m], previous);
            previous = found.items[m].end;
        }
    }
}

/* ---------------------------------------------------------------- layout */

/* Where the prose begins and ends; where no block is told to be prose, long paragraphs are. */
static void find_layout(struct date_page *page)
{
    const struct article *article = &page->job->article;
    bool told = false;
    page->headline = article->headline.has_span ? article->headline.block : NO_BLOCK;
    page->body_start = NO_BLOCK;
    for (uint32_t i = 0; i < article->block_count && !told; i++)
        told = article->blocks[i].role == ROLE_BODY;
    for (uint32_t i = 0; i < article->block_count; i++) {
        const struct block *block = &article->blocks[i];
        uint32_t len = block->span.end - block->span.start;
        bool prose = told ? block->role == ROLE_BODY : len >= PROSE_BYTES && block->link_bytes * 3 < len;
        if (page->headline == NO_BLOCK && block->tag == BLOCK_HEADING && block->level == 1)
            page->headline = i;
        if (!prose)
            continue;
        if (page->body_start == NO_BLOCK ||
            (page->headline != NO_BLOCK && page->body_start < page->headline && i > page->headline))
            page->body_start = i;
        page->body_end = i;
    }
}

void date_page_read(struct job *job, struct date_page *page)
{
    const struct date_vocabulary *lexicon = job->knowledge->dates->words;
    struct slice language = job->language.len ? job->language : job->article.language.value;
    *page = (struct date_page){.job = job, .grammar = date_grammar_make(job->arena, lexicon)};
    page->style = (struct date_style){.language = date_words_language(lexicon, language), .lenient = true};
    page->style.order = date_order_of(job, page->style.language);
    if (page->style.language)
        page->cue_languages = page->style.language | date_words_language(lexicon, SLICE("en"));
    labels_read(job, &page->labels);
    find_layout(page);
    read_claims(page);
    read_url(page);
    read_image(page);
    read_lines(page);
    date_page_read_traits(page);
}
