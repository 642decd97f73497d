"""Silver labels: the beliefs of a teacher (FILE.NAME, of teacher.py) and of our own tagger (FILE.crf, of train-names),
and the votes of vote.py (FILE.small and FILE.medium, where there are any), averaged.

usage: silver.py NAME TEACHER OWN VOTE FILE...   -> FILE.silver: word, tag, beliefs, as src/train/corpus.h reads them

TEACHER, OWN and VOTE (of each voter) are weights. Logarithms are added, so that a word is sure only where all agree."""
import os
import sys

import numpy

from words import TAGS, TITLE_CASE, has_documents, read_documents

VOTE_TRUST = .9      # probability of the tag that it votes for
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


def read_beliefs(path, name):
    """Logarithms of probabilities, a row a word: the teacher's, ours."""
    teacher = numpy.fromfile(path + '.' + name, numpy.uint8).reshape(-1, COUNT) / -16.
    return teacher, numpy.fromfile(path + '.crf', numpy.float32).reshape(-1, COUNT).astype(float)


def read_votes(path):
    """A number of TAGS a word, of each voter that was asked about the file."""
    return [numpy.fromfile(name, numpy.uint8) for name in (path + '.small', path + '.medium') if os.path.exists(name)]


def sum_votes(words, votes):
    """Where nearly every word has a capital, votes are no use."""
    if not has_sentence_case(words):
        return 0
    return sum(as_logarithms(strip_names(words, vote)) for vote in votes)


def write_sentence(out, words, scores):
    """Each word with its tag on the best path and all beliefs."""
    scores = scores - numpy.log(numpy.exp(scores).sum(1, keepdims=True))
    beliefs = numpy.rint(numpy.exp(scores) * 255).astype(int)
    for word, tag, row in zip(words, best_path(scores), beliefs):
        out.write('%s\t%s\t%s\n' % (word, TAGS[tag], ''.join('%02x' % b for b in row)))
    out.write('\n')


def label(path, name, weights):
    teacher, own = read_beliefs(path, name)
    votes, end = read_votes(path), 0
    scores = weights[0] * teacher + weights[1] * own
    border = '-DOCSTART-\n\n' if has_documents(path) else ''
    with open(path + '.silver', 'w', encoding='utf-8') as out:
        for document in read_documents(path):
            out.write(border)
            for sentence in document:
                words, at = [word for word, _ in sentence], end
                end += len(words)
                write_sentence(out, words, scores[at:end] + weights[2] * sum_votes(words, [vote[at:end] for vote in votes]))


if __name__ == '__main__':
    for file in sys.argv[5:]:
        label(file, sys.argv[1], [float(weight) for weight in sys.argv[2:5]])
