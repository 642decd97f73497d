/* Which places of a page name authors, and whom. */
#include "authors_internal.h"

#include "article/knowledge.h"
#include "base/utf8.h"
#include "find/names/names.h"
#include "model/gazetteer.h"

#define LONGEST_BYLINE 300      /* bytes of a block that is read as a byline */
#define CLAIMS_OF_ONE_PLACE 200 /* claims further on are another place's, so that many claims stay linear */
#define LONGEST_LABELLED 120    /* ... without a cue, because of its container's label */
#define LONGEST_PSEUDONYM 30    /* ... of an element labelled as byline that may be nothing but a pseudonym */
#define LONGEST_PLAIN 80        /* ... that names a person and a date without any word about it */
#define BLOCKS_BEFORE_HEADLINE 6
#define BLOCKS_INTO_BODY 3
#define BLOCKS_BEFORE_BODY 12
#define BLOCKS_BEFORE_NAME 4 /* a name alone may stand above the headline, with a date and the time of reading */
#define BLOCKS_BEFORE_END 2  /* the last paragraphs may be "Text: ..." */
#define BLOCKS_AFTER_BODY 8

static bool same_names(const struct author_candidate *a, const struct author_candidate *b)
{
    if (a->name_count != b->name_count)
        return false;
    for (size_t i = 0; i < a->name_count; i++) {
        size_t j = 0;
        while (j < b->name_count && !slice_equals(a->wordings[i].letters, b->wordings[j].letters))
            j++;
        if (j == b->name_count)
            return false;
    }
    return true;
}

/* "Ada Quill Jo Marsh" where markup that parts them is lost, and another place names the two. */
static bool runs_together(const struct author_candidate *run, const struct author_candidate *names)
{
    if (run->name_count != 1 || names->name_count < 2)
        return false;
    struct slice rest = run->wordings[0].letters;
    for (size_t i = 0; i < names->name_count; i++) {
        if (!slice_starts(rest, names->wordings[i].letters))
            return false;
        rest = slice_sub(rest, names->wordings[i].letters.len, rest.len);
    }
    return rest.len == 0;
}

/* "Ada Quill New York" where another place names Ada Quill alone. */
static bool has_place_behind(const struct author_page *page, const struct author_candidate *candidate,
                             const struct author_candidate *known)
{
    if (candidate->name_count != 1 || known->name_count != 1)
        return false;
    struct slice name = candidate->names[0], bare = known->names[0];
    return name.len > bare.len + 1 && name.ptr[bare.len] == ' ' && slice_starts(name, bare) &&
           author_is_place(page->job, slice_sub(name, bare.len + 1, name.len));
}

static void take_names(struct author_candidate *candidate, const struct author_candidate *like)
{
    memcpy(candidate->names, like->names, sizeof candidate->names);
    memcpy(candidate->wordings, like->wordings, sizeof candidate->wordings);
    candidate->name_count = like->name_count;
}

/* How well a place spells names: visible text first, as its readers see it, then markup. */
static bool spells_better(const struct author_candidate *a, const struct author_candidate *b)
{
    return b->block == NO_BLOCK && a->block != NO_BLOCK;
}

/* A link or an element labelled as byline, and its own text read again, are no two witnesses. */
static bool is_own_text(const struct author_candidate *known, const struct author_candidate *text)
{
    return known->block == text->block && text->block != NO_BLOCK &&
           (text->places == AUTHOR_PLAIN || text->places == AUTHOR_LABEL);
}

static void merge(struct author_candidate *into, const struct author_candidate *from)
{
    bool own = is_own_text(into, from);
    if (spells_better(from, into)) {
        memcpy(into->names, from->names, sizeof into->names);
        into->block = from->block;
        into->section = from->section;
        into->raw = from->raw;
        into->source = from->source;
    }
    into->places |= from->places;
    into->groups += !own;
    into->passed = from->passed < into->passed ? from->passed : into->passed;
    into->strong_cue |= from->strong_cue;
    into->newsroom |= from->newsroom;
    into->job |= from->job;
    into->type_person |= from->type_person;
    into->type_organization |= from->type_organization;
}

