/* Which wordings of a page may be its headline: headings, the claims of its head, blocks worded like those, and
 * what remains of them without the parts between separators. */
#include "headline_internal.h"

#include "article/knowledge.h"
#include "base/utf8.h"
#include "find/separators.h"

#define MAX_TEXT 500     /* bytes; longer ones are paragraphs */
#define MAX_H2 32        /* a page with more of them lists stories */
#define SHORTEST_LOOSE 8 /* bytes of a block that counts as headline because a claim repeats it */
#define MAX_CUTS 3       /* separators tried from either end */

/* Strong to weak: what shows the text best names block and spelling. */
static int place_rank(unsigned place)
{
    static const unsigned order[] = {PLACE_H1, PLACE_H2, PLACE_LOW_HEADING, PLACE_LOOSE,
                                     PLACE_PIECE, PLACE_HEADING_PART};
    for (int i = 0; i < (int)(sizeof order / sizeof order[0]); i++)
        if (place & order[i])
            return i;
    return (int)(sizeof order / sizeof order[0]);
}

static struct headline_candidate *add(struct headline_page *page, struct slice text, unsigned place, enum source source,
                                      uint32_t block)
{
    if (!text.len || text.len > MAX_TEXT)
        return NULL;
    struct wording wording = wording_make(page->job->arena, text);
    if (!wording.word_count)
        return NULL;
    void **slot = map_at(&page->by_key, wording.key);
    struct headline_candidate *candidate = *slot;
    if (!candidate) {
        if (page->count == HEADLINE_MAX_CANDIDATES)
            return NULL;
        candidate = *slot = &page->candidates[page->count++];
        *candidate = (struct headline_candidate){.text = text, .wording = wording, .source = source, .block = block};
    } else if (place_rank(place) < place_rank(candidate->places)) {
        candidate->text = text;
        candidate->source = source;
        candidate->block = block;
    }
    candidate->places |= place;
    candidate->blocks += (place & (PLACE_H1 | PLACE_H2 | PLACE_LOW_HEADING)) != 0;
    return candidate;
}

/* ---------------------------------------------------------------- the claims */

static unsigned claim_place(const struct claim *claim)
{
    switch (claim->source) {
    case SOURCE_JSON_LD: return claim->article ? PLACE_JSON_LD : PLACE_JSON_LD_OTHER;
    case SOURCE_OPEN_GRAPH:
    case SOURCE_META: return PLACE_SOCIAL;
    case SOURCE_MICRODATA: return claim->article ? PLACE_MICRODATA : PLACE_JSON_LD_OTHER;
    case SOURCE_TITLE: return PLACE_TITLE;
    default: return 0;
    }
}

static void keep_first(struct headline_page *page, struct wording *wording, struct slice text)
{
    if (!wording->key.len)
        *wording = wording_make(page->job->arena, text);
}

static void read_claims(struct headline_page *page)
{
    const struct article *article = &page->job->article;
    for (uint32_t i = 0; i < article->claim_count; i++) {
        const struct claim *claim = &article->claims[i];
        unsigned place = claim->kind == CLAIM_HEADLINE ? claim_place(claim) : 0;
        if (!place)
            continue;
        if (place == PLACE_TITLE)
            keep_first(page, &page->title, claim->value);
        if (place == PLACE_SOCIAL)
            keep_first(page, &page->social, claim->value);
        if (place == PLACE_JSON_LD)
            keep_first(page, &page->json_ld, claim->value);
        add(page, claim->value, place, claim->source, NO_BLOCK);
    }
}

/* -------------------------------------------------------------- the headings */

static bool echoes(const struct wording *text, const struct wording *claim)
{
    return wording_equals(text, claim) || wording_is_prefix(text, claim) || wording_is_suffix(text, claim);
}

/* Quick look before the costly one: an echo shares its first or its last letter with the claim. */
static bool may_echo(struct slice text, const struct wording *claim)
{
    char first = text.ptr[0], last = text.ptr[text.len - 1];
    if (!claim->key.len)
        return false;
    return (first & 0x80) || (last & 0x80) || ascii_to_lower(first) == claim->key.ptr[0] ||
           ascii_to_lower(last) == claim->key.ptr[claim->key.len - 1];
}

/* A heading of low rank or a block that is no heading counts when the page's claims repeat it, or its class
 * says so. */
