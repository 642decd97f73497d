/* Names that the tagger marked as one, and of which words within say that there are several: "NASA" and "Charles
 * Bolden" of "NASA Administrator Charles Bolden". */
#include "find/names/dateline.h"
#include "find/names/name_context.h"
#include "names_internal.h"

#define LONGEST_PERSON 5  /* words of a person's name behind a title */
#define LONGEST_JOINED 24 /* words of names that are looked at for parts */

static size_t add_piece(const struct name_finder *finder, struct name_piece *pieces, size_t count, uint32_t first,
                        uint32_t end, enum actor_type type, bool cased)
{
    pieces[count] = (struct name_piece){first, end, type};
    name_bounds_trim(finder, cased, &pieces[count]);
    return count + 1;
}

/* A given name first, and no word that marks an organization. */
static bool looks_like_person(const struct name_finder *finder, uint32_t first, uint32_t end)
{
    if (end - first < 2 || end - first > LONGEST_PERSON || !(names_classes(finder, first, first + 1) & NAME_GIVEN))
        return false;
    for (uint32_t i = first + 1; i < end; i++)
        if (names_classes(finder, i, i + 1) & (NAME_ORGANIZATION_HEAD | NAME_ORGANIZATION_TAIL) ||
            names_is_join(token_at(finder, i)->lower))
            return false;
    return true;
}

/* What [first, end) is when it stands before a possessive mark or a title: an actor that needs nothing else.
 * ACTOR_OTHER: none. */
static enum actor_type alone_type(const struct name_finder *finder, uint32_t first, uint32_t end)
{
    const struct gazetteer_entry *entry = gazetteer_find(finder->gazetteer, token_at(finder, first), end - first);
    uint32_t classes = entry ? entry->classes : 0;
    if (classes & (NAME_COUNTRY | NAME_CAPITAL) || gazetteer_is_large_city(entry))
        return ACTOR_PLACE;
    bool acronym =
        end - first == 1 && token_at(finder, first)->flags & TOKEN_ALL_UPPER && token_at(finder, first)->lower.len > 1;
    return classes & NAME_ORGANIZATION || (acronym && !(classes & (NAME_NOT | NAME_ANY_TITLE))) ? ACTOR_ORGANIZATION
                                                                                                : ACTOR_OTHER;
}

/* The possessive mark between two names, or end. */
static uint32_t find_possessive(const struct name_finder *finder, uint32_t first, uint32_t end)
{
    for (uint32_t i = first + 1; i + 1 < end; i++)
        if (names_is_possessive(token_at(finder, i)) && !names_classes(finder, first, end) &&
            alone_type(finder, first, i) != ACTOR_OTHER)
            return i;
    return end;
}

/* The dash with blanks around it that no name goes over: "Brussels - Customers". Or end. */
static uint32_t find_dash(const struct name_finder *finder, uint32_t first, uint32_t end)
{
    for (uint32_t i = first + 1; i + 1 < end; i++)
        if (dateline_is_dash(token_at(finder, i)->lower) &&
            token_at(finder, i)->flags & token_at(finder, i + 1)->flags & TOKEN_SPACE_BEFORE)
            return i;
    return end;
}

/* "Mill Lane" and "Station Road", "Ann Berg" and "Tom Lee": of places and people two words on each side are two names.
 */
static bool is_pair(const struct name_finder *finder, uint32_t first, uint32_t conjunction, uint32_t end)
{
    bool places = name_context_is_place_noun(&finder->words, conjunction - 1) &&
                  name_context_is_place_noun(&finder->words, end - 1);
    bool people = looks_like_person(finder, first, conjunction) && looks_like_person(finder, conjunction + 1, end);
    return conjunction - first > 1 && end - conjunction > 2 && (places || people);
}

/* English: "Nurses Organisation" and the "College of Midwives": a body's name ends before "and the". */
static bool ends_before_the(const struct name_finder *finder, uint32_t conjunction, uint32_t end)
{
    const uint32_t marks = NAME_ORGANIZATION_HEAD | NAME_ORGANIZATION_TAIL;
    return conjunction + 2 < end && slice_equals(token_at(finder, conjunction + 1)->lower, SLICE("the")) &&
           names_token_is_capital(token_at(finder, conjunction + 2)) &&
           names_classes(finder, conjunction - 1, conjunction) & marks;
}

static bool is_known_body(const struct name_finder *finder, uint32_t first, uint32_t end)
{
    return names_is_only(finder, first, end, NAME_ORGANIZATION, NAME_GIVEN | NAME_SURNAME | NAME_COMMON);
}

/* The "and" between two names that need nothing else, of which the whole is none: "European Union and Canada". Or end.
 */
