/* Which names are no actors where they stand: who sent the report, where a share is listed, what a person may put
 * behind the name, words that only look like a name. */
#include "find/names/dateline.h"
#include "find/names/name_context.h"
#include "names_internal.h"

#define LONGEST_SIGN_OFF 6 /* tokens between the brackets of "(jr/dpa)" */
#define LONGEST_LATIN 5    /* bytes of "-ensis" */
#define LONGEST_LISTING 5  /* tokens from the bracket to the share in "(Nasdaq Helsinki: SHARE)" */
#define LONGEST_CODE 3     /* bytes of capitals that are an acronym, whatever place has that name: "VAR" */
#define DATELINE_HEAD 3    /* tokens of a paragraph among which its dateline's place stands */

static bool is_mark(const struct name_finder *finder, uint32_t i, const char *mark)
{
    return slice_equals(token_at(finder, i)->lower, slice_from_cstr(mark));
}

/* "LONDON (Reuters) -", "Madrid, 3 may (EFE).-", "Bern (sda)." */
static bool is_dateline_agency(const struct name_finder *finder, const struct sentence *sentence, uint32_t first,
                               uint32_t end)
{
    if (first == sentence->first || first - sentence->first > LONGEST_DATELINE || end + 1 >= sentence->end ||
        !is_mark(finder, first - 1, "(") || !is_mark(finder, end, ")"))
        return false;
    if (end + 2 == sentence->end)
        return dateline_dash(&finder->words, sentence, sentence->first) == end + 1;
    end += is_mark(finder, end + 1, ".");
    return dateline_is_dash(token_at(finder, end + 1)->lower) ||
           slice_starts(token_at(finder, end + 1)->lower, SLICE(".-"));
}

static bool is_media(const struct name_finder *finder, uint32_t first, uint32_t end)
{
    const struct gazetteer_entry *entry = gazetteer_find(finder->gazetteer, token_at(finder, first), end - first);
    return entry && entry->classes & NAME_ORGANIZATION && entry->organization_type &&
           slice_equals(gazetteer_organization_type(entry->organization_type), SLICE("media"));
}

static bool ends_block(const struct name_finder *finder, uint32_t s, uint32_t end)
{
    const struct article *article = finder->article;
    while (end < article->sentences[s].end && token_at(finder, end)->kind == TOKEN_PUNCTUATION)
        end++;
    return end == article->sentences[s].end &&
           (s + 1 == article->sentence_count || article->sentences[s + 1].block != article->sentences[s].block);
}

/* "(AFP)", "(jr/dpa)" or "EFE" and nothing more at the end of a paragraph: who sent it. */
static bool is_sign_off(const struct name_finder *finder, uint32_t s, uint32_t first, uint32_t end)
{
    const struct sentence *sentence = &finder->article->sentences[s];
    if (!is_media(finder, first, end) || !ends_block(finder, s, end))
        return false;
    uint32_t at = first;
    while (at > sentence->first && first - at < LONGEST_SIGN_OFF && !is_mark(finder, at - 1, "("))
        at--;
    bool opens = s == 0 || finder->article->sentences[s - 1].block != sentence->block;
    return (at > sentence->first && is_mark(finder, at - 1, "(") && !is_mark(finder, end - 1, ")")) ||
           (at == sentence->first && at == first && !opens);
}

/* "(Nasdaq: HLDN)": the exchange and the share. */
static bool is_listing(const struct name_finder *finder, const struct sentence *sentence, uint32_t first, uint32_t end)
{
    bool behind = first > sentence->first + 2 && is_mark(finder, first - 1, ":");
    uint32_t open = behind ? first - 2 : first, colon = behind ? first - 1 : end;
    while (behind && open > sentence->first && first - open < LONGEST_LISTING && !is_mark(finder, open - 1, "("))
        open--;
    return open > sentence->first && is_mark(finder, open - 1, "(") && colon + 1 < sentence->end &&
           is_mark(finder, colon, ":") && token_at(finder, colon + 1)->flags & TOKEN_ALL_UPPER;
}

