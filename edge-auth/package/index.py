# Lambda@Edge offers no runtime of one's own. Python's imports this module before it asks for its first event, and
# exec replaces it in place: the binary serves every event itself, with the environment and the descriptors it inherits.
import os

ARGUMENTS = ["edge-auth", "behind-handler"]
PACKAGE = os.path.dirname(os.path.abspath(__file__))


def replace_by_a_copy():
    """For a package whose files lost their modes: a copy of the binary gets them again."""
    import shutil

    copy = os.path.join(os.environ.get("TMPDIR", "/tmp"), "edge-auth")
    shutil.copyfile(os.path.join(PACKAGE, "edge-auth"), copy)
    os.chmod(copy, 0o755)
    os.execv(copy, ARGUMENTS)


try:
    try:
        os.execv(os.path.join(PACKAGE, "edge-auth"), ARGUMENTS)
    except OSError:
        replace_by_a_copy()
except OSError as error:
    import json

    detail = f"the binary cannot be run: {error.strerror}"
    print(json.dumps({"level": "error", "event": "process", "reason": "stopped", "detail": detail}), flush=True)


def handler(_event, _context):
    """Stands in for the binary: whoever asks is told to come back, and nothing is let through."""
    header = lambda name, value: [{"key": name, "value": value}]
    return {
        "status": "503",
        "statusDescription": "Service Unavailable",
        "headers": {
            "cache-control": header("Cache-Control", "no-store"),
            "content-type": header("Content-Type", "text/plain; charset=utf-8"),
            "retry-after": header("Retry-After", "30"),
        },
        "body": "This site cannot check who you are just now. Please try again later.\n",
    }
