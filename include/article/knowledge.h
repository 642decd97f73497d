/* knowledge: what the process knows and never changes after start: lexicons, models and the tables
 * that stages compile from them. Made by pipeline/knowledge, read by every stage. Each table is owned
 * and documented by the module that makes it; here they are only names. */
#ifndef NEWSMETA_ARTICLE_KNOWLEDGE_H
#define NEWSMETA_ARTICLE_KNOWLEDGE_H

struct lexicon;       /* model/lexicon.h: data/lexicon, by table name */
struct word_classes;  /* model/word_classes.h: how frequent English words are */
struct small_words;   /* model/small_words.h: function words, words that hold names together */
struct page_lexicon;  /* page/page_lexicon.h: how pages name what they claim */
struct line_lexicon;  /* text/lines.h: how byline, teaser, consent... lines are worded */
struct body_model;    /* text/body.h: weights that tell prose from the rest of a page */
struct label_patterns; /* find/labels.h: what class names and ids hint at */
struct headline_lexicon; /* find/headline/headline.h */
struct author_lexicon;   /* find/authors/authors.h */
struct date_lexicon;  /* find/dates/dates.h: month and weekday names, words around dates */
struct language_model; /* find/language.h */
struct gazetteer;     /* model/gazetteer.h: what is known of a name: what it may be, where it is */
struct tagger;        /* model/tagger.h: weights that tell names in prose */
struct ranker; /* model/ranker.h: weights by name; find/actors/confidence.h and find/salience/salience.h say of what */
struct topic_model;   /* find/topics.h */
struct phrase_lexicon; /* find/phrases.h */

struct knowledge {
    const struct lexicon *lexicon;
    const struct word_classes *word_classes;
    const struct small_words *small_words;
    const struct page_lexicon *page;
    const struct line_lexicon *lines;
    const struct body_model *body;
    const struct label_patterns *labels;
    const struct headline_lexicon *headline;
    const struct author_lexicon *authors;
    const struct date_lexicon *dates;
    const struct language_model *language;
    const struct gazetteer *gazetteer;
    const struct tagger *tagger;
    const struct ranker *confidence, *salience;
    const struct topic_model *topics;
    const struct phrase_lexicon *phrases;
};

#endif
