"""A runtime in the sense of Lambda. The function's own source follows and calls serve(handler)."""
import json, os, subprocess, sys, time, urllib.error, urllib.request

API = "http://" + os.environ["AWS_LAMBDA_RUNTIME_API"] + "/2018-06-01/runtime/"


def post(path, document, headers={}):
    request = urllib.request.Request(API + path, json.dumps(document).encode(), headers)
    return urllib.request.urlopen(request)


def next_event():
    with urllib.request.urlopen(API + "invocation/next") as reply:
        return reply.headers, json.load(reply)


def serve(handler):
    while True:
        headers, event = next_event()
        request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        try:
            post(f"invocation/{request_id}/response", handler(event, headers))
        except KeyError as error:
            post(f"invocation/{request_id}/error", {"errorType": "KeyError", "errorMessage": str(error)})