/* "Priya Raman, M.D.", "Al Roe, KC, said"; "Washington, D.C." is where the word before says so. */
static bool is_degree(const struct name_finder *finder, const struct sentence *sentence, uint32_t first, uint32_t end)
{
    if (end - first != 1 || first < sentence->first + 3 || !is_mark(finder, first - 1, ",") ||
        !names_token_is_capital(token_at(finder, first - 2)) || !names_token_is_capital(token_at(finder, first - 3)))
        return false;
    const struct gazetteer_entry *before = gazetteer_find(finder->gazetteer, token_at(finder, first - 2), 1);
    if (slice_find_byte(token_at(finder, first)->lower, '.', 1) != SLICE_NOT_FOUND)
        return !gazetteer_is_large_city(before);
    bool person = names_is_only(finder, first - 3, first - 2, NAME_GIVEN, NAME_ANY_PLACE) ||
                  (before && before->classes & NAME_SURNAME);
    return person && end < sentence->end && is_mark(finder, end, ",") &&
           token_at(finder, first)->flags & TOKEN_ALL_UPPER && token_at(finder, first)->lower.len <= LONGEST_CODE;
}

/* "VAR" is no French department. */
static bool is_code(const struct name_finder *finder, uint32_t s, uint32_t first, uint32_t end, enum actor_type type)
{
    const struct token *token = token_at(finder, first);
    if (type != ACTOR_PLACE || finder->caseless[s] || end - first != 1 || !(token->flags & TOKEN_ALL_UPPER) ||
        token->lower.len > LONGEST_CODE)
        return false;
    return first >= finder->article->sentences[s].first + DATELINE_HEAD &&
           names_is_only(finder, first, end, NAME_REGION | NAME_CITY | NAME_PLACE, NAME_CAPITALS | NAME_COUNTRY);
}

/* "Ein Bild", "une Commission": what has an indefinite article is one of many. */
static bool is_one_of_many(const struct name_finder *finder, const struct sentence *sentence, uint32_t first,
                           uint32_t end, enum actor_type type)
{
    return type != ACTOR_PERSON && end - first == 1 && first > sentence->first &&
           role_word_is(&finder->words, first - 1, SMALL_INDEFINITE);
}

static bool is_quote(const struct name_finder *finder, uint32_t i)
{
    return is_mark(finder, i, "\"") || is_mark(finder, i, "'");
}

/* English: "The Salt Road" in quotation marks is a film; newspapers and bodies have none. */
static bool is_quoted_title(const struct name_finder *finder, const struct sentence *sentence, uint32_t first,
                            uint32_t end, enum actor_type type)
{
    if (finder->evidence.asked || type == ACTOR_ORGANIZATION || first == sentence->first || end >= sentence->end ||
        !is_quote(finder, end))
        return false;
    bool article =
        first >= sentence->first + 2 && (is_mark(finder, first - 1, "the") || is_mark(finder, first - 1, "a"));
    return is_quote(finder, first - 1 - article) &&
           !names_is_only(finder, first, end, NAME_COUNTRY | NAME_ORGANIZATION, 0);
}

/* "1 p.m. AEDT" */
static bool is_zone(const struct name_finder *finder, const struct sentence *sentence, uint32_t first, uint32_t end)
{
    return end - first == 1 && first > sentence->first && token_at(finder, first)->flags & TOKEN_ALL_UPPER &&
           (token_at(finder, first - 1)->flags & TOKEN_HAS_DIGIT || is_mark(finder, first - 1, "p.m.") ||
            is_mark(finder, first - 1, "a.m.") || is_mark(finder, first - 1, "pm") ||
            is_mark(finder, first - 1, "am")) &&
           lexicon_find(finder->zones, token_at(finder, first)->lower);
}

/* "Halden Biotech, Inc." */
static bool is_form_alone(const struct name_finder *finder, const struct sentence *sentence, uint32_t first,
                          uint32_t end)
{
    return end - first == 1 && first > sentence->first && is_mark(finder, first - 1, ",") &&
           name_bounds_is_legal_form(finder, first) && !names_is_only(finder, first, end, NAME_ORGANIZATION, 0);
}

