"""What one does with each kind of control, and what must come of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from playwright.sync_api import FilePayload, expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.hands import Hand

Control = dict[str, Any]
# Where `controls.says` says whether a button is pressed.
PRESSED = 4
# What is found in what is taken away.
SIGNS = {
    "png": b"\x89PNG",
    "svg": b"</svg>",
    "gif": b"GIF8",
    "csv": b"track,",
    "script": b"import fallline as fl",
    "notebook": b'"nbformat": 4',
}
CSV = "x,y,kind\n" + "".join(f"{i / 20 - 1:.2f},{(i * 7) % 11 / 11:.2f},{'ab'[i % 2]}\n" for i in range(40))
FILE: FilePayload = {"name": "mine.csv", "mimeType": "text/csv", "buffer": CSV.encode()}
# They lead elsewhere, scroll, or are pressed when everything else has been.
LEFT_ALONE = ("a", "sheet", "pre", "ul", "output", "group")


def use(hand: Hand, control: Control) -> None:
    """Use a control as one would, and note what does not come of it."""
    hand.used.append(f"{control['model']} {control['kind']} {control['label']}".strip())
    if not control["label"]:
        hand.faults.append(f"it has no name: {control}")
    action = action_for(control)
    if action is not None and not action(hand, control):
        hand.faults.append(f"nothing comes of it: {hand.used[-1]}")


def action_for(control: Control) -> Callable[[Hand, Control], bool] | None:
    """Return what one does with a control."""
    kind, part = control["kind"], control["part"]
    if kind in LEFT_ALONE or part.get("part") == "reset":
        return None
    for name, action in PARTS.items():
        if name in part:
            return action
    if kind == "button":
        return button_of(control)
    return KINDS[kind]


def button_of(control: Control) -> Callable[[Hand, Control], bool] | None:
    # Help that opens and closes, and what is switched on and off for the page alone.
    if "ask" in control["class"].split() or json.loads(control["says"])[PRESSED] is not None:
        return twice
    if control["part"] == {} and control["disabled"]:
        return None
    # The way back is taken when all has been changed.
    return None if "back" in control["class"].split() else told


def told(hand: Hand, _: Control) -> bool:
    return hand.tells(hand.press)


def twice(hand: Hand, _: Control) -> bool:
    return hand.changes(hand.press) and hand.changes(hand.press)


def slide(hand: Hand, control: Control) -> bool:
    if "scrub" in control["part"].values():
        return hand.changes(lambda: move(hand, control))
    return hand.tells(lambda: move(hand, control))


def move(hand: Hand, control: Control) -> None:
    value = json.loads(control["says"])[0]
    full = control["value"] == control["end"] if control["model"] else float(value) > 0
    if hand.touches:
        hand.drag((0.5, 0.5), (0.3 if full else 0.7, 0.5))
    else:
        hand.press("ArrowLeft" if full else "ArrowRight")


def write(hand: Hand, control: Control) -> bool:
    if control["model"] == "CodeSetting":
        hand.write(f"{control['value']} + 0", entered=False)
        return True
    if control["model"] == "NetworkPicture":
        hand.write("0.5", entered=False)
        return True
    return hand.tells(lambda: hand.write(other_number(control)))


def other_number(control: Control) -> str:
    """Return a number between the ends, other than it is."""
    start, end = control["start"], control["end"]
    shares = [start + (end - start) * share for share in (0.37, 0.61)]
    numbers = [round(number) if control["whole"] else float(f"{number:.2g}") for number in shares]
    return f"{next(number for number in numbers if number != control['value'] and start <= number <= end)}"


def choose(hand: Hand, control: Control) -> bool:
    def other() -> None:
        if hand.touches:
            hand.press()
            hand.visitor.page.keyboard.press("Escape")
        hand.visitor.page.keyboard.press("ArrowDown")
        if hand.visitor.page.evaluate("controls.says()") == control["says"]:
            hand.visitor.page.keyboard.press("ArrowUp")

    return hand.tells(other) if control["model"] == "ChoiceSetting" else hand.changes(other)


def check(hand: Hand, _: Control) -> bool:
    return hand.tells(lambda: hand.press("Space"))


def take_brush(hand: Hand, control: Control) -> bool:
    if not hand.touches:
        return hand.changes(lambda: hand.press("ArrowRight"))
    hand.press()
    return bool(json.loads(hand.visitor.page.evaluate("controls.says()"))[1])


def open_file(hand: Hand, _: Control) -> bool:
    def bring() -> None:
        with hand.visitor.page.expect_file_chooser() as chooser:
            hand.press()
        chooser.value.set_files(FILE)
        hand.visitor.page.get_by_text("mine.csv: 40 rows").wait_for()

    return hand.tells(bring)


def on_surface(hand: Hand, control: Control) -> bool:
    """A plot with a point or with a brush, a pad, or a landscape that one turns."""
    turns = "turn" in control["label"]
    moves = ["Space", "ArrowRight", "ArrowRight", "Space"] if "space" in control["label"] else ["ArrowRight"]

    def act() -> None:
        if hand.touches and not turns and control["model"] != "DrawingPad":
            hand.press()
        elif hand.touches:
            hand.drag((0.3, 0.4), (0.7, 0.4))
        else:
            for key in moves:
                hand.press(key)

    if not turns:
        return hand.tells(act)
    before = picture(hand)
    act()
    return picture(hand) != before


def picture(hand: Hand) -> str:
    drawn: str = hand.visitor.page.evaluate(
        "new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(controls.drawn()))))"
    )
    return drawn


def browse(hand: Hand, _: Control) -> bool:
    if not hand.touches:
        return hand.changes(lambda: hand.press("ArrowRight"))
    place = hand.visitor.page.evaluate("controls.sibling()")
    return hand.changes(lambda: hand.visitor.page.touchscreen.tap(place["x"], place["y"]))


def play(hand: Hand, control: Control) -> bool:
    part = control["part"]["player"]
    visitor = hand.visitor
    if part == "scrub":
        return slide(hand, control)
    if part == "speed":
        return choose(hand, control)
    visitor.page.evaluate("controls.stand(5)")
    hand.press()
    if part == "play":
        visitor.page.wait_for_function("document.querySelector('[data-player=scrub]').valueAsNumber > 5")
        hand.press()
        expect(visitor.player("play")).to_have_attribute("data-playing", "false")
        return True
    return visitor.step == {"start": 0, "back": 4, "forward": 6}[part]


def work(hand: Hand, control: Control) -> bool:
    def is_now(state: str) -> bool:
        hand.visitor.page.wait_for_function(
            "states => states.includes(document.querySelector('[data-part=work]').dataset.state)",
            arg=[state, "done"],
        )
        return True

    if control["part"]["work"] == "go":
        return hand.tells(hand.press) and is_now("running")
    hand.press()
    return is_now("stopped")


def take_away(hand: Hand, control: Control) -> bool:
    part = control["part"]
    what = part.get("away") or part["ending"]
    if what in ("link", "code"):
        hand.press()
        expect(hand.visitor.page.locator("[data-away=said]")).to_contain_text("is on the clipboard")
        return True
    with hand.visitor.page.expect_download(timeout=60_000) as download:
        hand.press()
    return SIGNS[what] in download.value.path().read_bytes()


def read(hand: Hand, control: Control) -> bool:
    if control["part"]["reading"] != "keys":
        return twice(hand, control)
    hand.press()
    dialog = hand.visitor.page.get_by_role("dialog", name="Keys")
    expect(dialog).to_be_visible()
    hand.visitor.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    return True


PARTS: dict[str, Callable[[Hand, Control], bool]] = {
    "player": play,
    "work": work,
    "away": take_away,
    "figure": take_away,
    "reading": read,
}


KINDS: dict[str, Callable[[Hand, Control], bool]] = {
    "range": slide,
    "text": write,
    "textarea": write,
    "select": choose,
    "checkbox": check,
    "radio": take_brush,
    "file": open_file,
    "summary": twice,
    "application": on_surface,
    "option": browse,
}