static bool is_agency(const struct author_page *page, const struct wording *name)
{
    const struct lexicon_row *row = lexicon_find(page->lexicon->noise, name->key);
    return row && slice_equals(row->columns[1], SLICE("agency"));
}

/* "Rob Picheta, CNN", "Jens Büttner/dpa", "Ada Quill, New York": what stands beside a person is where that person
 * works. Of "EFE | Madrid" nobody is left: an agency may stand for who wrote it, a place never does. */
static void drop_workplaces(const struct author_page *page, struct author_candidate *candidate)
{
    size_t kept = 0;
    bool house[BYLINE_MAX_NAMES], place[BYLINE_MAX_NAMES], person = false;
    for (size_t i = 0; i < candidate->name_count; i++) {
        house[i] = site_is_named(page->site, &candidate->wordings[i]) || is_agency(page, &candidate->wordings[i]);
        place[i] = author_is_place(page->job, candidate->names[i]);
        person |= !house[i] && !place[i];
    }
    for (size_t i = 0; i < candidate->name_count; i++)
        if (!place[i] && !(person && house[i])) {
            candidate->names[kept] = candidate->names[i];
            candidate->wordings[kept++] = candidate->wordings[i];
        }
    candidate->name_count = kept;
}

/* Below the story, in a part of the page that its labels or its place among the roles call comments. */
static bool is_commenter(struct author_page *page, const struct author_candidate *candidate)
{
    const struct article *article = &page->job->article;
    if (candidate->block >= article->block_count || page->body_start == NO_BLOCK ||
        candidate->block <= page->body_start)
        return false;
    return article->blocks[candidate->block].role == ROLE_COMMENT ||
           (labels_of_section(&page->labels, candidate->section) & HINT_COMMENT);
}

static void add(struct author_page *page, struct author_candidate *candidate)
{
    for (size_t i = 0; i < candidate->name_count; i++)
        candidate->wordings[i] = wording_make(page->job->arena, candidate->names[i]);
    drop_workplaces(page, candidate);
    if (candidate->name_count == 0 || is_commenter(page, candidate))
        return;
    candidate->groups = 1;
    for (size_t i = 0; i < page->count; i++)
        if (runs_together(candidate, &page->candidates[i]) || has_place_behind(page, candidate, &page->candidates[i]))
            take_names(candidate, &page->candidates[i]);
    for (size_t i = 0; i < page->count; i++)
        if (same_names(&page->candidates[i], candidate)) {
            merge(&page->candidates[i], candidate);
            return;
        }
    if (page->count < AUTHORS_MAX_CANDIDATES)
        page->candidates[page->count++] = *candidate;
}

/* ---------------------------------------------------------------- the claims */

static bool names_authors(const struct claim *claim)
{
    return claim->kind == CLAIM_AUTHOR || claim->kind == CLAIM_AUTHOR_LINK;
}

static unsigned claim_place(const struct author_page *page, const struct claim *claim)
{
    if (claim->kind == CLAIM_AUTHOR_LINK)
        return AUTHOR_ADDRESS;
    switch (claim->source) {
    case SOURCE_JSON_LD:
        return claim->article && claim->entity == page->json_article ? AUTHOR_JSON_LD : AUTHOR_JSON_LD_OTHER;
    case SOURCE_META: return slice_equals_nocase(claim->name, SLICE("author")) ? AUTHOR_META : AUTHOR_META_OTHER;
    case SOURCE_OPEN_GRAPH:
    case SOURCE_SCRIPT: return AUTHOR_META_OTHER;
    case SOURCE_MICRODATA: return AUTHOR_MICRODATA;
    case SOURCE_REL_AUTHOR: return AUTHOR_REL;
    case SOURCE_BYLINE: return AUTHOR_CLASS;
    default: return 0;
    }
}