static uint32_t find_and(const struct name_finder *finder, uint32_t first, uint32_t end)
{
    for (uint32_t i = first + 1; i + 1 < end; i++)
        if (role_word_is(&finder->words, i, SMALL_CONJUNCTION) && !names_classes(finder, first, end) &&
            ((alone_type(finder, first, i) != ACTOR_OTHER && alone_type(finder, i + 1, end) != ACTOR_OTHER) ||
             is_pair(finder, first, i, end) || ends_before_the(finder, i, end) || is_known_body(finder, first, i) ||
             is_known_body(finder, i + 1, end)))
            return i;
    return end;
}

static bool is_all_capitals(const struct name_finder *finder, uint32_t first, uint32_t end)
{
    while (first < end && names_token_is_capital(token_at(finder, first)))
        first++;
    return first == end;
}

/* The title before a person's name within [first, end): its first token; *behind is the first of the name. end: none.
 */
static uint32_t find_title(const struct name_finder *finder, uint32_t first, uint32_t end, enum actor_type type,
                           uint32_t *behind)
{
    const uint32_t parts = NAME_GIVEN | NAME_SURNAME | NAME_ORGANIZATION_HEAD | NAME_ORGANIZATION_TAIL;
    for (uint32_t i = first; i + 1 < end; i++) {
        if (!names_is_only(finder, i, i + 1, NAME_ANY_ROLE, parts))
            continue;
        *behind = i + 1;
        while (*behind + 1 < end && names_is_only(finder, *behind, *behind + 1, NAME_ANY_TITLE, parts))
            ++*behind;
        /* "Francis meets Ayatollah Sistani" holds two, "Abdikadir Sheikh Noor" one. */
        bool two = type == ACTOR_PERSON && i > first &&
                   (alone_type(finder, first, i) != ACTOR_OTHER || !is_all_capitals(finder, first, i));
        bool person = looks_like_person(finder, *behind, end) || two;
        while (i > first && names_is_only(finder, i - 1, i, NAME_ANY_TITLE | NAME_DEMONYM, parts))
            i--;
        return person ? i : end;
    }
    return end;
}


/* Behind "the mayor of", "le directeur de l'". */
static bool is_behind_role(const struct name_finder *finder, uint32_t first)
{
    while (first > 1 && role_word_is(&finder->words, first - 1, SMALL_DETERMINER) &&
           !role_word_is(&finder->words, first - 1, SMALL_OF))
        first--;
    return first > 1 && role_word_is(&finder->words, first - 1, SMALL_OF) &&
           role_word_is_noun(&finder->words, first - 2);
}

/* Over "le maire de" that the tagger took into the name: where what the role is of begins, or `first`. */
static uint32_t behind_role_within(const struct name_finder *finder, uint32_t first, uint32_t end)
{
    uint32_t noun = first + role_word_is(&finder->words, first, SMALL_DETERMINER);
    if (noun + 3 > end || !(token_at(finder, noun)->flags & TOKEN_LOWER) || !role_word_is_noun(&finder->words, noun) ||
        !role_word_is(&finder->words, noun + 1, SMALL_OF))
        return first;
    uint32_t body = noun + 2;
    while (body + 1 < end && token_at(finder, body)->flags & TOKEN_LOWER &&
           role_word_is(&finder->words, body, SMALL_DETERMINER))
        body++;
    return body;
}

/* Where the person's name begins in "maire de" "Toulouse Bertrand L.", "catedrático de la" "Universitat de València
 * Josep B.", "Minister of" "Transport Hany A.": behind what a role is of. end: nowhere. */
static uint32_t find_holder(const struct name_finder *finder, uint32_t first, uint32_t end)
{
    const uint32_t marks = NAME_ORGANIZATION_HEAD | NAME_ORGANIZATION_TAIL | NAME_COMMON;
    if (!is_behind_role(finder, first))
        return end;
    for (uint32_t i = first + 1; i + 1 < end; i++) {
        bool body = names_classes(finder, first, i) & NAME_ORGANIZATION ||
                    alone_type(finder, first, i) == ACTOR_PLACE || alone_type(finder, i - 1, i) == ACTOR_PLACE;
        bool office = i == first + 1 && names_is_only(finder, first, i, NAME_COMMON | NAME_MODIFIER,
                                                      NAME_ORGANIZATION_HEAD | NAME_GIVEN | NAME_SURNAME);
        if ((body || office) && looks_like_person(finder, i, end))
            return i;
        /* "Member of Parliament" "Zanetor O.": behind a body of one word two capitals that mark none are somebody. */
        if (i == first + 1 && i + 2 == end && names_is_only(finder, first, i, NAME_ORGANIZATION_HEAD, 0) &&
            !(names_classes(finder, i, i + 1) & marks) && !(names_classes(finder, i + 1, end) & marks) &&
            is_all_capitals(finder, i, end))
            return i;
    }
    return end;
}

