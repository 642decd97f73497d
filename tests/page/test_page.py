"""The page at / in headless Chromium, as scripts/test-page starts it.

Each test opens the page anew, does what a person does, and looks at what the person would see. At the end axe-core
reads the page in every state that a screenshot was taken of, and the browser's console must have stayed empty.
usage: test_page.py NEWSMETA FOLDER AXE
"""
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

STORY = """storm closes two schools in lisbon
Lisbon, November 12. The mayor of Lisbon, Carlos Moedas, closed two schools after a storm, the city said on Tuesday.
Portugal's Prime Minister Luis Montenegro called Moedas in the evening.
This website uses cookies to give you the best experience. Accept all cookies.
"""

# A page in windows-1252 whose bytes would be spoilt by reading them as UTF-8, and with markup that must stay text.
PAGE = """<!doctype html><html lang="fr"><head><meta charset="windows-1252"><title>Le café rouvre - Le Matin exemple</title>
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle", "datePublished": "2024-05-02T08:00:00+02:00"}</script></head>
<body><nav><a href="/">Accueil</a> <a href="/monde">Monde</a></nav><article><h1>Le café de la gare rouvre à Orléans</h1>
<p><time datetime="2024-05-02T08:00:00+02:00">2 mai 2024</time></p>
<p>Le café de la gare d'Orléans a rouvert jeudi après trois ans de travaux, a annoncé la maire Hélène Garnier.</p>
<p>La ville a payé 400.000 euros. Le code &lt;script&gt;document.title='x'&lt;/script&gt; figure sur la façade, a dit Mme Garnier.</p>
</article><footer>© 2024 Le Matin exemple</footer></body></html>""".encode("windows-1252")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Page:
    def __init__(self, program, folder, axe):
        self.port, self.folder = free_port(), folder
        self.url = f"http://127.0.0.1:{self.port}/"
        self.axe = open(axe, encoding="utf-8").read() if os.path.exists(axe) else None
        self.profile = tempfile.TemporaryDirectory()
        self.findings = []
        self.service = subprocess.Popen([program, "serve", f"--port={self.port}", "--log-level=error"])
        for _ in range(100):
            try:
                urllib.request.urlopen(self.url + "readyz")
                break
            except OSError:
                time.sleep(0.05)
        self.driver = self.start_browser()

    def start_browser(self):
        options = webdriver.ChromeOptions()
        for flag in ("headless", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-background-networking",
                     "disable-component-update", "disable-sync", "disable-dev-shm-usage", "window-size=1280,1000",
                     f"user-data-dir={self.profile.name}"):
            options.add_argument("--" + flag)
        options.binary_location = "/usr/bin/chromium"
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        return webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))

    def close(self):
        self.driver.quit()
        self.service.terminate()
        self.service.wait()
        self.profile.cleanup()

    def open(self):
        self.driver.get(self.url)

    def at(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def text(self, selector):
        return self.at(selector).text

    def wait(self, condition, seconds=10):
        WebDriverWait(self.driver, seconds, 0.05).until(lambda _: condition())

    def answered(self):
        self.wait(lambda: self.text("#state").startswith("Read in") and self.at("#result").is_displayed())

    def type_story(self, story=STORY):
        self.driver.execute_script("document.getElementById('input').value = arguments[0]", story)

    def shoot(self, name):
        height = self.driver.execute_script("return document.documentElement.scrollHeight")
        width = self.driver.execute_script("return document.documentElement.clientWidth")
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                                    {"width": width, "height": max(height, 600), "deviceScaleFactor": 1, "mobile": False})
        self.driver.save_screenshot(os.path.join(self.folder, name + ".png"))
        self.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        self.look_for_barriers(name)

    def look_for_barriers(self, name):
        if not self.axe:
            return
        # Over the protocol, not as a script element: the page's policy rightly refuses those.
        self.driver.execute_cdp_cmd("Runtime.evaluate", {"expression": self.axe})
        found = self.driver.execute_async_script(
            "const done = arguments[0]; axe.run(document).then(r => done(r.violations), e => done([{id: String(e), nodes: []}]))")
        for violation in found:
            self.findings.append(f"{name}: {violation['id']}: " + "; ".join(n["html"][:120] for n in violation["nodes"][:3]))


