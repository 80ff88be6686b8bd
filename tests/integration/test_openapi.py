# SPDX-License-Identifier: EUPL-1.2
"""The OpenAPI document as it is served, and the schemas of documents in it against the reader: what the one takes or refuses, the other must."""
import copy
import gzip
import json
import os
import re
import unittest

import contract
import harness

NDJSON = {"Content-Type": "application/x-ndjson"}
SCHEMA_KINDS = {"candidate": "Candidate", "site": "Site", "coach": "Coach", "vocabulary": "Vocabulary"}

# What the reader refuses and no schema can: agreement between keys, words, codes and postcodes that do not exist, what must not be said about a person.
READER_ONLY = {
    "hours-min-above-max", "visit-above-day", "build-up-order", "build-up-falls", "coach-hours-start", "override-category", "override-in-future", "reviewed-in-future", "override-task-invalid", "consent-order", "when-with-fixed-times", "work-ref-twice", "task-ref-twice",
    "site-categories-too-many", "document-twice", "postcode-unknown", "icf-unknown", "date-invalid", "item-twice", "diagnosis-in-text", "citizen-number",
    "citizen-number-in-key", "coach-unknown", "word-unknown", "list-too-long", "text-too-long", "share-invalid",
}

WORDS = {"kind": "vocabulary", "ref": "words", "tags": {"plants": {}}, "facilities": {"lifting-aid": {}, "lift": {}},
         "has": {"forklift": {}, "dutch-a2": {}}}


class Served(unittest.TestCase):
    def test_it_is_what_the_build_made_and_a_copy_is_told_from_a_new_one(self):
        with harness.Daemon() as daemon:
            answer = daemon.request("GET", "/v1/openapi.json")
            with open(os.path.join(harness.BINARIES, "daemon/api/openapi.json")) as file:
                self.assertEqual(answer.body, file.read())
            self.assertEqual(answer.json["info"]["version"], answer.headers["API-Version"])
            again = daemon.request("GET", "/v1/openapi.json", headers={"If-None-Match": answer.headers["ETag"]})
            self.assertEqual((again.status, again.body, again.headers["ETag"]), (304, "", answer.headers["ETag"]))
            self.assertEqual(daemon.request("GET", "/v1/openapi.json", headers={"If-None-Match": '"other"'}).status, 200)

    def test_each_kind_of_document_answers_as_described(self):
        site = {"kind": "site", "ref": "S-1", "employer": "E-1", "place": "3818", "open": {"mon": ["am"]}, "facilities": ["lift"],
                "vacancies": [{"ref": "v", "tasks": [{"ref": "t", "hours": 4}]}]}
        documents = (("vocabularies", WORDS), ("coaches", harness.COACH), ("sites", site), ("candidates", harness.candidate("K-1")))
        with harness.Daemon() as daemon:
            self.assertEqual(daemon.request("PUT", "/v1/vocabularies/others", {"kind": "vocabulary", "ref": "others"}).status, 201)
            for kinds, document in documents:
                path = f"/v1/{kinds}/{document['ref']}"
                self.assertEqual([daemon.request(method, path).status for method in ("GET", "DELETE")], [404, 404], path)
                self.assertEqual(daemon.request("PUT", path, json.dumps(document), {"Content-Type": "text/plain"}).status, 415, path)
                self.assertEqual([daemon.request("PUT", path, document).status for _ in range(2)], [201, 200], path)
                self.assertEqual(daemon.request("GET", path).json["ref"], document["ref"])
            for kinds, document in documents[:2]:  # others name them
                self.assertEqual(daemon.request("DELETE", f"/v1/{kinds}/{document['ref']}").status, 409, kinds)
            for kinds, document in reversed(documents):
                self.assertEqual(daemon.request("DELETE", f"/v1/{kinds}/{document['ref']}").status, 204, kinds)

    @unittest.skipIf(contract.jsonschema is None, "python3-jsonschema is not installed: no contract is loaded")
    def test_every_documented_condition_is_kept(self):
        """304, 406 and 412 wherever the document promises them, on a region with a plan."""
        refs = {"candidates": "K-0001", "sites": "S-10", "coaches": "C-01", "vocabularies": "words", "plans": "PL-1", "proposals": "P-1"}
        kept = 0
        with harness.Daemon() as daemon:
            self.assertEqual(daemon.carve("import", *harness.demo_files()).returncode, 0)
            refs["vocabularies"] = daemon.request("GET", "/v1/vocabularies").json["items"][0]["ref"]
            self.assertEqual(daemon.request("POST", "/v1/plans", {"seconds": 2}, {"Prefer": "wait=60"}).status, 200)
            for path, item in harness.CONTRACT.items.items():
                there = re.sub(r"/([a-z]+)/\{[a-z]+\}", lambda found: f"/{found[1]}/{refs[found[1]]}", path)
                for method in contract.METHODS:
                    documented = item.get(method, {}).get("responses", {})
                    asked = [("412", {"If-Match": '"another"'})]
                    if method == "get":
                        asked += [("304", {"If-None-Match": "*"}), ("406", {"Accept": "image/png"})]
                    for status, headers in asked:
                        if status in documented and "409" not in documented:  # what is in use or has ended stays so, whatever the condition (RFC 9110 13.2.1)
                            body = daemon.request("GET", there).json if method == "put" else None
                            self.assertEqual(daemon.request(method.upper(), there, body, headers).status, int(status), (method, there))
                            kept += 1
        print(f"{kept} conditions kept")
        self.assertGreater(kept, 30)

    def test_methods_and_paths_that_are_not_documented_are_not_there(self):
        with harness.Daemon() as daemon:
            for path, item in harness.CONTRACT.items.items() if harness.CONTRACT else ():
                for method in contract.METHODS:
                    if method not in item:
                        self.assertEqual(daemon.request(method.upper(), path.replace("{", "").replace("}", "")).status, 405, path)
            for path in ("/", "/v1", "/v1/", "/v1/plans/", "/v1/openapi.yaml", "/openapi.json"):
                self.assertEqual(daemon.request("GET", path).status, 404)


