/* Names by their capitals: runs of capitalised words, cut at titles and demonyms, typed by what the words
 * are known to be and by the words around. */
#include "names_internal.h"

struct run {
    struct name_finder *finder;
    uint32_t sentence, start, stop; /* of the sentence, in tokens */
};

static const struct token *token_at(const struct run *run, uint32_t i)
{
    return &run->finder->article->tokens[i];
}

static uint32_t classes_of(const struct run *run, uint32_t first, uint32_t count)
{
    const struct gazetteer_entry *entry = gazetteer_find(run->finder->gazetteer, token_at(run, first), count);
    if (!entry)
        return 0;
    uint32_t classes = entry->classes;
    if (classes & NAME_CAPITALS && classes & (NAME_COMMON | NAME_NOT) && !(token_at(run, first)->flags & TOKEN_ALL_UPPER))
        classes &= ~(uint32_t)(NAME_COUNTRY | NAME_ORGANIZATION);
    return classes;
}

static bool is_word(const struct run *run, uint32_t i, const char *const *words)
{
    for (; *words; words++)
        if (slice_equals(token_at(run, i)->lower, slice_from_cstr(*words)))
            return true;
    return false;
}

static const char *const particles[] = {"de", "del", "della", "der", "den", "di", "da", "dos", "das", "do", "du", "van", "von",
                                        "bin", "ibn", "bint", "al", "el", "la", "le", "ter", "ten", "zu", "af", "y", NULL};
static const char *const place_words[] = {"in", "at", "near", "around", "outside", "toward", "towards", "across", "throughout", NULL};
static const char *const organization_joins[] = {"of", "for", "on", NULL};
static const char *const determiners[] = {"the", "a", "an", "this", "that", "these", "those", "his", "her", "its", "their", NULL};
static const char *const ands[] = {"and", "&", NULL};

/* ------------------------------------------------------------------ the run */

static bool capital_word(const struct run *run, uint32_t i)
{
    return i < run->stop && token_at(run, i)->kind == TOKEN_WORD && token_is_capital(token_at(run, i));
}

static bool head_of_organization(const struct run *run, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++)
        if (classes_of(run, i, 1) & NAME_ORGANIZATION_HEAD)
            return true;
    return false;
}

/* Whether lower-case words at `i` join the run [first, i) to a capital after them; their number. */
static uint32_t joined_words(const struct run *run, uint32_t first, uint32_t i)
{
    if (i + 1 >= run->stop)
        return 0;
    if (is_word(run, i, particles)) {
        uint32_t more = is_word(run, i + 1, particles) ? 2 : 1;
        return capital_word(run, i + more) && !head_of_organization(run, first, i) ? more : 0;
    }
    bool head = head_of_organization(run, first, i);
    if (head && is_word(run, i, organization_joins)) {
        uint32_t more = is_word(run, i + 1, determiners) ? 2 : 1;
        return capital_word(run, i + more) ? more : 0;
    }
    if (slice_equals(token_at(run, i)->lower, SLICE("&")))
        return capital_word(run, i + 1);
    return 0;
}

static uint32_t run_end(const struct run *run, uint32_t first)
{
    uint32_t i = first + 1;
    for (;;) {
        if (capital_word(run, i)) {
            i++;
            continue;
        }
        uint32_t more = i < run->stop ? joined_words(run, first, i) : 0;
        if (!more)
            return i;
        i += more + 1;
    }
}

/* "Traders", "Closing": an unknown word with an English ending is likelier a word than a name. */
static bool looks_inflected(struct slice word)
{
    return slice_ends(word, SLICE("s")) || slice_ends(word, SLICE("ed")) || slice_ends(word, SLICE("ing")) ||
           slice_ends(word, SLICE("ly"));
}