def expect(condition, what):
    if not condition:
        raise AssertionError(what)


def read_ahead(page):
    """All of it together stays below 60 kB, nothing comes from elsewhere, and what is unchanged is not sent again."""
    page.open()
    names = page.driver.execute_script("return performance.getEntriesByType('resource').map(e => e.name)")
    expect(all(n.startswith(page.url) or n.startswith("data:") for n in names), f"outside resources: {names}")
    total = 0
    for path in ("", "style.css", "script.js"):
        with urllib.request.urlopen(page.url + path) as got:
            total += len(got.read())
            etag = got.headers["ETag"]
            policy = got.headers["Content-Security-Policy"]
        if not path:
            expect("unsafe" not in policy, "the policy allows inline code")
        request = urllib.request.Request(page.url + path, headers={"If-None-Match": etag})
        try:
            urllib.request.urlopen(request)
            expect(False, f"/{path} is sent again")
        except urllib.error.HTTPError as error:
            expect(error.code == 304, f"/{path}: {error.code}")
    expect(total <= 60000, f"{total} bytes")
    print(f"   page, style and script: {total} bytes")
    page.shoot("empty")


def types_a_text(page):
    page.open()
    page.at("#input").send_keys(STORY)
    page.at("#send").click()
    page.answered()
    expect(page.text("#headline") == "Storm closes two schools in Lisbon", page.text("#headline"))
    expect("first line" in page.text("#headline-from"), page.text("#headline-from"))
    expect("storm closes two schools" in page.text("#headline-from"), "the headline as found is not shown")
    names = [e.text for e in page.all("#actors .name")]
    expect("Carlos Moedas" in names and "Lisbon" in names, names)
    marked = {e.text for e in page.all("#text .mention.person")}
    expect("Carlos Moedas" in marked and "Moedas" in marked, marked)
    expect("year not stated" in page.text("#dates"), page.text("#dates"))
    expect("which year" in page.text("#warnings"), page.text("#warnings"))
    page.type_story(STORY + "She had opened the school in May 2019. It is to open again on November 20.\n")
    page.at("#send").click()
    page.wait(lambda: "2019" in page.text("#dates"))
    expect(len(page.all("#axis i")) == 3 and len(page.all("#axis i.unknown")) == 2, "days are missing on the axis")
    expect("year not stated" in page.text("#axis") and "May 2019" in page.text("#axis"), page.text("#axis"))
    page.type_story()
    page.at("#send").click()
    page.answered()
    expect("cookies" in page.text("#text .out"), "the consent notice is not shown as left out")
    expect(page.text("#text").replace("\n", "").startswith("storm closes two schools"), "the text as it was given is not shown")
    page.shoot("text")


def pastes_a_page(page):
    page.open()
    page.type_story(PAGE.decode("windows-1252"))
    page.at("#input").send_keys(Keys.CONTROL, Keys.ENTER)
    page.answered()
    expect(page.text("#headline").startswith("Le café de la gare rouvre"), page.text("#headline"))
    expect("2 May 2024" in page.text("#byline"), page.text("#byline"))
    expect(json.loads(page.text("#json"))["source"]["kind"] == "html", "not sent as HTML")
    expect("<script>" in page.text("#text") and page.driver.title != "x", "markup of the article has run")
    expect(len(page.all("#text details")) >= 1, "what was left out is not shown")


def drops_a_file(page):
    page.open()
    page.driver.execute_script("""
        const data = new DataTransfer();
        data.items.add(new File([new Uint8Array(arguments[0])], "le café.html", {type: "text/html"}));
        for (const name of ["dragenter", "dragover", "drop"])
            document.body.dispatchEvent(new DragEvent(name, {dataTransfer: data, bubbles: true, cancelable: true}));
    """, list(PAGE))
    page.answered()
    expect(page.text("#headline").startswith("Le café de la gare"), page.text("#headline"))
    expect(json.loads(page.text("#json"))["source"]["charset"] == "windows-1252", "the file's bytes were changed")
    expect("le café.html" in page.text("#file"), "the file is not named")
    expect(not page.at("#drop").is_displayed(), "the place to drop is still shown")
    page.shoot("page")


