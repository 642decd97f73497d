/* What the tagger takes for somebody or a place, and what it is by its own words, by what it does and has, and by who
 * works for it. */
#include "article/knowledge.h"
#include "find/names/name_context.h"
#include "merger.h"

#define LONGEST_ACRONYM 6 /* letters */
#define SHORTEST_PLURAL 4 /* letters of "cats"; initials behind a surname are "S" */

/* Whether a noun for people stands before the person, over a comma too: "Analyst Johan Lilja", "its lawyer, Ishbel
 * Drever". */
static bool is_introduced(const struct merger *merger, const struct mention *person)
{
    uint32_t start = merger->article->sentences[person->sentence].first;
    uint32_t behind = person->first > start && merger_is_word(merger, person->first - 1, SLICE(",")) ? person->first - 1
                                                                                                     : person->first;
    return behind > start && role_word_is_noun(&merger->words, behind - 1);
}

/* "Analyst Johan Lilja at Nordea", "its lawyer, Ishbel Drever of Brodies,": whom a person with a title works for. */
bool actor_is_employer(const struct merger *merger, const struct mention *mention)
{
    const struct article *article = merger->article;
    if (mention == article->mentions || !role_word_is(&merger->words, mention->first - 1, SMALL_OF))
        return false;
    const struct mention *person = mention - 1;
    return person->type == ACTOR_PERSON && person->end + 1 == mention->first && person->sentence == mention->sentence &&
           is_introduced(merger, person);
}

/* English: "Gartner's" "Mike Ramsey": a person is had by a body or a place, whatever surname these have. */
static bool has_person(const struct merger *merger, const struct mention *mention)
{
    const struct article *article = merger->article;
    const struct mention *person = mention + 1;
    return mention->end - mention->first == 1 && person < article->mentions + article->mention_count &&
           person->type == ACTOR_PERSON && person->first == mention->end + 1 && person->end - person->first > 1 &&
           person->sentence == mention->sentence &&
           slice_equals(merger_token(merger, mention->end)->lower, SLICE("'s"));
}

/* English: "Pheu Thai, which": nobody is a thing. */
static bool is_thing(const struct merger *merger, const struct mention *mention)
{
    const struct sentence *sentence = &merger->article->sentences[mention->sentence];
    return mention->end + 2 < sentence->end && merger_is_word(merger, mention->end, SLICE(",")) &&
           merger_is_word(merger, mention->end + 1, SLICE("which"));
}

/* English: "operated by Challenge Cargo", where no list has a place of that name. */
static bool is_doer(const struct merger *merger, const struct mention *mention)
{
    const struct sentence *sentence = &merger->article->sentences[mention->sentence];
    uint32_t first = mention->first;
    if (first > sentence->first && merger_is_word(merger, first - 1, SLICE("the")))
        first--;
    if (first < sentence->first + 2 || !role_word_is(&merger->words, first - 1, SMALL_AGENT))
        return false;
    struct slice verb = merger_token(merger, first - 2)->lower;
    bool made =
        slice_equals(verb, SLICE("made")) || slice_equals(verb, SLICE("built")) || slice_equals(verb, SLICE("run"));
    return made ||
           (slice_ends(verb, SLICE("ed")) && !slice_equals(verb, SLICE("led")) && !slice_equals(verb, SLICE("headed")));
}

/* English: "Paris-based Mistral" */
static bool is_based(const struct merger *merger, const struct mention *mention)
{
    const struct sentence *sentence = &merger->article->sentences[mention->sentence];
    return mention->first > sentence->first &&
           slice_ends(merger_token(merger, mention->first - 1)->lower, SLICE("-based"));
}

/* English: "a group calling itself Black Heron" */
static bool is_self_styled(const struct merger *merger, const struct mention *mention)
{
    const struct sentence *sentence = &merger->article->sentences[mention->sentence];
    return mention->first > sentence->first + 1 && merger_is_word(merger, mention->first - 2, SLICE("calling")) &&
           (merger_is_word(merger, mention->first - 1, SLICE("itself")) ||
            merger_is_word(merger, mention->first - 1, SLICE("themselves")));
}

/* "Wilderness Safaris", "Northway Trains": several of a thing are nobody's surname, where the first word is an everyday
 * one or no given name. */
static bool is_wordy(const struct merger *merger, struct span core)
{
    const uint32_t people = NAME_GIVEN | NAME_ANY_TITLE | NAME_DEMONYM,
                   names = people | NAME_SURNAME | NAME_ANY_PLACE | NAME_NOT;
    uint32_t first = role_word_classes(&merger->words, core.start, 1),
             last = role_word_classes(&merger->words, core.end - 1, 1);
    struct slice word = merger_token(merger, core.end - 1)->lower;
    if (core.end - core.start != 2 || word.len < SHORTEST_PLURAL ||
        merger_token(merger, core.end - 1)->small & SMALL_FUNCTION || !slice_ends(word, SLICE("s")) ||
        last & (NAME_SURNAME | NAME_GIVEN | NAME_DEMONYM))
        return false;
    return first & NAME_COMMON ? !(first & names) : last & NAME_COMMON && !(first & people);
}

