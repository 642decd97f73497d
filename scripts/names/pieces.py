"""Words as the teacher reads them: pieces of its vocabulary, and the shape that the vocabulary, all in small
letters, does not show. Sentences of a document are read together as far as there is room."""
import os

import numpy
from tokenizers import Tokenizer

from words import TAGS, TITLE_CASE, read_documents

ROOM = 160            # pieces of a chunk
WORD_PIECES = 6       # of one word; what more there is of an address says nothing
SHAPES = ['small', 'capital', 'initial', 'capitals', 'mixed', 'digits', 'mark', 'caseless']
CASELESS = SHAPES.index('caseless')


class Chunk:
    """What is read at once: pieces with their shapes, and for each word its first piece and the tags allowed."""

    def __init__(self, start):
        self.pieces, self.shapes, self.firsts, self.allowed = [start], [CASELESS], [], []

    def add(self, pieces, shape, allowed):
        """A word."""
        self.firsts.append(len(self.pieces))
        self.pieces += pieces
        self.shapes += [shape] * len(pieces)
        self.allowed.append(allowed)

    def end_sentence(self, mark):
        """The mark is a piece that belongs to no word."""
        self.pieces.append(mark)
        self.shapes.append(CASELESS)

    def is_title(self):
        """Whether nearly every word has a capital: then none of them says anything."""
        letters = [shape for shape in (self.shapes[first] for first in self.firsts) if shape < SHAPES.index('digits')]
        return sum(shape > 0 for shape in letters) >= TITLE_CASE * max(4, len(letters))


class Cutter:
    """Cuts words into pieces."""

    def __init__(self, folder):
        self.tokenizer = Tokenizer.from_file(os.path.join(folder, 'tokenizer.json'))
        self.tokenizer.no_padding()
        self.start, self.stop, self.unknown, self.mask = (
            self.tokenizer.token_to_id(name) for name in ('[CLS]', '[SEP]', '[UNK]', '[MASK]'))
        self.known = {}

    def cut(self, word):
        """The word's pieces, at least one."""
        if word not in self.known:
            ids = self.tokenizer.encode(word, add_special_tokens=False).ids
            self.known[word] = ids[:WORD_PIECES] or [self.unknown]
        return self.known[word]


def shape_of(word):
    """How the word's letters are written, as a place in SHAPES."""
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return SHAPES.index('digits' if any(c.isdigit() for c in word) else 'mark')
    capitals = sum(c.isupper() for c in letters)
    if not capitals:
        return SHAPES.index('small')
    if capitals == len(letters):
        return SHAPES.index('initial' if capitals == 1 else 'capitals')
    return SHAPES.index('capital' if capitals == 1 and word[0].isupper() else 'mixed')


def allowed_tags(word, tag, partial):
    """One bit a tag. Where a corpus has no MISC, a word with a capital outside of names may be one."""
    number = TAGS.index(tag or 'O')
    if partial and number == 0 and word[0].isupper():
        return 1 | 3 << TAGS.index('B-MISC')
    return 1 << number


def make_chunks(path, cutter, partial=False):
    """The chunks of a file, in its order: sentences of a document together while there is room."""
    chunks = []
    for document in read_documents(path):
        chunks.append(Chunk(cutter.start))
        for sentence in document:
            words = [(cutter.cut(word), shape_of(word), allowed_tags(word, tag, partial)) for word, tag in sentence]
            add_sentence(chunks, cutter, words)
    return chunks


def add_sentence(chunks, cutter, words):
    """To the last chunk, or to new ones where that is full."""
    if len(chunks[-1].pieces) + sum(len(pieces) for pieces, _, _ in words) >= ROOM and chunks[-1].firsts:
        chunks.append(Chunk(cutter.start))
    for pieces, shape, allowed in words:
        if len(chunks[-1].pieces) + len(pieces) >= ROOM:
            chunks.append(Chunk(cutter.start))
        chunks[-1].add(pieces, shape, allowed)
    chunks[-1].end_sentence(cutter.stop)


def group_chunks(chunks, room, random=None):
    """Lists of places in `chunks` that are about as long as each other and hold `room` pieces together."""
    noise = random.uniform(0, 16, len(chunks)) if random else numpy.zeros(len(chunks))
    order = numpy.argsort([len(chunk.pieces) + n for chunk, n in zip(chunks, noise)], kind='stable')
    groups, longest = [[]], 0
    for at in order:
        longest = max(longest, len(chunks[at].pieces))
        if groups[-1] and longest * (len(groups[-1]) + 1) > room:
            groups.append([])
            longest = len(chunks[at].pieces)
        groups[-1].append(int(at))
    return groups
