#!/usr/bin/env python3
"""Listens to the voice with an offline recogniser and counts what it gets wrong.

    scripts/listen.py PROGRAM LINES [--only PACE] [--wavs FOLDER] [--keep FOLDER]

PROGRAM is a built `rootwell`; LINES a text file with one line to say on each line, `relaxed` or `steady` before it
and a tab between. Each line is said by `rootwell worker` and heard by pocketsphinx (`pip install pocketsphinx==5.1.1`,
which brings its own English model; sox makes 16 kHz of it). Spelling is made alike on both sides: American, hyphens as
spaces, compounds joined. Prints the lines with mistakes, then the word errors.
`--wavs FOLDER` hears FOLDER/000.wav, 001.wav ... instead, which is how another voice is set beside ours.
`--keep FOLDER` keeps what was said as such files.
"""

import argparse
import json
import pathlib
import re
import struct
import subprocess
import wave

from pocketsphinx import Decoder

SAME = [
    (r"\bcentre", "center"), (r"\bnought\b", "not"), (r"\bnaught\b", "not"), (r"\bcollar bone", "collarbone"),
    (r"\blight headed", "lightheaded"), (r"\barm pit", "armpit"), (r"\bdoor way", "doorway"),
    (r"\bfore arm", "forearm"), (r"\bback ?yard", "backyard"), (r"\bright\b|\bwrite\b", "right"),
    (r"\bweight\b|\bwait\b", "wait"), (r"\bto\b|\btoo\b|\btwo\b", "to"), (r"\bfor\b|\bfour\b", "for"),
    (r"\byour\b|\byou're\b", "your"), (r"\bits\b|\bit's\b", "its"), (r"\bknow\b|\bno\b", "no"),
    (r"\broll\b|\brole\b", "roll"), (r"\bone\b|\bwon\b", "one"), (r"\bin to\b", "into"), (r"\bany time\b", "anytime"),
]


def words(text):
    text = re.sub(r"[^a-z' ]", " ", text.lower().replace("\u2019", "'"))
    text = re.sub(r" +", " ", text)
    for pattern, same in SAME:
        text = re.sub(pattern, same, text)
    return text.split()


def errors(said, heard):
    """The fewest words to change, drop and add."""
    row = list(range(len(heard) + 1))
    for i, word in enumerate(said, 1):
        diagonal, row[0] = row[0], i
        for j, other in enumerate(heard, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (word != other))
    return row[-1]


class Voice:
    """The worker's pipes: a frame is its length in four bytes, a byte for its kind, and its contents."""

    def __init__(self, program):
        self.child = subprocess.Popen([program, "worker"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def say(self, text, pace, language="English"):
        line = {"text": text, "language": language, "pace": pace, "respell": {}, "recording": None}
        job = b"s" + json.dumps(line).encode()
        self.child.stdin.write(struct.pack("<I", len(job)) + job)
        self.child.stdin.flush()
        (length,) = struct.unpack("<I", self.child.stdout.read(4))
        reply = self.child.stdout.read(length)
        if reply[0] == 0:
            raise SystemExit(f"{text!r}: {reply[1:].decode()}")
        return reply[1:]


def at_16_khz(samples, rate):
    command = f"sox -q -D -t raw -r {rate} -e signed -b 16 -c 1 - -t raw -r 16000 -e signed -b 16 -c 1 - pad 0.5 0.5"
    return subprocess.run(command.split(), input=samples, capture_output=True, check=True).stdout


def read_wav(path):
    with wave.open(str(path)) as file:
        return file.readframes(file.getnframes()), file.getframerate()


def write_wav(path, samples):
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 48000, 0, "NONE", ""))
        file.writeframes(samples)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("lines", type=pathlib.Path)
    parser.add_argument("--only", choices=["relaxed", "steady"])
    parser.add_argument("--language", default="English")
    parser.add_argument("--wavs", type=pathlib.Path)
    parser.add_argument("--keep", type=pathlib.Path)
    arguments = parser.parse_args()
    decoder = Decoder(samprate=16000, loglevel="ERROR")
    voice = Voice(arguments.program)
    wrong = total = lost = 0
    for number, row in enumerate(arguments.lines.read_text("utf-8").splitlines()):
        pace, text = row.split("\t")
        if arguments.only and pace != arguments.only:
            continue
        if arguments.wavs:
            samples, rate = read_wav(arguments.wavs / f"{number:03}.wav")
        else:
            samples, rate = voice.say(text, pace.capitalize(), arguments.language), 48000
        if arguments.keep:
            write_wav(arguments.keep / f"{number:03}.wav", samples)
        decoder.start_utt()
        decoder.process_raw(at_16_khz(samples, rate), full_utt=True)
        decoder.end_utt()
        said, heard = words(text), words(decoder.hyp().hypstr if decoder.hyp() else "")
        mistakes = errors(said, heard)
        wrong, total, lost = wrong + mistakes, total + len(said), lost + (mistakes >= len(said))
        if mistakes:
            mark = "!" if mistakes >= len(said) else " "
            print(f"{mark}{number:4} {mistakes}/{len(said)}  {' '.join(said)}  |  {' '.join(heard)}")
    print(f"{wrong} of {total} words wrong: {100 * wrong / total:.1f} %; {lost} lines wholly wrong")


if __name__ == "__main__":
    main()
