"""The unlabelled text that silver labels are made for, one word a line.

usage: open_text.py SHARED OUT

Sentences of Wikipedia, and the standfirsts of HuffPost's stories (their headlines are in title case: what is a
name shows in neither reading)."""
import gzip
import json
import os
import sys

from words import cut_sentences


def main(shared, out):
    with open(os.path.join(out, 'wikipedia.open'), 'w', encoding='utf-8') as f:
        for line in gzip.open(os.path.join(shared, 'data/text/wikipedia.tokens.gz'), 'rt', encoding='utf-8'):
            f.write('\n'.join(line.split()) + '\n\n')
    with open(os.path.join(out, 'standfirsts.open'), 'w', encoding='utf-8') as f, \
            open(os.path.join(out, 'headlines.tokens'), 'w', encoding='utf-8') as headlines:
        for line in gzip.open(os.path.join(shared, 'data/topics/huffpost.jsonl.gz'), 'rt', encoding='utf-8'):
            story = json.loads(line)
            for sentence in cut_sentences(story['title']):
                headlines.write(' '.join(sentence) + '\n')
            sentences = cut_sentences(story.get('text') or '')
            if sentences:
                f.write('-DOCSTART-\n\n' + ''.join('\n'.join(words) + '\n\n' for words in sentences))


if __name__ == '__main__':
    main(*sys.argv[1:])