/* "UPDATE 2-Norvik Energy ...": the agency's label at the head of a line; "ALSO READ | ..." a page's. */
static bool is_label(const struct name_finder *finder, const struct sentence *sentence, uint32_t first, uint32_t end)
{
    bool invites =
        is_mark(finder, end - 1, "read") || is_mark(finder, end - 1, "watch") || is_mark(finder, end - 1, "more");
    if (first == sentence->first && end < sentence->end && is_mark(finder, end, "|") && invites)
        return true;
    uint32_t mark = end < sentence->end && token_at(finder, end)->kind == TOKEN_NUMBER ? end + 1 : end;
    return first == sentence->first && end - first == 1 && token_at(finder, first)->flags & TOKEN_ALL_UPPER &&
           mark + 1 < sentence->end && is_mark(finder, mark, "-") &&
           token_at(finder, mark)->span.start == token_at(finder, mark - 1)->span.end &&
           token_at(finder, mark)->span.end == token_at(finder, mark + 1)->span.start;
}

/* "Texas-based", "Kremlin-backed": an adjective, whatever its first part names. English. */
static bool is_compound_adjective(const struct name_finder *finder, uint32_t first, uint32_t end)
{
    struct slice word = article_text(finder->article, token_at(finder, first)->span),
                 last = slice_behind_last(word, '-');
    if (finder->evidence.asked || end - first != 1 || !last.len || word.len < last.len + 2 || last.ptr[0] < 'a' ||
        last.ptr[0] > 'z')
        return false;
    const struct gazetteer_entry *entry = gazetteer_find_text(finder->gazetteer, last);
    return entry && entry->classes & NAME_COMMON &&
           !names_is_only(finder, first, end, NAME_ORGANIZATION | NAME_ANY_PLACE | NAME_SURNAME, 0);
}

/* English: "a McKinney Republican": no person has an indefinite article, but for "a Donald Trump ally". */
static bool is_some_member(const struct name_finder *finder, const struct sentence *sentence, uint32_t first,
                           uint32_t end, enum actor_type type)
{
    bool member = type == ACTOR_PERSON ||
                  names_is_only(finder, end - 1, end, NAME_COMMON | NAME_DEMONYM | NAME_NOT, NAME_ORGANIZATION_TAIL);
    return member && !finder->evidence.asked && end - first > 1 && first > sentence->first &&
           (is_mark(finder, first - 1, "a") || is_mark(finder, first - 1, "an")) &&
           !names_is_only(finder, first, first + 1, NAME_GIVEN, 0) && names_stands_alone(finder, sentence, end);
}

static bool is_ship_prefix(const struct name_finder *finder, uint32_t i)
{
    const struct lexicon_table *prefixes = lexicon_table(finder->job->knowledge->lexicon, "ship_prefixes");
    return lexicon_find(prefixes, article_text(finder->article, token_at(finder, i)->span)) != NULL;
}

/* "HMNZS Aotearoa", together or one by one, where capitals tell. */
static bool is_ship(const struct name_finder *finder, uint32_t s, uint32_t first, uint32_t end)
{
    const struct sentence *sentence = &finder->article->sentences[s];
    if (finder->caseless[s])
        return false;
    bool behind = first > sentence->first && is_ship_prefix(finder, first - 1);
    return behind || (is_ship_prefix(finder, first) &&
                      (end - first > 1 || (end < sentence->end && names_token_is_capital(token_at(finder, end)))));
}

/* "ann@paper.org" */
static bool is_address(const struct name_finder *finder, uint32_t first, uint32_t end)
{
    return end - first == 1 && slice_find_byte(token_at(finder, first)->lower, '@', 1) != SLICE_NOT_FOUND;
}

/* "US$10" */
static bool is_currency(const struct name_finder *finder, const struct sentence *sentence, uint32_t end)
{
    return end < sentence->end && is_mark(finder, end, "$") &&
           token_at(finder, end)->span.start == token_at(finder, end - 1)->span.end;
}

/* A letter alone is a person's or a place's initial at most. */
static bool is_letter(const struct name_finder *finder, uint32_t first, uint32_t end, enum actor_type type)
{
    struct slice word = token_at(finder, first)->lower;
    return type != ACTOR_ORGANIZATION && end - first == 1 && (word.len == 1 || (word.len == 2 && word.ptr[1] == '.'));
}

