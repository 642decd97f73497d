/* merger: the forms in which a text names its actors, and which of them mean the same one. actors.c collects forms
 * and writes actors, actor_types.c says what they are, actor_merge.c, actor_bodies.c and actor_called.c decide
 * which are one. */
#ifndef NEWSMETA_FIND_ACTORS_MERGER_H
#define NEWSMETA_FIND_ACTORS_MERGER_H

#include "base/map.h"
#include "find/names/names.h"
#include "find/names/role_words.h"

#define NO_FORM UINT32_MAX
#define MERGER_AMBIGUOUS (UINT32_MAX - 1) /* what merger_find() gives for words with which two forms begin */

/* All mentions of one form, before forms are merged. */
struct form {
    uint32_t first, end;      /* tokens of the mention that shows it best */
    uint32_t into;            /* the form that it was merged into, or itself */
    uint32_t mentions;
    uint32_t opens;           /* token of the prose at which it stands first, +1; 0: nowhere */
    uint32_t next_by_surname; /* chain of people with one surname */
    uint16_t country;         /* of the name of a country */
    uint16_t owner; /* of "Russian" before "Foreign Ministry", which another country has too; 0: nothing stands there */
    bool dropped;             /* no actor */
    bool titled;              /* what stands beside it says that a person is named */
    bool placed;              /* stands behind a preposition of places */
    float votes[ACTOR_OTHER + 1];
    struct slice key;
};

struct merger {
    struct job *job;
    struct article *article;
    struct role_words words;
    const struct lexicon_table *legal_forms, *exonyms;
    bool sports;              /* the text tells of a match */
    struct form *forms;
    uint32_t form_count;
    size_t capacity;
    struct map by_owned; /* words of a body that a country stands before -> index + 1 of the form that was named last */
    struct map by_key, by_surname, by_given, by_initials, by_start, by_place, by_nickname; /* -> index + 1 */
    uint32_t *form_of;        /* of each mention, NO_FORM for those that are no actor */
};

static inline const struct token *merger_token(const struct merger *merger, uint32_t i)
{
    return &merger->article->tokens[i];
}

static inline bool merger_is_word(const struct merger *merger, uint32_t i, struct slice word)
{
    return slice_equals(merger_token(merger, i)->lower, word);
}

static inline uint32_t form_length(const struct form *form)
{
    return form->end - form->first;
}

/* Adds to the form's votes what the mention, and what stands around it, says that it is. */
void actor_types_vote(const struct merger *merger, const struct mention *mention, struct form *form);
/* A person with a title works for what the mention names: "Analyst Johan Lilja at Nordea". */
bool actor_is_employer(const struct merger *merger, const struct mention *mention);
/* What begins with token `first`, the mention or the list that it stands in, is where something is: "in Wetherfield",
 * "near Soma". */
bool actor_stands_inside(const struct merger *merger, const struct mention *mention, uint32_t first);
/* What the tagger takes for a person or a place is a body by its words, or by what it does and has. `core`: its own
 * words; `known`: what the gazetteer has of them, or NULL. */
bool actor_stands_as_body(const struct merger *merger, const struct mention *mention, struct span core,
                          const struct gazetteer_entry *known);
/* The type that the form's mentions speak for. */
enum actor_type form_type(const struct form *form);
/* The form that it was merged into in the end. */
uint32_t merger_root(const struct merger *merger, uint32_t form);
/* Makes the form one with the other. */
void merger_join(struct merger *merger, uint32_t form, uint32_t into);
/* The form under that key; NO_FORM where there is none. */
static inline uint32_t merger_find(const struct map *map, struct slice key)
{
    void *value = map_get(map, key);
    return value ? (uint32_t)(uintptr_t)value - 1 : NO_FORM;
}
/* The first letters of the form's words that have capitals, in lower case; with those behind hyphens. Where none has,
 * of all but small words. */
struct slice merger_initials(struct merger *merger, const struct form *form, bool hyphens);
/* Puts the form under words with which it begins; where two begin so, it is not sure which is meant, but for one that
 * goes on from the other, which is then meant. */
void merger_index_start(const struct merger *merger, struct map *starts, struct slice words, uint32_t f);
/* Puts an organization under what it may be called in short. */
void merger_index_organization(struct merger *merger, uint32_t f);
/* The organization that the form is short for: by its acronym, or its first words where these are no name of a place
 * and no word that many share; NO_FORM: it is not sure that there is one. */
uint32_t merger_longer_organization(struct merger *merger, const struct form *form);
/* Joins names of one body that say the same in other words: "US Senate" and "United States Senate", "Justice
 * Department" and "Department of Justice". */
void merger_join_bodies(struct merger *merger);
/* Joins acronyms and other names to the actors behind which the text gives them. */
void merger_join_called(struct merger *merger);
/* Tokens [first, end) in lower case with a blank between, as keys of forms are. */
struct slice merger_join_words(struct merger *merger, uint32_t first, uint32_t end);
/* Merges forms, and gives each mention the form of the actor that it means. */
void merger_merge(struct merger *merger);

#endif
