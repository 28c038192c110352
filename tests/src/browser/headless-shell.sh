#!/bin/sh
# Starts Chromium's headless shell with a page: chromedriver waits for one, and the shell opens none by itself.
exec /usr/lib/chromium/chromium-headless-shell "$@" about:blank
