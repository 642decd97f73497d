/* Whether a name that the tagger saw is one, and of what type: what lists know of its words and what stands beside it
 * say better. */
#include "find/names/name_context.h"
#include "names_internal.h"

/* The tagger's margin above which a common word without a capital is a name. */
#define SURE_COMMON 4.0f

#define LONGEST_SYLLABLE 6 /* letters */

/* "of Sevilla", "in Lyon": a large city behind a preposition is the city, whatever club or person has its name; what
 * the tagger takes for none of these must stand where places do ("A Bari"). */
static bool is_city_named_as_place(const struct name_finder *finder, uint32_t first, uint32_t end, enum actor_type type)
{
    const struct gazetteer_entry *entry =
        gazetteer_find(finder->gazetteer, &finder->article->tokens[first], end - first);
    if (first == 0 || !entry || !entry->city_tier || entry->city_tier > CITY_TIER_LARGE ||
        entry->classes & (NAME_ORGANIZATION | NAME_GIVEN))
        return false;
    const struct token *before = &finder->article->tokens[first - 1];
    return before->flags & (TOKEN_LOWER | TOKEN_SENTENCE_START) &&
           (slice_equals(before->lower, SLICE("in")) ||
            (finder->evidence.asked &&
             role_word_is(&finder->words, first - 1, type == ACTOR_OTHER ? SMALL_WHERE : SMALL_OF)));
}

/* "Süddeutsche Zeitung", "Universität Bonn", "Ministerie van Defensie": a word that marks an organization, and between
 * its first word and its last none in lower case but "of" behind a head. */
static bool is_marked_body(const struct name_finder *finder, uint32_t first, uint32_t end)
{
    const uint32_t marks = NAME_ORGANIZATION_HEAD | NAME_ORGANIZATION_TAIL, people = NAME_GIVEN | NAME_SURNAME;
    bool head = names_is_only(finder, first, first + 1, NAME_ORGANIZATION_HEAD, people);
    if (!head && !names_is_only(finder, end - 1, end, marks, people))
        return false;
    for (uint32_t i = first; i < end; i++)
        if (!names_token_is_capital(&finder->article->tokens[i]) &&
            !(head && role_word_is(&finder->words, i, SMALL_OF)))
            return false;
    return true;
}

static bool is_body(const struct name_finder *finder, uint32_t first, uint32_t end)
{
    return names_is_only(finder, first, end, NAME_ORGANIZATION, NAME_ANY_PLACE | NAME_GIVEN | NAME_SURNAME) ||
           (finder->evidence.asked && is_marked_body(finder, first, end));
}

/* "Brightwater Therapeutics": the last word marks an organization and is nobody's surname, the first nobody's given
 * name. English. */
static bool ends_as_body(const struct name_finder *finder, uint32_t first, uint32_t end)
{
    return end - first > 1 && !finder->evidence.asked &&
           names_is_only(finder, end - 1, end, NAME_ORGANIZATION_TAIL, NAME_SURNAME | NAME_GIVEN) &&
           !names_is_only(finder, first, first + 1, NAME_GIVEN, 0);
}

/* "Le Sénat", "les Républicains": in French and Spanish a person has no article, and a common noun no capital. */
static bool has_article(const struct name_finder *finder, uint32_t first, uint32_t end)
{
    struct slice language = finder->words.language;
    return end - first == 1 && first > 0 && !(finder->article->tokens[first].flags & TOKEN_SENTENCE_START) &&
           (slice_equals(language, SLICE("fr")) || slice_equals(language, SLICE("es"))) &&
           role_word_is(&finder->words, first - 1, SMALL_ARTICLE) &&
           !names_is_only(finder, first, end, NAME_GIVEN | NAME_SURNAME, 0);
}

/* "Le Sénat", "el Senado": of the words for bodies those of the state are names without more. */
static bool is_chamber(const struct name_finder *finder, uint32_t first, uint32_t end)
{
    const struct gazetteer_entry *entry =
        has_article(finder, first, end) ? gazetteer_find(finder->gazetteer, &finder->article->tokens[first], 1) : NULL;
    return entry && entry->organization_type &&
           slice_equals(gazetteer_organization_type(entry->organization_type), SLICE("government"));
}

/* "Thomas Shoal": the last word is a noun for a place and nobody's surname. */
static bool ends_as_place(const struct name_finder *finder, uint32_t first, uint32_t end)
{
    return end - first > 1 && !finder->evidence.asked && name_context_is_place_noun(&finder->words, end - 1) &&
           !names_is_only(finder, end - 1, end, NAME_SURNAME | NAME_GIVEN, 0);
}