/* "Luchtverkeersleiding Nederland": no list has the first word, and the last is a country as its own people call it. */
static bool has_country(const struct merger *merger, struct span core)
{
    return core.end - core.start > 1 && !role_word_classes(&merger->words, core.start, 1) &&
           role_word_classes(&merger->words, core.end - 1, 1) & NAME_COUNTRY;
}

/* "Reykjavik Geothermal": nobody's first name is a large city's or a country's that no list has for a given name, where
 * the last is no surname. */
static bool is_of_city(const struct merger *merger, struct span core)
{
    const struct gazetteer_entry *first =
        core.end - core.start == 2 ? names_known(merger->job, core.start, core.start + 1) : NULL;
    return first && (first->classes & (NAME_COUNTRY | NAME_CAPITAL) || gazetteer_is_large_city(first)) &&
           !(first->classes & (NAME_GIVEN | NAME_SURNAME)) &&
           !(role_word_classes(&merger->words, core.end - 1, 1) & (NAME_GIVEN | NAME_SURNAME)) &&
           !role_word_ends_as_surname(&merger->words, core.end - 1);
}

/* "Fáilte Ireland" likewise, where nothing stands in it. */
static bool is_national(const struct merger *merger, const struct mention *mention, struct span core)
{
    bool inside = mention->first > merger->article->sentences[mention->sentence].first &&
                  role_word_is(&merger->words, mention->first - 1, SMALL_WHERE);
    return has_country(merger, core) && !inside;
}

/* "PGG" among words in small letters. */
static bool is_acronym(const struct merger *merger, const struct mention *mention, struct span core)
{
    const struct sentence *sentence = &merger->article->sentences[mention->sentence];
    const struct token *token = merger_token(merger, core.start);
    bool calm = (core.start > sentence->first && token[-1].flags & TOKEN_LOWER) ||
                (core.end < sentence->end && token[1].flags & TOKEN_LOWER);
    return core.end - core.start == 1 && token->flags & TOKEN_ALL_UPPER && token->lower.len > 2 &&
           token->lower.len <= LONGEST_ACRONYM && slice_find_byte(token->lower, '.', 0) == SLICE_NOT_FOUND && calm;
}

/* "LockBit", "BioMarine": small letters and a capital behind them; surnames have such capitals behind some beginnings
 * ("McAdam", "DeSantis"). */
static bool is_coined(const struct merger *merger, uint32_t i)
{
    struct slice word = article_text(merger->article, merger_token(merger, i)->span);
    size_t inner = 1;
    while (inner < word.len && !(word.ptr[inner] >= 'A' && word.ptr[inner] <= 'Z' && word.ptr[inner - 1] >= 'a' &&
                                 word.ptr[inner - 1] <= 'z'))
        inner++;
    if (inner >= word.len || word.ptr[0] < 'A' || word.ptr[0] > 'Z')
        return false;
    return !lexicon_find(lexicon_table(merger->job->knowledge->lexicon, "surname_beginnings"),
                         slice_sub(word, 0, inner));
}

/* English: "Temu cut its prices", "Mizuno and its partner", "Norvale said on Monday its pill": nobody is an it. */
static bool is_neuter(const struct merger *merger, const struct mention *mention)
{
    const struct sentence *sentence = &merger->article->sentences[mention->sentence];
    uint32_t verb = mention->end, last = verb + 1;
    if (verb + 1 >= sentence->end || !(merger_token(merger, verb)->flags & TOKEN_LOWER))
        return false;
    if (role_word_is(&merger->words, verb, SMALL_SPEECH)) /* over "on Monday" */
        last = verb + 3 < sentence->end && role_word_is(&merger->words, verb + 1, SMALL_WHERE) ? verb + 3 : verb + 1;
    return merger_is_word(merger, last, SLICE("its")) && !role_word_is(&merger->words, verb, SMALL_WHERE | SMALL_OF);
}

/* English: "the Yury Gagarin Training Center said", where no list has such a place: a place that has an article speaks
 * no more than a body does. */
static bool is_speaker(const struct merger *merger, const struct mention *mention)
{
    const struct sentence *sentence = &merger->article->sentences[mention->sentence];
    return mention->end < sentence->end && role_word_is(&merger->words, mention->end, SMALL_SPEECH) &&
           mention->first > sentence->first && merger_is_word(merger, mention->first - 1, SLICE("the"));
}

