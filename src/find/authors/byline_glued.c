/* Words of a byline that touch because markup without blanks parted them. */
#include "byline_internal.h"

#include "base/utf8.h"

#define SHORTEST_BEFORE_SEAM                                                                                           \
    5 /* letters of a family name before a capital that touches it; fewer are part of a name ("McKay") */

/* Offset of an upper-case letter after a lower-case one or one of a script without cases; 0: none. */
static size_t find_seam(struct slice word)
{
    size_t taken;
    bool lower = false;
    for (size_t at = 0; at < word.len; at += taken) {
        uint32_t c = utf8_decode(word, at, &taken);
        bool upper = utf8_is_upper(c);
        if (lower && upper)
            return at;
        lower = !upper && utf8_is_word(c) && !utf8_is_digit(c);
    }
    return 0;
}

/* "ByJane", "HalperStaff", "记者王敬照": where the word has to be cut to part a cue or a job from a name. */
static size_t cue_seam(const struct author_lexicon *lexicon, const struct byline_item *item, bool first)
{
    size_t seam = find_seam(item->text), taken;
    if (seam && seam < item->lower.len && item->lower.len == item->text.len) {
        const struct lexicon_row *before = lexicon_find(lexicon->cues, slice_sub(item->lower, 0, seam));
        if (before && slice_equals(before->columns[3], SLICE("author")) && first && seam > 1)
            return seam;
        if (lexicon_find(lexicon->roles, slice_sub(item->lower, seam, item->lower.len)))
            return seam;
    }
    if (!byline_is_wide(item->text) || lexicon_find(lexicon->cues, item->lower))
        return 0;
    utf8_decode(item->text, 0, &taken);
    for (size_t at = taken; at < item->text.len && at <= 4 * taken; at += taken)
        if (lexicon_find(lexicon->cues, slice_sub(item->text, 0, at)))
            return at;
    return 0;
}

#define LETTER 3          /* bytes of a letter of these scripts, but for very rare ones */
#define CUE_LETTERS 2     /* of the cues that may have their house before them */
#define WIDEST_HOUSE 12   /* letters */
#define NAME_LETTERS 4    /* behind the cue, at most: more is part of a sentence */

/* "洛阳日报记者", "日报记者李文静": the item without the house before the cue for an author. */
static void cut_house(const struct author_lexicon *lexicon, struct byline_item *item)
{
    size_t len = item->text.len, cue = CUE_LETTERS * LETTER;
    if (len <= cue || len > (WIDEST_HOUSE + CUE_LETTERS + NAME_LETTERS) * LETTER || !byline_is_wide(item->text))
        return;
    size_t at = len - cue > NAME_LETTERS * LETTER ? len - cue - NAME_LETTERS * LETTER : LETTER;
    for (at -= at % LETTER; at + cue <= len; at += LETTER) {
        const struct lexicon_row *row = lexicon_find(lexicon->cues, slice_sub(item->text, at, at + cue));
        if (!at || len - cue - at == LETTER || !row || !slice_equals(row->columns[3], SLICE("author")))
            continue;
        item->text = item->lower = slice_sub(item->text, at, len);
        return;
    }
}

static bool is_all_letters(struct slice word)
{
    size_t taken;
    for (size_t at = 0; at < word.len; at += taken) {
        uint32_t c = utf8_decode(word, at, &taken);
        if (!utf8_is_word(c) || utf8_is_digit(c))
            return false;
    }
    return true;
}

/* "Ada QuillNew York": where a family name ends and the next element begins. */
static size_t name_seam(const struct byline_item *item, bool first)
{
    size_t seam = first || item[-1].kind != ITEM_WORD || item->lower.len != item->text.len ? 0 : find_seam(item->text);
    struct slice name = slice_sub(item->text, 0, seam);
    bool enough = utf8_count(name) >= SHORTEST_BEFORE_SEAM && is_all_letters(name);
    return enough && !slice_starts(item->lower, SLICE("fitz")) ? seam : 0;
}

/* Parts items[index] at `seam`; what stands behind it becomes an item of this kind. */
static void part(struct byline_item *items, size_t count, size_t index, size_t seam, enum byline_item_kind kind)
{
    struct byline_item *item = &items[index];
    memmove(item + 2, item + 1, (count - index - 1) * sizeof *item);
    item[1] = (struct byline_item){.kind = kind, .text = slice_sub(item->text, seam, item->text.len),
                                   .lower = slice_sub(item->lower, seam, item->lower.len)};
    item[0].text = slice_sub(item->text, 0, seam);
    item[0].lower = slice_sub(item->lower, 0, seam);
}

size_t byline_part_glued(const struct author_lexicon *lexicon, struct byline_item items[BYLINE_MAX_ITEMS], size_t count,
                         bool cues)
{
    for (size_t i = 0; i < count && count < BYLINE_MAX_ITEMS; i++) {
        if (items[i].kind != ITEM_WORD)
            continue;
        if (cues)
            cut_house(lexicon, &items[i]);
        size_t seam = cues ? cue_seam(lexicon, &items[i], i == 0) : 0;
        enum byline_item_kind kind = seam ? ITEM_WORD : ITEM_STRONG;
        seam = seam ? seam : name_seam(&items[i], i == 0);
        if (seam)
            part(items, count++, i++, seam, kind);
    }
    return count;
}