/* English: "Lands Conservation Act", "Nordic Music Prize": the last of several words says that no actor is named. */
static bool ends_as_thing(const struct name_finder *finder, uint32_t first, uint32_t end)
{
    return end - first > 1 && !finder->evidence.asked &&
           !names_is_only(finder, first, end, NAME_ORGANIZATION | NAME_ANY_PLACE, 0) &&
           !names_is_only(finder, first, first + 1, NAME_GIVEN, 0) &&
           names_token_is_capital(&finder->article->tokens[end - 1]) &&
           lexicon_find(lexicon_table(finder->job->knowledge->lexicon, "thing_nouns"),
                        finder->article->tokens[end - 1].lower);
}

/* "Park Seo-yun", "Tsai Ing-wen": a surname, and a given name of two syllables of which the second has a small letter.
 */
static bool is_surname_first(const struct name_finder *finder, uint32_t first, uint32_t end)
{
    const struct token *given = &finder->article->tokens[end - 1];
    struct slice word = article_text(finder->article, given->span), last = slice_behind_last(word, '-');
    size_t hyphen = slice_find_byte(word, '-', 0);
    const struct gazetteer_entry *entry = slice_is_null(last) ? NULL : gazetteer_find_text(finder->gazetteer, last);
    return end - first == 2 && !(entry && entry->classes & NAME_COMMON) && given->flags & TOKEN_CAPITALISED &&
           hyphen != SLICE_NOT_FOUND && hyphen <= LONGEST_SYLLABLE && hyphen + 1 < word.len &&
           word.len - hyphen - 1 <= LONGEST_SYLLABLE && word.ptr[hyphen + 1] >= 'a' && word.ptr[hyphen + 1] <= 'z' &&
           names_is_only(finder, first, first + 1, NAME_SURNAME, NAME_COUNTRY);
}

/* English: "Orange County Register", "Sacramento Bee": what newspapers are called behind a place. */
static bool is_paper(const struct name_finder *finder, uint32_t first, uint32_t end)
{
    return end - first > 1 && !finder->evidence.asked && !names_is_only(finder, first, end, NAME_ANY_PLACE, 0) &&
           names_is_only(finder, first, end - 1, NAME_ANY_PLACE, 0) &&
           names_token_is_capital(&finder->article->tokens[end - 1]) &&
           lexicon_find(lexicon_table(finder->job->knowledge->lexicon, "paper_nouns"),
                        finder->article->tokens[end - 1].lower);
}

/* An "of" within [first, end), in the text's language. */
static bool holds_of(const struct name_finder *finder, uint32_t first, uint32_t end)
{
    while (first < end && !role_word_is(&finder->words, first, SMALL_OF))
        first++;
    return first < end;
}

/* English: "Lidl Ireland", "Radio Kerry": behind a known body's name, or the word for a station, and no noun for a
 * building at the end
 * ("Bridgestone Arena"); "Armani Sheffield" is somebody. */
static bool is_branch(const struct name_finder *finder, uint32_t first, uint32_t end, enum actor_type type)
{
    const uint32_t others = NAME_ANY_PLACE | NAME_GIVEN | NAME_SURNAME | NAME_COMMON | NAME_CAPITALS;
    const struct lexicon_table *sites = lexicon_table(finder->job->knowledge->lexicon, "site_words");
    if (end - first < 2 || finder->evidence.asked || type == ACTOR_ORGANIZATION ||
        lexicon_find(sites, finder->article->tokens[end - 1].lower) ||
        name_context_is_place_noun(&finder->words, end - 1) ||
        (type == ACTOR_PERSON && names_is_only(finder, end - 1, end, NAME_GIVEN | NAME_SURNAME, 0)))
        return false;
    return slice_equals(finder->article->tokens[first].lower, SLICE("radio")) ||
           names_is_only(finder, first, first + 1, NAME_ORGANIZATION, others);
}

