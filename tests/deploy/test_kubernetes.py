"""What a schema cannot see: that the objects fit each other and the program. usage: test_kubernetes.py FILE NEWSMETA"""
import ipaddress
import json
import subprocess
import sys
import tempfile

import yaml

with open(sys.argv[1], encoding="utf-8") as file:
    objects = {o["kind"]: o for o in yaml.safe_load_all(file)}
pod = objects["Deployment"]["spec"]["template"]
container = pod["spec"]["containers"][0]
labels = pod["metadata"]["labels"]

# All that select pods select these.
for kind, selector in (("Deployment", objects["Deployment"]["spec"]["selector"]["matchLabels"]),
                       ("Service", objects["Service"]["spec"]["selector"]),
                       ("PodDisruptionBudget", objects["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"]),
                       ("NetworkPolicy", objects["NetworkPolicy"]["spec"]["podSelector"]["matchLabels"])):
    assert selector.items() <= labels.items(), kind
assert objects["HorizontalPodAutoscaler"]["spec"]["scaleTargetRef"]["name"] == objects["Deployment"]["metadata"]["name"]
assert "replicas" not in objects["Deployment"]["spec"], "would undo the autoscaler"

# The program takes the configuration, and the grace is longer than the drain with what goes before it.
text = objects["ConfigMap"]["data"]["newsmeta.json"]
settings = json.loads(text)
with tempfile.NamedTemporaryFile("w", suffix=".json") as config:
    config.write(text)
    config.flush()
    got = subprocess.run([sys.argv[2], "extract", f"--config={config.name}", "--text", "-"], input="A storm closed schools.\n" * 3,
                         capture_output=True, text=True, check=False)
assert got.returncode != 2, got.stderr
before = int(container["lifecycle"]["preStop"]["exec"]["command"][1])
assert pod["spec"]["terminationGracePeriodSeconds"] >= before + settings["drain_timeout_ms"] / 1000
assert settings["port"] == container["ports"][0]["containerPort"]
assert pod["spec"]["enableServiceLinks"] is False, "NEWSMETA_PORT would be an address"

# Nothing private can be reached.
egress = [b["ipBlock"] for rule in objects["NetworkPolicy"]["spec"]["egress"] for b in rule["to"] if "ipBlock" in b]
for address in ("10.96.0.1", "172.20.0.5", "192.168.1.1", "169.254.169.254", "127.0.0.1", "100.64.0.1", "fd00::1", "fe80::1",
                "fd00:ec2::254", "224.0.0.1", "0.0.0.0"):
    ip = ipaddress.ip_address(address)
    for block in egress:
        network = ipaddress.ip_network(block["cidr"])
        inside = ip.version == network.version and ip in network and not any(
            ip in ipaddress.ip_network(e) for e in block.get("except", []))
        assert not inside, f"{address} can be reached"
assert any(ipaddress.ip_address("93.184.215.14") in ipaddress.ip_network(b["cidr"]) for b in egress if ":" not in b["cidr"])
print("ok the objects fit each other and the program")
