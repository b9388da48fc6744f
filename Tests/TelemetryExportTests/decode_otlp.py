"""Decodes requests of OpenTelemetry's protocol with the classes that its authors generate, and prints them as JSON.

Usage: decode_otlp.py SIGNAL/FORMAT=FILE ..., where a signal is traces or metrics, and a format json or protobuf.
"""

import base64
import json
import sys

from google.protobuf import json_format
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

REQUESTS = {"traces": ExportTraceServiceRequest, "metrics": ExportMetricsServiceRequest}
IDS = {"traceId", "spanId", "parentSpanId"}


def with_ids(value, convert):
    """The same with every id converted: OTLP's JSON has them in hexadecimal, protobuf's in base64."""
    if isinstance(value, list):
        return [with_ids(item, convert) for item in value]
    if isinstance(value, dict):
        return {key: convert(item) if key in IDS else with_ids(item, convert) for key, item in value.items()}
    return value


def decode(signal, form, body):
    if form == "protobuf":
        request = REQUESTS[signal].FromString(body)
        size = request.ByteSize()
        request.DiscardUnknownFields()
        if request.ByteSize() != size:
            raise SystemExit(f"{signal} have fields that the protocol does not know")
    else:
        # Names that the protocol does not know are errors.
        value = with_ids(json.loads(body), lambda text: base64.b64encode(bytes.fromhex(text)).decode())
        request = json_format.ParseDict(value, REQUESTS[signal]())
    value = json_format.MessageToDict(request, use_integers_for_enums=True)
    return with_ids(value, lambda text: base64.b64decode(text).hex())


results = []
for argument in sys.argv[1:]:
    kind, path = argument.split("=", 1)
    with open(path, "rb") as file:
        results.append(decode(*kind.split("/"), file.read()))
print(json.dumps(results, indent=2, sort_keys=True))
