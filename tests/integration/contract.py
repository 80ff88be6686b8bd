# SPDX-License-Identifier: EUPL-1.2
"""Every answer of the daemon against the OpenAPI document that was built with it: path, method, status, headers, body; nothing undocumented.

The validator is Debian's python3-jsonschema. Where it is absent that is said, once, and answers go unvalidated. Of very long lists a part is looked at.
"""
import json
import os
import re
import sys
import urllib.parse

try:
    import jsonschema
except ImportError:
    jsonschema = None

HTTP_HEADERS = {"date", "content-type", "content-length", "transfer-encoding", "connection"}  # of HTTP itself: not the document's to describe
ITEMS_LOOKED_AT = 40
METHODS = ("get", "put", "post", "patch", "delete")


class Violation(AssertionError):
    """An answer that the document does not allow."""


def thinned(value):
    """The same, of long lists the beginning, the end and some between."""
    if isinstance(value, dict):
        return {key: thinned(item) for key, item in value.items()}
    if isinstance(value, list):
        if len(value) > ITEMS_LOOKED_AT:
            third = ITEMS_LOOKED_AT // 4
            middle = value[third:-third]
            value = value[:third] + middle[:: len(middle) // (ITEMS_LOOKED_AT - 2 * third) + 1] + value[-third:]
        return [thinned(item) for item in value]
    return value


class Contract:
    def __init__(self, document):
        self.document = document
        self.validators = {}
        self.items = {}  # whole paths, as requests have them: those of the document stand behind the path of their server's URL
        for path, item in document["paths"].items():
            server = item.get("servers", document["servers"])[0]["url"]
            self.items[urllib.parse.urlsplit(server).path + path] = item
        self.patterns = [(re.compile(re.sub(r"\\{[^/]*\\}", "[^/]+", re.escape(path)) + "$"), path) for path in self.items]

    def resolved(self, node):
        while "$ref" in node:
            at = self.document
            for step in node["$ref"][2:].split("/"):
                at = at[step.replace("~1", "/").replace("~0", "~")]
            node = at
        return node

    def path_of(self, target):
        """The documented path, named parts last: /v1/plans/{id} does not hide a path that is spelt out."""
        path = target.split("?")[0]
        found = [template for pattern, template in self.patterns if pattern.match(path)]
        return min(found, key=lambda template: template.count("{")) if found else None

    def operation(self, path, method):
        return self.items[path].get("get" if method == "HEAD" else method.lower())

    def validator(self, schema, key):
        if key not in self.validators:
            whole = {**schema, "components": self.document["components"]}
            self.validators[key] = jsonschema.Draft202012Validator(whole)
        return self.validators[key]

    def check_value(self, value, schema, key, what):
        error = jsonschema.exceptions.best_match(self.validator(schema, key).iter_errors(thinned(value)))
        if error:
            place = "/".join(str(step) for step in error.absolute_path)
            raise Violation(f"{what}: /{place}: {error.message[:500]}\n    by {'/'.join(str(s) for s in error.absolute_schema_path)}")

    def check(self, method, target, answer, body=None, content_type=None):
        path = self.path_of(target)
        what = f"{method} {target} answered {answer.status}"
        if path is None:
            if answer.status < 400:
                raise Violation(f"{what}: the path is not documented")
            self.check_body(answer, {"content": self.problem()}, ("no path", method), what, method)
            return
        operation = self.operation(path, method)
        if operation is None:
            response = self.resolved({"$ref": "#/components/responses/MethodNotAllowed"}) if answer.status == 405 else None
            if method == "OPTIONS" and answer.status == 204:
                response = {}
            if response is None and answer.status < 400:
                raise Violation(f"{what}: the method is not documented")
            if response is not None:
                self.check_allow(path, answer, what)
            self.check_body(answer, {"content": self.problem()} if response is None else response, ("no method", answer.status), what, method)
            return
        response = operation["responses"].get(str(answer.status))
        if response is None:
            raise Violation(f"{what}: the status is not documented for {path}\n    {answer.body[:500]}")
        response = self.resolved(response)
        self.check_headers(answer, response, what)
        self.check_body(answer, response, (path, method, answer.status), what, method)
        if answer.status < 300:
            self.check_request(path, method, operation, target, body, content_type, what)

    def problem(self):
        return {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}

    def check_allow(self, path, answer, what):
        documented = {m.upper() for m in self.items[path] if m in METHODS}
        documented |= {"HEAD"} if "GET" in documented else set()
        allowed = {m.strip() for m in answer.headers.get("Allow", "").split(",")}
        if allowed != documented:
            raise Violation(f"{what}: Allow is {sorted(allowed)}, documented are {sorted(documented)}")

    def check_headers(self, answer, response, what):
        documented = {name.lower(): self.resolved(header) for name, header in response.get("headers", {}).items()}
        given = {name.lower(): value for name, value in answer.headers.items()}
        for name, header in documented.items():
            if name not in given:
                if header.get("required"):
                    raise Violation(f"{what}: the header {name} is missing")
                continue
            value = int(given[name]) if header["schema"].get("type") == "integer" and given[name].isdigit() else given[name]
            self.check_value(value, header["schema"], ("header", name, json.dumps(header["schema"])), f"{what}: header {name}")
        undocumented = set(given) - set(documented) - HTTP_HEADERS
        if undocumented:
            raise Violation(f"{what}: undocumented headers {sorted(undocumented)}")

    def check_body(self, answer, response, key, what, method):
        content = response.get("content")
        if not content:
            if answer.body:
                raise Violation(f"{what}: a body where none is documented")
            return
        media = answer.headers.get("Content-Type", "").split(";")[0]
        if media not in content:
            raise Violation(f"{what}: {media!r} is not documented, but {sorted(content)}")
        if method == "HEAD":
            return
        if media.endswith("json"):
            self.check_value(json.loads(answer.body), content[media]["schema"], (*key, media), what)

    def check_request(self, path, method, operation, target, body, content_type, what):
        """What was done must have been documented as something that can be asked for."""
        parameters = [self.resolved(p) for p in self.items[path].get("parameters", []) + operation.get("parameters", [])]
        queries = {p["name"] for p in parameters if p["in"] == "query"}
        for name, _ in urllib.parse.parse_qsl(target.partition("?")[2]):
            if name not in queries:
                raise Violation(f"{what}: the query key {name} is not documented")
        if not body or "requestBody" not in operation:
            return
        content = self.resolved(operation["requestBody"])["content"]
        media = (content_type or "").split(";")[0]
        if media not in content:
            raise Violation(f"{what}: took {media!r}, documented are {sorted(content)}")
        if media == "application/json" or media.endswith("+json"):
            self.check_value(json.loads(body), content[media]["schema"], (path, method, "request", media), f"{what}: request body")


def load():
    """The contract; None, said once, where it can't be checked."""
    path = os.path.join(os.environ["CARVED_BINARY_DIR"], "daemon/api/openapi.json")
    if jsonschema is None:
        print("UNVALIDATED: python3-jsonschema is not installed, so answers are not held against the OpenAPI document "
              "(scripts/setup --test installs it)", file=sys.stderr)
        return None
    with open(path) as file:
        return Contract(json.load(file))