/* The word is one that firms alone end with. */
static bool is_firms_word(const struct name_finder *finder, uint32_t i)
{
    const struct gazetteer_entry *entry = gazetteer_find(finder->gazetteer, token_at(finder, i), 1);
    return entry && entry->classes & NAME_ORGANIZATION_TAIL && !(entry->classes & NAME_ORGANIZATION_HEAD) &&
           entry->organization_type &&
           slice_equals(gazetteer_organization_type(entry->organization_type), SLICE("company"));
}

/* English: the "of" between a firm and where it is at home: "Chongyang Metals of China", "Galerie Vanthournout of
 * Brussels"; the "Bank of China" and the "Dairy Farmers of America" are called so. Or end. */
static uint32_t find_home(const struct name_finder *finder, uint32_t first, uint32_t end)
{
    uint32_t of = end - 2;
    if (finder->evidence.asked || end - first < 4 || !slice_equals(token_at(finder, of)->lower, SLICE("of")) ||
        names_classes(finder, first, end) || alone_type(finder, of + 1, end) != ACTOR_PLACE ||
        slice_ends(token_at(finder, of - 1)->lower, SLICE("ers")))
        return end;
    bool firm = is_firms_word(finder, of - 1) && !(names_classes(finder, first, first + 1) & NAME_ORGANIZATION_HEAD);
    bool foreign = names_is_only(finder, first, first + 1, NAME_ORGANIZATION_HEAD, NAME_COMMON) &&
                   !names_classes(finder, of - 1, of);
    return firm || foreign ? of : end;
}

size_t name_split(const struct name_finder *finder, uint32_t first, uint32_t end, enum actor_type type, bool cased,
                         struct name_piece pieces[static NAME_PIECES])
{
    size_t count = 0;
    if (end - first > LONGEST_JOINED)
        return add_piece(finder, pieces, count, first, end, type, cased);
    if (end - first == 2 && cased && name_bounds_is_before_place(finder, first)) /* "Landkreis Sömmerda" */
        type = ACTOR_PLACE;
    uint32_t behind, at = find_dash(finder, first, end);
    if (at < end) {
        enum actor_type alone = alone_type(finder, first, at);
        return add_piece(finder, pieces, count, first, at, alone != ACTOR_OTHER ? alone : type, cased);
    }
    at = find_and(finder, first, end);
    if (at < end) {
        enum actor_type left = alone_type(finder, first, at), right = alone_type(finder, at + 1, end);
        count = add_piece(finder, pieces, count, first, at, left != ACTOR_OTHER ? left : type, cased);
        return add_piece(finder, pieces, count, at + 1, end, right != ACTOR_OTHER ? right : type, cased);
    }
    at = find_possessive(finder, first, end);
    if (at < end) {
        count = add_piece(finder, pieces, count, first, at, alone_type(finder, first, at), cased);
        first = at + 1;
        type = looks_like_person(finder, first, end) ? ACTOR_PERSON : type;
    }
    at = type == ACTOR_PERSON || type == ACTOR_ORGANIZATION ? find_title(finder, first, end, type, &behind) : end;
    if (at < end) {
        enum actor_type before = at > first ? alone_type(finder, first, at) : ACTOR_OTHER;
        if (before == ACTOR_OTHER && at - first > 1 && is_all_capitals(finder, first, at))
            before = ACTOR_ORGANIZATION;
        if (before != ACTOR_OTHER)
            count = add_piece(finder, pieces, count, first, at, before, cased);
        return add_piece(finder, pieces, count, behind, end, ACTOR_PERSON, cased);
    }
    at = type == ACTOR_ORGANIZATION ? find_home(finder, first, end) : end;
    if (at < end) {
        count = add_piece(finder, pieces, count, first, at, type, cased);
        return add_piece(finder, pieces, count, at + 1, end, ACTOR_PLACE, cased);
    }
    uint32_t body = behind_role_within(finder, first, end);
    at = find_holder(finder, body, end);
    if (at < end) {
        enum actor_type before = alone_type(finder, body, at);
        if (before != ACTOR_OTHER || at > body + 1)
            count =
                add_piece(finder, pieces, count, body, at, before != ACTOR_OTHER ? before : ACTOR_ORGANIZATION, cased);
        return add_piece(finder, pieces, count, at, end, ACTOR_PERSON, cased);
    }
    return add_piece(finder, pieces, count, first, cased ? name_bounds_cut(finder, first, end, type) : end, type,
                     cased);
}
