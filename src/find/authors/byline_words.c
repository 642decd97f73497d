/* What the look of words says: a person's name, a pseudonym, an address. */
#include "byline_internal.h"

#include "base/utf8.h"

bool byline_is_particle(const struct author_lexicon *lexicon, struct slice lower)
{
    return lexicon_find(lexicon->particles, lower) != NULL;
}

bool byline_starts_like_name(struct slice word)
{
    size_t taken;
    uint32_t c = utf8_decode(word, 0, &taken);
    /* Scripts without case cannot show that a word is a name. */
    return utf8_is_upper(c) || (utf8_is_letter(c) && utf8_to_upper(c) == c && utf8_to_lower(c) == c);
}

bool byline_is_caseless(struct slice word)
{
    size_t taken;
    uint32_t c = utf8_decode(word, 0, &taken);
    return utf8_is_letter(c) && utf8_to_upper(c) == utf8_to_lower(c);
}

/* d'Alembert, al-Sistani, O'Neill, van't */
bool byline_has_inner_capital(struct slice word)
{
    size_t taken;
    for (size_t at = 1; at < word.len && at <= 4; at++)
        if ((word.ptr[at - 1] == '\'' || word.ptr[at - 1] == '-' || (unsigned char)word.ptr[at - 1] == 0x99) &&
            utf8_is_upper(utf8_decode(word, at, &taken)))
            return true;
    return false;
}

bool byline_is_wide(struct slice word)
{
    size_t taken;
    return word.len && utf8_is_cjk(utf8_decode(word, 0, &taken));
}

#define LONGEST_WIDE 12 /* letters: a foreign name in kana; what is longer is part of a sentence */

bool byline_is_wide_other(const struct author_lexicon *lexicon, const struct byline_item *word)
{
    size_t letters = byline_is_wide(word->text) ? utf8_count(word->text) : 2;
    return letters < 2 || letters > LONGEST_WIDE ||
           (byline_is_wide(word->text) && lexicon_find(lexicon->cues, word->lower));
}

bool byline_looks_personal(const struct author_lexicon *lexicon, const struct byline_item *words, size_t count)
{
    size_t capitals = 0, longer = 0;
    if (count > 1 && lexicon_find(lexicon->legal_forms, words[count - 1].text)) /* "Rheinbach Maschinenbau AG" */
        return false;
    for (size_t i = 0; i < count; i++) {
        if (utf8_has_digit(words[i].text))
            return false;
        if (byline_starts_like_name(words[i].text) || byline_has_inner_capital(words[i].text))
            capitals++;
        else if (!byline_is_particle(lexicon, words[i].lower))
            return false;
        longer += words[i].text.len > 2;
    }
    bool enough = count > 1 ? capitals > 1 || (capitals && !byline_starts_like_name(words[0].text))
                            : count == 1 && byline_is_caseless(words[0].text) && utf8_count(words[0].text) >= 2;
    return enough && longer && count <= MAX_NAME_WORDS;
}

bool byline_is_person(struct arena *arena, const struct author_lexicon *lexicon, struct slice name)
{
    struct byline_item items[BYLINE_MAX_ITEMS];
    size_t count = byline_items(arena, name, items);
    for (size_t i = 0; i < count; i++)
        if (items[i].kind != ITEM_WORD)
            return false;
    return byline_looks_personal(lexicon, items, count);
}

bool byline_is_phrase(struct arena *arena, const struct author_lexicon *lexicon, struct slice name)
{
    struct byline_item items[BYLINE_MAX_ITEMS];
    size_t count = byline_items(arena, name, items);
    if (count < 2 || items[0].kind != ITEM_WORD || byline_is_particle(lexicon, items[0].text))
        return false;
    return map_get(&lexicon->function_words, items[0].lower) != NULL;
}

bool byline_is_address(struct slice word)
{
    return slice_starts_nocase(word, SLICE("http")) || slice_starts_nocase(word, SLICE("www.")) ||
           slice_ends_nocase(word, SLICE(".html"));
}

/* Begins with a letter and has more letters than digits: "Bo2man", not "4th", not "B12". */
bool byline_is_handle(struct slice word)
{
    size_t letters = 0, digits = 0, taken;
    if (!utf8_is_letter(utf8_decode(word, 0, &taken)))
        return false;
    for (size_t at = 0; at < word.len; at += taken) {
        uint32_t c = utf8_decode(word, at, &taken);
        letters += utf8_is_letter(c);
        digits += utf8_is_digit(c);
    }
    return letters > digits && letters > 2;
}