/* The name's first or last word, one that bodies have, says that it is one. */
static bool is_body_by_ends(const struct name_finder *finder, uint32_t first, uint32_t end, enum actor_type type)
{
    const struct gazetteer_entry *last = gazetteer_find(finder->gazetteer, &finder->article->tokens[end - 1], 1);
    const struct lexicon_table *sites = lexicon_table(finder->job->knowledge->lexicon, "site_words");
    bool site = lexicon_find(sites, finder->article->tokens[end - 1].lower) != NULL;
    bool tail = end - first > 1 && last && last->classes & NAME_ORGANIZATION_TAIL && !site;
    /* "Museum of Innocence", "Universidad Nacional de México" */
    tail = tail || (end - first > 2 && holds_of(finder, first + 1, end) &&
                    names_is_only(finder, first, first + 1, NAME_ORGANIZATION_HEAD, 0) &&
                    !lexicon_find(sites, finder->article->tokens[first].lower));
    /* "Universidad San Francisco de Quito", "Grupo Arvenso" in a text whose language has no such word */
    bool foreign = end - first > 1 && !finder->evidence.asked &&
                   names_is_only(finder, first, first + 1, NAME_ORGANIZATION_HEAD,
                                 NAME_COMMON | NAME_COUNTRY | NAME_CAPITAL | NAME_REGION) &&
                   !lexicon_find(sites, finder->article->tokens[first].lower);
    return ((tail && type == ACTOR_PLACE) || foreign || is_branch(finder, first, end, type)) &&
           !names_is_only(finder, first, end, NAME_ANY_PLACE, 0);
}

/* Where the gazetteers know the whole name as one kind of thing, that is its type; a name that ends as
 * companies and armed forces do is an organization. */
static enum actor_type settled_type(const struct name_finder *finder, uint32_t first, uint32_t end,
                                    enum actor_type type)
{
    const uint32_t sure = NAME_COUNTRY | NAME_CAPITAL | NAME_REGION | NAME_PLACE;
    if (end - first > 1 && name_bounds_is_legal_form(finder, end - 1) &&
        !(finder->article->tokens[end - 2].flags & TOKEN_LOWER))
        return ACTOR_ORGANIZATION;
    if (slice_starts(finder->article->tokens[end - 1].lower, SLICE("'")) &&
        names_is_only(finder, first, end, NAME_ORGANIZATION, 0)) /* "Macy's" */
        return ACTOR_ORGANIZATION;
    if (is_city_named_as_place(finder, first, end, type))
        return ACTOR_PLACE;
    if (is_surname_first(finder, first, end))
        return ACTOR_PERSON;
    if (type == ACTOR_OTHER)
        return type;
    if (is_paper(finder, first, end))
        return ACTOR_ORGANIZATION;
    if (ends_as_thing(finder, first, end))
        return ACTOR_OTHER;
    bool origin =
        finder->evidence.asked && end - first == 1 && role_word_country(&finder->words, first); /* "Belgische" */
    if (names_is_only(finder, first, end, NAME_DEMONYM, NAME_ANY_PLACE) ||
        (origin && !names_is_only(finder, first, end, NAME_ANY_PLACE, 0)))
        return ACTOR_OTHER;
    if (names_is_only(finder, first, end, sure, NAME_GIVEN | NAME_SURNAME | NAME_ORGANIZATION | NAME_COMMON))
        return ACTOR_PLACE;
    if (type == ACTOR_PERSON && ends_as_place(finder, first, end))
        return ACTOR_PLACE;
    bool group = type == ACTOR_PLACE && has_article(finder, first, end) &&
                 slice_ends(finder->article->tokens[first - 1].lower, SLICE("s"));
    if (group && !names_is_only(finder, first, end, NAME_ANY_PLACE, 0)) /* "les Républicains" */
        return ACTOR_ORGANIZATION;
    if (type == ACTOR_PERSON && ends_as_body(finder, first, end))
        return ACTOR_ORGANIZATION;
    bool known = !finder->evidence.asked &&
                 names_is_only(finder, first, end, NAME_ORGANIZATION,
                               NAME_ANY_PLACE | NAME_GIVEN | NAME_SURNAME | NAME_COMMON | NAME_CAPITALS);
    if (known) /* "Interpol", whatever the tagger takes it for */
        return ACTOR_ORGANIZATION;
    if (type == ACTOR_PERSON && (end - first > 1 ? is_body(finder, first, end) : has_article(finder, first, end)))
        return ACTOR_ORGANIZATION;
    return is_body_by_ends(finder, first, end, type) ? ACTOR_ORGANIZATION : type;
}

