#!/bin/bash
# Runs a python3 test with its arguments; -B, for a test writes nothing beside its sources.
exec python3 -B "$@"