/* Claims of one place name one set: the authors of an item, the meta elements of one name, links side by side. */
static bool is_same_place(const struct claim *a, const struct claim *b)
{
    if (a->kind != b->kind || a->source != b->source || a->entity != b->entity || a->article != b->article)
        return false;
    if (a->source == SOURCE_JSON_LD || a->source == SOURCE_META || a->source == SOURCE_OPEN_GRAPH)
        return slice_equals_nocase(a->name, b->name);
    return a->section == b->section && a->source != SOURCE_BYLINE;
}

/* Adds the names that one claim gives. An address or a handle gives none. */
static void take_claim(struct author_page *page, const struct claim *claim, struct author_candidate *candidate)
{
    struct byline byline;
    if (slice_starts_nocase(claim->value, SLICE("http")) || slice_starts(claim->value, SLICE("@")) ||
        claim->value.len > LONGEST_BYLINE)
        return;
    bool loose = claim->source == SOURCE_BYLINE && claim->value.len > LONGEST_PSEUDONYM;
    enum byline_strictness strictness = loose ? BYLINE_LABELLED : BYLINE_CLAIMED;
    byline_read(page->job->arena, page->lexicon, claim->value, strictness, false, &byline);
    if (byline.says)
        return;
    for (size_t i = 0; i < byline.count && candidate->name_count < BYLINE_MAX_NAMES; i++) {
        size_t known = 0;
        while (known < candidate->name_count && !slice_equals_nocase(candidate->names[known], byline.names[i]))
            known++;
        if (known == candidate->name_count)
            candidate->names[candidate->name_count++] = byline.names[i];
    }
    candidate->newsroom |= byline.newsroom;
    candidate->job |= byline.job;
    candidate->type_person |= slice_equals_nocase(claim->type, SLICE("Person"));
    candidate->type_organization |= slice_contains_nocase(claim->type, SLICE("Organization"));
}

static void read_claims(struct author_page *page)
{
    const struct article *article = &page->job->article;
    const struct claim *own = article_own_claim(article);
    page->json_article = own ? own->entity : 0;
    bool *done = arena_calloc(page->job->arena, article->claim_count, sizeof *done);
    for (uint32_t i = 0; i < article->claim_count; i++) {
        const struct claim *claim = &article->claims[i];
        page->article |= claim->article;
        unsigned place = names_authors(claim) && !done[i] ? claim_place(page, claim) : 0;
        if (!place || page->count == AUTHORS_MAX_CANDIDATES)
            continue;
        struct author_candidate candidate = {.places = place,
                                             .source = claim->source,
                                             .block = claim->block,
                                             .section = claim->section,
                                             .raw = claim->value};
        if (place & (AUTHOR_JSON_LD | AUTHOR_JSON_LD_OTHER | AUTHOR_META | AUTHOR_META_OTHER))
            candidate.block = NO_BLOCK;
        page->rel_groups += place == AUTHOR_REL;
        for (uint32_t j = i; j < article->claim_count && j < i + CLAIMS_OF_ONE_PLACE; j++) {
            const struct claim *other = &article->claims[j];
            if (names_authors(other) && !done[j] && (j == i || is_same_place(claim, other))) {
                done[j] = true;
                take_claim(page, other, &candidate);
            }
        }
        add(page, &candidate);
    }
}

/* ---------------------------------------------------------- the visible text */

static bool is_near(uint32_t block, uint32_t from, uint32_t before, uint32_t after)
{
    return from != NO_BLOCK && block + before >= from && block <= from + after;
}

static bool is_in_zone(const struct author_page *page, uint32_t block)
{
    if (page->headline == NO_BLOCK && page->body_start == NO_BLOCK)
        return true;
    return is_near(block, page->headline, BLOCKS_BEFORE_HEADLINE, BLOCKS_BEFORE_BODY) ||
           is_near(block, page->body_start, BLOCKS_BEFORE_BODY, BLOCKS_INTO_BODY) ||
           (page->body_end && is_near(block, page->body_end - 1, BLOCKS_BEFORE_END, BLOCKS_AFTER_BODY));
}

