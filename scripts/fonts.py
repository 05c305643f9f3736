#!/usr/bin/env python3
"""Makes assets/fonts from the published packages: run it only to change a face or to add an icon.

Needs npm, and from PyPI: pip install fonttools brotli

  Fraunces Soft    instanced once, because the file's defaults are a black weight with swashes
  Atkinson         as published, in two weights
  Atkinson Num     the same with tabular digits as the only digits, because egui shapes with no features switched on
  Icons, Icons Fill   the glyphs named below and no others
"""

import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

PACKAGES = {
    "fraunces": "@fontsource-variable/fraunces@5.3.0",
    "atkinson": "@expo-google-fonts/atkinson-hyperlegible-next@0.4.1",
    "phosphor": "@phosphor-icons/web@2.1.2",
}

# `src/app/kit/icon.rs` names the same glyphs; a test compares the two.
ICONS = """
sun-horizon books path gear-six storefront x check caret-right caret-left caret-down arrow-left arrow-right
play pause skip-back skip-forward arrow-counter-clockwise speaker-high speaker-slash closed-captioning arrows-out
arrows-in hand-palm moon bed warning warning-circle info question list magnifying-glass plus minus note-pencil trash
export printer clock calendar-blank hand-heart waves ear eye text-aa bell sliders-horizontal lock-simple user wind
feather sun table lifebuoy leaf plant check-circle music-notes file-text
""".split()
SELECTED = ["sun-horizon", "books", "path", "gear-six", "storefront", "play", "pause"]

OUT = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "assets", "fonts")


def unpack(package, folder):
    """Fetches one package and returns the folder with its files."""
    os.makedirs(folder)
    subprocess.run(["npm", "pack", "--silent", package], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    archive = glob.glob(os.path.join(folder, "*.tgz"))[0]
    subprocess.run(["tar", "xzf", archive, "-C", folder], check=True)
    return os.path.join(folder, "package")


def rename(font, family):
    """Gives the font its own family name, so that nobody takes it for the original file."""
    for record in font["name"].names:
        if record.nameID in (1, 4, 16):
            font["name"].setName(family, record.nameID, record.platformID, record.platEncID, record.langID)
        if record.nameID == 6:
            name = family.replace(" ", "")
            font["name"].setName(name, 6, record.platformID, record.platEncID, record.langID)


def fraunces(package, script, name):
    """One weight, one size, soft corners, no swashes."""
    source = os.path.join(package, "files", f"fraunces-{script}-full-normal.woff2")
    font = instantiateVariableFont(TTFont(source), {"opsz": 72, "wght": 430, "SOFT": 100, "WONK": 0})
    rename(font, name)
    font.flavor = None
    font.save(os.path.join(OUT, name.replace(" ", "") + ".ttf"))


def atkinson(package, folder, name):
    source = glob.glob(os.path.join(package, folder, "*.ttf"))[0]
    shutil.copy(source, os.path.join(OUT, name + ".ttf"))
    return source


def tabular(source):
    """Points the digits at their tabular forms and keeps only what a number needs."""
    font = TTFont(source)
    alternates = {}
    for feature in font["GSUB"].table.FeatureList.FeatureRecord:
        if feature.FeatureTag == "tnum":
            for index in feature.Feature.LookupListIndex:
                for table in font["GSUB"].table.LookupList.Lookup[index].SubTable:
                    alternates.update(getattr(table, "ExtSubTable", table).mapping)
    for table in font["cmap"].tables:
        for code, glyph in list(table.cmap.items()):
            if 0x30 <= code <= 0x39:
                table.cmap[code] = alternates.get(glyph, glyph)  # subtables may share one dict
    options = subset.Options(layout_features=[], name_IDs=["*"], notdef_outline=True)
    keep = subset.Subsetter(options)
    keep.populate(text="0123456789 :.,+-−–%/()")
    keep.subset(font)
    widths = {font["hmtx"][font.getBestCmap()[ord(digit)]][0] for digit in "0123456789"}
    assert len(widths) == 1, f"the digits have {len(widths)} widths"
    rename(font, "Atkinson Num")
    font.save(os.path.join(OUT, "AtkinsonNum.ttf"))


def icons(package, style, wanted, name):
    folder = os.path.join(package, "src", style)
    css = open(os.path.join(folder, "style.css"), encoding="utf-8").read()
    suffix = "" if style == "regular" else f"-{style}"
    codes = dict(re.findall(r"\.ph-([a-z0-9-]+):before\s*{\s*content:\s*\"\\([0-9a-f]+)\"", css))
    font = TTFont(glob.glob(os.path.join(folder, "*.ttf"))[0])
    options = subset.Options(layout_features=[], notdef_outline=True)
    keep = subset.Subsetter(options)
    keep.populate(unicodes=[int(codes[icon], 16) for icon in wanted])
    keep.subset(font)
    rename(font, name)
    font.save(os.path.join(OUT, name.replace(" ", "") + ".ttf"))
    if not suffix:
        for icon in wanted:
            print(f"{icon:26}{codes[icon]}")


def main():
    assert len(ICONS) <= 60, f"{len(ICONS)} icons; 60 is the limit"
    os.makedirs(OUT, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        folders = {name: unpack(package, os.path.join(scratch, name)) for name, package in PACKAGES.items()}
        fraunces(folders["fraunces"], "latin", "Fraunces Soft")
        fraunces(folders["fraunces"], "latin-ext", "Fraunces Soft Ext")
        regular = atkinson(folders["atkinson"], "400Regular", "AtkinsonNext-Regular")
        atkinson(folders["atkinson"], "600SemiBold", "AtkinsonNext-SemiBold")
        tabular(regular)
        icons(folders["phosphor"], "regular", ICONS, "Rootwell Icons")
        icons(folders["phosphor"], "fill", SELECTED, "Rootwell Icons Fill")
        shutil.copy(os.path.join(folders["fraunces"], "LICENSE"), os.path.join(OUT, "LICENSE-Fraunces"))
        shutil.copy(os.path.join(folders["atkinson"], "LICENSE_FONT"), os.path.join(OUT, "LICENSE-Atkinson"))
        shutil.copy(os.path.join(folders["phosphor"], "LICENSE"), os.path.join(OUT, "LICENSE-Phosphor"))


if __name__ == "__main__":
    sys.exit(main())
