/* Reporters whom a story of East Asia names as it begins: "[들녘일보 김도윤 기자] ...", "（记者 王晓岚）...", "【エルサレム＝酒井圭吾】...". */
#include "article/knowledge.h"
#include "authors_internal.h"
#include "base/utf8.h"

#define REACH 120      /* bytes of the paragraph in which the opening ends */
#define FEWEST_LETTERS 2
#define MOST_LETTERS 6 /* of a name in these scripts; longer ones are names of papers and bits of sentences */

static bool is_name(const struct byline_item *item)
{
    size_t letters = 0, taken;
    if (item->kind != ITEM_WORD)
        return false;
    for (size_t at = 0; at < item->text.len; at += taken, letters++)
        if (!utf8_is_cjk(utf8_decode(item->text, at, &taken)))
            return false;
    return letters >= FEWEST_LETTERS && letters <= MOST_LETTERS;
}

static bool is_cue(const struct author_lexicon *lexicon, const struct byline_item *item, struct slice meaning)
{
    const struct lexicon_row *row = item->kind == ITEM_WORD ? lexicon_find(lexicon->cues, item->lower) : NULL;
    return row && byline_is_caseless(item->text) && slice_equals(row->columns[3], meaning);
}

/* The name that stands at `at` by a cue before or behind it, or behind the place in a bracket. */
static bool is_reporter(const struct author_lexicon *lexicon, const struct byline_item *items, size_t count, size_t at)
{
    if (at == 0 || at + 1 >= count || !is_name(&items[at]))
        return false;
    if (is_cue(lexicon, &items[at + 1], SLICE("writes")))
        return true;
    bool closed = items[at + 1].kind == ITEM_CLOSE, opened = at > 1 && items[at - 2].kind == ITEM_OPEN;
    bool placed = at > 2 && items[at - 3].kind == ITEM_OPEN && items[at - 2].kind == ITEM_WORD &&
                  items[at - 1].kind == ITEM_STRONG;
    return closed && ((opened && is_cue(lexicon, &items[at - 1], SLICE("author"))) || placed);
}

bool author_read_opening(const struct job *job, uint32_t index, struct author_candidate *candidate)
{
    const struct author_lexicon *lexicon = job->knowledge->authors;
    struct byline_item items[BYLINE_MAX_ITEMS];
    if (index == NO_BLOCK)
        return false;
    const struct block *block = &job->article.blocks[index];
    struct slice text = block_text(&job->article, block);
    size_t count = byline_items(job->arena, slice_sub(text, 0, REACH), items);
    count = byline_part_glued(lexicon, items, count, true);
    size_t end = 0;
    for (size_t i = 0; i < count && candidate->name_count < BYLINE_MAX_NAMES; i++)
        if (is_reporter(lexicon, items, count, i)) {
            candidate->names[candidate->name_count++] = items[i].text;
            end = (size_t)(items[i + 1].text.ptr - text.ptr) + items[i + 1].text.len;
        }
    candidate->places = AUTHOR_CUE;
    candidate->strong_cue = true;
    candidate->source = SOURCE_BYLINE;
    candidate->block = index;
    candidate->section = block->section;
    candidate->raw = slice_sub(text, 0, end);
    return candidate->name_count > 0;
}
