#include "find/names/role_words.h"

#include "article/knowledge.h"

#define SHORTEST_ENDING 4 /* bytes, of data/lexicon/role_endings.tsv */
#define LONGEST_ENDING 18

#define SHORTEST_SURNAME_ENDING 2 /* bytes, of data/lexicon/surname_endings.tsv */
#define LONGEST_SURNAME_ENDING 8
#define LETTERS_BEFORE_ENDING 3

struct role_words role_words_make(struct job *job)
{
    const struct lexicon *lexicon = job->knowledge->lexicon;
    struct slice tag = job->article.language.value;
    struct role_words words = {
        .article = &job->article,
        .gazetteer = job->knowledge->gazetteer,
        .endings = lexicon_table(lexicon, "role_endings"),
        .demonyms = lexicon_table(lexicon, "demonyms"),
        .kinds = lexicon_table(lexicon, "kind_nouns"),
        .months = lexicon_table(lexicon, "months"),
        .people = lexicon_table(lexicon, "person_nouns"),
        .matches = lexicon_table(lexicon, "match_words"),
        .doubtful = lexicon_table(lexicon, "doubtful_roles"),
        .owned = lexicon_table(lexicon, "owned_nouns"),
        .cues = lexicon_table(lexicon, "type_cues"),
        .surname_endings = lexicon_table(lexicon, "surname_endings"),
        .language = tag.len >= 2 ? slice_sub(tag, 0, 2) : SLICE("en"),
    };
    return words;
}

/* A word that is a role in one form alone: "Gen" and "PC" before a name, "center" in lower case. */
static bool is_role_in_this_form(const struct role_words *words, uint32_t i)
{
    const struct token *token = role_words_token(words, i);
    const struct lexicon_row *row = lexicon_find(words->doubtful, token->lower);
    if (!row || !slice_equals(row->columns[2], words->language))
        return false;
    bool small = token->flags & TOKEN_LOWER,
         before_name = i + 1 < words->article->token_count && token[1].flags & TOKEN_CAPITALISED;
    if (slice_equals(row->columns[1], SLICE("small")))
        return small || (token->flags & TOKEN_SENTENCE_START && before_name);
    return slice_equals(row->columns[1], SLICE("apart")) ? small && !before_name : !small && before_name;
}

uint32_t role_word_classes(const struct role_words *words, uint32_t i, uint32_t count)
{
    const struct gazetteer_entry *entry = gazetteer_find(words->gazetteer, role_words_token(words, i), count);
    uint32_t classes = entry ? entry->classes : 0;
    if (count > 1 || !(classes & (NAME_RANK | NAME_ROLE)))
        return classes;
    const struct lexicon_row *form = lexicon_find(words->doubtful, role_words_token(words, i)->lower);
    if (!form || is_role_in_this_form(words, i))
        return classes;
    bool kin = slice_equals(form->columns[1], SLICE("capital")) &&
               slice_equals(form->columns[2], words->language);            /* "her father Paul G." */
    return classes & ~(uint32_t)(kin ? NAME_RANK | NAME_ROLE : NAME_RANK); /* "col" in an Italian text */
}

bool role_words_are_romance(const struct role_words *words)
{
    static const struct slice romance[] = {{"es", 2}, {"fr", 2}, {"it", 2}, {"pt", 2}};
    for (size_t i = 0; i < sizeof romance / sizeof romance[0]; i++)
        if (slice_equals(romance[i], words->language))
            return true;
    return false;
}

/* Singular role nouns that no list holds are told by their endings. */
static bool ends_as_role(const struct role_words *words, struct slice word)
{
    if (word.len == 0)
        return false;
    size_t most = slice_equals(words->language, SLICE("de")) ? word.len : word.len - 1; /* "Fahrer" */
    for (size_t length = SHORTEST_ENDING; length <= most && length <= LONGEST_ENDING; length++) {
        const struct lexicon_row *row = lexicon_find(words->endings, slice_sub(word, word.len - length, word.len));
        if (row && slice_equals(row->columns[1], words->language))
            return true;
    }
    return false;
}

/* "CDU-Abgeordnete", "singer-songwriter": the part behind the last hyphen says what it is, but not in "Port-au-Prince".
 */
static bool hyphenated_role(const struct role_words *words, struct slice word)
{
    struct slice last = slice_behind_last(word, '-');
    const struct gazetteer_entry *entry = slice_is_null(last) ? NULL : gazetteer_find_text(words->gazetteer, last);
    if (!entry || !(entry->classes & NAME_ANY_ROLE))
        return false;
    const struct gazetteer_entry *whole = gazetteer_find_text(words->gazetteer, word);
    return !whole || !(whole->classes & NAME_ANY_PLACE);
}

/* English: "a major skeptic", "the general public": a rank in small letters before another such word is an adjective.
 */
static bool is_adjective(const struct role_words *words, uint32_t i)
{
    const struct token *token = role_words_token(words, i), *next = token + 1;
    if (!(token->flags & TOKEN_LOWER) || i + 1 >= words->article->token_count ||
        !slice_equals(words->language, SLICE("en")))
        return false;
    bool plain =
        next->kind == TOKEN_WORD && next->flags & TOKEN_LOWER && !(next->small & (SMALL_FUNCTION | SMALL_SPEECH));
    return plain && role_word_classes(words, i, 1) & NAME_RANK && !(role_word_classes(words, i + 1, 1) & NAME_ANY_ROLE);
}

bool role_word_is_noun(const struct role_words *words, uint32_t i)
{
    const struct token *token = role_words_token(words, i);
    if (token->kind != TOKEN_WORD || is_adjective(words, i))
        return false;
    bool noun = token->flags & TOKEN_LOWER || slice_equals(words->language, SLICE("de"));
    return role_word_classes(words, i, 1) & NAME_ANY_ROLE ||
           (noun && ends_as_role(words, token->lower) && !lexicon_find(words->kinds, token->lower)) ||
           hyphenated_role(words, token->lower) || is_role_in_this_form(words, i);
}

uint16_t role_word_country(const struct role_words *words, uint32_t i)
{
    const struct gazetteer_entry *entry = gazetteer_find(words->gazetteer, role_words_token(words, i), 1);
    if (entry && entry->classes & NAME_DEMONYM && !(role_words_token(words, i)->flags & TOKEN_LOWER))
        return entry->countries[0];
    const struct lexicon_row *row = lexicon_find(words->demonyms, role_words_token(words, i)->lower);
    for (; row; row = row->next)
        if (slice_equals(row->columns[2], words->language))
            return COUNTRY_CODE(row->columns[1].ptr[0], row->columns[1].ptr[1]);
    return 0;
}

bool role_word_list_says(const struct role_words *words, const struct lexicon_table *table, struct slice word,
                         const char *what)
{
    for (const struct lexicon_row *row = lexicon_find(table, word); row; row = row->next)
        if (slice_equals(row->columns[1], words->language) && slice_equals(row->columns[2], slice_from_cstr(what)))
            return true;
    return false;
}

bool role_word_ends_as_surname(const struct role_words *words, uint32_t i)
{
    struct slice word = role_words_token(words, i)->lower;
    for (size_t length = SHORTEST_SURNAME_ENDING;
         length <= LONGEST_SURNAME_ENDING && length + LETTERS_BEFORE_ENDING <= word.len; length++)
        if (lexicon_find(words->surname_endings, slice_sub(word, word.len - length, word.len)))
            return true;
    return false;
}
