#!/usr/bin/env python3
"""What only a running site can show: asks it, point by point, and says "pass" or "FAIL" for each.

    parapet deploy all && parapet people invite you@example.com --group admins
    parapet sign-in --site https://www.example.com
    SITE=https://www.example.com python3 infra/first_hour.py

It asks as the admin who signed in with `parapet sign-in`, or with the access token in TOKEN. What it begins it takes away again:
two entries in the first public section, and a picture. It needs Python's standard library alone, and ends with 1 if a point
failed. A site of `make up` can be asked the same.
"""

import json
import os
import pathlib
import re
import struct
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import zlib

SITE = os.environ.get("SITE", "").rstrip("/")
TOKEN = os.environ.get("TOKEN", "")
# How long anything is waited for, in seconds: the schedule runs once a minute.
PATIENCE = float(os.environ.get("PATIENCE", "180"))
PASSED, FAILED = [], []


def session():
    """The access token of `parapet sign-in`; nothing where nobody has signed in."""
    state = os.environ.get("XDG_STATE_HOME") or pathlib.Path.home() / ".local/state"
    file = pathlib.Path(state) / "parapet/sessions" / (re.sub(r"[^A-Za-z0-9.]", "-", SITE) + ".json")
    return json.loads(file.read_text())["access_token"] if file.exists() else ""


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


OPENER = urllib.request.build_opener(NoRedirect)


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def text(self):
        return self.body.decode("utf-8", "replace")

    def json(self):
        return json.loads(self.body or b"null")


def ask(method, url, body=None, headers=None, token=False):
    """An answer, whatever its status. A path is one of the site's."""
    url = url if "://" in url else SITE + urllib.parse.quote(url, safe="/?=&%")
    headers = dict(headers or {})
    if token:
        headers["Authorization"] = f"Bearer {TOKEN}"
    if isinstance(body, (dict, list)):
        body, headers["Content-Type"] = json.dumps(body).encode(), "application/json"
    request = urllib.request.Request(url, data=body, headers=headers, method=method)
    try:
        with OPENER.open(request, timeout=30) as answer:
            return Answer(answer.status, answer.headers, answer.read())
    except urllib.error.HTTPError as error:
        return Answer(error.code, error.headers, error.read())


def api(method, path, body=None, headers=None):
    answer = ask(method, f"/api/v1{path}", body, headers, token=True)
    if answer.status >= 400:
        raise AssertionError(f"{method} {path} answers {answer.status}: {answer.text()[:300]}")
    return answer


