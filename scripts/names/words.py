"""Reading and writing words, one a line, as build/tag-names does; cutting plain text into them."""
import re

TAGS = ['O'] + [place + '-' + kind for kind in ('PER', 'ORG', 'LOC', 'MISC') for place in 'BI']

WORD = re.compile(r"""https?://\S+ | [@#]\w+ | (?:[A-Za-z]\.){2,}
    | (?:Mr|Mrs|Ms|Dr|St|Gen|Sen|Rep|Gov|Jr|Sr|Lt|Col|Sgt|Capt|No|vs|Inc|Corp|Co|Ltd)\.
    | [^\W\d_]+n['’]t(?=\W|$) | ['’](?:s|re|ve|ll|d|m)\b | \d+(?:[.,:]\d+)* | \w+(?:[-&]\w+)* | \.\.\. | [^\w\s]""",
                  re.VERBOSE)
SENTENCE_END = re.compile(r'(?<=[.!?])["”]?\s+(?=["“]?[A-Z])')


def cut_words(text):
    words = []
    for word in WORD.findall(text):
        negated = re.match(r"(.+)(n['’]t)$", word)
        words += negated.groups() if negated else [word]
    return words


def cut_sentences(text):
    return [cut_words(sentence) for sentence in SENTENCE_END.split(text) if sentence.strip()]


def read_sentences(path):
    """Lists of words."""
    words = []
    with open(path, encoding='utf-8') as lines:
        for line in lines:
            word = line.rstrip('\n').split('\t')[0]
            if word and not word.startswith('-DOCSTART-'):
                words.append(word)
            elif words:
                yield words
                words = []
    if words:
        yield words
