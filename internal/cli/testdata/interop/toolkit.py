"""What translate-toolkit reads of our files, and files of its own for us to read.

toolkit.py read FILE...    a JSON line for each unit: file, source, target, fuzzy, notes, others
toolkit.py weblate FILE    a JSON line for each unit that Weblate's import of a TMX would take
toolkit.py write FOLDER    writes toolkit.tmx, .xliff, .xliff2, .po and .csv there
"""

import json
import os
import sys

from lxml import etree
from translate.misc.multistring import multistring
from translate.storage import csvl10n, po, tmx, xliff, xliff2
from translate.storage.placeables import StringElem
from translate.storage.placeables import xliff as tags

CLASSES = {
    ".tmx": tmx.tmxfile,
    ".xliff": xliff.xlifffile,
    ".xliff2": xliff2.Xliff2File,
    ".po": po.pofile,
    ".csv": csvl10n.csvfile,
}


def show(**fields):
    print(json.dumps(fields, ensure_ascii=False))


def read(paths):
    for path in paths:
        store = CLASSES[os.path.splitext(path)[1]].parsefile(path)
        for unit in store.units:
            if unit.isheader():
                continue
            others = [str(u.target) for u in unit.getalttrans()] if hasattr(unit, "getalttrans") else []
            notes = [n for n in unit.getnotes().split("\n") if n and not n.startswith("sverka: ")]
            show(file=os.path.basename(path), source=str(unit.source), target=str(unit.target),
                 fuzzy=bool(unit.isfuzzy()), notes=notes, others=others)


def weblate(path):
    store = tmx.tmxfile.parsefile(path)
    header = next(store.document.getroot().iterchildren(store.namespaced("header")))
    source_lang = header.get("srclang")
    for unit in store.units:
        texts = {}
        for node in unit.getlanguageNodes():
            lang = node.get("{http://www.w3.org/XML/1998/namespace}lang")
            text = unit.getNodeText(node, "preserve")
            if lang and text:
                texts[lang] = text
        if source_lang not in texts:
            continue
        source = texts.pop(source_lang)
        for lang, text in sorted(texts.items()):
            show(source=source, lang=lang, target=text)


def write(folder):
    def save(store, name):
        with open(os.path.join(folder, name), "wb") as f:
            store.serialize(f)

    store = tmx.tmxfile(sourcelanguage="en")
    store.addtranslation("The talks & the <results>.", "en", "Переговоры и <итоги> & прочее.", "ru")
    unit = tmx.tmxunit.createfromxmlElement(etree.fromstring(
        '<tu tuid="7"><note>checked</note>'
        '<tuv xml:lang="en-GB" creationid="AB"><seg>The <bpt i="1">&lt;b&gt;</bpt>colour<ept i="1">&lt;/b&gt;</ept> is<ph x="1">&lt;br/&gt;</ph> red.</seg></tuv>'
        '<tuv xml:lang="ru-RU" creationid="AB" creationdate="20250102T030405Z"><seg>Цвет <hi>красный</hi>.</seg></tuv>'
        '<tuv xml:lang="zh_Hans"><seg>颜色是红色的。</seg></tuv></tu>'))
    store.addunit(unit)
    save(store, "toolkit.tmx")

    store = xliff.xlifffile(sourcelanguage="en", targetlanguage="ru")
    unit = store.addsourceunit("plain")
    unit.rich_source = [StringElem(["Press ", tags.G(id="1", sub=["Save"]), tags.X(id="2"), " now."])]
    unit.rich_target = [StringElem(["Нажмите ", tags.G(id="1", sub=["Сохранить"]), tags.X(id="2"), " сейчас."])]
    unit.addnote("a button")
    unit = store.addsourceunit("Old & new")
    unit.target = "Старое & новое"
    unit.markfuzzy()
    save(store, "toolkit.xliff")

    store = xliff2.Xliff2File(sourcelanguage="en", targetlanguage="zh")
    unit = store.addsourceunit("One <two>")
    unit.target = "一 <二>"
    save(store, "toolkit.xliff2")

    store = po.pofile()
    store.updateheader(add=True, Language="ru", Content_Type="text/plain; charset=UTF-8")
    unit = store.addsourceunit(multistring(["%d file", "%d files"]))
    unit.target = multistring(["%d файл", "%d файла", "%d файлов"])
    unit = store.addsourceunit('Say "no"\n')
    unit.target = "Скажите «нет»\n"
    unit.markfuzzy()
    save(store, "toolkit.po")

    store = csvl10n.csvfile()
    unit = store.addsourceunit("One, two")
    unit.target = 'Раз, "два"'
    save(store, "toolkit.csv")


if __name__ == "__main__":
    {"read": read, "weblate": lambda a: weblate(a[0]), "write": lambda a: write(a[0])}[sys.argv[1]](sys.argv[2:])