/* "Prime" before "Minister": a title's first word, not a person. */
static bool is_part_of_title(const struct name_finder *finder, uint32_t first, uint32_t end,
                             const struct sentence *sentence, bool cased)
{
    uint32_t sentence_end = sentence->end;
    if (names_is_only(finder, end - 1, end, NAME_ANY_TITLE, NAME_GIVEN | NAME_SURNAME))
        return true;
    bool opens = end - first == 1 && cased && !finder->evidence.asked &&
                 finder->article->tokens[first].flags & TOKEN_SENTENCE_START;
    if (opens && end < sentence_end && names_token_is_capital(&finder->article->tokens[end]) &&
        name_context_is_noun(&finder->words, first) &&
        !names_is_only(finder, first, end, NAME_GIVEN | NAME_SURNAME, 0)) /* "Lender IndusInd" */
        return true;
    bool role = end - first == 1 && names_is_only(finder, first, end, NAME_ANY_ROLE, 0);
    /* "Pope" before "Francis", whoever else is called so */
    if (role && end < sentence_end && names_is_only(finder, end, end + 1, NAME_GIVEN, 0) &&
        (!cased || names_token_is_capital(&finder->article->tokens[end])))
        return true;
    if (role && !cased && first > sentence->first &&
        role_word_is(&finder->words, first - 1, SMALL_DETERMINER)) /* "the pope" */
        return true;
    const struct gazetteer_entry *entry = end - first == 1 && end < sentence_end
                                              ? gazetteer_find(finder->gazetteer, &finder->article->tokens[first], 2)
                                              : NULL;
    return entry && entry->classes & NAME_ANY_ROLE;
}

/* "We" behind a quotation mark. */
static bool is_function_word(const struct name_finder *finder, uint32_t first, uint32_t end)
{
    const struct token *token = &finder->article->tokens[first];
    return end - first == 1 && !(token->flags & TOKEN_ALL_UPPER) && token->small & SMALL_FUNCTION;
}

/* A word that is not all in lower case: "eBay". */
static bool has_capital(const struct name_finder *finder, uint32_t first, uint32_t end)
{
    const struct token *tokens = finder->article->tokens;
    while (first < end && (tokens[first].kind != TOKEN_WORD || tokens[first].flags & TOKEN_LOWER))
        first++;
    return first < end;
}

/* In a language that the tagger has not learnt: a noun or a title beside the name says that it is of this type; one
 * that the tagger takes for neither becomes an organization ("Le groupe Ansaroul Islam"). German nouns stand behind
 * titles as well: "Mitarbeiter Vermögen". */
static bool is_said(const struct name_finder *finder, const struct sentence *sentence, uint32_t first, uint32_t end,
                    enum actor_type *type)
{
    if (!finder->evidence.asked || names_is_only(finder, first, end, NAME_DEMONYM | NAME_NOT, 0))
        return false;
    enum actor_type beside = name_context_type(&finder->words, sentence, first, end);
    bool noun = !slice_is_null(name_context_kind(&finder->words, sentence, first, end));
    if (*type == ACTOR_OTHER && beside == ACTOR_ORGANIZATION && noun)
        *type = beside;
    if (beside != *type || *type == ACTOR_OTHER)
        return false;
    for (uint32_t i = first; i < end && *type == ACTOR_PERSON; i++)
        if (finder->article->tokens[i].flags & TOKEN_LOWER &&
            !lexicon_find(finder->particles, finder->article->tokens[i].lower))
            return false;
    return *type == ACTOR_PERSON ? !finder->evidence.capital_nouns || end - first > 1 : noun;
}

/* English: "the gym chain Nordic Wellness": what the tagger takes for no actor, and the noun before it says what it is.
 */
static bool is_kind_of_body(const struct name_finder *finder, const struct sentence *sentence, uint32_t first,
                            uint32_t end)
{
    if (finder->evidence.asked || first < sentence->first + 2 ||
        names_is_only(finder, first, end, NAME_DEMONYM | NAME_NOT | NAME_COMMON, 0) ||
        names_is_only(finder, first, first + 1, NAME_DEMONYM | NAME_NOT, 0) ||
        !names_token_is_capital(&finder->article->tokens[end - 1]))
        return false;
    const struct sentence before = {.first = sentence->first, .end = first};
    return name_context_type(&finder->words, &before, first, first) == ACTOR_ORGANIZATION;
}

/* "Police Public Relations Officer", "Department Spokesperson": an office; "Office of the Director" and "Colegio
 * Médico" are bodies. */
static bool is_office(const struct name_finder *finder, uint32_t first, uint32_t end)
{
    const uint32_t others =
        NAME_GIVEN | NAME_ORGANIZATION_TAIL | (end - first > 2 ? 0 : NAME_SURNAME); /* "Thomas Cook" */
    return end - first > 1 && names_is_only(finder, end - 1, end, NAME_ANY_ROLE, others) &&
           !((end - first > 2 || finder->evidence.asked) &&
             names_is_only(finder, first, first + 1, NAME_ORGANIZATION_HEAD, 0)) &&
           !names_is_only(finder, first, end, NAME_ORGANIZATION, 0);
}