@unittest.skipIf(contract.jsonschema is None, "python3-jsonschema is not installed: no schema is checked")
class Checker(unittest.TestCase):
    """The check itself can fail."""

    def answer(self, status=200, headers=(), body="{}"):
        headers = {"Content-Type": "application/json", "API-Version": "1.0.0", "ETag": '"1"' if status == 200 else None, **dict(headers)}
        return harness.Answer(status, {name: value for name, value in headers.items() if value}, body)

    def assert_refused(self, part, method, target, answer, *request):
        with self.assertRaises(contract.Violation) as caught:
            harness.CONTRACT.check(method, target, answer, *request)
        self.assertIn(part, str(caught.exception))

    def test_answers_that_are_not_documented_are_refused(self):
        coach = {"kind": "coach", "ref": "C-1", "hours": 24}
        harness.CONTRACT.check("GET", "/v1/coaches/C-1", self.answer(body=json.dumps(coach)))
        self.assert_refused("status is not documented", "GET", "/v1/coaches/C-1", self.answer(206, body=json.dumps(coach)))
        self.assert_refused("path is not documented", "GET", "/v2/coaches/C-1", self.answer(body=json.dumps(coach)))
        self.assert_refused("method is not documented", "PATCH", "/v1/coaches/C-1", self.answer(body=json.dumps(coach)))
        self.assert_refused("x-more", "GET", "/v1/coaches/C-1", self.answer(headers={"X-More": "1"}, body=json.dumps(coach)))
        self.assert_refused("text/html", "GET", "/v1/coaches/C-1", self.answer(headers={"Content-Type": "text/html"}, body="<p>"))
        self.assert_refused("'salary' was unexpected", "GET", "/v1/coaches/C-1", self.answer(body=json.dumps({**coach, "salary": 1})))
        self.assert_refused("hours", "GET", "/v1/coaches/C-1", self.answer(body=json.dumps({**coach, "hours": 7.3})))
        self.assert_refused("a body where none", "DELETE", "/v1/coaches/C-1", self.answer(204))
        self.assert_refused("query key speed", "GET", "/v1/coaches?speed=9", self.answer(body='{"items": [], "count": 0, "next": null}'))
        self.assert_refused("'hours'", "PUT", "/v1/coaches/C-1", self.answer(
            headers={"ETag": None}, body='{"kind": "coach", "ref": "C-1", "version": 1, "created": false, "warnings": []}'), '{"kind": "coach", "ref": "C-1"}', "application/json")
        bare = harness.Answer(200, {"Content-Type": "application/json", "ETag": '"1"'}, json.dumps(coach))
        self.assert_refused("api-version is missing", "GET", "/v1/coaches/C-1", bare)

    def test_one_wrong_item_deep_in_a_plan_is_found(self):
        head = {"id": "PL-1", "state": "done", "simulated": False, "date": "2026-11-23", "seed": 1, "created": "2026-11-23T01:30:44Z"}
        plan = {**head, "ended": "2026-11-23T01:30:45Z", "endedBy": "gap", "value": 0, "bound": 0, "gap": 0, "placed": 0, "candidates": 1, "proposals": [],
                "unplaced": [{"candidate": "K-1", "reason": "hours"}]}
        harness.CONTRACT.check("GET", "/v1/plans/PL-1", self.answer(body=json.dumps(plan)))
        plan["unplaced"][0]["reason"] = "bad luck"
        with self.assertRaises(contract.Violation):
            harness.CONTRACT.check("GET", "/v1/plans/PL-1", self.answer(body=json.dumps(plan)))
        plan["unplaced"] = [{"candidate": "K-1", "reason": "hours"}]
        harness.CONTRACT.check("GET", "/v1/plans/PL-1", self.answer(body=json.dumps(plan)))
        plan["mood"] = "good"
        with self.assertRaises(contract.Violation):
            harness.CONTRACT.check("GET", "/v1/plans/PL-1", self.answer(body=json.dumps(plan)))

    def test_of_a_long_list_beginning_middle_and_end_are_looked_at(self):
        thin = contract.thinned({"items": list(range(10000))})["items"]
        self.assertLessEqual(len(thin), contract.ITEMS_LOOKED_AT)
        self.assertEqual((thin[0], thin[-1]), (0, 9999))
        self.assertTrue(any(4000 < item < 6000 for item in thin))
        self.assertEqual(contract.thinned([1, [2]]), [1, [2]])


