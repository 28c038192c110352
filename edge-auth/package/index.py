# Lambda@Edge offers no runtime of one's own. Python's imports this module before it asks for its first event, and
# exec replaces it in place: the binary serves every event itself, with the environment and the descriptors it inherits.
import os
os.execv(os.path.join(os.path.dirname(os.path.abspath(__file__)), "edge-auth"), ["edge-auth"])
