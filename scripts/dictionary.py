#!/usr/bin/env python3
"""Packs the English pronouncing dictionary: assets/voice/words.bin.

    scripts/dictionary.py FOLDER

FOLDER holds us_gold.json and us_silver.json of misaki (hexgrad, Apache-2.0), as they are in `data/` of the crate
misaki-rs 0.8.0 (MIT) or, compressed, in the Python package hibari-tts 0.2.1. The same input gives the same bytes.

The file, all numbers little-endian:
    "RWD1", u16 bytes of alphabet, alphabet (UTF-8: the symbol of code 0, of code 1, ...), u32 entries, u32 blocks,
    u32 offset of each block from the end of this list, then the blocks.
A block is 32 entries in the order of their bytes. An entry: u8 bytes shared with the word before it in the block,
u8 bytes that follow, those bytes, u8 codes of the pronunciation, those codes.
A pronunciation is `default`, or `default|v...|n...`: what is said instead as a verb (v), noun (n), adjective (a),
past form (p), pronoun or determiner (t), and at the end of a clause (e).
"""

import json
import pathlib
import struct
import sys

KINDS = {"VERB": "v", "NOUN": "n", "ADJ": "a", "VBD": "p", "DT": "t", "None": "e"}
BLOCK = 32
TARGET = pathlib.Path(__file__).parent.parent / "assets" / "voice" / "words.bin"


def pronunciation(entry):
    """One string for what misaki writes as a string or as a map of parts of speech."""
    if isinstance(entry, str):
        return entry
    text = entry["DEFAULT"]
    for part, kind in KINDS.items():
        other = entry.get(part)
        if other and other != text:
            text += f"|{kind}{other}"
    return text


def merged(gold, silver):
    """Lower-case words; a common word wins over a name, gold over silver, and spelt-out capitals are dropped."""
    words = {}
    for source in (gold, silver):
        for word in sorted(source, key=lambda word: (word != word.lower(), word)):
            acronym = len(word) > 1 and word == word.upper()
            if not acronym and word.isascii() and word.lower() not in words:
                words[word.lower()] = pronunciation(source[word])
    return words


def packed(words):
    alphabet = sorted(set("".join(words.values())))
    code = {symbol: number for number, symbol in enumerate(alphabet)}
    blocks, offsets, previous = bytearray(), [], b""
    for number, word in enumerate(sorted(words, key=str.encode)):
        spelling = word.encode()
        if number % BLOCK == 0:
            offsets.append(len(blocks))
            previous = b""
        shared = 0
        while shared < min(len(previous), len(spelling)) and previous[shared] == spelling[shared]:
            shared += 1
        said = bytes(code[symbol] for symbol in words[word])
        blocks += bytes([shared, len(spelling) - shared]) + spelling[shared:] + bytes([len(said)]) + said
        previous = spelling
    symbols = "".join(alphabet).encode()
    head = b"RWD1" + struct.pack("<H", len(symbols)) + symbols + struct.pack("<II", len(words), len(offsets))
    return head + struct.pack(f"<{len(offsets)}I", *offsets) + bytes(blocks)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[1])
    gold, silver = (json.loads((folder / name).read_text("utf-8")) for name in ("us_gold.json", "us_silver.json"))
    words = merged(gold, silver)
    TARGET.write_bytes(packed(words))
    print(f"{TARGET.name}: {len(words)} words, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