@unittest.skipIf(contract.jsonschema is None, "python3-jsonschema is not installed: no contract is loaded")
class DesignRules(unittest.TestCase):
    """The Dutch API Design Rules that a document can show; scripts/lint-api has all of them, docs/api.md where carved differs."""

    def operations(self):
        for path, item in harness.CONTRACT.items.items():
            for method in contract.METHODS:
                if method in item:
                    yield path, method, item[method], item.get("parameters", []) + item[method].get("parameters", [])

    def test_paths_are_kebab_case_with_plural_collections_and_no_slash_at_the_end(self):
        for path in harness.CONTRACT.items:
            self.assertRegex(path, r"^(/([a-z0-9-]+|\{[a-z]+\}|openapi\.json))+$")
            for collection in re.findall(r"/([^/]+)/\{", path):
                self.assertTrue(collection.endswith("s"), path)

    def test_query_keys_are_camel_case_and_names_of_schemas_begin_with_a_capital(self):
        for path, _, _, parameters in self.operations():
            for parameter in map(harness.CONTRACT.resolved, parameters):
                if parameter["in"] == "query":
                    self.assertRegex(parameter["name"], r"^[a-z][a-zA-Z0-9]*$", path)
        for name in harness.CONTRACT.document["components"]["schemas"]:
            self.assertRegex(name, r"^[A-Z][a-zA-Z0-9]*$")

    def test_every_response_has_the_version_and_every_failure_is_a_problem(self):
        count = 0
        for path, method, operation, _ in self.operations():
            self.assertIn("400", operation["responses"], path)
            for status, response in operation["responses"].items():
                response = harness.CONTRACT.resolved(response)
                self.assertIn("API-Version", response["headers"], (path, method, status))
                if status >= "400":
                    self.assertIn("application/problem+json", response["content"], (path, method, status))
                count += 1
        self.assertGreater(count, 200)

    def test_the_address_has_the_major_version_and_a_slash_too_many_is_not_found(self):
        document = harness.CONTRACT.document
        self.assertRegex(document["info"]["version"], r"^[0-9]+\.[0-9]+\.[0-9]+$")
        self.assertTrue(document["servers"][0]["url"].endswith("/v" + document["info"]["version"].split(".")[0]))
        with harness.Daemon() as daemon:
            for path in harness.CONTRACT.items:
                self.assertEqual(daemon.request("GET", path.replace("{", "").replace("}", "") + "/").status, 404, path)


