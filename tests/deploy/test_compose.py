"""The compose file fits its schema; what it names is there. usage: test_compose.py FILE SCHEMA"""
import json
import os
import sys

import jsonschema
import yaml

path, schema = sys.argv[1:3]
with open(path, encoding="utf-8") as file:
    compose = yaml.safe_load(file)
with open(schema, encoding="utf-8") as file:
    jsonschema.validate(compose, json.load(file))
replicas = [s for name, s in compose["services"].items() if name.startswith("newsmeta")]
assert len(replicas) == 2 and all(s["read_only"] for s in replicas)
addresses = {s["networks"]["inside"]["ipv4_address"] for s in replicas}
assert len(addresses) == 2, "both replicas have the same address"
for volume in compose["services"]["nginx"]["volumes"]:
    source = os.path.join(os.path.dirname(path), volume.split(":")[0])
    assert os.path.exists(source), source
context = os.path.join(os.path.dirname(path), replicas[0]["build"]["context"])
assert os.path.exists(os.path.join(context, "Dockerfile")), context
with open(os.path.join(os.path.dirname(path), "../nginx/newsmeta.conf"), encoding="utf-8") as file:
    conf = file.read()
assert all(f"server {name}:8080" in conf for name in compose["services"] if name.startswith("newsmeta"))
print("ok the compose file fits its schema, and what it names is there")
