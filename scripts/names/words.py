"""Reading and writing words, one a line, as build/tag-names does; cutting plain text into them."""
import itertools
import re

TAGS = ['O'] + [place + '-' + kind for kind in ('PER', 'ORG', 'LOC', 'MISC') for place in 'BI']
TITLE_CASE = .7     # of a sentence's words with a capital: capitals say nothing there

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


def has_documents(path):
    with open(path, encoding='utf-8') as lines:
        return any(line.startswith('-DOCSTART-') for line in lines)


def read_documents(path):
    """Lists of sentences, lists of (word, tag or None). In a file without documents each sentence stands for itself."""
    document, sentence, apart = [], [], not has_documents(path)
    with open(path, encoding='utf-8') as lines:
        for line in itertools.chain(lines, ['\n', '-DOCSTART-']):
            word, _, rest = line.rstrip('\n').partition('\t')
            starts = word.startswith('-DOCSTART-')
            if word and not starts:
                sentence.append((word, rest.split('\t')[0] or None))
                continue
            if sentence:
                document.append(sentence)
                sentence = []
            if document and (starts or apart):
                yield document
                document = []


def read_sentences(path):
    """Lists of words."""
    for document in read_documents(path):
        for sentence in document:
            yield [word for word, _ in sentence]
