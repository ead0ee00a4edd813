"""Blocks on their way: to the parent process and into the store."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import Block, BlockKind, FileReadings, LeftOut, LeftOutKind, Reading, Span
from index.store.blocks import block_of, row_of
from index.wire import readings_from_json, readings_to_json

TEXT = "Lista:\n\n- uno\n\nfila"
LEAD = Block(BlockKind.PARAGRAPH, Span(0, 6))
ITEM = Block(BlockKind.ITEM, Span(8, 13), level=1, lead=Span(0, 6), number="1")
ROW = Block(BlockKind.ROW, Span(15, 19), headings=("A",), columns=("c",), cells=(Span(15, 19),))

short = st.text(max_size=5)
spans = st.tuples(st.integers(0, 9), st.integers(0, 9)).map(lambda pair: Span(*sorted(pair)))


@given(
    st.builds(
        Block,
        st.sampled_from(BlockKind),
        spans,
        st.integers(0, 6),
        st.lists(short).map(tuple),
        st.lists(short).map(tuple),
        st.lists(spans).map(tuple),
        st.none() | spans,
        short,
        short,
        short,
    )
)
def test_a_block_comes_back_from_its_row(block: Block) -> None:
    assert block_of(row_of(block)) == block


def test_blocks_and_what_was_left_out_reach_the_parent_process() -> None:
    left_out = (LeftOut(LeftOutKind.IMAGES, 2),)
    readings = FileReadings.of(Reading(TEXT, blocks=(LEAD, ITEM, ROW), left_out=left_out))
    assert readings_from_json(json.loads(json.dumps(readings_to_json(readings)))) == readings


@pytest.mark.parametrize(
    "blocks",
    [
        (ITEM, LEAD),
        (LEAD, LEAD),
        (Block(BlockKind.PARAGRAPH, Span(3, 3)),),
        (Block(BlockKind.PARAGRAPH, Span(0, 20)),),
        (Block(BlockKind.ROW, Span(0, 6), cells=(Span(4, 8),)),),
        (Block(BlockKind.ITEM, Span(0, 6), lead=Span(0, 3)),),
    ],
)
def test_blocks_that_stand_where_none_can_are_refused(blocks: tuple[Block, ...]) -> None:
    with pytest.raises(ValueError):
        readings_from_json(readings_to_json(FileReadings.of(Reading(TEXT, blocks=blocks))))