def picks_a_text_file(page):
    page.open()
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as story:
        story.write(STORY)
        story.flush()
        page.at("#picker").send_keys(story.name)
        page.answered()
    expect(page.at("#input").get_property("value") == STORY, "the file's text is not shown")


def tells_errors(page):
    page.open()
    page.at("#send").click()
    page.wait(lambda: "nothing to read" in page.text("#problem"))
    page.type_story("http://127.0.0.1:1/story")
    page.at("#send").click()
    page.wait(lambda: "address_not_allowed" in page.text("#problem"))
    expect("Paste the page's HTML" in page.text("#problem"), page.text("#problem"))
    expect(not page.at("#result").is_displayed(), "an old answer stands under the error")
    page.shoot("error")
    page.type_story(STORY)
    page.at("#send").click()
    page.answered()
    expect(page.text("#problem") == "", "the error stays")


def works_by_keyboard(page):
    page.open()
    ActionChains(page.driver).send_keys(STORY.replace("\n", Keys.ENTER)).perform()  # the field has the focus
    expect(page.at("#input").get_property("value").startswith("storm closes"), "the field has not the focus")
    ActionChains(page.driver).key_down(Keys.CONTROL).send_keys(Keys.ENTER).key_up(Keys.CONTROL).perform()
    page.answered()
    for _ in range(40):
        ActionChains(page.driver).send_keys(Keys.TAB).perform()
        focused = page.driver.switch_to.active_element
        if "mention" in (focused.get_attribute("class") or ""):
            break
    first = page.driver.switch_to.active_element
    expect("mention" in first.get_attribute("class"), "Tab does not reach the text")
    expect(page.at("#card").is_displayed(), "no card for a mention with the focus")
    ActionChains(page.driver).send_keys(Keys.ARROW_RIGHT).perform()
    second = page.driver.switch_to.active_element
    expect(second.id != first.id and "mention" in second.get_attribute("class"), "the arrow key does not go on")
    ActionChains(page.driver).send_keys(Keys.ENTER).perform()
    expect(second.get_attribute("aria-pressed") == "true", "Enter does not mark")
    expect(page.all("#actors ul li"), "the mentions are not listed")
    page.shoot("marked")
    ActionChains(page.driver).send_keys(Keys.ESCAPE).perform()
    expect(not page.all("#text .mention.on"), "Escape does not end it")
    ActionChains(page.driver).send_keys(Keys.TAB).perform()
    expect("mention" not in (page.driver.switch_to.active_element.get_attribute("class") or ""), "Tab stays in the text")


def shows_all_mentions(page):
    page.open()
    page.type_story()
    page.at("#send").click()
    page.answered()
    mention = next(e for e in page.all("#text .mention") if e.text == "Moedas")
    ActionChains(page.driver).move_to_element(mention).perform()
    page.wait(lambda: "Carlos Moedas" in page.text("#card"))
    expect("person" in page.text("#card"), page.text("#card"))
    mention.click()
    expect([e.text for e in page.all("#text .mention.on")] == ["Carlos Moedas", "Moedas"], "not all mentions are marked")


def copies_what_works(page):
    """The curl command that is shown gives the answer that is shown."""
    page.open()
    for story in (STORY + "It's \"done\"; $HOME `x` \\ said Ana O'Neil.\n", PAGE.decode("windows-1252")):
        page.type_story(story)
        page.at("#send").click()
        page.wait(lambda: page.text("#curl") and page.at("#send").is_enabled())
        page.answered()
        command = page.driver.execute_script("return document.getElementById('curl').textContent")
        shown = page.driver.execute_script("return document.getElementById('json').textContent")
        got = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True).stdout
        expect(json.loads(got) == json.loads(shown), f"another answer: {command[:200]}")
    button = page.at("[data-copy=json]")
    button.click()
    page.wait(lambda: button.text == "Copied")


def has_examples(page):
    page.open()
    for i in range(len(page.all("#examples button"))):
        page.driver.execute_script("document.getElementById('state').textContent = ''")
        button = page.all("#examples button")[i]
        name = button.text
        button.click()
        page.answered()
        expect(page.text("#headline") != "No headline was found", name)
        expect(page.all("#actors .name"), name)
        page.shoot("example-" + str(i + 1))