/* The capital of a sentence's first word says nothing; the document or the lexicon must. */
static bool first_word_is_common(const struct run *run, uint32_t i)
{
    const struct token *token = token_at(run, i);
    if (!(token->flags & TOKEN_SENTENCE_START) && i != run->start)
        return false;
    if (is_word(run, i, determiners))
        return true;
    if (token->flags & TOKEN_ALL_UPPER && token->lower.len > 1)
        return false;
    uint32_t classes = classes_of(run, i, 1);
    if (map_get(&run->finder->capitalised, token->lower))
        return false;
    if (classes & NAME_COMMON || map_get(&run->finder->lowered, token->lower))
        return true;
    return !classes && !capital_word(run, i + 1) && looks_inflected(token->lower);
}

/* ------------------------------------------------------------------- typing */

static bool after_place_word(const struct run *run, uint32_t first)
{
    return first > run->start && is_word(run, first - 1, place_words);
}

static void add(const struct run *run, uint32_t first, uint32_t end, enum actor_type type, float confidence)
{
    names_add(run->finder, run->sentence, first, end, type, confidence);
}

/* A phrase that the gazetteers know as a whole. */
static bool add_known(const struct run *run, uint32_t first, uint32_t end)
{
    uint32_t classes = classes_of(run, first, end - first);
    if (classes & NAME_NOT && !(classes & (NAME_ORGANIZATION | NAME_COUNTRY))) {
        if (!(classes & NAME_NOT_WORD))
            add(run, first, end, ACTOR_OTHER, 0.8f);
        return true;
    }
    if (classes & NAME_DEMONYM && end - first < 3) {
        add(run, first, end, ACTOR_OTHER, 0.9f);
        return true;
    }
    bool place = (classes & NAME_ANY_PLACE) != 0, person = end - first == 1 && classes & (NAME_GIVEN | NAME_SURNAME);
    if (place && (classes & (NAME_COUNTRY | NAME_CAPITAL | NAME_REGION | NAME_PLACE) || !person || after_place_word(run, first))) {
        add(run, first, end, ACTOR_PLACE, 0.9f);
        return true;
    }
    if (classes & NAME_ORGANIZATION) {
        add(run, first, end, ACTOR_ORGANIZATION, 0.9f);
        return true;
    }
    if (place && !(classes & NAME_GIVEN)) {
        const struct gazetteer_entry *entry = gazetteer_find(run->finder->gazetteer, token_at(run, first), end - first);
        if (entry->city_tier && entry->city_tier < 3) {
            add(run, first, end, ACTOR_PLACE, 0.7f);
            return true;
        }
    }
    return false;
}

static bool is_organization(const struct run *run, uint32_t first, uint32_t end)
{
    if (end - first < 2)
        return false;
    if (classes_of(run, end - 1, 1) & NAME_ORGANIZATION_TAIL)
        return true;
    for (uint32_t i = first + 1; i < end; i++)
        if (is_word(run, i, organization_joins) || is_word(run, i, ands))
            return true;
    return false;
}

static void add_single(const struct run *run, uint32_t at)
{
    const struct token *token = token_at(run, at);
    uint32_t classes = classes_of(run, at, 1);
    if (classes & NAME_ANY_TITLE || token->lower.len < 2)
        return;
    if (after_place_word(run, at))
        add(run, at, at + 1, ACTOR_PLACE, 0.6f);
    else if (token->flags & TOKEN_ALL_UPPER)
        add(run, at, at + 1, classes & NAME_COMMON ? ACTOR_OTHER : ACTOR_ORGANIZATION, 0.5f);
    else if (classes & (NAME_GIVEN | NAME_SURNAME) && !(classes & (NAME_COMMON | NAME_ORGANIZATION_TAIL)))
        add(run, at, at + 1, ACTOR_PERSON, 0.5f);
    else if (classes & NAME_CITY)
        add(run, at, at + 1, ACTOR_PLACE, 0.5f);
    else if (!(classes & (NAME_COMMON | NAME_ORGANIZATION_TAIL | NAME_ORGANIZATION_HEAD)))
        add(run, at, at + 1, ACTOR_ORGANIZATION, 0.3f);
}