/* "MPs", "ATMs": many of what letters stand for. */
static bool is_several(const struct name_finder *finder, uint32_t sentence, uint32_t first, uint32_t end)
{
    struct slice word = article_text(finder->article, token_at(finder, first)->span);
    if (end - first != 1 || finder->caseless[sentence] || word.len < 3 || word.ptr[word.len - 1] != 's')
        return false;
    for (size_t i = 0; i + 1 < word.len; i++)
        if (word.ptr[i] < 'A' || word.ptr[i] > 'Z')
            return false;
    return !names_is_only(finder, first, end, NAME_ORGANIZATION, 0);
}

/* English: "Hyloscirtus" before "ospinai", "E. coli": what no list has before a Latin word that English has not is a
 * genus. */
static bool is_genus(const struct name_finder *finder, const struct sentence *sentence, uint32_t first, uint32_t end)
{
    const struct token *behind = token_at(finder, end);
    if (finder->evidence.asked || end - first != 1 || end >= sentence->end || !(behind->flags & TOKEN_LOWER) ||
        behind->kind != TOKEN_WORD || behind->lower.len < 5 || behind->small ||
        slice_find_byte(behind->lower, '-', 0) != SLICE_NOT_FOUND || names_classes(finder, first, end) ||
        names_classes(finder, end, end + 1))
        return false;
    for (size_t length = 1; length <= LONGEST_LATIN; length++)
        if (role_word_list_says(&finder->words, finder->words.cues,
                                slice_sub(behind->lower, behind->lower.len - length, behind->lower.len), "latin"))
            return true;
    return false;
}

/* "Minister", "Secretary" with a capital. */
static bool is_minister(const struct name_finder *finder, uint32_t i)
{
    return !(token_at(finder, i)->flags & TOKEN_LOWER) &&
           role_word_list_says(&finder->words, finder->words.cues, token_at(finder, i)->lower, "portfolio");
}

/* English: "Labour" before "Minister", "Public Works" behind "Minister of": what somebody is minister of, in everyday
 * words. */
static bool is_portfolio(const struct name_finder *finder, uint32_t s, uint32_t first, uint32_t end,
                         enum actor_type type)
{
    const struct sentence *sentence = &finder->article->sentences[s];
    if (type != ACTOR_ORGANIZATION || finder->caseless[s] || finder->evidence.asked ||
        token_at(finder, first)->flags & TOKEN_ALL_UPPER)
        return false;
    bool before = end + 1 < sentence->end && is_minister(finder, end) && !is_mark(finder, end + 1, "general");
    if (before && end - first == 1 && is_mark(finder, end, "minister") &&
        !names_is_only(finder, first, end, NAME_ANY_PLACE, 0))
        return true;
    if (!(before && end - first > 1) &&
        (first < sentence->first + 2 || !names_is_join(token_at(finder, first - 1)->lower) ||
         !is_minister(finder, first - 2)))
        return false;
    while (first < end && names_is_only(finder, first, first + 1, NAME_COMMON, NAME_COUNTRY | NAME_ORGANIZATION_HEAD))
        first++;
    return first == end;
}

bool names_is_no_actor(const struct name_finder *finder, uint32_t sentence, uint32_t first, uint32_t end,
                       enum actor_type type)
{
    const struct sentence *in = &finder->article->sentences[sentence];
    return is_dateline_agency(finder, in, first, end) || is_sign_off(finder, sentence, first, end) ||
           is_listing(finder, in, first, end) || is_degree(finder, in, first, end) ||
           is_code(finder, sentence, first, end, type) || is_one_of_many(finder, in, first, end, type) ||
           is_form_alone(finder, in, first, end) || is_label(finder, in, first, end) ||
           is_zone(finder, in, first, end) || is_quoted_title(finder, in, first, end, type) ||
           is_compound_adjective(finder, first, end) || is_letter(finder, first, end, type) ||
           is_several(finder, sentence, first, end) || is_currency(finder, in, end) ||
           is_ship(finder, sentence, first, end) || is_address(finder, first, end) ||
           is_genus(finder, in, first, end) || is_portfolio(finder, sentence, first, end, type) ||
           (!finder->evidence.asked && name_context_seat(&finder->words, first)) ||
           is_some_member(finder, in, first, end, type);
}
