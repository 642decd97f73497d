#include "pipeline/knowledge.h"

#include <assert.h>

#include "find/actors/confidence.h"
#include "find/authors/authors.h"
#include "find/dates/dates.h"
#include "find/headline/headline.h"
#include "find/labels.h"
#include "find/language.h"
#include "find/phrases.h"
#include "find/salience/salience.h"
#include "find/topics.h"
#include "model/gazetteer.h"
#include "model/lexicon.h"
#include "model/small_words.h"
#include "model/tagger.h"
#include "model/word_classes.h"
#include "page/page_lexicon.h"
#include "text/body.h"
#include "text/lines.h"

const struct knowledge *knowledge_create(struct arena *arena)
{
    const struct lexicon *lexicon = lexicon_create(arena);
    const struct gazetteer *gazetteer = gazetteer_create(arena, lexicon);
    const struct word_classes *word_classes = word_classes_create(arena, lexicon);
    struct knowledge *knowledge = arena_alloc(arena, sizeof *knowledge);
    *knowledge = (struct knowledge){
        .lexicon = lexicon,
        .word_classes = word_classes,
        .small_words = small_words_create(arena, lexicon),
        .page = page_lexicon_create(arena, lexicon),
        .lines = line_lexicon_create(arena, lexicon),
        .body = body_model_create(arena, lexicon),
        .labels = labels_create(arena, lexicon),
        .headline = headline_lexicon_create(arena, lexicon),
        .authors = author_lexicon_create(arena, lexicon),
        .dates = date_lexicon_create(arena, lexicon),
        .language = language_model_create(arena, lexicon, word_classes),
        .gazetteer = gazetteer,
        .tagger = tagger_create(arena, gazetteer, lexicon_embedded_model("names.bin")),
        .confidence = confidence_model_create(arena, lexicon),
        .salience = salience_model_create(arena, lexicon),
        .topics = topic_model_create(arena, lexicon),
        .phrases = phrase_lexicon_create(arena, lexicon),
    };
    assert(knowledge->tagger); /* built with the model that it reads */
    return knowledge;
}