static void add_person_or_organization(const struct run *run, uint32_t first, uint32_t end)
{
    uint32_t start = classes_of(run, first, 1), last = classes_of(run, end - 1, 1);
    bool common = false;
    for (uint32_t i = first; i < end; i++) {
        uint32_t classes = classes_of(run, i, 1);
        common = common || (classes & NAME_COMMON && !(classes & (NAME_GIVEN | NAME_SURNAME)));
    }
    if (start & NAME_GIVEN && end - first <= 4 && !common)
        add(run, first, end, ACTOR_PERSON, 0.9f);
    else if (after_place_word(run, first))
        add(run, first, end, ACTOR_PLACE, 0.7f);
    else if (!common && (end - first <= 3 || last & NAME_SURNAME))
        add(run, first, end, ACTOR_PERSON, 0.7f);
    else
        add(run, first, end, ACTOR_ORGANIZATION, 0.4f);
}

/* Length of the title phrase at `i`: "Prime Minister", "former Deputy Chief". */
static uint32_t title_length(const struct run *run, uint32_t i, uint32_t end)
{
    size_t length;
    gazetteer_longest(run->finder->gazetteer, token_at(run, i), end - i, NAME_ANY_TITLE, &length);
    return (uint32_t)length;
}

/* End of the last title in [first, end) that is followed by a word of it; `first` if there is none. */
static uint32_t last_title(const struct run *run, uint32_t first, uint32_t end, uint32_t *start)
{
    uint32_t after = first;
    *start = first;
    for (uint32_t i = first; i < end;) {
        uint32_t length = title_length(run, i, end);
        uint32_t classes = length ? classes_of(run, i, length) : 0;
        if (length && i + length < end && !(classes_of(run, i + length, 1) & NAME_ORGANIZATION_TAIL)) {
            if (after != i || after == first)
                *start = i;
            if (classes & (NAME_ANY_ROLE | NAME_HONORIFIC))
                after = i + length;
        }
        i += length ? length : 1;
    }
    return after;
}

static void add_untitled(const struct run *run, uint32_t first, uint32_t end)
{
    size_t length;
    while (end - first > 1 && !is_organization(run, first, end)) {
        gazetteer_longest(run->finder->gazetteer, token_at(run, first), end - first, NAME_DEMONYM | NAME_NOT, &length);
        if (!length || length >= end - first)
            break;
        add_known(run, first, first + (uint32_t)length);
        first += (uint32_t)length;
        if (add_known(run, first, end))
            return;
    }
    if (end - first == 1)
        add_single(run, first);
    else if (is_organization(run, first, end))
        add(run, first, end, ACTOR_ORGANIZATION, 0.8f);
    else
        add_person_or_organization(run, first, end);
}

/* "FBI Director Christopher Wray": what stands before the title, and the person behind it. */
static void add_titled(const struct run *run, uint32_t first, uint32_t title, uint32_t person, uint32_t end)
{
    if (title > first && !add_known(run, first, title))
        add_untitled(run, first, title);
    uint32_t classes = classes_of(run, person, end - person);
    if (classes & (NAME_GIVEN | NAME_SURNAME) || !add_known(run, person, end))
        add(run, person, end, ACTOR_PERSON, 0.95f);
}

static void add_names(const struct run *run, uint32_t first, uint32_t end)
{
    uint32_t title;
    while (first < end && is_word(run, first, determiners))
        first++;
    while (first < end && !capital_word(run, end - 1))
        end--;
    if (first >= end || add_known(run, first, end))
        return;
    uint32_t person = is_organization(run, first, end) ? first : last_title(run, first, end, &title);
    if (person > first)
        add_titled(run, first, title, person, end);
    else
        add_untitled(run, first, end);
}

void name_runs_find(struct name_finder *finder, uint32_t s, enum letter_case letters)
{
    const struct sentence *sentence = &finder->article->sentences[s];
    struct run run = {finder, s, sentence->first, sentence->end};
    (void)letters;
    for (uint32_t i = run.start; i < run.stop;) {
        if (!capital_word(&run, i) || first_word_is_common(&run, i)) {
            i++;
            continue;
        }
        uint32_t end = run_end(&run, i);
        add_names(&run, i, end);
        i = end;
    }
}