def subschemas(schema, path=()):
    """Every schema in a schema, with where it stands."""
    yield path, schema
    for name, below in schema.get("properties", {}).items():
        yield from subschemas(below, path + (name,))
    for key in ("items", "additionalProperties", "propertyNames"):
        if isinstance(schema.get(key), dict):
            yield from subschemas(schema[key], path + (key,))
    for number, below in enumerate(schema.get("anyOf", [])):
        yield from subschemas(below, path + ("anyOf", number))


def full(schema):
    """A value with every key that the schema knows."""
    if "properties" in schema:
        return {key: full(below) for key, below in schema["properties"].items()}
    if schema.get("type") == "array" and "properties" in schema["items"]:
        return [full(schema["items"])]
    return schema["examples"][0] if "examples" in schema else schema["const"]


def places(value, path=()):
    yield path, value
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from places(item, path + (key,))


def at(value, path):
    for step in path:
        value = value[step]
    return value


def with_change(document, path, value):
    changed = copy.deepcopy(document)
    if not path:
        return value
    at(changed, path[:-1])[path[-1]] = value
    return changed


def without(document, path):
    changed = copy.deepcopy(document)
    del at(changed, path[:-1])[path[-1]]
    return changed


def neighbours(value):
    """Values like this one that are nearly right, and such that are plainly wrong."""
    odd = [None, True, "x", "", " ", "a b", "a\u0001b", 3, -1, 0, 7.3, 1e9, [], {}, [None], ["x", "x"], [3], [[]], {"x": 1}, {"": 1}]
    if isinstance(value, bool):
        return odd + [not value, 1, "yes"]
    if isinstance(value, (int, float)):
        return odd + [value + 0.25, value + 0.1, value + 1, value - 1, -value, 0.25, 1, 4, 5, 8, 9, 24, 24.25, 168, 168.25, 520, 521, 1000, 1001, 1440, 1441,
                      10000, 10001, 4000, 4000.25, {"mon-pm": 2}, {"mon-pm": 0}, {"mon-pm": 4000.25}, {"mon-xx": 1}]
    if isinstance(value, str):
        return odd + [value.upper(), value + " ", " " + value, value * 30, value + "!", value[:-1], "2026-13-01", "2026-1-1", "1899-01-01", "d4", "d430-d449",
                      "d430", "e250", "3811", "38111", "x" * 64, "x" * 65, "_a", "day", "icf", "mon-am"]
    if isinstance(value, list):
        return odd + [value + value, value[:0], value + [None], value + [{}], value + [7], [f"w{n}" for n in range(101)], [f"w{n}" for n in range(100)]]
    keys = ["unheard-of", "name", "", " x", "a\u0001b", "x" * 64, "x" * 65, "d430", "d4", "D430", "e250", "3811", "38111", "sat", "Sat", "ni"]
    return odd + [{**value, key: item} for key in keys for item in (None, 2, ["am"])] + [{"pm": 3}, {"pm": 6.25}, {"pm": 1, "am": 1}]