static bool is_echoed(struct headline_page *page, const struct block *block)
{
    struct slice text = block_text(&page->job->article, block);
    size_t longest = page->title.key.len > page->social.key.len ? page->title.key.len : page->social.key.len;
    if (text.len < SHORTEST_LOOSE || text.len > 2 * longest + SHORTEST_LOOSE)
        return false;
    if (!may_echo(text, &page->title) && !may_echo(text, &page->social) && !may_echo(text, &page->json_ld))
        return false;
    struct wording wording = wording_make(page->job->arena, text);
    return wording.word_count > 1 &&
           (echoes(&wording, &page->title) || echoes(&wording, &page->social) || echoes(&wording, &page->json_ld));
}

static bool is_labelled(struct headline_page *page, const struct block *block)
{
    return block->level && (labels_of_block(&page->labels, block) & HINT_HEADLINE);
}

static unsigned block_place(struct headline_page *page, const struct block *block, uint32_t *h2_count)
{
    if (block->span.end - block->span.start > MAX_TEXT)
        return 0;
    if (block->tag == BLOCK_HEADING && block->level == 1)
        return PLACE_H1;
    if (block->tag == BLOCK_HEADING && block->level == 2 && (*h2_count)++ < MAX_H2)
        return PLACE_H2;
    if (!is_labelled(page, block) && !is_echoed(page, block))
        return 0;
    return block->tag == BLOCK_HEADING ? PLACE_LOW_HEADING : PLACE_LOOSE;
}

static void read_blocks(struct headline_page *page)
{
    const struct article *article = &page->job->article;
    uint32_t h2_count = 0;
    page->first_h1 = page->first_h2 = page->body_start = NO_BLOCK;
    for (uint32_t i = 0; i < article->block_count; i++) {
        const struct block *block = &article->blocks[i];
        unsigned place = block_place(page, block, &h2_count);
        bool shown = !(block->flags & BLOCK_HIDDEN);
        if (block->role == ROLE_BODY) {
            page->body_start = page->body_start == NO_BLOCK ? i : page->body_start;
            page->body_end = i + 1;
        }
        if (place == PLACE_H1 && shown && page->first_h1 == NO_BLOCK)
            page->first_h1 = i;
        if (place == PLACE_H2 && shown && page->first_h2 == NO_BLOCK)
            page->first_h2 = i;
        struct headline_candidate *candidate =
            place ? add(page, block_text(article, block), place, SOURCE_HEADING, i) : NULL;
        page->h1_count += candidate && place == PLACE_H1 && shown && candidate->block == i;
    }
}

/* ------------------------------------------------------------------ the parts */

static bool is_weak_separator(struct slice text, size_t at)
{
    return text.ptr[at] == ':' || text.ptr[at] == '_' || slice_starts(slice_sub(text, at, text.len), SLICE(" / "));
}

/* One part of a candidate, where the rest is cut off. A weak separator is one only before or after the site's
 * name: headlines have colons of their own. */
static void add_part(struct headline_page *page, struct headline_candidate whole, struct slice part, struct slice rest,
                     bool weak, unsigned place)
{
    struct wording cut = wording_make(page->job->arena, rest);
    bool site = site_is_named(page->site, &cut);
    if (weak && !site)
        return;
    struct headline_candidate *candidate = add(page, slice_trim(part), place, whole.source, whole.block);
    if (!candidate)
        return;
    if (!candidate->cut_from.ptr)
        candidate->cut_from = whole.text;
    candidate->cut_site |= site || site_is_section(page->site, &cut);
    candidate->cut_unknown |= !site;
}

static void cut_candidate(struct headline_page *page, struct headline_candidate whole, unsigned head, unsigned tail)
{
    struct slice text = whole.text;
    size_t places[MAX_TEXT], lengths[MAX_TEXT], count = 0;
    for (size_t at = 1; at + 1 < text.len;) {
        size_t length = title_separator(text, at);
        if (length) {
            places[count] = at;
            lengths[count++] = length;
        }
        at += length ? length : 1;
    }
    for (size_t i = 0; i < count; i++) {
        struct slice before = slice_sub(text, 0, places[i]), after = slice_sub(text, places[i] + lengths[i], text.len);
        bool weak = is_weak_separator(text, places[i]);
        if (count - i <= MAX_CUTS)
            add_part(page, whole, before, after, weak, head);
        if (i < MAX_CUTS)
            add_part(page, whole, after, before, weak, tail);
    }
}