/* "in Wetherfield", "near Soma": one may be at, from or on a body as well, and hold shares in one. */
bool actor_stands_inside(const struct merger *merger, const struct mention *mention, uint32_t first)
{
    static const struct slice loose[] = {{"at", 2}, {"from", 4}, {"on", 2}, {"to", 2}};
    const struct sentence *sentence = &merger->article->sentences[mention->sentence];
    if (first == sentence->first || !role_word_is(&merger->words, first - 1, SMALL_WHERE) ||
        name_context_is_held(&merger->words, sentence, first))
        return false;
    for (size_t i = 0; i < sizeof loose / sizeof loose[0]; i++)
        if (slice_equals(merger_token(merger, first - 1)->lower, loose[i]))
            return false;
    return true;
}

/* English: "China's Zijin", where it is not inside of something: a country has its towns, which lists know, and its
 * firms and teams. */
static bool is_of_country(const struct merger *merger, const struct mention *mention, struct span core)
{
    const struct sentence *sentence = &merger->article->sentences[mention->sentence];
    uint32_t country = core.start - 2;
    if (core.end - core.start != 1 || core.start < sentence->first + 2 ||
        !merger_is_word(merger, core.start - 1, SLICE("'s")) || role_word_ends_as_surname(&merger->words, core.start) ||
        !(role_word_classes(&merger->words, country, 1) & NAME_COUNTRY) ||
        actor_stands_inside(merger, mention, country))
        return false;
    return core.end == sentence->end || !(merger_token(merger, core.end)->flags & TOKEN_CAPITALISED);
}

/* English: "Ambulances belong to Falck" */
static bool is_had_by(const struct merger *merger, const struct mention *mention)
{
    uint32_t first = mention->first;
    if (first < merger->article->sentences[mention->sentence].first + 2 ||
        !merger_is_word(merger, first - 1, SLICE("to")))
        return false;
    return merger_is_word(merger, first - 2, SLICE("belong")) || merger_is_word(merger, first - 2, SLICE("belongs")) ||
           merger_is_word(merger, first - 2, SLICE("belonged"));
}

/* "Change.org", "Booking.com": where on the net it is. */
static bool is_domain(const struct merger *merger, uint32_t i)
{
    struct slice word = article_text(merger->article, merger_token(merger, i)->span),
                 last = slice_behind_last(word, '.');
    return last.len > 1 && role_word_list_says(&merger->words, merger->words.cues, last, "domain");
}

/* English: "Nissin fell 1.2%" */
static bool is_quoted(const struct merger *merger, const struct mention *mention)
{
    const struct sentence *sentence = &merger->article->sentences[mention->sentence];
    const struct lexicon_table *verbs = lexicon_table(merger->job->knowledge->lexicon, "share_verbs");
    uint32_t verb = mention->end;
    return verb + 2 < sentence->end && lexicon_find(verbs, merger_token(merger, verb)->lower) &&
           merger_token(merger, verb + 1)->kind == TOKEN_NUMBER &&
           (merger_is_word(merger, verb + 2, SLICE("%")) || merger_is_word(merger, verb + 2, SLICE("percent")) ||
            merger_is_word(merger, verb + 2, SLICE("per")));
}

/* What the tagger takes for a person or a place is a body by what it does and has. */
bool actor_stands_as_body(const struct merger *merger, const struct mention *mention, struct span core,
                           const struct gazetteer_entry *known)
{
    bool given = core.end - core.start > 1 && role_word_classes(&merger->words, core.start, 1) & NAME_GIVEN;
    bool coined = is_coined(merger, core.end - 1) ||
                  (mention->type == ACTOR_PLACE && is_coined(merger, core.start) &&
                   role_word_classes(&merger->words, core.end - 1, 1) & NAME_COUNTRY); /* "BirdWatch Ireland" */
    if (!given && ((mention->type == ACTOR_PERSON && is_acronym(merger, mention, core)) || coined))
        return true;
    if (!slice_equals(merger->words.language, SLICE("en")))
        return false;
    if (is_self_styled(merger, mention))
        return true;
    if (core.end - core.start == 1 &&
        (is_domain(merger, core.start) || (!known && is_of_country(merger, mention, core))))
        return true;
    if (mention->type == ACTOR_PERSON)
        return has_person(merger, mention) || is_wordy(merger, core) || has_country(merger, core) ||
               is_of_city(merger, core) ||
               (!given && (is_neuter(merger, mention) || is_quoted(merger, mention) || is_thing(merger, mention) ||
                           is_based(merger, mention)));
    return mention->type == ACTOR_PLACE && !known &&
           (is_national(merger, mention, core) || is_had_by(merger, mention) || is_doer(merger, mention) ||
            is_speaker(merger, mention) || is_based(merger, mention) || is_quoted(merger, mention));
}
