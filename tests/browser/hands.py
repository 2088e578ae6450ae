"""Two ways of using a page: by keyboard alone, and by touch without script. The journeys are told once, for both."""

from playwright.sync_api import Page


class Touch:
    """Fills in and presses, as a finger on a phone would."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self, address: str) -> None:
        self.page.goto(address)

    def write(self, name: str, text: str) -> None:
        self.page.locator(f"main [name='{name}']").fill(text)

    def choose(self, name: str, label: str) -> None:
        """An option of a select, by the beginning of its label."""
        field = self.page.locator(f"main select[name='{name}']")
        options = field.locator("option").all_inner_texts()
        field.select_option(label=next(text for text in options if text.strip().startswith(label)))

    def tick(self, name: str, value: str) -> None:
        self.page.locator(f"main [name='{name}'][value='{value}']").check()

    def press(self, selector: str) -> None:
        """A link or a button; waits for the page that it leads to."""
        self.page.locator(selector).first.click()
        self.page.wait_for_load_state()

    def send(self, action: str = "") -> None:
        """The button of the page's form, or of the form that posts to an address with this ending."""
        form = f"main form[action$='{action}']" if action else "main form[method='post']:not([action])"
        self.press(f"{form} button:not([name]):not([type=button])")


# How many times Tab should be pressed from here to an element, by the order of the document: a guess that saves asking.
STEPS = """target => {
  const stops = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")]
    .filter(e => !e.disabled && e.checkVisibility({visibilityProperty: true}))
    .filter(e => e.type !== "radio" || e.checked || !document.querySelector(`[name="${e.name}"]:checked`) && e === document.querySelector(`[name="${e.name}"]`));
  return Math.max(0, stops.indexOf(target) - stops.indexOf(document.activeElement) - 1);
}"""


class Keyboard(Touch):
    """Reaches everything by Tab, and does everything by keys."""

    def reach(self, selector: str) -> None:
        handle = self.page.locator(selector).first.element_handle()
        assert handle is not None
        for _ in range(self.page.evaluate(STEPS, handle)):
            self.page.keyboard.press("Tab")
        for _ in range(400):
            if self.page.evaluate("e => document.activeElement === e", handle):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{selector} cannot be reached by Tab on {self.page.url}")

    def write(self, name: str, text: str) -> None:
        self.reach(f"main [name='{name}']")
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)

    def choose(self, name: str, label: str) -> None:
        self.reach(f"main select[name='{name}']")
        self.page.keyboard.type(label, delay=5)

    def tick(self, name: str, value: str) -> None:
        selector = f"main [name='{name}'][value='{value}']"
        kind = self.page.locator(selector).get_attribute("type")
        if self.page.locator(selector).is_checked():
            return
        if kind == "checkbox":
            self.reach(selector)
            self.page.keyboard.press("Space")
            return
        # Tab stops at the chosen one of a group of radio buttons, or else at the first.
        chosen = f"main [name='{name}']:checked"
        self.reach(chosen if self.page.locator(chosen).count() else f"main [name='{name}']")
        for _ in range(self.page.locator(f"main [name='{name}']").count()):
            if self.page.locator(selector).is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        assert self.page.locator(selector).is_checked()

    def press(self, selector: str) -> None:
        self.reach(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.page.wait_for_load_state()