static void cut_parts(struct headline_page *page)
{
    size_t whole_count = page->count;
    for (size_t i = 0; i < whole_count; i++) {
        struct headline_candidate whole = page->candidates[i];
        if (whole.places & PLACE_TITLE)
            cut_candidate(page, whole, PLACE_TITLE_HEAD, PLACE_TITLE_TAIL);
        else if (whole.places & (PLACE_SOCIAL | PLACE_JSON_LD | PLACE_JSON_LD_OTHER | PLACE_MICRODATA))
            cut_candidate(page, whole, PLACE_SOCIAL_PART, PLACE_SOCIAL_PART);
        else if (whole.places & (PLACE_H1 | PLACE_H2))
            cut_candidate(page, whole, PLACE_HEADING_PART, PLACE_HEADING_PART);
    }
}

/* ----------------------------------------------------------------- the pieces */

#define MAX_PIECES 8 /* of one heading; more are words in italics */

/* Dash, bar, colon, bullet, angle: what designers put between a kicker and a headline. */
static bool is_joint(uint32_t c)
{
    static const uint32_t joints[] = {':', '|', '-', '/', ',', '>', 0xB7, 0xBB, 0x2013, 0x2014, 0x2022, 0x203A, 0xFF1A};
    for (size_t i = 0; i < sizeof joints / sizeof joints[0]; i++)
        if (c == joints[i])
            return true;
    return false;
}

static struct slice trim_joints(struct slice text)
{
    size_t taken;
    for (text = slice_trim(text); text.len && is_joint(utf8_decode(text, 0, &taken));)
        text = slice_trim(slice_sub(text, taken, text.len));
    while (text.len && is_joint(utf8_decode_before(text, text.len, &taken)))
        text = slice_trim(slice_sub(text, 0, text.len - taken));
    return text;
}

static void add_piece(struct headline_page *page, const struct headline_candidate *whole, struct slice kept,
                      bool kicker, bool labelled)
{
    struct headline_candidate *candidate =
        add(page, trim_joints(kept), PLACE_PIECE, SOURCE_HEADING, whole->block);
    if (!candidate)
        return;
    if (!candidate->cut_from.ptr)
        candidate->cut_from = whole->text;
    candidate->cut_kicker |= kicker;
    candidate->is_labelled |= labelled;
}

/* "<h1><span class=kicker>Harbour</span> Barge strikes pier</h1>": the piece alone, what stands before it, and what
 * stands behind. */
static void cut_at_piece(struct headline_page *page, struct headline_candidate *whole, const struct piece *piece)
{
    const struct article *article = &page->job->article;
    struct span block = article->blocks[whole->block].span;
    unsigned hints = labels_of_text(&page->labels, piece->label);
    bool kicker = piece->kind == PIECE_ASIDE || (hints & HINT_KICKER), labelled = !kicker && (hints & HINT_HEADLINE);
    struct span before = {block.start, piece->span.start}, after = {piece->span.end, block.end};
    whole->has_kicker |= kicker;
    if (!kicker)
        add_piece(page, whole, article_text(article, piece->span), false, labelled);
    if (!labelled) {
        add_piece(page, whole, article_text(article, before), kicker, false);
        add_piece(page, whole, article_text(article, after), kicker, false);
    }
}

static void cut_heading(struct headline_page *page, struct headline_candidate *whole)
{
    const struct article *article = &page->job->article;
    const struct block *block = &article->blocks[whole->block];
    uint32_t count;
    const struct piece *pieces = article_pieces(article, block, &count);
    for (uint32_t i = 0; i < count && i < MAX_PIECES; i++) {
        bool all = pieces[i].span.start == block->span.start && pieces[i].span.end == block->span.end;
        bool edge = pieces[i].span.start == pieces[i].span.end &&
                    (pieces[i].span.end == block->span.end || pieces[i].span.start == block->span.start);
        if (!all && !edge)
            cut_at_piece(page, whole, &pieces[i]);
    }
}

static void cut_headings(struct headline_page *page)
{
    size_t whole_count = page->count;
    for (size_t i = 0; i < whole_count; i++)
        if (page->candidates[i].places & (PLACE_H1 | PLACE_H2))
            cut_heading(page, &page->candidates[i]);
}

void headline_page_read(struct job *job, struct headline_page *page)
{
    *page = (struct headline_page){.job = job, .lexicon = job->knowledge->headline};
    page->by_key = map_make(job->arena, HEADLINE_MAX_CANDIDATES);
    page->site = site_of(job);
    labels_read(job, &page->labels);
    page->url = wording_make(job->arena, site_url_words(job));
    read_claims(page);
    read_blocks(page);
    cut_headings(page);
    cut_parts(page);
}
