/* The days of a page, and what the places that name them say for and against them. */
#include "date_candidates.h"

#define PROSE_BYTES 160u /* of a paragraph, where no block has been told to be prose */
#define ABOVE_BLOCKS 4u  /* a dateline above the headline stands next to it */
#define BELOW_BLOCKS 6u  /* below the body: author box, tags */

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

struct date_candidate *date_page_candidate(struct date_page *page, struct civil day)
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
void date_page_settle(struct date_page *page, struct date_mention *mention)
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

void date_candidate_take_value(struct date_candidate *candidate, const struct date_mention *mention, unsigned places,
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

/* The words over the picture that opens a story are its head, not what the picture shows. */
static bool holds_headline(const struct date_page *page, const struct block *caption)
{
    if (page->headline == NO_BLOCK)
        return false;
    const struct block *headline = &page->job->article.blocks[page->headline];
    return headline->flags & BLOCK_IN_FIGURE && headline->section == caption->section;
}

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
    bool head = block->flags & BLOCK_IN_HEADER && !(block->flags & (BLOCK_IN_ARTICLE | BLOCK_IN_MAIN));
    if (head || labels_of_text(&page->labels, article->sections[block->section].label) & HINT_TODAY)
        out |= DATE_HEADER;
    if (block->flags & (BLOCK_IN_NAV | BLOCK_IN_FORM) || hints & (HINT_MENU | HINT_NOTICE))
        out |= DATE_NAV;
    if (block->flags & BLOCK_IN_LIST)
        out |= DATE_LIST;
    bool opening = page->headline != NO_BLOCK && page->body_start != NO_BLOCK && block_index >= page->headline &&
                   block_index <= page->body_start; /* no reader has had a say yet, whatever the container is called */
    if (!opening && (hints & HINT_COMMENT || block->role == ROLE_COMMENT))
        out |= DATE_COMMENT;
    if (hints & HINT_RELATED || block->role == ROLE_TEASER)
        out |= DATE_RELATED;
    if (block->link_bytes * 2 > block->span.end - block->span.start)
        out |= DATE_LINKED;
    if (page->body_end && block_index > page->body_end + BELOW_BLOCKS)
        out |= DATE_FAR;
    if (block->tag == BLOCK_CAPTION && !holds_headline(page, block))
        out |= DATE_CAPTION;
    return out;
}

/* What the entries of a list have in common: element, surroundings, and the labels of the two containers around. */
static uint32_t looks_of(const struct article *article, const struct block *block)
{
    uint32_t looks = 2166136261u, section = block->section;
    looks = (looks ^ ((uint32_t)block->tag << 16 | block->flags)) * 16777619u;
    for (int level = 0; level < 2 && section; level++) {
        struct slice label = article->sections[section].label;
        for (size_t i = 0; i < label.len; i++)
            if (!ascii_is_digit(label.ptr[i])) /* "post-4711" */
                looks = (looks ^ (unsigned char)label.ptr[i]) * 16777619u;
        looks = (looks ^ '>') * 16777619u;
        section = article->sections[section].parent;
    }
    return looks;
}

unsigned date_page_position(const struct date_page *page, uint32_t block)
{
    unsigned places = 0;
    if (page->headline != NO_BLOCK) {
        bool behind = page->body_end > page->headline && block > page->body_end; /* a short story ends within reach */
        if (block >= page->headline && block - page->headline <= NEAR_BLOCKS && !behind)
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

void date_page_count_looks(struct date_page *page, const struct block *block)
{
    uint32_t looks = looks_of(&page->job->article, block);
    size_t i = 0;
    while (i < page->looks_count && page->looks[i].looks != looks)
        i++;
    if (i == DATE_MAX_CANDIDATES)
        return;
    if (i == page->looks_count)
        page->looks[page->looks_count++] = (struct date_looks){.looks = looks};
    page->looks[i].count++;
}

/* A place in the visible page: where it stands, and what speaks against it; `said`: blemishes by its words. */
void date_candidate_add_place(struct date_page *page, struct date_candidate *candidate, uint32_t block,
                              uint32_t section, unsigned said)
{
    const struct article *article = &page->job->article;
    if (block >= article->block_count)
        block = article->block_count ? article->block_count - 1 : NO_BLOCK;
    if (block == NO_BLOCK)
        return;
    unsigned blemishes = blemishes_of(page, block, section) | said;
    candidate->blemishes &= blemishes;
    if (candidate->first_block == NO_BLOCK || block < candidate->first_block) {
        candidate->first_block = block;
        candidate->looks = looks_of(article, &article->blocks[block]);
    }
    candidate->places |= date_page_position(page, block);
    if (article->blocks[block].flags & BLOCK_IN_ARTICLE)
        candidate->places |= DATE_IN_ARTICLE;
    if (labels_of_block(&page->labels, &article->blocks[block]) & (HINT_META | HINT_BYLINE))
        candidate->places |= DATE_IN_META_LINE;
    if (page->headline != NO_BLOCK && block >= page->headline && block - page->headline < candidate->distance)
        candidate->distance = block - page->headline;
}

/* The instants by which a stamp in UTC is told to be that of a day on the wall. */
void date_candidate_take_instant(struct date_candidate *candidate, const struct edtf_date *date, bool claimed)
{
    bool utc = date->has_offset && date->offset == 0;
    if (!date->has_time)
        return;
    if (utc && claimed && !candidate->stamp.year)
        candidate->stamp = *date;
    else if (!utc && !candidate->wall.year)
        candidate->wall = *date;
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
    date_page_read_claims(page);
    date_page_read_lines(page);
    date_page_read_traits(page);
}
