"""The network that is trained: the embedder's encoder, its upper layers set free, with three heads on top.

Input: `query: QUESTION </s> CONTEXT PASSAGE </s>` in one row of tokens. A vector that tells the question from the
passage is added above the frozen layers. Heads: beginning and end of the answer (place 0: "not here"), whether
the passage answers, and yes or no.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

from assistant.reader.graph import FROZEN
from index.embed.e5.weights import ModelFile, bundled_model

_DROPPED = 0.1


class Layer(nn.Module):
    """One layer of the encoder, with the embedder's own weights to begin with."""

    def __init__(self, model: ModelFile, number: int) -> None:
        super().__init__()
        hidden, inner, self._heads = model.shape.hidden, model.shape.inner, model.shape.heads
        name = f"l{number}"
        self.q, self.k, self.v, self.ao = (
            _linear(model, f"{name}.{part}", hidden, hidden) for part in ("q", "k", "v", "ao")
        )
        self.fi, self.fo = (
            _linear(model, f"{name}.fi", inner, hidden),
            _linear(model, f"{name}.fo", hidden, inner),
        )
        self.aln, self.oln = _norm(model, f"{name}.aln"), _norm(model, f"{name}.oln")
        self._drop = nn.Dropout(_DROPPED)

    def forward(self, states: Tensor, attended: Tensor) -> Tensor:
        rows, tokens, hidden = states.shape
        parts = (
            part(states).view(rows, tokens, self._heads, -1).transpose(1, 2)
            for part in (self.q, self.k, self.v)
        )
        mixed = functional.scaled_dot_product_attention(*parts, attn_mask=attended[:, None, None, :])
        states = self.aln(states + self._drop(self.ao(mixed.transpose(1, 2).reshape(rows, tokens, hidden))))
        return self.oln(states + self._drop(self.fo(functional.gelu(self.fi(states)))))


class Network(nn.Module):
    """The reader. `forward` gives span logits (rows, tokens, 2), answers (rows,) and yes/no (rows, 2)."""

    def __init__(self, model: ModelFile | None = None) -> None:
        super().__init__()
        model = model or ModelFile(bundled_model())
        shape = model.shape
        words = model.matrix("emb.word", shape.vocabulary, shape.hidden).dense()
        self.words = nn.Embedding.from_pretrained(torch.tensor(words).to(torch.bfloat16), freeze=True)
        places = (
            model.vector("emb.pos").reshape(shape.positions, shape.hidden)
            + model.vector("emb.type")[: shape.hidden]
        )
        self.places = nn.Parameter(torch.tensor(places), requires_grad=False)
        self.first = _norm(model, "emb.ln").requires_grad_(False)
        self.lower = nn.ModuleList(Layer(model, number) for number in range(FROZEN)).requires_grad_(False)
        self.upper = nn.ModuleList(Layer(model, number) for number in range(FROZEN, shape.layers))
        self.part = nn.Parameter(torch.zeros(2, shape.hidden))
        self.span, self.answers, self.verdict = (nn.Linear(shape.hidden, width) for width in (2, 1, 2))

    def forward(self, ids: Tensor, parts: Tensor, attended: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        states = self._below(ids, attended) + self.part[parts]
        for layer in self.upper:
            states = layer(states, attended)
        states = states.float()
        return self.span(states), self.answers(states[:, 0])[:, 0], self.verdict(states[:, 0])

    @torch.no_grad()
    def _below(self, ids: Tensor, attended: Tensor) -> Tensor:
        states: Tensor = self.first(self.words(ids).float() + self.places[: ids.shape[1]])
        for layer in self.lower.eval():
            states = layer(states, attended)
        return states


def _linear(model: ModelFile, name: str, outputs: int, inputs: int) -> nn.Linear:
    made = nn.Linear(inputs, outputs)
    made.weight.data = torch.tensor(model.matrix(f"{name}.w", outputs, inputs).dense())
    made.bias.data = torch.tensor(model.vector(f"{name}.b").copy())
    return made


def _norm(model: ModelFile, name: str) -> nn.LayerNorm:
    made = nn.LayerNorm(model.shape.hidden, eps=model.shape.epsilon)
    made.weight.data, made.bias.data = (torch.tensor(model.vector(f"{name}.{part}").copy()) for part in "wb")
    return made