/* "Texas" of "Texas State Auditor": whose office it is, where lists know it. */
static enum actor_type cut_office(const struct name_finder *finder, uint32_t first, uint32_t *end)
{
    size_t length;
    const struct gazetteer_entry *entry =
        gazetteer_longest(finder->gazetteer, &finder->article->tokens[first], *end - first - 1,
                          NAME_ANY_PLACE | NAME_ORGANIZATION, &length);
    bool large = entry && (entry->classes & (NAME_COUNTRY | NAME_CAPITAL | NAME_REGION | NAME_ORGANIZATION) ||
                           gazetteer_is_large_city(entry));
    if (!large) /* "National", a small town */
        return ACTOR_OTHER;
    *end = first + (uint32_t)length;
    return entry->classes & NAME_ORGANIZATION ? ACTOR_ORGANIZATION : ACTOR_PLACE;
}

/* English: "of the British Antarctic Survey, who": no person has an article; "the Joe Biden administration" is his. */
static bool has_definite_article(const struct name_finder *finder, const struct sentence *sentence, uint32_t first,
                                 uint32_t end)
{
    const struct token *tokens = finder->article->tokens;
    if (finder->evidence.asked || end - first < 2 || first == sentence->first ||
        !slice_equals(tokens[first - 1].lower, SLICE("the")) ||
        names_is_only(finder, first, first + 1, NAME_GIVEN | NAME_HONORIFIC, 0))
        return false;
    return names_stands_alone(finder, sentence, end);
}

static bool is_common_word(const struct name_finder *finder, uint32_t first, uint32_t end, float margin)
{
    return end - first == 1 && margin < SURE_COMMON &&
           names_is_only(finder, first, end, NAME_COMMON,
                         NAME_ANY_PLACE | NAME_ORGANIZATION | NAME_GIVEN | NAME_SURNAME);
}

/* "Bank", "Council" alone: some bank, not a name. */
static bool is_some_body(const struct name_finder *finder, uint32_t first, uint32_t end)
{
    return end - first == 1 &&
           names_is_only(finder, first, end, NAME_ORGANIZATION_HEAD | NAME_ORGANIZATION_TAIL, NAME_ORGANIZATION);
}

enum name_verdict name_types_judge(const struct name_finder *finder, const struct sentence *sentence, float margin,
                                   bool cased, struct name_piece *piece)
{
    uint32_t start = piece->first;
    enum actor_type type = settled_type(finder, start, piece->end, piece->type);
    if (type == ACTOR_OTHER && cased && is_kind_of_body(finder, sentence, start, piece->end))
        type = ACTOR_ORGANIZATION;
    bool chamber = type == ACTOR_ORGANIZATION && is_chamber(finder, start, piece->end);
    bool said = is_said(finder, sentence, start, piece->end, &type) || chamber;
    if (type == ACTOR_PERSON && name_evidence_is_city(&finder->evidence, start, piece->end))
        type = ACTOR_PLACE;
    if (type == ACTOR_PERSON && is_part_of_title(finder, start, piece->end, sentence, cased))
        return NAME_IS_TITLE;
    if (type == ACTOR_PERSON && cased && has_definite_article(finder, sentence, start, piece->end))
        type = ACTOR_ORGANIZATION;
    if (is_function_word(finder, start, piece->end) || (!cased && is_common_word(finder, start, piece->end, margin)))
        type = ACTOR_OTHER;
    if (type == ACTOR_ORGANIZATION && is_office(finder, start, piece->end))
        type = cut_office(finder, start, &piece->end);
    bool opens = finder->article->tokens[start].flags & TOKEN_SENTENCE_START && piece->end < sentence->end &&
                 role_word_is_noun(&finder->words, piece->end);
    bool some = (type == ACTOR_ORGANIZATION && !chamber) ||
                (type == ACTOR_PLACE && cased && opens); /* "Union president Joseph Chewe" */
    if (some && is_some_body(finder, start, piece->end))
        type = ACTOR_OTHER;
    bool bare = cased && finder->evidence.asked && !has_capital(finder, start, piece->end);
    piece->type = type;
    return bare || (!said && !name_evidence_holds(&finder->evidence, start, piece->end, type, margin)) ? NAME_IS_NONE
                                                                                                       : NAME_IS_ONE;
}
