"""Rosters and lists of targets: every fault at once, with its line."""

import pytest

from survey_app.rosters.reading import FaultyRoster, RosterCode, read_own_roster, read_roster, read_targets

HEADER = "code,name,kana,kind,bureau,county,population,population_source,groups\n"


def faults(content: bytes | str, read: object = read_roster) -> list[tuple[RosterCode, int]]:
    """Return the codes and lines of the faults of a file."""
    with pytest.raises(FaultyRoster) as faulty:
        read(content.encode() if isinstance(content, str) else content)  # type: ignore[operator]
    return [(fault.code, fault.line) for fault in faulty.value.faults]


def test_the_rosters_of_the_program() -> None:
    assert (len(read_own_roster("fukushima")), len(read_own_roster("japan"))) == (59, 1741)
    futaba = next(line for line in read_own_roster("fukushima") if line.municipality.code == "075469")
    assert (futaba.municipality.population, futaba.source) == (0, "uub")
    assert read_own_roster("japan")[0].municipality.population is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_as_excel_saves_it(encoding: str) -> None:
    content = (HEADER + '074446,三島町,みしままち,町,会津,大沼郡,"１，４５２",,a;b\r\n,,,,,,,,\r\n').encode(encoding)
    (line,) = read_roster(content)
    assert (line.municipality.name, line.municipality.population) == ("三島町", 1452)
    assert line.municipality.groups == ("a", "b")


def test_every_missing_column_is_named() -> None:
    with pytest.raises(FaultyRoster) as faulty:
        read_roster(b"code,name\n074446,x\n")
    assert [fault.context["column"] for fault in faulty.value.faults] == [
        "kana",
        "kind",
        "bureau",
        "county",
        "population",
    ]


def test_all_faults_at_once() -> None:
    rows = (
        "074446,三島町,,町,会津,,1452,,",
        "74454,金山町,,町,会津,,,,",
        "074463,,,州,会津,,many,,",
        "abc,昭和村,,村,,,-1,,,,",
        '074446,"三島\n町",,町,会津,,1.5,,',
    )
    assert faults(HEADER + "\n".join(rows)) == [
        (RosterCode.LOST_ZERO, 3),
        (RosterCode.BLANK, 4),
        (RosterCode.UNKNOWN_KIND, 4),
        (RosterCode.NOT_A_POPULATION, 4),
        (RosterCode.CHECK_DIGIT, 4),
        (RosterCode.TOO_MANY_CELLS, 5),
        (RosterCode.BLANK, 5),
        (RosterCode.NOT_A_POPULATION, 5),
        (RosterCode.NOT_A_CODE, 5),
        (RosterCode.LINE_BREAK, 7),
        (RosterCode.NOT_A_POPULATION, 7),
        (RosterCode.DUPLICATE, 7),
    ]


def test_names_of_municipalities_can_be_names_of_files() -> None:
    """Each fault is told at its line, with the characters that are meant."""
    rows = (
        "072010,../../福島市,,市,県北,,,,",
        f"072028,{'い' * 51},,市,会津,,,,",
        '072036,"郡\n山市",,市,県中,,,,',
        "072044,=cmd|A1,,市,いわき,,,,",
        f"072052,{'し' * 50},,市,県南,,,,",
    )
    with pytest.raises(FaultyRoster) as faulty:
        read_roster((HEADER + "\n".join(rows)).encode())
    assert [(one.code, one.line, one.context.get("found")) for one in faulty.value.faults] == [
        (RosterCode.NOT_IN_NAMES, 2, "/"),
        (RosterCode.TOO_LONG, 3, 51),
        (RosterCode.LINE_BREAK, 5, None),
        (RosterCode.NOT_IN_NAMES, 6, "|"),
    ]


@pytest.mark.parametrize("content", [b"", b"\n\n", HEADER.encode(), (HEADER + ",,,,,,,,\n").encode()])
def test_empty(content: bytes) -> None:
    assert faults(content) == [(RosterCode.EMPTY, 0)]


@pytest.mark.parametrize("content", [b"PK\x03\x04\x00\x00", b"\x81", HEADER.encode() + b"x" * 200_000])
def test_no_csv(content: bytes) -> None:
    assert faults(content) == [(RosterCode.NOT_TEXT, 0)]


@pytest.mark.parametrize(
    "content",
    [
        "074446\n072010\n",
        "code\n074446\n072010",
        "name,code\n三島町,074446\n\n福島市,072010\n",
        '"074446",\r\n072010\r\n',
    ],
)
def test_targets(content: str) -> None:
    assert read_targets(content.encode("utf-8-sig")) == ("074446", "072010")
    assert read_targets(content.encode("cp932")) == ("074446", "072010")


def test_faults_of_targets() -> None:
    assert faults("name,code\nx,\ny,74446\nz,074447\nz,三島町\na,072010\nb,072010\n", read_targets) == [
        (RosterCode.BLANK, 2),
        (RosterCode.LOST_ZERO, 3),
        (RosterCode.CHECK_DIGIT, 4),
        (RosterCode.NOT_A_CODE, 5),
        (RosterCode.DUPLICATE, 7),
    ]
    assert faults("code\n", read_targets) == [(RosterCode.EMPTY, 0)]