def fits_a_phone(page):
    page.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": True})
    page.open()
    page.all("#examples button")[1].click()
    page.answered()
    widths = page.driver.execute_script("return [document.documentElement.scrollWidth, innerWidth]")
    expect(widths[0] <= 360, f"wider than the screen: {widths}")
    page.shoot("phone")


def fits_the_dark(page):
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": "dark"},
                                                                             {"name": "prefers-reduced-motion", "value": "reduce"}]})
    page.open()
    page.all("#examples button")[0].click()
    page.answered()
    page.all("#actors button")[0].click()
    page.shoot("dark")
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def has_a_reference(page):
    """/docs: every call and form of openapi.json, no script, by keyboard, on a phone, in the dark."""
    page.open()
    page.at("nav a[href='/docs']").click()
    page.wait(lambda: "eference" in page.driver.title)
    with urllib.request.urlopen(page.url + "docs") as got:
        policy = got.headers["Content-Security-Policy"]
        expect("script-src" not in policy and "unsafe" not in policy and "default-src 'none'" in policy, policy)
        expect(b"<script" not in got.read(), "the reference has a script")
    with urllib.request.urlopen(page.url + "openapi.json") as got:
        description = json.load(got)
    calls = {e.text for e in page.all("main section h3") if " /" in e.text}
    wanted = {f"{method.upper()} {path}" for path, methods in description["paths"].items() for method in methods if not path.endswith((".css", ".js"))}
    expect(calls == wanted, calls ^ wanted)
    for name, schema in description["components"]["schemas"].items():
        shown = {e.text for e in page.all(f"#schema-{name.lower()} tbody th code")}
        expect(set(schema["properties"]) <= shown, f"{name}: {set(schema['properties']) - shown}")
    targets = [e.get_attribute("href") for e in page.all("a[href^='#']")]
    missing = {t for t in targets if not page.all(f"[id='{t.partition('#')[2]}']")}
    expect(targets and not missing, f"links to nothing: {missing}")
    page.shoot("docs")
    ActionChains(page.driver).send_keys(Keys.TAB, Keys.ENTER).perform()
    expect(page.driver.current_url.endswith("#content"), "the first key does not lead past the contents")
    page.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": True})
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": "dark"}]})
    widths = page.driver.execute_script("return [document.documentElement.scrollWidth, innerWidth]")
    expect(widths[0] <= 360, f"wider than the screen: {widths}")
    page.shoot("docs-phone")
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    page.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def has_commands_that_work(page):
    """What the reference shows for curl is answered with 200, but for the URL that nobody serves."""
    page.driver.get(page.url + "docs")
    commands = [page.driver.execute_script("return arguments[0].textContent", e) for e in page.all("main pre")]
    expect(len(commands) > 8, commands)
    for command in commands:
        command = command.replace("localhost:8080", page.url.rstrip("/")).replace("curl ", "curl -o /dev/null -w '%{http_code}' ", 1)
        got = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True).stdout
        expect(got == ("502" if "news.example" in command else "200"), f"{got}: {command}")


TESTS = [has_a_reference, has_commands_that_work, read_ahead, types_a_text, pastes_a_page, drops_a_file, picks_a_text_file, tells_errors, works_by_keyboard,
         shows_all_mentions, copies_what_works, has_examples, fits_a_phone, fits_the_dark]


def main():
    page, failed = Page(*sys.argv[1:4]), 0
    try:
        for test in TESTS:
            try:
                test(page)
                print(f"ok {test.__name__}")
            except Exception as error:  # a test that fails must not keep the others from running
                failed += 1
                print(f"FAILED {test.__name__}: {type(error).__name__}: {error}")
        console = [e["message"] for e in page.driver.get_log("browser") if e["level"] != "INFO" and "403" not in e["message"]]
    finally:
        page.close()
    for line in page.findings + console:
        print("FOUND " + line)
    print(f"{len(TESTS) - failed} of {len(TESTS)} tests passed, {len(page.findings)} findings of axe-core"
          + ("" if page.axe else " (not here)") + f", {len(console)} complaints of the browser")
    sys.exit(1 if failed or page.findings or console else 0)


main()