/* "Reviews (12)" -> "reviews", "By:" -> "by" */
static struct slice bare_label(struct arena *arena, struct slice text)
{
    size_t open = slice_find_byte(text, '(', 0);
    if (open != SLICE_NOT_FOUND && text.ptr[text.len - 1] == ')')
        text = slice_trim(slice_sub(text, 0, open));
    if (text.len > 1 && text.ptr[text.len - 1] == ':')
        text = slice_trim(slice_sub(text, 0, text.len - 1));
    return utf8_lower(arena, text);
}

enum announcement { ANNOUNCES_NOTHING, ANNOUNCES_AUTHOR, ANNOUNCES_OTHERS };

/* What a block that is nothing but a cue says of the name in the one behind it: "By" or "Autor:", "Contact" or
 * "Reviews". */
static enum announcement announced_before(const struct author_page *page, uint32_t index)
{
    const struct article *article = &page->job->article;
    const struct block *before = index ? &article->blocks[index - 1] : NULL;
    struct slice text = before ? block_text(article, before) : SLICE_NULL;
    if (text.len == 0 || text.len > LONGEST_PSEUDONYM || before->flags & BLOCK_IN_NAV) /* a table of contents */
        return ANNOUNCES_NOTHING;
    const struct lexicon_row *row = lexicon_find(page->lexicon->cues, bare_label(page->job->arena, text));
    if (!row)
        return ANNOUNCES_NOTHING;
    bool others = slice_equals(row->columns[3], SLICE("other")) || slice_equals(row->columns[3], SLICE("until"));
    return slice_equals(row->columns[3], SLICE("author")) ? ANNOUNCES_AUTHOR
           : others                                       ? ANNOUNCES_OTHERS
                                                          : ANNOUNCES_NOTHING;
}

/* "25.10.2022 - Reiner Nagel", or a name alone, next to the headline or at the end of the story. */
static bool is_plain_place(const struct author_page *page, uint32_t index, struct slice text)
{
    return text.len <= LONGEST_PLAIN && (is_near(index, page->headline, BLOCKS_BEFORE_NAME, BLOCKS_AFTER_BODY) ||
                                         (page->body_end && is_near(index, page->body_end - 1, 1, BLOCKS_BEFORE_END)));
}

static bool is_labelled(struct author_page *page, uint32_t index)
{
    const unsigned others = HINT_COMMENT | HINT_RELATED | HINT_ASIDE | HINT_MENU;
    unsigned hints = labels_of_block(&page->labels, &page->job->article.blocks[index]);
    return (hints & HINT_BYLINE) && !(hints & others);
}

/* The block's text with its line breaks, which part a byline from what stands beneath it. */
static struct slice with_breaks(const struct author_page *page, const struct block *block)
{
    const struct article *article = &page->job->article;
    struct slice text = block_text(article, block);
    uint32_t count;
    const struct piece *pieces = article_pieces(article, block, &count);
    char *lines = NULL;
    for (uint32_t i = 0; i < count; i++) {
        size_t at = pieces[i].span.end - block->span.start;
        if (pieces[i].kind != PIECE_BREAK || at >= text.len || text.ptr[at] != ' ')
            continue;
        if (!lines)
            lines = memcpy(arena_alloc(page->job->arena, text.len), text.ptr, text.len);
        lines[at] = '\n';
    }
    return lines ? slice_of(lines, text.len) : text;
}

/* Names read from the lines become slices of the article's text again, which tells where they stand. */
static void rebase_names(struct byline *byline, struct slice lines, struct slice text)
{
    for (size_t i = 0; i < byline->count; i++) {
        struct slice *name = &byline->names[i];
        if (name->ptr >= lines.ptr && name->ptr < lines.ptr + lines.len)
            name->ptr = text.ptr + (name->ptr - lines.ptr);
    }
}

static void read_lines(const struct author_page *page, const struct block *block, enum byline_strictness strictness,
                       bool needs_cue, struct byline *byline)
{
    struct slice lines = with_breaks(page, block);
    byline_read(page->job->arena, page->lexicon, lines, strictness, needs_cue, byline);
    rebase_names(byline, lines, block_text(&page->job->article, block));
}

