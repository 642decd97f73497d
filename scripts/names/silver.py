"""Silver labels: the beliefs of our own tagger (FILE.crf, of train-names) and the votes of vote.py, averaged.

usage: silver.py FILE...      -> FILE.silver: word, tag, beliefs, as src/train/corpus.h reads them

Logarithms are added, so that a word is sure only where all agree. The weights were chosen on corpora that our tagger
had not learnt from."""
import sys

import numpy

from words import TAGS, read_sentences

VOTE_WEIGHT = .3     # of each model's vote beside our own beliefs
VOTE_TRUST = .9      # probability of the tag that it votes for
TITLE_CASE = .7      # of a sentence's words with a capital: votes are no use there
DETERMINERS = {'the', 'a', 'an'}
POSSESSIVES = {"'s", '’s', "'", '’'}
COUNT = len(TAGS)


def goes_on(before, tag):
    return tag and tag % 2 == 0 and before in (tag - 1, tag)


STEPS = numpy.array([[0 if not tag or tag % 2 or goes_on(before, tag) else -1e9 for tag in range(COUNT)]
                     for before in range(COUNT)])


def strip_names(words, votes):
    """Names without 'the' in front and "'s" behind: our corpora do not count them in."""
    votes, at = votes.copy(), 0
    while at < len(words):
        first, kind = at, (votes[at] + 1) // 2
        at += 1
        if not kind:
            continue
        while at < len(words) and votes[at] == 2 * kind:
            at += 1
        end = at
        while end - first > 1 and words[first].lower() in DETERMINERS:
            votes[first] = 0
            first += 1
        while end - first > 1 and words[end - 1] in POSSESSIVES:
            end -= 1
            votes[end] = 0
        votes[first] = 2 * kind - 1
    return votes


def as_logarithms(votes):
    scores = numpy.full((len(votes), COUNT), numpy.log((1 - VOTE_TRUST) / (COUNT - 1)))
    scores[numpy.arange(len(votes)), votes] = numpy.log(VOTE_TRUST)
    return scores


def has_sentence_case(words):
    letters = [word for word in words if any(c.isalpha() for c in word)]
    return sum(word[0].isupper() for word in letters) < TITLE_CASE * max(4, len(letters))


def best_path(scores):
    sums, back = scores[0] + STEPS[0], []
    for row in scores[1:]:
        moves = sums[:, None] + STEPS
        back.append(moves.argmax(0))
        sums = moves.max(0) + row
    path = [int(sums.argmax())]
    for row in reversed(back):
        path.append(int(row[path[-1]]))
    return path[::-1]


def label(path):
    own = numpy.fromfile(path + '.crf', numpy.float32).reshape(-1, COUNT)
    votes = [numpy.fromfile(path + '.' + name, numpy.uint8) for name in ('small', 'medium')]
    at = 0
    with open(path + '.silver', 'w', encoding='utf-8') as out:
        for words in read_sentences(path):
            end = at + len(words)
            scores = own[at:end].astype(float)
            if has_sentence_case(words):
                scores = scores + VOTE_WEIGHT * sum(as_logarithms(strip_names(words, v[at:end])) for v in votes)
            scores -= numpy.log(numpy.exp(scores).sum(1, keepdims=True))
            beliefs = numpy.rint(numpy.exp(scores) * 255).astype(int)
            for word, tag, row in zip(words, best_path(scores), beliefs):
                out.write('%s\t%s\t%s\n' % (word, TAGS[tag], ''.join('%02x' % b for b in row)))
            out.write('\n')
            at = end


if __name__ == '__main__':
    for name in sys.argv[1:]:
        label(name)
