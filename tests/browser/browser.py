# SPDX-License-Identifier: EUPL-1.2
"""A headless Chromium that looks at files: one for all pages of a test. Nothing of it reaches a network."""
import base64
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
CHROMIUM, DRIVER = "/usr/bin/chromium", "/usr/bin/chromedriver"
SWITCHES = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars")
SEVERE = ("serious", "critical")  # what axe calls so

try:
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service
except ImportError:
    webdriver = None


def missing():
    """What is not here to look with, as a sentence; None: all is."""
    absent = [name for name in (CHROMIUM, DRIVER) if not os.path.exists(name)] + ([] if webdriver else ["python3-selenium"])
    return f"no browser here: {', '.join(absent)}; scripts/setup --browser installs it" if absent else None


def main():
    """Runs the tests of the calling file; without a browser ends with 77, which CTest shows as skipped."""
    reason = missing()
    if reason:
        print("SKIPPED:", reason)
        sys.exit(77)
    unittest.main(verbosity=2)


def tools():
    """The folder with axe-core and vnu; None where they can't be fetched, which is said."""
    done = subprocess.run([os.path.join(HERE, "install_tools.sh")], stdout=subprocess.PIPE, text=True)
    return done.stdout.strip() if done.returncode == 0 else None


# What vnu says of texts that are not ours (their language, their normalization), and of a property that CSS has from SVG 2.
UNKNOWN_TO_VNU = r"appears to be written in|not in Unicode Normalization Form C|CSS: .paint-order.: Property"
TIDY_WARNINGS = r"<data> is not approved|<title> proprietary attribute .id."  # it is older than the element, and takes a drawing's title for the page's


def without_groups(file):
    """A copy for tidy, which is older than groups in lists of facts: <div> in <dl>."""
    copy = file + ".tidy"
    with open(file, encoding="utf-8") as page, open(copy, "w", encoding="utf-8") as plain:
        plain.write(re.sub(r"<dl\b.*?</dl>", lambda facts: re.sub(r"</?div[^>]*>", "", facts[0]), page.read(), flags=re.DOTALL))
    return copy


def validity(files, tools):
    """What is wrong with pages as HTML and CSS, by vnu; by tidy, which knows less, where there is no java or no vnu. Skips the test where neither is there."""
    if tools and shutil.which("java"):
        done = subprocess.run(["java", "-Xss4m", "-jar", os.path.join(tools, "vnu-jar/build/dist/vnu.jar"), "--stdout", *files], stdout=subprocess.PIPE, text=True)
        known = UNKNOWN_TO_VNU
    elif shutil.which("tidy"):
        print("no vnu (npm and java): tidy looks at the pages", file=sys.stderr)
        options = ["-quiet", "-errors", "-utf8", "--gnu-emacs", "yes", "--new-inline-tags", "data"]
        done = subprocess.run(["tidy", *options, *map(without_groups, files)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        known = TIDY_WARNINGS
    else:
        raise unittest.SkipTest("neither vnu (npm and java) nor tidy is here: scripts/setup --browser installs tidy")
    return [line for line in done.stdout.splitlines() if line.strip() and not re.search(known, line)]


class Browser:
    """`with Browser() as browser: browser.open(file); browser.show(width=400, dark=True); browser.look("nl")`"""

    def __init__(self, tools=None):
        """tools: the folder with axe-core; None: pages are not put before it."""
        self.folder = tempfile.mkdtemp(prefix="carved-browser-")
        options = webdriver.ChromeOptions()
        options.binary_location = CHROMIUM
        for switch in (*SWITCHES, "--user-data-dir=" + os.path.join(self.folder, "profile")):
            options.add_argument(switch)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        options.set_capability("unhandledPromptBehavior", "ignore")  # a page that calls alert() breaks whatever is asked next
        self.driver = webdriver.Chrome(service=Service(DRIVER), options=options)
        self.axe_source = None
        if tools:
            with open(os.path.join(tools, "axe-core/axe.min.js"), encoding="utf-8") as file:
                self.axe_source = file.read()
        while self.driver.current_url != "about:blank":  # the tab that it begins with asks for its own parts, and is late at that
            self.driver.get("about:blank")
        with open(os.path.join(HERE, "look.js"), encoding="utf-8") as file:
            self.look_source = file.read()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.driver.quit()
        shutil.rmtree(self.folder, ignore_errors=True)

    def command(self, name, **parameters):
        return self.driver.execute_cdp_cmd(name, parameters)

    def open(self, file):
        """Loads a page. Returns what the browser had to say and every address that was asked for, but the page's own."""
        url = "file://" + file
        self.driver.get("about:blank")
        self.driver.get_log("performance"), self.driver.get_log("browser")
        self.driver.get(url)
        said = self.said(url)
        # What is laid out only once it is scrolled to is looked at as well.
        self.driver.execute_script("for (const section of document.querySelectorAll('section')) section.style.contentVisibility = 'visible'")
        return said

    def said(self, url):
        said = [f"console: {entry['message']}" for entry in self.driver.get_log("browser")]
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent" and message["params"]["request"]["url"] != url:
                said.append(f"request: {message['params']['request']['url']}")
        return said

    def show(self, width=1280, dark=False, medium="screen"):
        self.command("Emulation.setEmulatedMedia", media=medium, features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])
        self.command("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)

    def look(self, language):
        """What a reader would trip over in the page as it is shown (look.js)."""
        return self.driver.execute_script(self.look_source, language)

    def axe(self):
        """What axe finds serious or critical."""
        if not self.axe_source:
            return []
        self.driver.execute_script("if (!window.axe) {" + self.axe_source + "}")
        result = self.driver.execute_async_script(
            "const done = arguments[0]; axe.run(document, {resultTypes: ['violations']}).then(r => done(r.violations), e => done([{impact: 'critical', id: String(e), nodes: []}]));")
        return [f"axe: {v['id']} ({v['impact']}): {node['html'][:160]}" for v in result if v["impact"] in SEVERE for node in v["nodes"] or [{"html": ""}]]

    def names(self):
        """Role, name and description of what a screen reader meets, of drawings, signs and regions."""
        nodes = self.command("Accessibility.getFullAXTree")["nodes"]
        value = lambda node, key: node.get(key, {}).get("value", "")
        return [(value(n, "role"), value(n, "name"), value(n, "description")) for n in nodes if value(n, "role") in ("image", "img", "region")]

    def print(self):
        """The page on paper: the path of a PDF."""
        self.command("Emulation.setEmulatedMedia", media="", features=[])
        data = self.command("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"]
        path = os.path.join(self.folder, "page.pdf")
        with open(path, "wb") as file:
            file.write(base64.b64decode(data))
        return path

    def picture(self, path):
        """What is to be seen, whole, for people."""
        height = self.driver.execute_script("return document.documentElement.scrollHeight")
        clip = {"x": 0, "y": 0, "width": self.driver.execute_script("return innerWidth"), "height": min(height, 16000), "scale": 1}
        with open(path, "wb") as file:
            file.write(base64.b64decode(self.command("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=clip)["data"]))