static void read_block(struct author_page *page, uint32_t index)
{
    const struct article *article = &page->job->article;
    const struct block *block = &article->blocks[index];
    struct slice text = block_text(article, block);
    unsigned hints = labels_of_block(&page->labels, block);
    enum announcement announced = announced_before(page, index);
    bool labelled = (hints & HINT_BYLINE) != 0, bare = announced == ANNOUNCES_AUTHOR;
    if (block->role == ROLE_HEADLINE || text.len > LONGEST_BYLINE || announced == ANNOUNCES_OTHERS ||
        (block->flags & (BLOCK_HIDDEN | BLOCK_IN_BUTTON)))
        return;
    struct byline byline;
    struct author_candidate candidate = {
        .source = SOURCE_BYLINE, .block = index, .section = block->section, .raw = text};
    bool plain = block->role == ROLE_BYLINE || (labelled && text.len <= LONGEST_LABELLED) || bare;
    read_lines(page, block, BYLINE_LABELLED, !plain, &byline);
    bool picture = block->flags & BLOCK_IN_FIGURE || hints & HINT_CAPTION;
    if (byline.count == 0 && !plain && !picture && is_plain_place(page, index, text)) {
        read_lines(page, block, BYLINE_PLAIN, false, &byline);
        candidate.places = byline.cue ? AUTHOR_CUE : AUTHOR_PLAIN;
    }
    if (byline.count == 0 || byline.says)
        return;
    memcpy(candidate.names, byline.names, sizeof candidate.names);
    candidate.name_count = byline.count;
    candidate.strong_cue = byline.strong_cue;
    candidate.newsroom = byline.newsroom;
    candidate.job = byline.job;
    candidate.passed = byline.passed;
    candidate.strong_cue |= bare;
    if (!candidate.places)
        candidate.places = byline.cue || bare ? AUTHOR_CUE : AUTHOR_LABEL;
    add(page, &candidate);
}

static void find_landmarks(struct author_page *page)
{
    const struct article *article = &page->job->article;
    page->headline = article->headline.block;
    page->body_start = NO_BLOCK;
    if (!article->headline.value.ptr)
        page->headline = NO_BLOCK;
    for (uint32_t i = 0; i < article->block_count; i++)
        if (article->blocks[i].role == ROLE_BODY) {
            page->body_start = page->body_start == NO_BLOCK ? i : page->body_start;
            page->body_end = i + 1;
        }
}

static bool is_linked_alone(const struct author_page *page, const struct wording *name)
{
    for (size_t i = 0; i < page->count; i++) {
        const struct author_candidate *one = &page->candidates[i];
        if (one->name_count == 1 && (one->places & AUTHOR_ADDRESS) &&
            slice_equals(one->wordings[0].letters, name->letters))
            return true;
    }
    return false;
}

/* Several authors are linked each in an element of their own: the set that names them all is linked, too. */
static void spread_links(struct author_page *page)
{
    for (size_t i = 0; i < page->count; i++) {
        struct author_candidate *set = &page->candidates[i];
        size_t linked = 0;
        while (linked < set->name_count && is_linked_alone(page, &set->wordings[linked]))
            linked++;
        if (set->name_count > 1 && linked == set->name_count)
            set->places |= AUTHOR_ADDRESS;
    }
}

void author_page_read(struct job *job, struct author_page *page)
{
    *page = (struct author_page){.job = job, .lexicon = job->knowledge->authors};
    page->site = site_of(job);
    labels_read(job, &page->labels);
    find_landmarks(page);
    read_claims(page);
    for (uint32_t i = 0; i < job->article.block_count && page->count < AUTHORS_MAX_CANDIDATES; i++)
        if (is_in_zone(page, i) || job->article.blocks[i].role == ROLE_BYLINE || is_labelled(page, i))
            read_block(page, i);
    struct author_candidate opening = {0};
    if (page->count < AUTHORS_MAX_CANDIDATES && author_read_opening(page->job, page->body_start, &opening))
        add(page, &opening);
    spread_links(page);
    page->first_visible = NO_BLOCK;
    for (size_t i = 0; i < page->count; i++)
        if (page->candidates[i].block < page->first_visible)
            page->first_visible = page->candidates[i].block;
}