def page(path):
    """A page as somebody sees it who opens it."""
    return ask("GET", path, headers={"Accept": "text/html", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"})


def until(what, question):
    """Asks until the answer is true."""
    began = time.monotonic()
    while time.monotonic() - began < PATIENCE:
        found = question()
        if found:
            return found
        time.sleep(0.5)
    raise AssertionError(f"{what}: not within {PATIENCE:.0f} s")


def point(what):
    """A point of the list: passes if it ends without an error."""

    def run(check):
        began = time.monotonic()
        try:
            said = check()
            PASSED.append(what)
            print(f"pass  {time.monotonic() - began:6.1f} s  {what}" + (f": {said}" if said else ""), flush=True)
        except Exception as error:  # noqa: BLE001 - whatever it is, the list goes on
            FAILED.append(what)
            print(f"FAIL  {time.monotonic() - began:6.1f} s  {what}: {error}", flush=True)

    return run


def expect(found, wanted, what):
    if found != wanted:
        raise AssertionError(f"{what} is {found}, expected {wanted}")


def live(release):
    """Waits until a release is live."""

    def state():
        now = api("GET", f"/releases/{release}").json()
        if now["state"] == "failed":
            raise AssertionError(f"the release failed: {now['problem']}")
        return now["state"] == "live"

    until("live", state)


def picture(red):
    """A PNG of one colour, 640 x 480."""
    row = b"\0" + bytes([red, 90, 120]) * 640
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    head = struct.pack(">IIBBBBB", 640, 480, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(row * 480)) + chunk(b"IEND", b"")


def put(item, data):
    """Puts a file where the API has signed it, as the app does."""
    upload = item["upload"]
    answer = ask(upload["method"], upload["url"], data, dict(upload["headers"]))
    expect(answer.status, 200, "what the bucket of uploads answers")


def main():
    global TOKEN
    TOKEN = TOKEN or session()
    if not SITE or not TOKEN:
        sys.exit("set SITE to the site's address, and sign in as an admin: parapet sign-in --site SITE")
    made = {}

    @point("the start page is there, over HTTPS where it is no local one")
    def _():
        expect(page("/").status, 200, "the status")

    @point("the gate answers, and sends people to the hosted UI")
    def _():
        answer = page("/auth/sign-in")
        expect(answer.status, 302, "the status")
        to = answer.headers["location"]
        if "/oauth2/authorize?" not in to or "code_challenge=" not in to:
            raise AssertionError(f"it leads to {to}")
        hosted = ask("GET", to)
        if hosted.status not in (200, 302):
            raise AssertionError(f"the hosted UI answers {hosted.status}")

    @point("the editing app is closed to strangers")
    def _():
        answer = page("/admin/")
        expect(answer.status, 302, "the status")
        forged = ask("GET", "/admin/", headers={"Cookie": "__Host-id-token=eyJhbGciOiJub25lIn0.e30.", "Accept": "text/html",
                                               "Sec-Fetch-Mode": "navigate"})
        expect(forged.status, 302, "the status with a forged cookie")

    @point("the API is closed to strangers, and knows the admin")
    def _():
        expect(ask("GET", "/api/v1/me").status, 401, "the status without a token")
        me = api("GET", "/me").json()
        expect(me["role"], "admin", "the role of the token's person")
        return me["username"]

    @point("a missing page is the site's own")
    def _():
        answer = page("/first-hour-nowhere/")
        expect(answer.status, 404, "the status")
        if "NoSuchKey" in answer.text() or "<html" not in answer.text().lower():
            raise AssertionError(f"it says {answer.text()[:100]}")

    @point("an entry is written and published, and readers see it")
    def _():
        sections = api("GET", "/sections").json()["items"]
        public = [section["path"] for section in sections if section["audience"] == "public" and section["path"] != "/"]
        made["section"] = (public or ["/"])[0]
        entry = api("POST", "/entries", {"title": "First hour", "section": made["section"],
                                         "body": "Written by *first_hour.py*, first."}).json()
        made["entry"], made["path"] = entry["id"], entry["path"]
        expect(page(entry["path"]).status, 404, "the page before it is published")
        began = time.monotonic()
        release = api("POST", f"/entries/{entry['id']}/publish", {}).json()
        live(release["id"])
        answer = page(entry["path"])
        expect(answer.status, 200, "the page")
        if "first</p>" not in answer.text() and "first." not in answer.text():
            raise AssertionError("the page does not hold its text")
        if not answer.headers.get("x-amz-meta-release"):
            raise AssertionError("the page does not tell its release")
        return f"live after {time.monotonic() - began:.1f} s"

    @point("what was cached is forgotten when it changes")
    def _():
        for _ in range(3):
            page(made["path"])
        entry = api("GET", f"/entries/{made['entry']}")
        api("PUT", f"/entries/{made['entry']}", {"body": "Changed, second."}, {"If-Match": entry.headers["etag"]})
        live(api("POST", f"/entries/{made['entry']}/publish", {}).json()["id"])
        if "second." not in page(made["path"]).text():
            raise AssertionError("the old page is still there after its release was live")

    @point("list, feed, sitemap and search know it")
    def _():
        listed = page(made["section"]).text()
        feed = ask("GET", f"{made['section']}feed.xml").text()
        sitemap = ask("GET", "/sitemap.xml").text()
        for where, text in (("list", listed), ("feed", feed)):
            if "First hour" not in text:
                raise AssertionError(f"the {where} of {made['section']} does not name it")
        if "<sitemap" not in sitemap and made["path"] not in sitemap:
            raise AssertionError("the sitemap does not name it")
        found = ask("GET", "/api/v1/search?q=second").json()
        if not any(item["path"] == made["path"] for item in found["items"]):
            raise AssertionError("a reader's search does not find it")

    @point("a picture is uploaded past the API, and its sizes are made")
    def _():
        data = picture(200)
        item = api("POST", "/media", {"name": "first-hour.png", "type": "image/png", "size": len(data),
                                      "section": made["section"], "alt": "A red area"}).json()
        made["media"] = item["id"]
        allowed = ask("OPTIONS", item["upload"]["url"], headers={
            "Origin": SITE, "Access-Control-Request-Method": "PUT",
            "Access-Control-Request-Headers": "content-type,x-amz-meta-media"})
        if allowed.status >= 300:
            raise AssertionError(f"the bucket lets the app upload nothing (CORS): {allowed.status}")
        put(item, data)
        ready = until("ready", lambda: (found := api("GET", f"/media/{made['media']}").json())["state"] == "ready" and found)
        sizes = [rendition["url"] for rendition in ready["renditions"]]
        for url in sizes:
            expect(ask("GET", url).status, 200, url)
        return f"{len(sizes)} files"

    @point("another file takes its place, and the one before goes")
    def _():
        before = api("GET", f"/media/{made['media']}").json()["renditions"][0]["url"]
        data = picture(20)
        item = api("POST", f"/media/{made['media']}/replacement",
                   {"name": "first-hour.png", "type": "image/png", "size": len(data)}).json()
        put(item, data)
        until("replaced", lambda: api("GET", f"/media/{made['media']}").json()["version"] == 2)
        until("the file before gone", lambda: ask("GET", before).status in (403, 404))

    @point("a schedule publishes while nobody looks")
    def _():
        entry = api("POST", "/entries", {"title": "First hour, later", "section": made["section"],
                                         "body": "On its own."}).json()
        made["later"] = entry["id"]
        at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 5))
        api("POST", f"/entries/{entry['id']}/schedule", {"publish_at": at, "unpublish_at": None})
        # Only readers look: asking the API would drive it forward.
        until("published", lambda: page(entry["path"]).status == 200)

    @point("sign-ins are recorded")
    def _():
        items = api("GET", "/sign-ins").json()["items"]
        if not items:
            raise AssertionError("there is none, though somebody has signed in to get the token")
        return f"the last at {items[0]['at']}"

    @point("what was done is in the audit log")
    def _():
        done = [item["action"] for item in api("GET", "/activity?limit=50").json()["items"]]
        for action in ("entry.publish", "media.replace"):
            if action not in done:
                raise AssertionError(f"{action} is not in it")

    @point("everything of it is taken away again")
    def _():
        for name in ("entry", "later"):
            if name in made:
                api("DELETE", f"/entries/{made[name]}")
        if "path" in made:
            until("gone", lambda: page(made["path"]).status == 404)
        for name in ("entry", "later"):
            if name in made:
                api("DELETE", f"/entries/{made[name]}?forever=true")
        if "media" in made:
            api("DELETE", f"/media/{made['media']}?revisions=true")

    print(f"{len(PASSED)} passed, {len(FAILED)} failed")
    sys.exit(1 if FAILED else 0)


if __name__ == "__main__":
    main()