@unittest.skipIf(contract.jsonschema is None, "python3-jsonschema is not installed: no schema is checked")
class Schemas(unittest.TestCase):
    def validator(self, kind):
        schema = harness.CONTRACT.document["components"]["schemas"][SCHEMA_KINDS[kind]]
        return contract.jsonschema.Draft202012Validator(schema)

    def examples(self):
        """One full document of each kind: the examples of all keys together."""
        documents = {kind: full(self.validator(kind).schema) for kind in SCHEMA_KINDS}
        documents["site"]["vacancies"][0]["ref"] = "kitchen-1"  # not that of the job
        return documents

    def test_every_schema_is_one_and_every_example_is_right(self):
        for kind in SCHEMA_KINDS:
            schema = self.validator(kind).schema
            contract.jsonschema.Draft202012Validator.check_schema(schema)
            count = 0
            for path, below in subschemas(schema):
                for example in below.get("examples", []):
                    error = contract.jsonschema.exceptions.best_match(contract.jsonschema.Draft202012Validator(below).iter_errors(example))
                    self.assertIsNone(error, (kind, path, example))
                    count += 1
                if "properties" in below and path:
                    self.assertIs(below["additionalProperties"], False, (kind, path))
                if path and path[-1] in below.get("properties", {}):
                    self.assertIn("x-description-nl", below)
            self.assertGreater(count, 1, kind)

    def findings(self, daemon, documents):
        """The codes of the errors that the reader finds, by document."""
        body = "\n".join(json.dumps(document) for document in documents)
        answer = daemon.request("POST", "/v1/imports?dryRun=true", body, NDJSON)
        self.assertIn(answer.status, (200, 400), answer.body[:500])
        found = [set() for _ in documents]
        if answer.status == 400:
            self.assertEqual(answer.json["dropped"], 0)
            for error in answer.json["errors"]:
                found[error["document"]].add(error["code"])
        return found

    def test_the_reader_and_the_schema_agree_on_every_small_change_of_a_full_document(self):
        """Each value of a full document replaced by each of its neighbours, each key left out, judged by both."""
        refused = accepted = reader_only = 0
        with harness.Daemon(config="documents: {findings: 100000}\n") as daemon:
            self.assertEqual(daemon.request("PUT", "/v1/coaches/C-03", {**harness.COACH, "ref": "C-03"}).status, 201)
            self.assertEqual(daemon.request("PUT", "/v1/vocabularies/words", WORDS).status, 201)
            for kind, document in self.examples().items():
                validator = self.validator(kind)
                self.assertEqual(self.findings(daemon, [document]), [set()], document)
                self.assertTrue(validator.is_valid(document))
                changes = []
                for path, value in places(document):
                    if path[:3] == ("vacancies", 0, "tasks") and len(path) > 3:
                        continue  # the same table as a job's tasks
                    if path:
                        changes += [with_change(document, path, near) for near in neighbours(value)]
                        changes.append(without(document, path))
                    elif isinstance(value, dict):
                        changes.append({**document, "unheard-of": 1})
                for number, change in enumerate(changes):
                    if change.get("ref") == document["ref"]:
                        change["ref"] += f".{number}"
                for change, codes in zip(changes, self.findings(daemon, changes)):
                    valid = validator.is_valid(change)
                    if codes and codes <= READER_ONLY:
                        reader_only += 1
                    elif valid == bool(codes):
                        self.fail(f"the reader says {codes or 'yes'}, the schema {'yes' if valid else 'no'}: {json.dumps(change)}")
                    elif valid:
                        accepted += 1
                    else:
                        refused += 1
        print(f"{accepted} accepted by both, {refused} refused by both, {reader_only} refused for what only the reader knows")
        self.assertGreater(min(accepted, refused), 300)

    def test_every_document_of_the_demo_fits_its_schema(self):
        count = 0
        with harness.Daemon() as daemon:
            self.assertEqual(daemon.carve("import", *harness.demo_files()).returncode, 0)
            for kinds in ("candidates", "sites", "coaches", "vocabularies"):
                for item in daemon.request("GET", f"/v1/{kinds}").json["items"]:
                    daemon.request("GET", f"/v1/{kinds}/{item['ref']}")  # the harness holds it against the schema
                    count += 1
        self.assertGreater(count, 40)

    def test_every_document_of_the_real_regions_fits_its_schema(self):
        for name, least in (("small", 70), ("medium", 300)):
            count = 0
            with gzip.open(harness.region(name), "rt") as lines:
                for line in lines:
                    document = json.loads(line)
                    error = contract.jsonschema.exceptions.best_match(self.validator(document["kind"]).iter_errors(document))
                    self.assertIsNone(error, (name, document["ref"], error and error.message))
                    count += 1
            self.assertGreater(count, least)


if __name__ == "__main__":
    harness.main()
